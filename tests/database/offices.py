"""Files as offices send them, without a disk, and what came of importing them."""

import csv
import json
from collections.abc import Sequence
from typing import Any

from console.desk.desk import Desk
from console.intake import geojson
from console.intake.report import ImportReport
from console.intake.table import Table, from_records
from console.intake.writing.writer import bring_in
from tests.database_fixtures import Database

ORGANISATIONS = "code,name,level,parent_code"
STAFF = "code,name,kind,grid_code,organisation_code,phone"
INCIDENTS = "reported_at,place,channel,category,title,handled_by,outcome"

Counts = tuple[int, int, int, int]  # added, updated, unchanged, refused


def table(heading: str, *lines: str) -> Table:
    """Return a table of comma-separated lines; its heading is line 1."""
    return from_records(enumerate(csv.reader([heading, *lines]), 1), "utf-8", "测试.csv")


def outlines(*features: dict[str, Any]) -> Table:
    return geojson.read(json.dumps({"type": "FeatureCollection", "features": features}), "测试.geojson")


def square(
    code: str,
    west: float,
    organisation: str = "130123101001",
    holes: Sequence[Sequence[Sequence[float]]] = (),
    **more: str,
) -> dict[str, Any]:
    """Return a grid of two hundredths of a degree, at 38.20 north."""
    east, south, north = west + 0.02, 38.20, 38.22
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    facts = {
        "code": code,
        "name": f"网格{code[-3:]}",
        "kind": "comprehensive",
        "organisation_code": organisation,
    }
    rings = [ring, *holes]
    return {
        "type": "Feature",
        "properties": facts | more,
        "geometry": {"type": "Polygon", "coordinates": rings},
    }


async def take(desk: Desk, kind: str, given: Table, *, dry_run: bool = False) -> ImportReport:
    return await bring_in(given, kind, desk, dry_run=dry_run)


def counts(report: ImportReport) -> Counts:
    """Return added, updated, unchanged, refused; every row read is one of them."""
    found = (report.added, report.updated, report.unchanged, report.refused)
    assert sum(found) == report.read
    return found


async def faults(database: Database) -> list[tuple[Any, ...]]:
    """Return what is wrong with the tree and the chains: nothing."""
    found = []
    for question in ("tree_faults()", "broken_entries(0, 99999)", "broken_incidents(0, 99999)"):
        found += await database.owner.fetch(f"SELECT * FROM gridseat.{question}")
    return [tuple(row) for row in found]
