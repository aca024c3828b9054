"""Invented people and houses for the sample county: a few of each grid, of every kind counted."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import resources
from console.connection import Connection
from console.database.door import role_of
from console.demo.county import SEED
from console.demo.dice import Dice

HOUSES: Final = 2  # a grid
USES: Final[tuple[str | None, ...]] = (
    "self_occupied",
    "self_occupied",
    "self_occupied",
    "rented",
    "vacant",
    None,
)
DAYS: Final = 200  # within which a record was confirmed; seven in ten within ninety
TABLES: Final = {
    "house": ("id", "code", "grid_id", "use", "filled", "confirmed_on"),
    "house_text": ("house_id", "address"),
    "household": ("id", "code", "house_id", "grid_id", "confirmed_on"),
    "resident": (
        "id",
        "code",
        "grid_id",
        "household_id",
        "kind",
        "birth_year",
        "alone",
        "filled",
        "confirmed_on",
    ),
    "resident_text": ("resident_id", "name", "phone"),
}
CHECKED: Final = 400  # grids of the month's spot checks
_DRAW: Final = "SELECT desk.draw_spot_checks(NULL, $1)"
_BEFORE: Final = """
UPDATE gridseat.spot_check SET month = $1, drawn_at = drawn_at - interval '1 month'"""
_CHECK: Final = """
UPDATE gridseat.spot_check AS s SET checked_by = p.id,
    checked_at = least(s.drawn_at + interval '2 days', desk.now()),
    result = CASE o.n % 60 WHEN 7 THEN 'missing' WHEN 31 THEN 'wrong' ELSE 'correct' END,
    wrong = CASE WHEN o.n % 60 <> 31 THEN '{}' WHEN s.kind = 'house' THEN '{use}' ELSE '{phone}' END::text[]
FROM gridseat.person AS p,
     (SELECT x.id, row_number() OVER (ORDER BY x.id) AS n FROM gridseat.spot_check AS x) AS o
WHERE p.login = 'duty' AND o.id = s.id AND s.result IS NULL AND o.n % 12 > 0"""
_VISIT: Final = """
UPDATE gridseat.visit_task AS v SET due_on = x.day, done_by = CASE WHEN v.id % 7 > 0 THEN p.id END,
    done_on = CASE WHEN v.id % 7 > 0 THEN x.day END, result = CASE WHEN v.id % 7 > 0 THEN 'well' END
FROM gridseat.person AS p,
     (SELECT t.id, $1::date - (t.id % 56)::integer AS day FROM gridseat.visit_task AS t) AS x
WHERE p.login = 'duty' AND x.id = v.id AND v.result IS NULL AND v.id % 10 < 8"""
Rows = dict[str, list[tuple[Any, ...]]]


class _House(NamedTuple):
    id: int
    grid: int
    use: str | None
    confirmed: date


async def settle(raw: Connection, today: date) -> None:
    """Let people live in the comprehensive grids, unless somebody does; none of them is real."""
    if await raw.fetchval("SELECT EXISTS (SELECT FROM gridseat.house)"):
        return
    grids = await raw.fetch(
        """SELECT g.id, g.code, g.name FROM gridseat.grid AS g
           WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL ORDER BY g.code"""
    )
    rows: Rows = {table: [] for table in TABLES}
    for grid in grids:
        _people(rows, grid["id"], grid["code"], grid["name"], today)
    async with raw.transaction():
        for table, columns in TABLES.items():
            await raw.copy_records_to_table(
                table, schema_name="gridseat", records=rows[table], columns=columns
            )
        for table in ("house", "household", "resident"):
            await raw.execute(f"SELECT setval('gridseat.{table}_id_seq', {len(rows[table])})")
    await raw.execute(
        "ANALYZE gridseat.house, gridseat.household, gridseat.resident, gridseat.registry_tally"
    )


async def check(raw: Connection, today: date) -> None:
    """Draw spot checks of this month and the last and plan visits where none are; tell what most found."""
    if await raw.fetchval("SELECT EXISTS (SELECT FROM gridseat.spot_check)"):
        return
    duty = role_of(await raw.fetchval("SELECT gridseat.prefix()"), "duty")
    async with raw.transaction():
        await raw.execute(f'SET LOCAL SESSION AUTHORIZATION "{duty}"')
        await raw.execute(_DRAW, CHECKED)
        await raw.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
        await raw.execute(_BEFORE, (today.replace(day=1) - timedelta(days=1)).replace(day=1))
        await raw.execute(f'SET LOCAL SESSION AUTHORIZATION "{duty}"')
        await raw.execute(_DRAW, CHECKED)
        await raw.execute("SELECT desk.plan_visits(NULL)")
        await raw.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
        await raw.execute(_CHECK)
        await raw.execute(_VISIT, today)


def _people(rows: Rows, grid: int, code: str, name: str, today: date) -> None:
    dice = Dice("register", SEED, code)
    for place in range(1, HOUSES + 1):
        use, confirmed = dice.one_of(USES), today - timedelta(days=int(dice.fraction() ** 1.7 * DAYS))
        house = _House(len(rows["house"]) + 1, grid, use, confirmed)
        address = f"{name}{place}号" if dice.below(10) else None
        filled = (use is not None) + (address is not None)
        rows["house"].append((house.id, f"F{code}{place:02}", grid, use, filled, confirmed))
        if address:
            rows["house_text"].append((house.id, address))
        if use != "vacant":
            household = len(rows["household"]) + 1
            rows["household"].append((household, f"H{code}{place:02}", house.id, grid, confirmed))
            _family(rows, dice, house, household)


def _family(rows: Rows, dice: Dice, house: _House, household: int) -> None:
    kind = "floating" if house.use == "rented" and dice.below(4) else "registered"
    born = house.confirmed.year - 22 - dice.below(66)
    together = 1 + dice.below(4) if house.confirmed.year - born < 70 else 1 + dice.below(2)  # noqa: PLR2004
    for person, year in enumerate(_years(dice, born, together, house.confirmed.year)):
        resident = len(rows["resident"]) + 1
        known = year if dice.below(12) else None
        name, phone = _name(dice), f"1990000{dice.below(10_000):04}" if person == 0 or dice.below(3) else None
        filled = 2 + (known is not None) + (phone is not None)
        told = (resident, f"P{resident:06}", house.grid, household, kind, known)
        rows["resident"].append((*told, together == 1, filled, house.confirmed))
        rows["resident_text"].append((resident, name, phone))


def _years(dice: Dice, born: int, count: int, seen: int) -> Iterator[int]:
    """Yield when a couple and its children were born, as far as they are born in the year ``seen``."""
    for person in range(count):
        year = born + (dice.below(6) if person == 1 else 0) + (24 + dice.below(10) if person > 1 else 0)
        if year <= seen:
            yield year


def _name(dice: Dice) -> str:
    parts = resources.table("sample/people.toml")
    return str(dice.one_of(parts["surnames"]) + dice.one_of(parts["first"]) + dice.one_of(parts["last"]))
