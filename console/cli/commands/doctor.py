"""``doctor``: what is missing on this machine, and how to get it. Works without a database."""

import argparse
import json
from importlib.util import find_spec
from pathlib import Path

from console.database.address import parse
from console.doctor import Finding, State, examine, healthy
from console.language import say


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command; it is run with the parsed arguments and returns the exit code."""
    parser = subparsers.add_parser("doctor", help=say("doctor.help"))
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; return 0 when all that is needed is here, else 1."""
    findings = examine(_folder(getattr(arguments, "database", None)))
    if getattr(arguments, "json", False):
        report = {"healthy": healthy(findings), "findings": [finding.as_json() for finding in findings]}
        print(json.dumps(report, ensure_ascii=False))
    else:
        _print(findings)
    return 0 if healthy(findings) else 1


def _print(findings: list[Finding]) -> None:
    for finding in findings:
        print(f"[{say(f'doctor.state.{finding.state}')}] {finding.sentence}")
        for system, command in finding.remedy.items():
            print(f"    {system.title()}: {command}")
    lacking = sum(finding.state is State.MISSING for finding in findings)
    print(say("doctor.lacking", count=lacking) if lacking else say("doctor.fine"))


def _folder(database: str | None) -> Path | None:
    """Return where the embedded database lies or will lie; None for a server's."""
    if database:
        return parse(database).folder
    if not find_spec("pydantic_settings"):  # doctor reports it; its place is as good as home
        return Path.home()
    from console.settings import Settings  # noqa: PLC0415  needs what may be missing

    return parse(Settings().database).folder
