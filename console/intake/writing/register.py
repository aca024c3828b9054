"""Bring houses, households and residents in: a stream of batches, the next ones read while some are written.

A batch is copied into a staging table and taken from there, in a transaction of its own: what was brought in
before an import was cut stays, and beginning anew adds nothing twice.
"""

import asyncio
import gc
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from console.connection import Connection
from console.errors import BadInput, OutOfReach
from console.intake.mapping import Choice
from console.intake.registry.batches import STAGED, Batch, Batches
from console.intake.registry.source import TITLES, Source
from console.intake.report import Fault, ImportReport, in_order
from console.intake.writing.caller import Caller
from console.intake.writing.writer import SECONDS, Progress
from console.language import say

KINDS: Final = frozenset(STAGED)
NONE: Final = Choice()
NAMED: Final = 100_000  # rows left out that a report names; all are counted
BEGIN: Final = "SELECT desk.begin_registry()"
TAKE: Final = "SELECT desk.import_registry($1)::text"


class _Count:
    """What became of the rows so far."""

    def __init__(self) -> None:
        self.read = self.added = self.updated = self.unchanged = self.refused = 0
        self.faults: list[Fault] = []

    def take(self, batch: Batch, told: dict[str, Any]) -> None:
        self.read += batch.read
        self.added += told["added"]
        self.updated += told["updated"]
        self.unchanged += told["unchanged"] + batch.repeated
        refused = [
            Fault(row["line"], BadInput(row["code"], **row["facts"]).sentence) for row in told["refused"]
        ]
        faults = in_order([*batch.faults, *refused])
        self.refused += len(faults)
        self.faults += faults[: NAMED - len(self.faults)]

    def report(self, remarks: list[str]) -> ImportReport:
        unnamed = self.refused - len(self.faults)
        more = [say("intake.remark.unnamed", count=unnamed)] if unnamed else []
        return ImportReport(
            read=self.read,
            added=self.added,
            updated=self.updated,
            unchanged=self.unchanged,
            refused=self.refused,
            errors=in_order(self.faults),
            remarks=[Fault(1, words) for words in [*remarks, *more]],
        )


class _Work:
    """Batches of one file on their way, over as many connections as carry them."""

    def __init__(self, kind: str, batches: Batches, stream: Iterator[Batch], *, dry_run: bool) -> None:
        self.count = _Count()
        self._kind, self._staged, self._stream, self._dry_run = kind, batches.staged, stream, dry_run
        self._turn = asyncio.Lock()

    async def carry(self, caller: Caller, told: Callable[[int], None], batch: Batch | None = None) -> None:
        """Bring in ``batch`` and what follows, until nothing does; tell how many rows were read by then."""
        batch = batch or await self.following()
        while batch is not None:
            self.count.take(batch, await caller.call(partial(self._send, batch)))
            told(self.count.read)
            batch = await self.following()

    async def help_with(self, caller: Caller, told: Callable[[int], None]) -> None:
        """Carry along over one more connection; where the server has none to spare, carry nothing."""
        try:
            await caller.call(lambda raw: raw.execute(BEGIN))
        except OutOfReach:
            return
        await self.carry(caller, told)

    async def following(self) -> Batch | None:
        """Return the next batch, read in a thread: by one at a time."""
        async with self._turn:
            return await asyncio.to_thread(self._next)

    def _next(self) -> Batch | None:
        gc.disable()  # rows are in no circle, and looking for circles among them took two fifths of the time
        try:
            return next(self._stream, None)
        finally:
            gc.enable()

    async def _send(self, batch: Batch, raw: Connection) -> dict[str, Any]:
        """Copy a batch and take it, or take it back."""
        await raw.execute(BEGIN)
        attempt = raw.transaction()
        await attempt.start()
        try:
            await raw.copy_records_to_table(
                f"registry_{self._kind}",
                schema_name="pg_temp",
                records=batch.rows,
                columns=self._staged,
                timeout=SECONDS,
            )
            told = await raw.fetchval(TAKE, self._kind, timeout=SECONDS)
        except BaseException:
            await attempt.rollback()
            raise
        await (attempt.rollback() if self._dry_run else attempt.commit())
        return dict(json.loads(told))


async def bring_register(
    path: Path,
    kind: str,
    caller: Caller,
    *,
    choice: Choice = NONE,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import the file at ``path`` as ``kind`` and report; with ``dry_run`` everything is taken back.

    Raises BadInput for a file that is damaged anywhere or has wrong columns, and Refused for whoever may
    not: then nothing went in.
    """
    reading = partial(progress, "reading") if progress else None
    source = await asyncio.to_thread(Source, path)
    head = await asyncio.to_thread(source.headed)
    batches = Batches(kind, head, choice)
    survey = await asyncio.to_thread(source.surveyed, head, batches.code_at, reading)
    work = _Work(kind, batches, batches.of(source.records(head), survey), dry_run=dry_run)

    def told(read: int) -> None:
        if progress:
            progress("writing", read, max(survey.rows, read))

    first = await work.following() or Batch(0, [])  # rights are asked for all the same
    if survey.rows > first.read + TITLES:
        await _side_by_side(work, caller, told, first)
    else:
        await work.carry(caller, told, first)
    unsaid = [say("intake.remark.datum", count=batches.unsaid)] if batches.unsaid else []
    return work.count.report([*batches.remarks, *unsaid])


async def _side_by_side(work: _Work, caller: Caller, told: Callable[[int], None], first: Batch) -> None:
    """Carry ``first`` and everything that follows over two connections."""
    beside = caller.beside()
    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(work.carry(caller, told, first))
            both.create_task(work.help_with(beside, told))
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    finally:
        await beside.close()
