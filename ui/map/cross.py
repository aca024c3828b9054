"""A cross on the map to point with by keys: arrows move it, Enter clicks where it is."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen

from ui.map import furniture, keys
from ui.map.canvas import Canvas
from ui.theme import theme

ARM, GAP = 18, 5  # pixels
STRIDE, NUDGE = 12.0, 1.0  # pixels an arrow moves it, and with Ctrl
SHY = 40  # pixels from the edge at which the map moves instead
ARROWS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}


class Cross(QObject):
    """Hidden until it ``begin``s; what clicks mean is for others."""

    left = Signal()  # by Esc

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._words = ""
        self.at: QPointF | None = None
        canvas.takers.insert(0, self._step)
        canvas.overs.append(self.draw)
        canvas.camera.changed.connect(self._stay)

    @property
    def pointing(self) -> bool:
        """Tell whether the cross is shown."""
        return self.at is not None

    def begin(self, words: str = "") -> None:
        """Show the cross where the cursor rests, else in the middle, and ``words`` above the map."""
        middle = QPointF(self._canvas.width() / 2, self._canvas.height() / 2)
        self._words = words
        self._put(self.at or self._canvas.cursor_at or middle)
        self._canvas.setFocus()

    def end(self) -> None:
        """Take the cross away."""
        if self.at is not None:
            self.at = None
            self._canvas.point_at(None)

    def move(self, way: QPointF) -> None:
        """Move the cross, if it is shown, by so many pixels."""
        if self.at is not None:
            self._put(self.at + way)

    def _put(self, place: QPointF) -> None:
        """Move the cross; near the edge the map moves below it."""
        moved, self.at = self.at is not None, self._within(place)
        if moved and self.at != place:
            self._canvas.camera.pan(self.at.x() - place.x(), self.at.y() - place.y())
        self._canvas.point_at(self.at)

    def _within(self, place: QPointF) -> QPointF:
        width, height = self._canvas.width(), self._canvas.height()
        x = min(max(place.x(), SHY), max(width - SHY, SHY))
        return QPointF(x, min(max(place.y(), SHY), max(height - SHY, SHY)))

    def _stay(self) -> None:
        """Stay on a window that has become smaller."""
        if self.at is not None and self.at != self._within(self.at):
            self.at = self._within(self.at)
            self._canvas.point_at(self.at)

    def _step(self, event: QKeyEvent) -> Callable[[], object] | None:
        if self.at is None:
            return None
        pressed = keys.pressed(event)
        arrow = pressed.removeprefix("Ctrl+")
        if arrow in ARROWS:
            reach = STRIDE if pressed == arrow else NUDGE
            return partial(self.move, QPointF(*ARROWS[arrow]) * reach)
        steps: dict[str, Callable[[], object]] = {
            "Return": partial(self._canvas.click, self.at),
            "Space": partial(self._canvas.click, self.at, Qt.KeyboardModifier.ControlModifier),
            "Esc": self._leave,
        }
        return steps.get(pressed)

    def _leave(self) -> None:
        self.end()
        self.left.emit()

    def draw(self, painter: QPainter) -> None:
        """Paint the cross and the words."""
        if self.at is None:
            return
        for colour, width in (("window", 5), ("accent", 2)):  # a rim, for any ground below
            painter.setPen(QPen(theme.color(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for x, y in ARROWS.values():
                way = QPointF(x, y)
                painter.drawLine(self.at + way * GAP, self.at + way * (GAP + ARM))
        if self._words:
            furniture.banner(painter, self._canvas.camera.view, self._words)
