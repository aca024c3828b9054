"""A window on the plane under the hand: wheel, drag, keys, hover and click. It draws nothing itself."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.map.camera import Camera

STRIDE = 80  # pixels an arrow key moves the map
STEP = 1.5  # times nearer a key brings it
NOTCH = 1.25  # times nearer a notch of the wheel brings it
FULL_NOTCH = 120  # eighths of a degree
CLICK = 4  # pixels a hand may tremble in a click

ARROWS = {
    Qt.Key.Key_Left: (STRIDE, 0),
    Qt.Key.Key_Right: (-STRIDE, 0),
    Qt.Key.Key_Up: (0, STRIDE),
    Qt.Key.Key_Down: (0, -STRIDE),
}
ZOOMS = {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Equal: STEP, Qt.Key.Key_Minus: 1 / STEP}


class Canvas(QWidget):
    """Moves its camera; tells where the cursor rests (``cursor_at``) and what was clicked, in pixels."""

    clicked = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera = Camera(self)
        self.camera.changed.connect(self.update)
        self._cursor: QPointF | None = None
        self._pressed: QPointF | None = None
        self._dragging = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def cursor_at(self) -> QPointF | None:
        """Where the cursor rests, None while it drags or is elsewhere."""
        return None if self._dragging else self._cursor

    def clickable(self, point: QPointF) -> bool:
        """Tell whether the cursor should say that a click does something particular here."""
        del point
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.camera.resize(self.width(), self.height())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / FULL_NOTCH
        if notches:
            self.camera.zoom(NOTCH**notches, event.position().x(), event.position().y())
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position()
        if self._pressed is not None:
            self._drag(here)
        self._cursor = here
        self._show_cursor()
        self.update()

    def _drag(self, here: QPointF) -> None:
        start = self._cursor if self._dragging else self._pressed
        way = here - (start or here)
        self._dragging = self._dragging or way.manhattanLength() > CLICK
        if self._dragging:
            self.camera.pan(way.x(), way.y())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        was_click = not self._dragging
        self._pressed, self._dragging = None, False
        self._show_cursor()
        self.update()
        if was_click:
            self.clicked.emit(event.position())

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._cursor = event.position()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._cursor = None
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS:
            self.camera.pan(*ARROWS[key])
        elif key in ZOOMS:
            self.camera.zoom(ZOOMS[key], self.width() / 2, self.height() / 2)
        elif key == Qt.Key.Key_Home:
            self.camera.fit()
        else:
            super().keyPressEvent(event)

    def _show_cursor(self) -> None:
        over = self._cursor is not None and self.clickable(self._cursor)
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.ClosedHandCursor if self._dragging else shape)
