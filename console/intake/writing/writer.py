"""Bring the rows of a file into the database, in calls of its own import functions.

The tree, a calendar and a catalogue go in whole, in one transaction, and so do the grids of a county (as many
as one batch holds): no border is half redrawn. More grids and all else go in batches, each whole: a long
transaction would hold every console's feed back. An import that breaks off is repeated; what is in already
stays as it is.
"""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from console.connection import Connection
from console.errors import BadInput
from console.intake.columns import bind
from console.intake.places import Organisation
from console.intake.report import Fault, Finding, ImportReport, in_order
from console.intake.rows import AREAS, Parsed, parse
from console.intake.survey import survey
from console.intake.table import Table
from console.intake.writing.caller import Caller
from console.intake.writing.documents import PREPARE, Document, plain
from console.intake.writing.outlines import outlines
from console.intake.writing.standing import STANDS, as_before, as_grids

Progress = Callable[[str, int, int], None]  # "reading" or "writing", done, total

SECONDS: Final = 600.0  # one call may take so long
ALL: Final = 10**9
BATCH: Final = {
    "organisations": ALL,
    "calendar": ALL,
    "catalogue": ALL,
    "grids": 5000,
    "outlines": 5000,
    "incidents": 500,
}
USUAL_BATCH: Final = 1000
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

    def take(self, told: dict[str, Any]) -> None:
        self.added += told["added"]
        self.updated += told["updated"]
        self.unchanged += told["unchanged"]
        self.refused.extend(
            Fault(row["line"], BadInput(row["code"], **row["facts"]).sentence) for row in told["refused"]
        )


async def bring_in(
    table: Table, kind: str, caller: Caller, *, dry_run: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Import ``table`` as ``kind`` and report; with ``dry_run`` everything is done and taken back.

    Raises BadInput for an unknown kind, wrong columns or a circle, and Refused for whoever may not: then
    nothing went in.
    """
    parsed = await asyncio.to_thread(parse, table, kind, _stage(progress, "reading"))
    tree = await _tree(caller) if kind in IN_TREE else {}
    parsed, documents = await asyncio.to_thread(PREPARE.get(kind, plain), parsed, tree)
    findings: list[Finding] = []
    if kind in AREAS:
        standing = await STANDS[kind](caller)
        shapes = outlines(parsed.rows)
        findings = await asyncio.to_thread(survey, as_grids(parsed.rows, standing), shapes, standing)
        as_before(documents, shapes, standing)
    if kind == "catalogue" and "restricted" not in bind(table, kind)[0]:
        documents = [{**document, "restricted": None} for document in documents]
    tally = _Tally()
    tell = _stage(progress, "writing")
    done = 0
    for batch in _batches(documents, BATCH.get(kind, USUAL_BATCH)):
        tally.take(await _send(caller, kind, batch, dry_run=dry_run))
        done += len(batch)
        if tell:
            tell(done, len(documents))
    if kind == "calendar" and not dry_run and tally.added + tally.updated:
        await _send(caller, kind, documents, dry_run=False)  # for actions that were under way meanwhile
    return replace(_report(parsed, tally), findings=findings)


def _stage(progress: Progress | None, stage: str) -> Callable[[int, int], None] | None:
    return (lambda done, total: progress(stage, done, total)) if progress else None


def _batches(documents: list[Document], size: int) -> Iterator[list[Document]]:
    """Yield batches; an empty one where there is nothing, so that rights are asked for all the same."""
    for start in range(0, max(len(documents), 1), size):
        yield documents[start : start + size]


async def _tree(caller: Caller) -> dict[str, Organisation]:
    rows = await caller.call(lambda raw: raw.fetch(TREE))
    return {row["code"]: Organisation(**row) for row in rows}


async def _send(caller: Caller, kind: str, batch: list[Document], *, dry_run: bool) -> dict[str, Any]:
    text = json.dumps(batch, ensure_ascii=False)
    question = f"SELECT desk.import_{kind}($1::text::jsonb)::text"  # a kind of resources/columns.toml

    async def ask(raw: Connection) -> Any:  # noqa: ANN401  the server's document
        if not dry_run:
            return await raw.fetchval(question, text, timeout=SECONDS)
        attempt = raw.transaction()
        await attempt.start()
        try:
            return await raw.fetchval(question, text, timeout=SECONDS)
        finally:
            await attempt.rollback()

    return dict(json.loads(await caller.call(ask)))


def _report(parsed: Parsed, tally: _Tally) -> ImportReport:
    errors = in_order([*parsed.errors, *tally.refused])
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
