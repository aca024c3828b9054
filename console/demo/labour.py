"""The daily work of the sample county: attendance, patrols, visits, groups, calls, flags and inspections."""

from datetime import date, timedelta
from typing import Final

import resources
from console.connection import Connection
from console.database.door import role_of

BEHIND: Final = timedelta(days=31)
SIZE: Final = 40  # inspections a month and mode
MODES: Final = ("on_site", "phone", "platform", "cross")
_DRAW: Final = "SELECT desk.draw_inspections(NULL, $1, $2, 'cases', $3)"
_FOUND: Final = """
UPDATE gridseat.inspection AS x SET passed = n % 13 > 0, told_by = p.id, told_at = desk.now(),
    note = CASE WHEN n % 13 > 0 THEN '' ELSE '现场与结案照片不符' END
FROM gridseat.person AS p,
     (SELECT i.id, row_number() OVER (ORDER BY i.id) AS n FROM gridseat.inspection AS i) AS o
WHERE p.login = 'duty' AND o.id = x.id AND x.passed IS NULL AND o.n % 5 > 0"""


async def tell(raw: Connection, today: date) -> None:
    """Write what is missing of the work of the last weeks, with the superuser's connection ``raw``."""
    known = await raw.fetchval("SELECT max(day) FROM gridseat.attendance")
    days = {"first": max(today - BEHIND, known or date.min), "last": today}
    for name, day in days.items():
        await raw.execute("SELECT set_config('gridseat.' || $1, $2, false)", name, day.isoformat())
    await raw.execute(
        "SET session_replication_role = replica; SET synchronous_commit = off"
    )  # what refers to what holds by construction
    for step in resources.path("sample/labour.sql").read_text(encoding="utf-8").split("\n\n"):
        await raw.execute(step)  # each commits by itself: a long one would hold every feed back
    await raw.execute(
        "RESET session_replication_role; UPDATE gridseat.setting SET value = 'true' WHERE key = 'work_stale'"
    )
    await _fold(raw)


async def inspect(raw: Connection, today: date) -> None:
    """Draw inspections of this month and the last where none are, and tell what most of them found."""
    if await raw.fetchval("SELECT EXISTS (SELECT FROM gridseat.inspection_draw)"):
        return
    duty = role_of(await raw.fetchval("SELECT gridseat.prefix()"), "duty")
    first = today.replace(day=1)
    async with raw.transaction():
        await raw.execute(f'SET LOCAL SESSION AUTHORIZATION "{duty}"')
        for month in ((first - timedelta(days=1)).replace(day=1), first):
            for mode in MODES:
                await raw.execute(_DRAW, month, mode, SIZE)
        await raw.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
        await raw.execute(_FOUND)
    await _fold(raw)


async def _fold(raw: Connection) -> None:
    while await raw.fetchval("SELECT gridseat.fold_work()"):
        pass  # each batch commits by itself
