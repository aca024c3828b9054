"""Where rows stand in the viewport while others come and go; arithmetic only."""

from dataclasses import dataclass

import numpy as np

from console.feed.board_view import Moves


@dataclass(frozen=True, slots=True)
class Ghost:
    """A row that left under the pointer: it stands before view row ``index`` until the pointer goes."""

    index: int
    number: int


class Place:
    """Offset of the content in pixels and what stands where.

    ``count`` rows of ``row`` pixels are seen through ``page`` pixels. A ghost takes a row's room without
    being one, so a row has an index in the view and a line on the screen.
    """

    def __init__(self, row: int) -> None:
        self.row = row
        self.page = 0
        self.count = 0
        self.offset = 0
        self.ghost: Ghost | None = None

    @property
    def lines(self) -> int:
        """Return how many lines there are, the ghost's included."""
        return self.count + (self.ghost is not None)

    @property
    def furthest(self) -> int:
        """Return the largest offset at which the page is still full."""
        return max(0, self.lines * self.row - self.page)

    @property
    def top(self) -> int:
        """Return the view index of the first row that is seen whole or in part."""
        return min(max(0, self.offset // self.row), self.count)

    def line_at(self, y: int) -> int | None:
        """Return the line at ``y`` of the viewport."""
        line = (self.offset + y) // self.row
        return line if 0 <= line < self.lines else None

    def visible(self) -> range:
        """Return the lines that are seen whole or in part."""
        first = max(0, self.offset // self.row)
        return range(first, max(first, min(self.lines, -(-(self.offset + self.page) // self.row))))

    def index(self, line: int) -> int | None:
        """Return the view index of ``line``, None for the ghost's."""
        if self.ghost is None or line < self.ghost.index:
            return line
        return None if line == self.ghost.index else line - 1

    def line(self, index: int) -> int:
        """Return the line of the row at view ``index``."""
        return index + (self.ghost is not None and index >= self.ghost.index)

    def y(self, line: int) -> int:
        """Return where ``line`` begins in the viewport."""
        return line * self.row - self.offset

    def follow(self, moves: Moves, count: int, anchor: int | None, held: int | None) -> None:
        """Take ``moves`` in without moving the row at view index ``anchor`` (before the moves).

        ``held`` is the number under the pointer: if it left, its ghost takes its place.
        """
        self.count = count
        if self.ghost is not None:
            anchor = self.ghost.index
        if anchor is None:
            return
        after = index_after(anchor, moves)
        self.offset += (after - anchor) * self.row
        if self.ghost is not None:
            self.ghost = Ghost(after, self.ghost.number)
        elif held is not None and anchor in moves.removed:
            self.ghost = Ghost(after, held)

    def lay_ghost(self, line: int | None = None) -> None:
        """Let the ghost go without moving ``line``."""
        if self.ghost is not None:
            if line is not None and line > self.ghost.index:
                self.offset -= self.row
            self.ghost = None

    def settle(self) -> None:
        """Bring the offset back to where the page is full."""
        self.offset = min(max(0, self.offset), self.furthest)

    def resize_rows(self, row: int) -> None:
        """Let rows be ``row`` pixels high; the same ones stay in sight."""
        self.offset = self.offset * row // self.row
        self.row = row

    def reveal(self, line: int) -> None:
        """Scroll as little as shows ``line`` whole; without a page, before it is laid out, not at all."""
        if self.page >= self.row:
            self.offset = min(self.offset, line * self.row)
            self.offset = max(self.offset, (line + 1) * self.row - self.page)


def index_after(index: int, moves: Moves) -> int:
    """Return where the row at ``index`` stands after ``moves``, or would stand if it is what left."""
    kept = index - int(np.searchsorted(moves.removed, index))
    before = moves.inserted - np.arange(len(moves.inserted))  # how many kept rows stand before each new one
    return kept + int(np.searchsorted(before, kept, side="right"))
