"""Bring houses, households and residents in: a stream of batches, the next one read while one is written.

A batch is copied into a staging table and taken from there, in a transaction of its own: what was brought in
before an import was cut stays, and beginning anew adds nothing twice.
"""

import asyncio
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from console.connection import Connection
from console.errors import BadInput
from console.intake.mapping import Choice
from console.intake.registry.batches import STAGED, Batch, Batches
from console.intake.registry.source import Source
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
            errors=self.faults,
            remarks=[Fault(1, words) for words in [*remarks, *more]],
        )


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
    stream = batches.of(source.records(head), survey)
    count = _Count()
    batch: Batch | None = await asyncio.to_thread(_next, stream)
    batch = batch or Batch(0, [])  # rights are asked for all the same
    while batch is not None:
        send = caller.call(partial(_send, kind, batches.staged, batch, dry_run))
        told, following = await asyncio.gather(send, asyncio.to_thread(_next, stream))
        count.take(batch, told)
        if progress:
            progress("writing", count.read, max(survey.rows, count.read))
        batch = following
    unsaid = [say("intake.remark.datum", count=batches.unsaid)] if batches.unsaid else []
    return count.report([*batches.remarks, *unsaid])


def _next(stream: Iterator[Batch]) -> Batch | None:
    return next(stream, None)


async def _send(
    kind: str,
    staged: tuple[str, ...],
    batch: Batch,
    dry_run: bool,  # noqa: FBT001  bound where it is called
    raw: Connection,
) -> dict[str, Any]:
    """Copy a batch and take it, or take it back."""
    await raw.execute(BEGIN)
    attempt = raw.transaction()
    await attempt.start()
    try:
        await raw.copy_records_to_table(
            f"registry_{kind}", schema_name="pg_temp", records=batch.rows, columns=staged, timeout=SECONDS
        )
        told = await raw.fetchval(TAKE, kind, timeout=SECONDS)
    except BaseException:
        await attempt.rollback()
        raise
    await (attempt.rollback() if dry_run else attempt.commit())
    return dict(json.loads(told))
