"""Typed rows as the documents that the database's import functions take (models/sql/3?_import_*.sql)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

import shapely

from console.amounts import DAY, WORKING_DAY, parse_limit
from console.catalogue import initials
from console.intake.places import Organisation, Places
from console.intake.report import Fault
from console.intake.rows import (
    CalendarRow,
    CatalogueRow,
    GridRow,
    IncidentRow,
    Parsed,
    ResourceRow,
    ResponsibilityRow,
    ShiftRow,
    StaffRow,
)
from console.intake.tree import Known, arrange
from console.intake.values import word
from console.intake.writing.outlines import outlines, rings
from console.language import say

Document = dict[str, Any]
Tree = Mapping[str, Organisation]


class Prepared(NamedTuple):
    """What is to be sent, and the rows with their faults and remarks so far."""

    parsed: Parsed
    documents: list[Document]


def organisations(parsed: Parsed, tree: Tree) -> Prepared:
    """Put parents first; a circle refuses the whole file. Initials only for names that are new."""
    known = {code: Known(one.level, one.parent_code) for code, one in tree.items()}
    arranged = arrange(parsed, known)
    return Prepared(
        arranged,
        [
            {
                "line": row.line,
                "code": row.code,
                "name": row.name,
                "level": row.level,
                "parent": row.parent_code or None,
                "initials": None if _same_name(tree, row.code, row.name) else initials(row.name),
            }
            for row in arranged.rows
        ],
    )


def _same_name(tree: Tree, code: str, name: str) -> bool:
    return code in tree and tree[code].name == name


def grids(parsed: Parsed, _tree: Tree) -> Prepared:
    """Convert outlines to WGS-84; those that name no datum are said to be taken for it."""
    _tell_unsaid(parsed)
    shapes = outlines(parsed.rows)
    return Prepared(
        parsed,
        [
            _grid(row, drawn, outline)
            for row, drawn, outline in zip(parsed.rows, shapes, shapely.to_wkb(shapes, hex=True), strict=True)
        ],
    )


def _grid(row: GridRow, drawn: shapely.MultiPolygon, outline: str) -> Document:
    return {
        **_named(row),
        "outline": outline,
        "rings": rings(drawn),
        "initials": initials(row.name),
    }


def _named(row: GridRow | ResourceRow) -> Document:
    return {
        "line": row.line,
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "organisation": row.organisation_code,
    }


def areas(parsed: Parsed, _tree: Tree) -> Prepared:
    """Convert the outlines of organisations to WGS-84."""
    _tell_unsaid(parsed)
    drawn = shapely.to_wkb(outlines(parsed.rows), hex=True)
    pairs = zip(parsed.rows, drawn, strict=True)
    return Prepared(
        parsed, [{"line": row.line, "organisation": row.code, "outline": outline} for row, outline in pairs]
    )


def equipment(parsed: Parsed, _tree: Tree) -> Prepared:
    """Give each resource its point in WGS-84 beside the one that came."""
    _tell_unsaid(parsed)
    places = shapely.get_coordinates(outlines(parsed.rows)).tolist()
    return Prepared(parsed, [_resource(row, *place) for row, place in zip(parsed.rows, places, strict=True)])


def _resource(row: ResourceRow, lon: float, lat: float) -> Document:
    raw = shapely.get_coordinates(shapely.from_wkb(row.shape))[0].tolist()
    return {
        **_named(row),
        "lon": lon,
        "lat": lat,
        "raw_lon": raw[0],
        "raw_lat": raw[1],
        "datum": "WGS-84" if row.datum == "unknown" else row.datum,
        "phone": row.phone,
        "note": row.note,
        "initials": initials(row.name),
    }


def _tell_unsaid(parsed: Parsed) -> None:
    unsaid = sum(row.datum == "unknown" for row in parsed.rows)
    if unsaid:
        parsed.remarks.append(Fault(0, say("intake.remark.datum", count=unsaid)))


def staff(parsed: Parsed, _tree: Tree) -> Prepared:
    """Leave out what is empty."""
    return Prepared(parsed, [_worker(row) for row in parsed.rows])


def _worker(row: StaffRow) -> Document:
    return {
        "line": row.line,
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "grid": row.grid_code or None,
        "organisation": row.organisation_code or None,
        "phone": row.phone or None,
    }


def roster(parsed: Parsed, _tree: Tree) -> Prepared:
    """Say when in full."""
    return Prepared(parsed, [_shift(row) for row in parsed.rows])


def _shift(row: ShiftRow) -> Document:
    return {
        "line": row.line,
        "person": row.person,
        "centre": row.centre_code,
        "starts": row.starts.isoformat(),
        "ends": row.ends.isoformat(),
    }


def calendar(parsed: Parsed, _tree: Tree) -> Prepared:
    """Refuse days with spans of their own: a day is worked as its week says, or not at all."""
    days: list[CalendarRow] = []
    for row in parsed.rows:
        if row.spans:
            parsed.errors.append(Fault(row.line, say("errors.row_spans")))
        else:
            days.append(row)
    return Prepared(
        parsed,
        [{"day": row.date.isoformat(), "working": row.kind == "working", "name": row.name} for row in days],
    )


def catalogue(parsed: Parsed, _tree: Tree) -> Prepared:
    """Turn limits into seconds on their clock."""
    return Prepared(parsed, [_class(row) for row in parsed.rows])


def _class(row: CatalogueRow) -> Document:
    """Return a type; priority 1 runs round the clock, where a day has 24 hours."""
    limit = parse_limit(row.limit)
    seconds, clock = limit.seconds, str(limit.clock)
    if row.priority == 1 and clock == "working":
        seconds = seconds // WORKING_DAY * DAY if seconds % WORKING_DAY == 0 else seconds
        clock = "continuous"
    return {
        "group_name": row.class_,
        "name": row.type,
        "priority": row.priority,
        "amount": seconds,
        "clock": clock,
        "restricted": row.restricted,
        "initials": initials(row.type),
    }


def responsibilities(parsed: Parsed, _tree: Tree) -> Prepared:
    """Tell a unit from the grid, community or township of the place."""
    return Prepared(parsed, [_responsibility(row) for row in parsed.rows])


def _responsibility(row: ResponsibilityRow) -> Document:
    return {
        "line": row.line,
        "group": row.class_,
        "type": row.type or None,
        "unit": row.unit,
        "local": word("local", row.unit),
        "role": row.role,
        "centre": row.centre or None,
    }


def incidents(parsed: Parsed, tree: Tree) -> Prepared:
    """Find each place in the tree; where it is not, or several are meant, say so."""
    places = Places(tree.values())
    return Prepared(parsed, [_incident(row, places, parsed.remarks) for row in parsed.rows])


def _incident(row: IncidentRow, places: Places, remarks: list[Fault]) -> Document:
    found = places.find(row.place)
    if found.candidates and found.code is None:
        named = say("intake.comma").join(found.candidates[:8])
        remarks.append(Fault(row.line, say("intake.remark.ambiguous", place=row.place, candidates=named)))
    elif found.code is None:
        remarks.append(Fault(row.line, say("intake.remark.elsewhere", place=row.place or "—")))
    return {
        "line": row.line,
        "reported": row.reported_at.isoformat(),
        "place": row.place or None,
        "channel": row.channel,
        "category": row.category,
        "title": row.title,
        "handled_by": row.handled_by,
        "outcome": row.outcome,
        "organisation": found.code,
        "external": row.fingerprint,
    }


def plain(parsed: Parsed, _tree: Tree) -> Prepared:
    """Send the columns under their names; an empty cell is null."""
    return Prepared(
        parsed,
        [
            {"line": row.line} | {key: _plain_value(value) for key, value in row.facts.items()}
            for row in parsed.rows
        ],
    )


def _plain_value(value: object) -> object:
    if value == "":
        return None
    return value.isoformat() if isinstance(value, date) else value


PREPARE: Mapping[str, Callable[[Parsed, Tree], Prepared]] = {
    "organisations": organisations,
    "grids": grids,
    "outlines": areas,
    "resources": equipment,
    "staff": staff,
    "roster": roster,
    "calendar": calendar,
    "catalogue": catalogue,
    "responsibilities": responsibilities,
    "incidents": incidents,
}
