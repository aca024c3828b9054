"""`verify`: whether every timeline is as it was written; heads of the chains to keep elsewhere."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from console.cli.answer import Answer
from console.cli.commands import heads
from console.cli.commands.heads import Head
from console.cli.session import Session
from console.cli.table import label, table
from console.cli.usage import Parser, Subparsers
from console.errors import Refused
from console.language import say

RANGE: Final = 2000  # incidents at a time
ERASED: Final = """
    SELECT DISTINCT number FROM gridseat.timeline
    WHERE action = 'erased' AND number BETWEEN $1 AND $2 ORDER BY 1
"""


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("verify", help=say("cli.verify.help"), description=say("cli.verify.about"))
    parser.add_argument("--anchor", type=Path, metavar="FILE", help=say("cli.verify.anchor"))
    parser.add_argument("--against", type=Path, metavar="FILE", help=say("cli.verify.against"))
    parser.set_defaults(run=run)


@dataclass
class _Sum:
    """What has been gone through so far."""

    entries: int = 0
    broken: set[tuple[int, int | None]] = field(default_factory=set)
    erased: list[int] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    compared: dict[str, Any] = field(default_factory=dict)


async def run(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"incidents", "entries", "broken", "erased"}; exit code 1 with findings.

    With ``--anchor`` also "anchor" {"file", "heads", "written"}: nothing is written where something is
    broken, for a bad chain is not blessed. What was compared stands in "against" {"file", "heads"}.
    """
    found = _Sum()
    if given.anchor is not None and heads.holds_earlier(given.anchor):
        try:
            await _compare(session, given.anchor, found)
        except Refused as error:
            raise Refused("anchor_kept", file=heads.shown(given.anchor)) from error
    if given.against is not None:
        await _compare(session, given.against, found)
    await _go_through_all(session, found)
    if given.anchor is not None and not found.broken:
        heads.write(given.anchor, found.heads)
    document = _document(found, given.anchor)
    return Answer(document, int(bool(found.broken)), _lines(document))


async def _compare(session: Session, path: Path, found: _Sum) -> None:
    """Add what differs from the heads that were kept in ``path``."""
    count = 0
    for batch in _batches(heads.read(path)):
        rows = await session.fetch("SELECT * FROM desk.differing($1::text::jsonb)", json.dumps(batch))
        found.broken |= {(row["number"], row["seq"]) for row in rows}
        count += len(batch)
    found.compared = {"file": str(path), "heads": count}


async def _go_through_all(session: Session, found: _Sum) -> None:
    first = 0
    while (last := await session.fetchval("SELECT desk.range_end($1, $2)", first, RANGE)) is not None:
        await _go_through(session, first, last, found)
        _progress(found)
        first = last + 1
    # Beyond the last incident there may be entries of one that was taken away.
    rows = await session.fetch("SELECT * FROM desk.verify($1, $2)", first, heads.HIGHEST)
    found.broken |= {(row["number"], row["seq"]) for row in rows}


async def _go_through(session: Session, first: int, last: int, found: _Sum) -> None:
    rows = await session.fetch("SELECT * FROM desk.anchor($1, $2)", first, last)
    found.heads += [dict(row) for row in rows]
    found.entries += sum(row["entries"] for row in rows)
    rows = await session.fetch("SELECT * FROM desk.verify($1, $2)", first, last)
    found.broken |= {(row["number"], row["seq"]) for row in rows}
    found.erased += [row["number"] for row in await session.fetch(ERASED, first, last)]


def _document(found: _Sum, anchor: Path | None) -> dict[str, Any]:
    broken = sorted(found.broken, key=lambda one: (one[0], -1 if one[1] is None else one[1]))
    document = {
        "incidents": len(found.heads),
        "entries": found.entries,
        "broken": [{"number": number, "seq": seq} for number, seq in broken],
        "erased": found.erased,
    }
    if found.compared:
        document["against"] = found.compared
    if anchor is not None:
        written = not broken
        document["anchor"] = {
            "file": str(anchor),
            "heads": len(found.heads) if written else 0,
            "written": written,
        }
    return document


def _progress(found: _Sum) -> None:
    if sys.stderr.isatty():
        print(
            "\r" + say("cli.verify.progress", count=len(found.heads)), end="\r", file=sys.stderr, flush=True
        )


def _lines(document: dict[str, Any]) -> str:
    key = "cli.verify.broken" if document["broken"] else "cli.verify.whole"
    lines = [say(key, **{name: document[name] for name in ("incidents", "entries")})]
    if document["broken"]:
        rows = [
            [one["number"], say("cli.verify.row") if one["seq"] is None else one["seq"]]
            for one in document["broken"]
        ]
        lines.append(table([label("number"), label("seq")], rows))
    for name, sentence in (("against", "compared"), ("anchor", "anchored")):
        if facts := document.get(name):
            key = sentence if facts.get("written", True) else f"not_{sentence}"
            lines.append(
                say(f"cli.verify.{key}", file=heads.shown(Path(facts["file"])), heads=facts["heads"])
            )
    return "\n".join(lines)


def _batches(found: Iterator[Head]) -> Iterator[list[Head]]:
    batch: list[Head] = []
    for head in found:
        batch.append(head)
        if len(batch) == RANGE:
            yield batch
            batch = []
    yield batch
