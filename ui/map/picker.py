"""Choosing a place: by a click, or by keys with the cross and Enter."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF

from console.geography.projection import plane_to_point
from console.language import say
from ui.map.canvas import Canvas
from ui.map.cross import Cross

Taken = Callable[[float, float], object]  # longitude and latitude in WGS-84
Left = Callable[[], object]


class Picker(QObject):
    """Idle until it is started, for one place or for none."""

    def __init__(self, canvas: Canvas, cross: Cross) -> None:
        super().__init__(canvas)
        self._canvas, self._cross = canvas, cross
        self._asked: tuple[Taken, Left] | None = None
        cross.left.connect(self._leave)

    @property
    def picking(self) -> bool:
        """Tell whether a place is waited for."""
        return self._asked is not None

    def start(self, taken: Taken, left: Left) -> None:
        """Show the cross, give the map the keys; ``taken`` hears the place, ``left`` that there is none."""
        self._canvas.take_clicks(self._take, self._dropped)
        self._cross.begin(say("report.map_tip"))
        self._asked = taken, left

    def stop(self, taken: Taken) -> None:
        """Choose no place any more, if it was for ``taken``."""
        if self._asked is not None and self._asked[0] == taken:
            self._asked = None
            self._canvas.free_clicks()

    def _dropped(self) -> None:
        asked, self._asked = self._asked, None
        self._cross.end()
        if asked is not None:
            asked[1]()

    def _leave(self) -> None:
        if self._asked is not None:
            self._canvas.free_clicks()

    def _take(self, at: QPointF) -> None:
        if self._asked is not None:
            taken, _left = self._asked
            self.stop(taken)
            taken(*plane_to_point(*self._canvas.camera.view.to_plane(at.x(), at.y())))
