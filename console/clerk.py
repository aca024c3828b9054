"""Map files for a window: read, tried and taken in beside its thread, over a connection of their own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from console.database.door import Door
from console.desk.desk import Desk
from console.intake.changes import Changes, changes
from console.intake.frame import Frame
from console.intake.mapping import Choice, Choices, applied
from console.intake.readers import read_rows
from console.intake.report import ImportReport
from console.intake.rows import AREAS, parse
from console.intake.survey import Standing
from console.intake.table import Table
from console.intake.writing.outlines import outlines
from console.intake.writing.standing import STANDS, as_grids
from console.intake.writing.writer import Progress, bring_in


@dataclass(frozen=True, slots=True)
class Trial:
    """What an import would do; ``changes`` only of areas."""

    report: ImportReport
    changes: Changes | None


class Clerk:
    """Imports for one person; each may be cancelled, and then nothing of what was under way is in."""

    def __init__(self, door: Door, patience: float, choices: Choices) -> None:
        self._door, self._patience = door, patience
        self.choices = choices

    async def read(self, path: Path, layer: str | None, frame: Frame | None) -> Table:
        """Return the rows of a file; see read_rows."""
        return await asyncio.to_thread(read_rows, path, layer=layer, frame=frame)

    async def attempt(self, table: Table, kind: str, choice: Choice, progress: Progress) -> Trial:
        """Return what an import would do; everything is taken back."""
        named = await asyncio.to_thread(applied, table, kind, choice)
        async with self._desk() as desk:
            report = await bring_in(named, kind, desk, dry_run=True, progress=progress)
            if kind not in AREAS:
                return Trial(report, None)
            standing = await STANDS[kind](desk)
        return Trial(report, await asyncio.to_thread(_changed, named, kind, standing, report))

    async def take(
        self, table: Table, kind: str, choice: Choice, progress: Progress, ended: list[str]
    ) -> ImportReport:
        """Remember the choice of columns, import, and end the grids of the codes ``ended``.

        Cancelled, it has written nothing; what is written already is reported, however late it is cancelled.
        """
        named = await asyncio.to_thread(applied, table, kind, choice)
        await asyncio.to_thread(self.choices.keep, table, kind, choice)
        report: ImportReport | None = None
        try:
            async with self._desk() as desk:
                report = await bring_in(named, kind, desk, progress=progress, ended=ended)
        except asyncio.CancelledError:
            if report is None:
                raise
        return report

    @asynccontextmanager
    async def _desk(self) -> AsyncIterator[Desk]:
        desk = Desk(self._door, patience=self._patience)
        try:
            yield desk
        finally:
            await desk.close()


def _changed(table: Table, kind: str, standing: Standing, report: ImportReport) -> Changes:
    refused = {fault.line for fault in report.errors}
    rows = [row for row in parse(table, kind).rows if row.line not in refused]
    return changes(as_grids(rows, standing), outlines(rows), standing)
