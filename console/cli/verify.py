"""`verify`: whether every timeline is as it was written; heads of the chains to keep elsewhere."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from console.cli.answer import Answer
from console.cli.session import Session
from console.cli.table import label, table
from console.cli.usage import Parser, Subparsers
from console.errors import BadInput
from console.intake.hygiene import excerpt
from console.language import say

RANGE: Final = 2000  # incidents at a time
LONGEST_LINE: Final = 10_000
HIGHEST: Final = 2**63 - 1
ERASED: Final = """
    SELECT DISTINCT number FROM gridseat.timeline
    WHERE action = 'erased' AND number BETWEEN $1 AND $2 ORDER BY 1
"""


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("verify", help=say("cli.verify.help"))
    parser.add_argument("--anchor", type=Path, metavar="FILE", help=say("cli.verify.anchor"))
    parser.add_argument("--against", type=Path, metavar="FILE", help=say("cli.verify.against"))
    parser.set_defaults(run=run)


@dataclass
class _Sum:
    """What has been gone through so far."""

    entries: int = 0
    broken: set[tuple[int, int | None]] = field(default_factory=set)
    erased: list[int] = field(default_factory=list)
    heads: list[dict[str, Any]] = field(default_factory=list)


async def run(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"incidents", "entries", "broken", "erased"}; exit code 1 with findings.

    With ``--anchor`` the heads are written, unless something is broken: a bad chain is not blessed.
    """
    found = _Sum()
    if given.against is not None:
        for heads in _batches(_anchored(given.against)):
            rows = await session.fetch("SELECT * FROM desk.differing($1::text::jsonb)", json.dumps(heads))
            found.broken |= {(row["number"], row["seq"]) for row in rows}
    first = 0
    while (last := await session.fetchval("SELECT desk.range_end($1, $2)", first, RANGE)) is not None:
        await _go_through(session, first, last, found)
        _progress(found)
        first = last + 1
    # Beyond the last incident there may be entries of one that was taken away.
    rows = await session.fetch("SELECT * FROM desk.verify($1, $2)", first, HIGHEST)
    found.broken |= {(row["number"], row["seq"]) for row in rows}
    if given.anchor is not None and not found.broken:
        _write(given.anchor, found.heads)
    broken = sorted(found.broken, key=lambda one: (one[0], -1 if one[1] is None else one[1]))
    document = {
        "incidents": len(found.heads),
        "entries": found.entries,
        "broken": [{"number": number, "seq": seq} for number, seq in broken],
        "erased": found.erased,
    }
    return Answer(document, int(bool(broken)), _lines(document))


async def _go_through(session: Session, first: int, last: int, found: _Sum) -> None:
    heads = await session.fetch("SELECT * FROM desk.anchor($1, $2)", first, last)
    found.heads += [dict(row) for row in heads]
    found.entries += sum(row["entries"] for row in heads)
    rows = await session.fetch("SELECT * FROM desk.verify($1, $2)", first, last)
    found.broken |= {(row["number"], row["seq"]) for row in rows}
    found.erased += [row["number"] for row in await session.fetch(ERASED, first, last)]


def _progress(found: _Sum) -> None:
    if sys.stderr.isatty():
        print(
            "\r" + say("cli.verify.progress", count=len(found.heads)), end="\r", file=sys.stderr, flush=True
        )


def _lines(document: dict[str, Any]) -> str:
    key = "cli.verify.broken" if document["broken"] else "cli.verify.whole"
    sentence = say(key, **{name: document[name] for name in ("incidents", "entries")})
    if not document["broken"]:
        return sentence
    rows = [
        [one["number"], say("cli.verify.row") if one["seq"] is None else one["seq"]]
        for one in document["broken"]
    ]
    return f"{sentence}\n{table([label('number'), label('seq')], rows)}"


def _write(path: Path, heads: list[dict[str, Any]]) -> None:
    """Write one head a line, all or nothing."""
    draft = path.with_name(path.name + ".new")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(head) + "\n" for head in heads)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except (OSError, ValueError) as error:
        raise BadInput("file_unwritable", file=excerpt(str(path), 120), detail=_detail(error)) from error


def _anchored(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the heads of an anchor, checked line by line."""
    shown = excerpt(str(path), 120)
    try:
        with path.open(encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                yield _head(text, shown, number)
    except FileNotFoundError as error:
        raise BadInput("file_missing", file=shown) from error
    except (OSError, ValueError) as error:
        raise BadInput("file_unreadable", file=shown, detail=_detail(error)) from error


def _head(text: str, file: str, line: int) -> dict[str, Any]:
    try:
        head = json.loads(text[:LONGEST_LINE])
        return {
            "number": _integer(head["number"], HIGHEST),
            "last_seq": _integer(head["last_seq"], 2**31 - 1),
            "head": bytes.fromhex(head["head"]).hex(),
        }
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput("anchor_unreadable", file=file, line=line) from error


def _integer(value: object, highest: int) -> int:
    if not isinstance(value, int) or not 0 <= value <= highest:
        raise ValueError(value)
    return value


def _batches(heads: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for head in heads:
        batch.append(head)
        if len(batch) == RANGE:
            yield batch
            batch = []
    yield batch


def _detail(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
