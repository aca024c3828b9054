"""Put the sample county into an empty database: tree, grids, staff, people who sign in, roster."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import asyncpg
from shapely.geometry.polygon import LinearRing

import resources
from console.catalogue import initials
from console.connection import Connection
from console.demo import facilities, people
from console.demo.county import County
from console.intake.readers import read_rows
from console.intake.rows import parse
from console.intake.writing.documents import PREPARE
from models.vocabulary import Level

CENTRES = frozenset({Level.CITY, Level.COUNTY, Level.TOWNSHIP})
ROSTER_BEHIND, ROSTER_AHEAD = timedelta(days=35), timedelta(days=21)


async def load_county(raw: Connection, county: County, today: date) -> None:
    """Load ``county`` with the superuser's connection ``raw``; ``today`` (Beijing) places the roster."""
    async with raw.transaction():
        await _organisations(raw, county)
        await _grids(raw, county)
        await _staff(raw, county)
        for person in county.operators:
            await raw.execute(
                "SELECT gridseat.put_person($1, $2, $3, $4, $5, NULL)",
                person.login,
                person.name,
                [str(position) for position in person.positions],
                await raw.fetchval(
                    "SELECT id FROM gridseat.organisation WHERE code = $1", person.organisation_code
                ),
                await raw.fetchval("SELECT id FROM gridseat.grid WHERE code = $1", person.grid_code),
            )
        await raw.execute(
            """UPDATE gridseat.staff AS s SET person_id = p.id FROM gridseat.person AS p
               WHERE s.grid_id = p.grid_id AND s.name = p.name"""
        )
        await _responsibilities(raw)
        await raw.execute("INSERT INTO gridseat.setting VALUES ('sample', 'true')")
    await extend_roster(raw, county, today)
    await raw.execute("ANALYZE gridseat.organisation, gridseat.grid, gridseat.grid_ring, gridseat.person")


async def extend_roster(raw: Connection, county: County, today: date) -> None:
    """Write the roster from some weeks ago to some weeks ahead of ``today``, as far as it is missing."""
    known = await raw.fetchval(
        """SELECT (max(starts) AT TIME ZONE 'Asia/Shanghai')::date
           FROM gridseat.shift WHERE person_id IS NOT NULL"""
    )
    first = max(today - ROSTER_BEHIND, known + timedelta(days=1) if known else date.min)
    days = [first + timedelta(days=n) for n in range((today + ROSTER_AHEAD - first).days)]
    organisations = await ids(raw, "organisation")
    persons = await ids(raw, "person", "login")
    await _copy(
        raw,
        "shift",
        ("centre_id", "by_centre_id", "person_id", "starts", "ends"),
        (
            (
                organisations[row.organisation_code],
                organisations[row.by_organisation_code],
                persons[row.operator_login] if row.operator_login else None,
                row.starts,
                row.ends,
            )
            for row in people.roster(county.operators, days)
        ),
    )


async def ids(raw: Connection, table: str, key: str = "code") -> dict[str, int]:
    """Return the ids of a table's rows by ``key``."""
    rows = await raw.fetch(f"SELECT {key}, id FROM gridseat.{table}")  # noqa: S608  our own words
    return {row[0]: row[1] for row in rows}


async def note(raw: Connection, key: str, value: Any) -> None:  # noqa: ANN401  any document
    """Remember ``value`` under ``key`` among the database's settings."""
    await raw.execute(
        """INSERT INTO gridseat.setting VALUES ($1, $2::text::jsonb)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
        key,
        json.dumps(value),
    )


async def recall(raw: Connection, key: str) -> Any:  # noqa: ANN401  any document
    """Return what was noted under ``key``; None when nothing was."""
    found = await raw.fetchval("SELECT value::text FROM gridseat.setting WHERE key = $1", key)
    return json.loads(found) if found is not None else None


async def _organisations(raw: Connection, county: County) -> None:
    """Insert the tree with placeholders for bounds, hang each node under its parent, and number it."""
    await _copy(
        raw,
        "organisation",
        ("code", "name", "alias", "level", "lft", "rgt", "centre", "initials"),
        (
            (
                row.code,
                row.name,
                row.short_name if row.short_name != row.name else None,
                row.level.value,
                n,
                n + 1,
                row.level in CENTRES,
                initials(row.short_name),
            )
            for n, row in enumerate(county.organisations)
        ),
    )
    await raw.execute(
        """UPDATE gridseat.organisation AS o SET parent_id = p.id
           FROM unnest($1::text[], $2::text[]) AS u (code, parent)
           JOIN gridseat.organisation AS p ON p.code = u.parent WHERE o.code = u.code""",
        [row.code for row in county.organisations],
        [row.parent_code for row in county.organisations],
    )
    await raw.execute("SELECT gridseat.renumber_tree()")


async def _grids(raw: Connection, county: County) -> None:
    organisations = await ids(raw, "organisation")
    await _copy(
        raw,
        "grid",
        ("code", "name", "kind", "organisation_id", "outline", "initials"),
        (
            (
                row.code,
                row.name,
                row.kind.value,
                organisations[row.organisation_code],
                row.wkb,
                initials(row.name),
            )
            for row in county.grids
        ),
    )
    grids = await ids(raw, "grid")
    await _copy(
        raw,
        "grid_ring",
        ("grid_id", "hole", "ring"),
        (
            (grids[row.code], hole, _ring(ring))
            for row in county.grids
            for hole, rings in ((False, [row.polygon.exterior]), (True, list(row.polygon.interiors)))
            for ring in rings
        ),
    )


def _ring(ring: LinearRing) -> asyncpg.Polygon:
    return asyncpg.Polygon(*ring.coords[:-1])


async def _staff(raw: Connection, county: County) -> None:
    organisations = await ids(raw, "organisation")
    grids = await ids(raw, "grid")
    await _copy(
        raw,
        "staff",
        ("code", "name", "kind", "grid_id", "organisation_id", "phone"),
        (
            (
                row.code,
                row.name,
                row.kind.value,
                grids[row.grid_code] if row.grid_code else None,
                organisations[row.organisation_code],
                row.phone,
            )
            for row in county.staff
        ),
    )


async def furnish(raw: Connection, county: County) -> None:
    """Put up what stands in the county, unless something does."""
    if await raw.fetchval("SELECT EXISTS (SELECT FROM gridseat.resource)"):
        return
    organisations, grids = await ids(raw, "organisation"), await ids(raw, "grid")
    columns = ("organisation_id", "grid_id", "code", "name", "kind", "spot", "raw", "datum", "phone", "note")
    rows = [
        (
            organisations[row.organisation_code],
            grids[row.grid_code],
            row.code,
            row.name,
            row.kind,
            asyncpg.Point(*row.point),
            asyncpg.Point(*row.point),
            "WGS-84",
            row.phone,
            row.note,
            initials(row.name),
        )
        for row in facilities.furnish(county)
    ]
    await _copy(raw, "resource", (*columns, "initials"), rows)


async def _responsibilities(raw: Connection) -> None:
    """Take the county's list as a county would import it."""
    list_ = parse(read_rows(resources.path("sample/responsibilities.csv")), "responsibilities")
    await raw.execute(
        """SELECT gridseat.take_responsibility(p, r."group", r.type, r.unit, r.local, r.role, r.centre)
           FROM gridseat.person AS p, jsonb_to_recordset($1::text::jsonb)
               AS r ("group" text, type text, unit text, local text, role text, centre text)
           WHERE p.login = 'duty'""",
        json.dumps(PREPARE["responsibilities"](list_, {}).documents),
    )


async def _copy(raw: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    await raw.copy_records_to_table(table, schema_name="gridseat", columns=list(columns), records=list(rows))
