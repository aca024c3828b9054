"""`export`: grids, outlines or resources as GeoJSON, which `import` takes back unchanged."""

import argparse
from pathlib import Path

from console.cli.answer import Answer
from console.cli.session import Session
from console.cli.usage import Subparsers
from console.intake import export
from console.language import say


def add(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("export", help=say("geodata.help.export"))
    parser.add_argument("kind", choices=tuple(export.ASK), metavar="KIND", help=say("geodata.help.kind"))
    parser.add_argument("--to", type=Path, required=True, metavar="FILE", help=say("geodata.help.to"))
    parser.add_argument("--organisation", metavar="CODE", help=say("geodata.help.organisation"))
    parser.set_defaults(run=run)


async def run(given: argparse.Namespace, session: Session) -> Answer:
    """Write the file and answer how many features it holds."""
    async with session.desk() as desk:
        found = await export.rows(given.kind, desk, given.organisation)
    export.write(given.to, found)
    document = {"kind": given.kind, "file": str(given.to), "written": len(found)}
    return Answer(document, 0, say("geodata.exported", count=len(found), file=given.to.name))
