"""The list under the hand: keys, pointer, selection, and rows that keep still while others come and go."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from console.feed.board_view import BoardView, Moves
from console.language import say
from ui.language import language
from ui.queue.cells import hover_text, spoken
from ui.queue.marking import mark, mark_by_key
from ui.queue.place import index_after
from ui.queue.surface import Surface

Key = Qt.Key


class RowList(Surface):
    """The row under the pointer keeps its place whatever arrives; without a pointer the selected one does."""

    activated = Signal(int)
    selection_changed = Signal(int)
    moved = Signal()  # rows came, went or changed
    arrived_above = Signal(int)  # how many new rows stand unseen above the top

    def __init__(self, view: BoardView, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(view, clock, parent)
        self._selected_index = 0  # where the selected row stands, or stood when it left
        self._pointer: QPoint | None = None
        self._top = 0  # of the list in its window
        self._followed = False  # the selected row stays in sight until a hand scrolls
        self._unseen: set[int] = set()
        view.listener = self._follow
        self.selection.changed.connect(self._show_marks)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        language.follow(self, lambda: self.setAccessibleName(say("queue.list_name")))

    def tick(self) -> None:
        """Let time pass: rows enter or leave by it, and what is left is said anew."""
        self.view.pass_time()
        self.refresh()

    def select(self, number: int, *, reveal: bool = True) -> None:
        """Make ``number`` the selected row and bring it into sight; it need not be in the view."""
        index = self.view.index_of(number)
        self._followed = reveal
        if index is not None:
            self._selected_index = index
            if reveal:
                self.place.lay_ghost()
                self.place.reveal(self.place.line(index))
                self._scrolled()
        if number != self.selected:
            self.selected = number
            self._describe()
            self.selection_changed.emit(number)
        self.viewport().update()

    def go_to_top(self) -> None:
        """Show the first row."""
        self._followed = False
        self.place.lay_ghost()
        self.place.offset = 0
        self._scrolled()

    def y_of(self, number: int) -> int | None:
        """Return where in the viewport the row of ``number`` begins, None if it has none."""
        index = self.view.index_of(number)
        return None if index is None else self.place.y(self.place.line(index))

    # What arrives

    def _follow(self, moves: Moves) -> None:
        self.check_numbers()
        if moves.reset:
            self._start_over()
        else:
            self._hold_still(moves)
        self._scrolled(repaint=moves.reset or len(moves.removed) + len(moves.inserted) > 0)
        self.moved.emit()

    def _start_over(self) -> None:
        self.place.lay_ghost()
        self.place.offset, self.place.count = 0, len(self.view)
        self._unseen.clear()
        if self.selected is not None:
            self.select(self.selected)

    def _hold_still(self, moves: Moves) -> None:
        held = self.hovered if self._pointer is not None else None
        if held is not None and self.place.ghost is None:
            self.keep_picture(held)
        self.place.follow(moves, len(self.view), self._anchor(), held)
        self._selected_index = self._where_selected(moves)
        if self._pointer is None:
            if self._followed and self._selected_index in moves.inserted:
                self.place.reveal(self.place.line(self._selected_index))
            self.place.settle()
        self._unseen.update(moves.arrived.tolist())
        seen = self.place.visible()
        lines = (self.place.line(index) for index in moves.changed.tolist())
        for line in lines:
            if line in seen:
                self.update_line(line)

    def _anchor(self) -> int | None:
        """Return the view index of the row that must not move: under the pointer, selected, or the first.

        At the very top with nothing selected in sight nothing is held, so that new rows show.
        """
        place = self.place
        if self._pointer is not None:
            line = place.line_at(self._pointer.y())
            return None if line is None else place.index(line)
        if self.selected is not None and 0 <= place.y(self._selected_index) <= place.page - place.row:
            return self._selected_index
        return place.top if place.offset > 0 else None

    def _where_selected(self, moves: Moves) -> int:
        if self.selected is None:
            return self.place.top
        found = self.view.index_of(self.selected)
        return index_after(self._selected_index, moves) if found is None else found

    def _scrolled(self, *, repaint: bool = True) -> None:
        """Let bar, pointer and pill agree with the offset."""
        bar = self.verticalScrollBar()
        bar.blockSignals(True)  # noqa: FBT003  Qt's signature
        bar.setRange(0, self.place.furthest)
        bar.setPageStep(max(self.place.row, self.place.page - self.place.row))
        bar.setSingleStep(self.place.row)
        bar.setValue(self.place.offset)
        bar.blockSignals(False)  # noqa: FBT003
        self._hover()
        self._count_unseen()
        if repaint:
            self.viewport().update()

    def _count_unseen(self) -> None:
        if self._unseen:
            above = self.view.board.numbers[self.view.order[: self.place.top]]
            self._unseen = set(above[np.isin(above, list(self._unseen))].tolist())
        self.arrived_above.emit(len(self._unseen))

    def _hover(self) -> None:
        line = None if self._pointer is None else self.place.line_at(self._pointer.y())
        hovered = None if line is None else self.number_on(line)
        if hovered != self.hovered:
            self.hovered = hovered
            self.viewport().update()

    def _describe(self) -> None:
        row = None if self.selected is None else self.view.board.row(self.selected)
        said = "" if row is None else spoken(row, self._clock())
        if self.selection.many:
            key = "selection.spoken_in" if self.selected in self.selection else "selection.spoken_out"
            said = say(key, row=said, count=len(self.selection))
        self.setAccessibleDescription(said)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _show_marks(self) -> None:
        self._describe()
        self.viewport().update()

    # Hands

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802  Qt's names from here on
        """Follow the scroll bar."""
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
        if number is not None:
            mark(self.selection, event.modifiers(), self.selected, number)
            self.select(number, reveal=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open the row under the pointer."""
        number = self._number_at(event)
        if number is not None:
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
            row = None if number is None else self.view.board.row(number)
            QToolTip.showText(event.globalPos(), "" if row is None else hover_text(row), self.viewport())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move and mark by keys; what is not ours goes on."""
        target = self._key_target(Key(event.key()))
        if target is not None and len(self.view):
            number = self.view.number_at(min(max(0, target), len(self.view) - 1))
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.selection.stretch(number if self.selected is None else self.selected, number)
            else:
                self.selection.end_stretch()
            self.select(number)
        elif mark_by_key(self.selection, event, self.selected):
            pass
        elif event.key() in {Key.Key_Return, Key.Key_Enter} and self.selected is not None:
            self.activated.emit(self.selected)
        else:
            super().keyPressEvent(event)

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
        gone = self.selected is None or self.view.index_of(self.selected) is None
        return {
            Key.Key_Down: here if gone else here + 1,  # the row that took a vanished one's place is the next
            Key.Key_Up: here - 1,
            Key.Key_PageDown: here + page,
            Key.Key_PageUp: here - page,
            Key.Key_Home: 0,
            Key.Key_End: len(self.view) - 1,
        }.get(key)

    def _number_at(self, event: QMouseEvent) -> int | None:
        line = self.place.line_at(event.position().toPoint().y())
        pressed = event.button() == Qt.MouseButton.LeftButton
        return self.number_on(line) if pressed and line is not None else None
