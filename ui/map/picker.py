"""Choosing a place for a report: by a click, or by keys with the cross and Enter."""

from PySide6.QtCore import QObject, QPointF, Signal

from console.geography.projection import plane_to_point
from console.language import say
from ui.map.canvas import Canvas
from ui.map.cross import Cross


class Picker(QObject):
    """Idle until it is started; ``picked`` carries longitude and latitude (WGS-84), ``left`` nothing."""

    picked = Signal(float, float)
    left = Signal()

    def __init__(self, canvas: Canvas, cross: Cross) -> None:
        super().__init__(canvas)
        self._canvas, self._cross = canvas, cross
        self.picking = False
        cross.left.connect(self._leave)

    def start(self) -> None:
        """Show the cross, and give the map the keys."""
        self._canvas.take_clicks(self._take, self._dropped)
        self._cross.begin(say("report.map_tip"))
        self.picking = True

    def stop(self) -> None:
        """Choose no place any more."""
        if self.picking:
            self._canvas.free_clicks()

    def _dropped(self) -> None:
        self.picking = False
        self._cross.end()

    def _leave(self) -> None:
        if self.picking:
            self.stop()
            self.left.emit()

    def _take(self, at: QPointF) -> None:
        self.stop()
        self.picked.emit(*plane_to_point(*self._canvas.camera.view.to_plane(at.x(), at.y())))
