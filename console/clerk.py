"""Map files for a window: read, tried and taken in beside its thread, over a connection of their own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from console.database.door import Door
from console.desk.desk import Desk
from console.intake.changes import Changes, changes
from console.intake.frame import Frame
from console.intake.mapping import Choice, Choices, applied
from console.intake.readers import read_rows
from console.intake.registry.source import Source
from console.intake.report import ImportReport
from console.intake.rows import AREAS, parse
from console.intake.survey import Standing
from console.intake.table import Table
from console.intake.writing.outlines import outlines
from console.intake.writing.register import bring_register
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

    async def look(self, path: Path, frame: Frame | None) -> Table:
        """Return the headings of a file of people or houses, whose rows are read as they are written."""
        head = await asyncio.to_thread(lambda: Source(path).headed())
        return Table(head.columns, [], "", datum=frame.datum if frame else "", source=path)

    async def attempt(self, table: Table, kind: str, choice: Choice, progress: Progress) -> Trial:
        """Return what an import would do; everything is taken back."""
        if table.source is not None:
            return Trial(await self._stream(table.source, table, kind, choice, progress, dry_run=True), None)
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
        Of people and houses what is in stays in: begun anew, the import goes on there.
        """
        if table.source is not None:
            await asyncio.to_thread(self.choices.keep, table, kind, choice)
            return await self._stream(table.source, table, kind, choice, progress, dry_run=False)
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

    async def _stream(
        self, source: Path, table: Table, kind: str, choice: Choice, progress: Progress, *, dry_run: bool
    ) -> ImportReport:
        datum = {"datum": table.datum} if table.datum and kind == "houses" else {}
        meant = replace(choice, constants=choice.constants | datum)
        async with self._desk() as desk:
            return await bring_register(source, kind, desk, choice=meant, dry_run=dry_run, progress=progress)

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
