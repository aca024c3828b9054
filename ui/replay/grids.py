"""The grids of a replay as they stood: other ones where they were drawn anew, came or went since."""

from bisect import bisect_right

from PySide6.QtCore import QObject, Signal

from console.errors import Problem
from console.geography.atlas import Atlas
from ui.layers.choice import GROUND
from ui.seat import Seat
from ui.tasks import tasks


class GridsThen(QObject):
    """``drawn`` carries the grids of another stretch of time, and whether they are not today's."""

    drawn = Signal(object, bool)
    failed = Signal(str)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._changes: list[float] | None = None
        self._known: dict[int, Atlas] = {}
        self._part: int | None = None  # of the time between the changes
        self._shown: Atlas | None = None

    def begin(self) -> None:
        """Show today's, and ask anew how they changed."""
        self._changes, self._part, self._known = None, None, {}
        self._show(self._seat.directory.atlas)

    def follow(self, at: float) -> None:
        """Show the grids of ``at``, as soon as they are read."""
        part = None if self._changes is None else bisect_right(self._changes, at)
        if part is None or part != self._part:
            self._part = part
            tasks.start(self._read(at), "the grids of a moment")

    async def _read(self, at: float) -> None:
        console, today = self._seat.console, self._seat.directory.atlas
        try:
            if self._changes is None:
                self._changes = await console.reads.around.grid_changes(GROUND)
            part = self._part = bisect_right(self._changes, at)
            if part not in self._known:
                latest = part == len(self._changes)
                self._known[part] = today if latest else await console.atlases.then(today, GROUND, at)
        except Problem as problem:
            self.failed.emit(problem.sentence)
            return
        if part == self._part:
            self._show(self._known[part])

    def _show(self, atlas: Atlas) -> None:
        if atlas is not self._shown:
            self._shown = atlas
            self.drawn.emit(atlas, atlas is not self._seat.directory.atlas)
