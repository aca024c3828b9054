"""A list whose rows keep still while others come and go, and whose selection nothing takes away."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from console.feed.board_view import BoardView, Moves
from console.language import say
from ui.language import language
from ui.queue.cells import spoken
from ui.queue.headings import spoken_heading
from ui.queue.place import index_after
from ui.queue.surface import Surface


class StillList(Surface):
    """The row under the pointer keeps its place whatever arrives; without a pointer the selected one does."""

    selection_changed = Signal(int)
    moved = Signal()  # rows came, went or changed
    arrived_above = Signal(int)  # how many new rows stand unseen above the top

    def __init__(self, view: BoardView, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(view, clock, parent)
        self._selected_index = 0  # where the hand's line stands, or stood when it left
        self._pointer: QPoint | None = None
        self._top = 0  # of the list in its window
        self._followed = False  # the selected row stays in sight until a hand scrolls
        self._unseen: set[int] = set()
        self.lines.listener = self._follow
        self.selection.changed.connect(self._show_marks)
        language.follow(self, lambda: self.setAccessibleName(say("queue.list_name")))

    @property
    def here(self) -> int | None:
        """Return where the keys are: a heading's number, else the selected incident."""
        return self.selected if self.heading is None else self.heading

    def tick(self) -> None:
        """Let time pass: rows enter or leave by it, and what is left is said anew."""
        self.view.pass_time()
        self.refresh()

    def show_lookers(self, lookers: Mapping[int, Sequence[str]]) -> None:
        """Mark the cases that other seats look at, by their names; only what is another is painted."""
        before, self.lookers = self.lookers, lookers
        if before != lookers:
            self.refresh()
            if self.selected is not None and before.get(self.selected) != lookers.get(self.selected):
                self._describe()

    def select(self, number: int, *, reveal: bool = True) -> None:
        """Make ``number`` the selected row and bring it into sight; it need not be in the view."""
        self.heading = None
        self._followed = reveal
        self._stand_on(number, reveal=reveal)
        if number != self.selected:
            self.selected = number
            self._describe()
            self.selection_changed.emit(number)
        self.viewport().update()

    def go_to(self, number: int, *, reveal: bool = True) -> None:
        """Let the keys be on a heading, or select the incident ``number``."""
        if number > 0:
            self.select(number, reveal=reveal)
            return
        self.heading = number
        self._stand_on(number, reveal=reveal)
        self._describe()
        self.viewport().update()

    def _stand_on(self, number: int, *, reveal: bool) -> None:
        index = self.lines.index_of(number)
        if index is not None:
            self._selected_index = index
            if reveal:
                self.place.lay_ghost()
                self.place.reveal(self.place.line(index))
                self._scrolled()

    def go_to_top(self) -> None:
        """Show the first row."""
        self._followed = False
        self.place.lay_ghost()
        self.place.offset = 0
        self._scrolled()

    def y_of(self, number: int) -> int | None:
        """Return where in the viewport the row of ``number`` begins, None if it has none."""
        index = self.lines.index_of(number)
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
        self.place.offset, self.place.count = 0, len(self.lines)
        self._unseen.clear()
        if self.heading is not None and self.lines.index_of(self.heading) is None:
            self.heading = None
        if self.here is not None:
            self.go_to(self.here)

    def _hold_still(self, moves: Moves) -> None:
        held = self.hovered if self._pointer is not None else None
        if held is not None and self.place.ghost is None:
            self.keep_picture(held)
        self.place.follow(moves, len(self.lines), self._anchor(), held)
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
        if self.here is not None and 0 <= place.y(self._selected_index) <= place.page - place.row:
            return self._selected_index
        return place.top if place.offset > 0 else None

    def _where_selected(self, moves: Moves) -> int:
        if self.here is None:
            return self.place.top
        found = self.lines.index_of(self.here)
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
            above = self.lines.order[: self.place.top]
            above = self.view.board.numbers[above[above >= 0]]
            self._unseen = set(above[np.isin(above, list(self._unseen))].tolist())
        self.arrived_above.emit(len(self._unseen))

    def _hover(self) -> None:
        line = None if self._pointer is None else self.place.line_at(self._pointer.y())
        hovered = None if line is None else self.number_on(line)
        if hovered != self.hovered:
            self.hovered = hovered
            self.viewport().update()

    def _describe(self) -> None:
        if self.heading is not None:
            self._tell(spoken_heading(self.lines.group(self.heading, self._clock()), self.lines.column))
            return
        row = None if self.selected is None else self.view.board.row(self.selected)
        said = "" if row is None else spoken(row, self._clock(), self.lookers.get(row.number, ()))
        if self.selection.many:
            key = "selection.spoken_in" if self.selected in self.selection else "selection.spoken_out"
            said = say(key, row=said, count=len(self.selection))
        self._tell(said)

    def _tell(self, said: str) -> None:
        self.setAccessibleDescription(said)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _show_marks(self) -> None:
        self._describe()
        self.viewport().update()
