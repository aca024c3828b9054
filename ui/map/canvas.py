"""A window on the plane under the hand: wheel, drag, fingers, keys, hover, click. It draws nothing itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.map import fingers
from ui.map.camera import Camera
from ui.map.glide import Glide

NOTCH = 1.25  # times nearer a notch of the wheel brings it
FULL_NOTCH = 120  # eighths of a degree
TWICE = 2.0  # times nearer a double click brings it
CLICK = 4  # pixels a hand may tremble in a click

Step = Callable[[], object]
Taken = Callable[[QPointF], object]
KeyTaker = Callable[[QKeyEvent], Step | None]  # what a key does now, None: nothing
Painting = Callable[[QPainter], None]


class Canvas(QWidget):
    """Moves its camera; tells where the cursor rests (``cursor_at``) and what was clicked, in pixels.

    ``takers`` are asked in turn what a key does, ``overs`` paint above everything else. ``encircled``
    tells of each step of a drag that moves nothing: where it is, and whether it is over.
    """

    clicked = Signal(QPointF, object)  # where, with which Qt.KeyboardModifier
    encircled = Signal(QPointF, object, bool)
    doubled = Signal()  # a double click while clicks are grabbed
    buttoned = Signal(object)  # a Qt.MouseButton other than the left and the right one
    menu_wanted = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera = Camera(self)
        self.camera.changed.connect(self.update)
        self.glide = Glide(self.camera, self)
        self.takers: list[KeyTaker] = []
        self.overs: list[Painting] = []
        self.hushed = False  # no card follows the cursor
        self.encircles = Qt.KeyboardModifier.NoModifier  # held at a press, it makes no drag of it
        self._fingers = fingers.Fingers(self.camera)
        self._cursor: QPointF | None = None
        self._pressed: QPointF | None = None
        self._dragging = False
        self._held = Qt.KeyboardModifier.NoModifier  # at the press
        self._grab: tuple[Taken, Step] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)

    def take_clicks(self, taken: Taken, dropped: Step) -> None:
        """Let clicks go to ``taken`` alone until ``free_clicks``, which calls ``dropped``."""
        self.free_clicks()
        self._grab = taken, dropped
        self.setCursor(Qt.CursorShape.CrossCursor)

    def free_clicks(self) -> None:
        """Let clicks be clicks again."""
        grab, self._grab = self._grab, None
        if grab is not None:
            grab[1]()
            self._show_cursor()

    def click(self, point: QPointF, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click at a pixel, as a mouse, a finger or Enter at the cross does."""
        if self._grab is None:
            self.clicked.emit(point, held)
        else:
            self._grab[0](point)

    @property
    def cursor_at(self) -> QPointF | None:
        """Where the cursor rests, None while it drags or is elsewhere."""
        return None if self._dragging else self._cursor

    def point_at(self, place: QPointF | None) -> None:
        """Let the cursor rest at a place that no mouse has pointed at."""
        self._cursor = place
        self.update()

    def clickable(self, point: QPointF) -> bool:
        """Tell whether the cursor should say that a click does something particular here."""
        del point
        return False

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._step(event) is not None:
                event.accept()
                return True
        elif isinstance(event, QNativeGestureEvent):
            self.glide.stop()
            return fingers.pad(self.camera, event)
        elif isinstance(event, QTouchEvent) and event.type() in fingers.TOUCHES:
            self.glide.stop()
            tapped = self._fingers.touch(event)
            if tapped is not None:
                self.click(tapped, event.modifiers())
            return True
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.camera.resize(self.width(), self.height())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / FULL_NOTCH
        if notches:
            self.glide.stop()
            self.camera.zoom(NOTCH**notches, event.position().x(), event.position().y())
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.glide.stop()
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self._held = event.modifiers()
        elif event.button() != Qt.MouseButton.RightButton:
            self.buttoned.emit(event.button())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._let_go(here)  # what has come up meanwhile has taken the release
        if self._pressed is not None:
            self._drag(here)
        self._cursor = here
        self._show_cursor()
        self.update()

    def _drag(self, here: QPointF) -> None:
        start = self._cursor if self._dragging else self._pressed
        way = here - (start or here)
        begins = not self._dragging and way.manhattanLength() > CLICK
        self._dragging = self._dragging or begins
        if self._dragging and self._encircling:
            if begins and self._pressed is not None:
                self.encircled.emit(self._pressed, self._held, False)  # noqa: FBT003  Qt's signals
            self.encircled.emit(here, self._held, False)  # noqa: FBT003
        elif self._dragging:
            self.glide.drag(way)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        if not self._let_go(event.position()):
            self.click(event.position(), event.modifiers())

    def _let_go(self, here: QPointF) -> bool:
        """End a press; tell whether it was a drag."""
        dragged, self._pressed, self._dragging = self._dragging, None, False
        self._show_cursor()
        self.update()
        if dragged and self._encircling:
            self.encircled.emit(here, self._held, True)  # noqa: FBT003
        elif dragged:
            self.glide.let_go()
        return dragged

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go nearer; what a single click does is done already. On what is clickable it does nothing."""
        if event.button() != Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
        elif self._grab is not None:
            self.doubled.emit()
        elif not self.clickable(event.position()):
            self.camera.zoom(TWICE, event.position().x(), event.position().y())

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        middle = QPointF(self.width() / 2, self.height() / 2)
        self.menu_wanted.emit(event.pos().toPointF() if by_mouse else self.cursor_at or middle)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._cursor = event.position()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._cursor = None
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.glide.stop()
        step = self._step(event)
        if step is None:
            super().keyPressEvent(event)
        else:
            step()

    def _step(self, event: QKeyEvent) -> Step | None:
        return next((step for taker in self.takers if (step := taker(event)) is not None), None)

    @property
    def _encircling(self) -> bool:
        return bool(self._held & self.encircles)

    def _show_cursor(self) -> None:
        over = self._cursor is not None and self.clickable(self._cursor)
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        shape = shape if self._grab is None else Qt.CursorShape.CrossCursor
        held = Qt.CursorShape.CrossCursor if self._encircling else Qt.CursorShape.ClosedHandCursor
        self.setCursor(held if self._dragging else shape)
