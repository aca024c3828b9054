"""``doctor``: what is missing on this machine, and how to get it. Works without a database."""

import argparse
import json
import os
from pathlib import Path

from console.doctor import Finding, State, examine, healthy
from console.language import say

EMBEDDED = "embedded:"


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command; it is run with the parsed arguments and returns the exit code."""
    parser = subparsers.add_parser("doctor", help=say("doctor.help"))
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; return 0 when all that is needed is here, else 1."""
    database = getattr(arguments, "database", None) or EMBEDDED
    findings = examine(database, _data_folder(database))
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


def _data_folder(database: str) -> Path:
    named = database.removeprefix(EMBEDDED) if database.startswith(EMBEDDED) else ""
    home = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA") or "~/.local/share"
    return Path(named or f"{home}/gridseat").expanduser()
