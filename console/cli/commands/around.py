"""`near` and `within`: what stands around a case or a point, with great-circle metres."""

import argparse
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from console.cli import arguments
from console.cli.answer import Answer
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import label, table
from console.cli.usage import Parser, Subparsers
from console.desk import around
from console.errors import BadInput
from console.intake import values
from console.intake.hygiene import excerpt
from console.language import knows, say
from console.resource_kinds import kind_name, meant
from console.spoken import status_label

RESOURCE: Final = ("metres", "kind", "name", "code", "phone", "organisation", "grid", "note")
STAFF: Final = ("metres", "kind", "name", "phone", "grid", "told")
OWN: Final = ("kind", "name", "phone", "on_duty")
CASE: Final = ("metres", "number", "status", "grade", "class", "title")
GRID: Final = ("kind", "code", "name", "organisation")


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare both commands."""
    for name, run, most in (("near", near, 5), ("within", within, 200)):
        parser = subparsers.add_parser(name, help=say(f"places.help.{name}"))
        from_where = parser.add_mutually_exclusive_group(required=True)
        from_where.add_argument(
            "number",
            nargs="?",
            type=arguments.whole_number,
            metavar="NUMBER",
            help=say("places.help.number"),
        )
        from_where.add_argument("--point", metavar="LON,LAT", help=say("places.help.point"))
        parser.add_argument("--datum", metavar="DATUM", help=say("places.help.datum"))
        add_kinds(parser)
        arguments.limit(parser, most, say("places.help.limit", most=most))
        parser.set_defaults(run=run)
        if name == "within":
            parser.add_argument(
                "--metres", type=_metres, required=True, metavar="M", help=say("places.help.metres")
            )


def add_kinds(parser: Parser) -> None:
    """Ask for kinds of resources, by key or name."""
    parser.add_argument(
        "--kind", nargs="+", type=meant, default=[], metavar="KIND", help=say("places.help.kinds")
    )


def _metres(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise BadInput("bad_radius", metres=excerpt(text), most=around.FARTHEST) from error


def place(text: str | None, datum: str | None) -> tuple[float, float, float, float, str]:
    """Return (lon, lat) in WGS-84, then as given, and the datum's own name; BadInput without a datum."""
    lon, lat = arguments.pair(text or "")
    name = values.choice("datum", datum, "datum") if datum else "unknown"
    if name == "unknown":
        raise BadInput("datum_needed")
    from console.geography.datum import to_wgs84  # noqa: PLC0415  numpy is slow to load, points are rare

    return *to_wgs84(lon, lat, name), lon, lat, name


def _spot(given: argparse.Namespace) -> str:
    if given.number is not None:
        return around.asked(given.number)
    lon, lat, *_ = place(given.point, given.datum)
    return around.asked((lon, lat))


async def near(given: argparse.Namespace, session: Session) -> Answer:
    """Return what desk.near answers."""
    found = await session.fetchval(around.NEAR, _spot(given), given.kind, given.limit)
    document: dict[str, Any] = in_china(json.loads(found))
    parts = [
        (say("places.heading.resources"), RESOURCE, document["resources"]),
        (say("places.heading.staff"), STAFF, document["staff"]),
    ]
    if grid := document["grid"]:
        parts.append((say("places.heading.own", name=grid["name"]), OWN, grid["staff"]))
    return Answer(document, human=_told(parts))


async def within(given: argparse.Namespace, session: Session) -> Answer:
    """Return what desk.within answers."""
    found = await session.fetchval(around.WITHIN, _spot(given), given.metres, given.kind, given.limit)
    document: dict[str, Any] = in_china(json.loads(found))
    cases, resources = document["cases"], document["resources"]
    return Answer(
        document,
        human=_told(
            [
                (say("places.heading.cases", total=cases["total"]), CASE, cases["rows"]),
                (say("places.heading.resources_of", total=resources["total"]), RESOURCE, resources["rows"]),
                (say("places.heading.staff_of", total=document["staff_total"]), STAFF, document["staff"]),
                (say("places.heading.grids_of", total=document["grids_total"]), GRID, document["grids"]),
            ]
        ),
    )


def _told(parts: Sequence[tuple[str, Sequence[str], Sequence[Mapping[str, object]]]]) -> str:
    return "\n\n".join(f"{heading}\n{lines(columns, rows)}" for heading, columns, rows in parts)


def lines(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows as a table in the spoken language, or that there are none."""
    if not rows:
        return say("places.said.none")
    return table(
        [_heading(name) for name in columns], [[_cell(c, row.get(c)) for c in columns] for row in rows]
    )


def _heading(column: str) -> str:
    key = f"places.column.{column}"
    return say(key) if knows(key) else label(column)


def _cell(column: str, value: object) -> object:
    if column == "kind":
        return kind_said(str(value))
    if column == "grade":
        return say(f"cli.grade.{value}")
    return status_label(str(value)) if column == "status" else value


def kind_said(key: str) -> str:
    """Return the name of a kind of staff, grid or resource."""
    known = [name for name in (f"places.staff.{key}", f"places.grid.{key}") if knows(name)]
    return kind_name(key) if not known else say(known[0])
