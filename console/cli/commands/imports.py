"""`import`: the rows of an office's file into the database, with every row that was left out and why."""

import argparse
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Final

from console.cli.answer import Answer
from console.cli.interrupts import interrupts
from console.cli.session import Session
from console.cli.table import line
from console.cli.usage import Subparsers
from console.errors import BadInput
from console.intake import frame, mapping
from console.intake.columns import columns
from console.intake.readers import read_rows
from console.intake.report import Fault, ImportReport, told
from console.intake.saving import check_place
from console.intake.writing import register
from console.intake.writing.writer import Progress, bring_in
from console.language import say

SHOWN: Final = 20  # rows that a terminal names; --errors and --json name all


def add(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("import", help=say("intake.help.import"))
    parser.add_argument("kind", metavar="KIND", help=say("intake.help.kind"))
    parser.add_argument("file", type=Path, metavar="FILE", help=say("intake.help.file"))
    parser.add_argument("--dry-run", action="store_true", help=say("intake.help.dry_run"))
    parser.add_argument("--errors", type=Path, metavar="FILE", help=say("intake.help.errors"))
    parser.add_argument("--layer", metavar="NAME", help=say("intake.help.layer"))
    parser.add_argument("--datum", metavar="DATUM", help=say("intake.help.datum"))
    for flag, metavar in {"--map": "COLUMN=HEADING", "--set": "COLUMN=VALUE"}.items():
        parser.add_argument(
            flag, metavar=metavar, action="append", default=[], help=say(f"intake.help.{flag[2:]}")
        )
    parser.set_defaults(run=run)


async def run(given: argparse.Namespace, session: Session) -> Answer:
    """Return the report of the import; exit code 1 where rows were left out.

    Nothing is done (exit code 2) where the file is unreadable, its columns are wrong or its tree is a circle.
    """
    columns(given.kind)
    with interrupts.at_once():
        bring = _taking(given)
    if given.errors is not None:
        _refuse_input(given.errors, given.file)
        check_place(given.errors)
    async with session.desk() as desk:
        report = await bring(desk, dry_run=given.dry_run, progress=_progress())
    if given.errors is not None:
        report.write_errors(given.errors)
    document = report.as_json() | ({"dry_run": True} if given.dry_run else {})
    where = _errors_where(report, given.errors)
    return Answer(document, int(bool(report.refused)), _lines(report, where, dry_run=given.dry_run))


def _taking(given: argparse.Namespace) -> Callable[..., Awaitable[ImportReport]]:
    """Return what imports the file: as a stream where it may have millions of rows, else read at once."""
    choice = mapping.told(given.map, given.set)
    if given.kind in register.KINDS:
        if given.datum:
            choice.constants["datum"] = given.datum
        return partial(register.bring_register, given.file, given.kind, choice=choice)
    meant = frame.asked(given.datum) if given.datum else None
    rows = read_rows(given.file, layer=given.layer, frame=meant)
    named = mapping.applied(rows, given.kind, choice)
    return partial(bring_in, named, given.kind)


def _refuse_input(errors: Path, file: Path) -> None:
    if errors.exists() and errors.samefile(file):
        raise BadInput("errors_over_input", file=file.name)


def _progress() -> Progress | None:
    """Return what counts rows on a terminal; nobody watches anything else."""
    if not sys.stderr.isatty():
        return None

    def count(stage: str, done: int, total: int) -> None:
        said = say(f"intake.progress.{stage}", done=done, total=total)
        sys.stderr.write(f"\r\033[K{said}" if done < total else "\r\033[K")
        sys.stderr.flush()

    return count


def _errors_where(report: ImportReport, errors: Path | None) -> list[str]:
    """Return where the rows that were left out stand, or how to have them all in a file."""
    if not report.refused:
        return []
    return [say("intake.summary.errors_in", file=errors) if errors else say("intake.summary.errors_how")]


def _lines(report: ImportReport, where: list[str], *, dry_run: bool) -> str:
    parts = [
        report.heading(dry_run=dry_run),
        say(
            "intake.summary.counts",
            read=report.read,
            added=report.added,
            updated=report.updated,
            unchanged=report.unchanged,
            refused=report.refused,
        ),
        *where,
    ]
    parts += _named("intake.summary.refused", report.errors)
    parts += _named("intake.summary.remarks", report.remarks)
    found = [Fault(finding.line, finding.reason) for finding in report.findings]
    parts += _named("intake.summary.findings", found)
    return "\n".join(parts)


def _named(heading: str, faults: list[Fault]) -> list[str]:
    if not faults:
        return []
    rows = told(faults)
    left = sum(count for _, count in rows[SHOWN:])
    more = [say("intake.summary.more", count=left)] if left else []
    return ["", say(heading), *(line(sentence) for sentence, _ in rows[:SHOWN]), *more]
