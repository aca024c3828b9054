"""The list under the hand: what keys and pointer do."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from console.feed.board_view import BoardView
from ui.keyboard import ENTER
from ui.queue.cells import hover_text
from ui.queue.marking import mark, mark_by_key
from ui.queue.still import StillList

Key = Qt.Key


class RowList(StillList):
    """Rows and headings by keys and pointer."""

    activated = Signal(int)

    def __init__(self, view: BoardView, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(view, clock, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)

    def scrollContentsBy(self, dx: int, _dy: int) -> None:  # noqa: N802  Qt's names from here on
        """Follow the scroll bar; sideways nothing else moves."""
        if dx:
            return
        self._followed = False
        self.place.lay_ghost()
        self.place.offset = self.verticalScrollBar().value()
        self._scrolled()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the page full; what appears above the list does not push the row under the pointer down."""
        super().resizeEvent(event)
        top = self.mapTo(self.window(), QPoint(0, 0)).y()
        if self._pointer is None:
            if self._followed:
                self.place.reveal(self.place.line(self._selected_index))
            self.place.settle()
        else:
            self.place.offset += top - self._top
            self._pointer -= QPoint(0, top - self._top)
        self._top = top
        self._scrolled()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Follow the pointer; a ghost goes when the pointer leaves it."""
        self._pointer = event.position().toPoint()
        line = self.place.line_at(self._pointer.y())
        if self.place.ghost is not None and line != self.place.ghost.index:
            self.place.lay_ghost(line)
            self._scrolled()
        self._hover()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select the row under the pointer, with Ctrl or Shift more; a press is no reason to scroll."""
        number = self._number_at(event)
        if number is not None and number < 0:
            self.go_to(number, reveal=False)
            self._turn(number)
        elif number is not None:
            mark(self.selection, event.modifiers(), self.selected, number)
            self.select(number, reveal=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open the row under the pointer."""
        number = self._number_at(event)
        if number is not None and number < 0:
            self._turn(number)  # as quick a hand's second click
        elif number is not None:
            self.activated.emit(number)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Notice that the pointer left, and say a row's times where it rests."""
        if event.type() == QEvent.Type.Leave:
            self._pointer = None
            self.place.lay_ghost()
            self.place.settle()
            self._scrolled()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            line = self.place.line_at(event.pos().y())
            number = None if line is None else self.number_on(line)
            row = None if number is None else self.view.board.row(number)  # a heading has none
            text = "" if row is None else hover_text(row, self.lookers.get(row.number, ()))
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move, fold and mark by keys; what is not ours goes on."""
        key = Key(event.key())
        if len(self.lines) and (self._move(key, event.modifiers()) or self._fold(key)):
            return
        if self.heading is None and mark_by_key(self.selection, event, self.selected):
            return
        if key in ENTER and self.here is not None:
            if self.heading is None:
                self.activated.emit(self.here)
            else:
                self._turn(self.heading)
        else:
            super().keyPressEvent(event)

    def _move(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        target = self._key_target(key)
        if target is None:
            return False
        number = self.lines.number_at(min(max(0, target), len(self.lines) - 1))
        if held & Qt.KeyboardModifier.ShiftModifier and number > 0:
            self.selection.stretch(number if self.selected is None else self.selected, number)
        else:
            self.selection.end_stretch()
        self.go_to(number)
        return True

    def _fold(self, key: Key) -> bool:
        """Left closes the group or goes to its heading, right opens it or goes into it; as in a tree."""
        if key not in {Key.Key_Left, Key.Key_Right} or not self.lines.column or self.here is None:
            return False
        if self.heading is None:
            over = self.lines.heading_of(self.here)
            if key == Key.Key_Left and over is not None:
                self.go_to(over)
        elif key == Key.Key_Right and not self.lines.group(self.heading, self._clock()).closed:
            self._move(Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        else:
            self.lines.fold(self.heading, closed=key == Key.Key_Left)
        return True

    def _turn(self, heading: int) -> None:
        self.lines.fold(heading, closed=not self.lines.group(heading, self._clock()).closed)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show where the keys go."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show that the keys go elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _key_target(self, key: Key) -> int | None:
        page = max(1, self.place.page // self.place.row - 1)
        here = self._selected_index
        gone = self.here is None or self.lines.index_of(self.here) is None
        return {
            Key.Key_Down: here if gone else here + 1,  # the row that took a vanished one's place is the next
            Key.Key_Up: here - 1,
            Key.Key_PageDown: here + page,
            Key.Key_PageUp: here - page,
            Key.Key_Home: 0,
            Key.Key_End: len(self.lines) - 1,
        }.get(key)

    def _number_at(self, event: QMouseEvent) -> int | None:
        line = self.place.line_at(event.position().toPoint().y())
        pressed = event.button() == Qt.MouseButton.LeftButton
        return self.number_on(line) if pressed and line is not None else None
