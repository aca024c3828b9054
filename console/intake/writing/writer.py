"""Bring the rows of a file into the database, in calls of its own import functions.

The tree, a calendar, a catalogue and all that stands on the map go in whole, in one transaction: no border is
half redrawn. All else goes in batches, each whole: a long transaction holds every console's feed back, as
the grids of a map do. An import that breaks off is repeated; what is in already stays as it is.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from console.connection import Connection
from console.errors import BadInput
from console.intake.columns import bind
from console.intake.places import Organisation
from console.intake.report import Fault, Finding, ImportReport, in_order
from console.intake.rows import AREAS, Parsed, parse
from console.intake.survey import Standing, survey
from console.intake.table import Table
from console.intake.writing.caller import Caller
from console.intake.writing.documents import PREPARE, Document, plain
from console.intake.writing.outlines import outlines
from console.intake.writing.standing import STANDS, as_before, as_grids

Progress = Callable[[str, int, int], None]  # "reading" or "writing", done, total
Step = Callable[[int, int], None]  # done, total

SECONDS: Final = 600.0  # one call may take so long
ALL: Final = 10**9
BATCH: Final = {
    "organisations": ALL,
    "calendar": ALL,
    "catalogue": ALL,
    "incidents": 500,
}
USUAL_BATCH: Final = 1000
WHOLE: Final = frozenset({"grids", "outlines", "resources"})  # all batches in one transaction
TREE: Final = """
SELECT o.code, o.name, o.level, coalesce(p.code, '') AS parent_code
FROM gridseat.organisation AS o LEFT JOIN gridseat.organisation AS p ON p.id = o.parent_id"""
IN_TREE: Final = frozenset({"organisations", "incidents"})


@dataclass(slots=True)
class _Tally:
    """What the database said of all batches so far."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Fault] = field(default_factory=list)

    @property
    def lines(self) -> set[int]:
        """Return which lines the database refused."""
        return {fault.line for fault in self.refused}

    def take(self, told: dict[str, Any]) -> None:
        self.added += told["added"]
        self.updated += told["updated"]
        self.unchanged += told["unchanged"]
        self.refused.extend(
            Fault(row["line"], BadInput(row["code"], **row["facts"]).sentence) for row in told["refused"]
        )


async def bring_in(
    table: Table,
    kind: str,
    caller: Caller,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    ended: Sequence[str] = (),
) -> ImportReport:
    """Import ``table`` as ``kind`` and report; with ``dry_run`` everything is done and taken back.

    ``ended``: codes of grids that end with it. Raises BadInput for a wrong kind, wrong columns or a circle,
    and Refused for whoever may not: then nothing went in, nor where one of the map's kinds is cancelled.
    """
    parsed = await asyncio.to_thread(parse, table, kind, _stage(progress, "reading"))
    tree = await _tree(caller) if kind in IN_TREE else {}
    parsed, documents = await asyncio.to_thread(PREPARE.get(kind, plain), parsed, tree)
    findings: list[Finding] = []
    if kind in AREAS:
        standing = await STANDS[kind](caller)
        findings = await asyncio.to_thread(_examined, parsed, documents, standing)
    if kind == "catalogue" and "restricted" not in bind(table, kind)[0]:
        documents = [{**document, "restricted": None} for document in documents]
    tally = await _written(caller, kind, documents, ended, dry_run=dry_run, tell=_stage(progress, "writing"))
    if kind == "calendar" and not dry_run and tally.added + tally.updated:
        await _written(caller, kind, documents)  # for actions that were under way meanwhile
    report = _report(parsed, tally)
    out = {fault.code for fault in report.errors if fault.line in tally.lines}
    return replace(report, findings=[one for one in findings if one.what == "gap" or not out & {*one.codes}])


def _examined(parsed: Parsed, documents: list[Document], standing: Standing) -> list[Finding]:
    """Return what a survey finds, and leave in ``documents`` what stands unchanged as it stands."""
    shapes = outlines(parsed.rows)
    as_before(documents, shapes, standing)
    return survey(as_grids(parsed.rows, standing), shapes, standing)


def _stage(progress: Progress | None, stage: str) -> Step | None:
    return (lambda done, total: progress(stage, done, total)) if progress else None


def _batches(documents: list[Document], size: int) -> Iterator[list[Document]]:
    """Yield batches; an empty one where there is nothing, so that rights are asked for all the same."""
    for start in range(0, max(len(documents), 1), size):
        yield documents[start : start + size]


async def _tree(caller: Caller) -> dict[str, Organisation]:
    rows = await caller.call(lambda raw: raw.fetch(TREE))
    return {row["code"]: Organisation(**row) for row in rows}


async def _written(
    caller: Caller,
    kind: str,
    documents: list[Document],
    ended: Sequence[str] = (),
    *,
    dry_run: bool = False,
    tell: Step | None = None,
) -> _Tally:
    tally, done = _Tally(), 0

    def step(more: int) -> None:
        if tell:
            tell(done + more, len(documents))

    size = BATCH.get(kind, USUAL_BATCH)
    for part in [documents] if kind in WHOLE else _batches(documents, size):
        batches = list(_batches(part, size))
        ask = partial(_together, kind=kind, batches=batches, ended=ended, dry_run=dry_run, step=step)
        for told in await caller.call(ask):
            tally.take(told)
        done += len(part)
    return tally


async def _together(
    raw: Connection,
    kind: str,
    batches: list[list[Document]],
    ended: Sequence[str],
    *,
    dry_run: bool,
    step: Callable[[int], None],
) -> list[dict[str, Any]]:
    """Write batches in one transaction and return what is said of each; cancelled, it has written nothing."""
    question = f"SELECT desk.import_{kind}($1::text::jsonb)::text"  # a kind of resources/columns.toml
    told, done = [], 0
    attempt = raw.transaction()
    await attempt.start()
    try:
        for batch in batches:
            text = await asyncio.to_thread(json.dumps, batch, ensure_ascii=False)
            told.append(dict(json.loads(await raw.fetchval(question, text, timeout=SECONDS))))
            done += len(batch)
            step(done)
        for code in ended:
            await raw.fetchval("SELECT desk.end_grid($1)", code)
    except BaseException:
        await attempt.rollback()
        raise
    await _settled(attempt.rollback() if dry_run else attempt.commit())
    return told


async def _settled(ending: Coroutine[Any, Any, None]) -> None:
    """Wait for the end of a transaction; who cancels meanwhile comes too late, and it is in."""
    task = asyncio.ensure_future(ending)
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.shield(task)
    task.result()


def _report(parsed: Parsed, tally: _Tally) -> ImportReport:
    codes = {row.line: getattr(row, "code", "") for row in parsed.rows} if tally.refused else {}
    named = [replace(fault, code=codes.get(fault.line, "")) for fault in tally.refused]
    errors = in_order([*parsed.errors, *named])
    refused = {fault.line for fault in errors}
    return ImportReport(
        read=parsed.read,
        added=tally.added,
        updated=tally.updated,
        unchanged=tally.unchanged + parsed.repeated,
        refused=len(errors),
        errors=errors,
        remarks=in_order(remark for remark in parsed.remarks if remark.line not in refused),
    )
