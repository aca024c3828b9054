"""Whoever is on today's roster is due once the shift has begun, wherever that is told."""

import json
from datetime import datetime

import asyncpg

from console.desk.desk import Desk
from tests.database.cast import Cast
from tests.database.offices import table, take
from tests.database.operations import clerk as clerk  # noqa: PLC0414  a fixture
from tests.database.operations import faults, fold, records, sums

ATTENDANCE = "工号,日期,应出勤,上班打卡,下班打卡"
SHIFT = """
INSERT INTO gridseat.shift (centre_id, by_centre_id, person_id, starts, ends)
SELECT o.id, o.id, p.id, $2::timestamptz, $2::timestamptz + interval '8 hours'
FROM gridseat.organisation AS o, gridseat.person AS p
WHERE o.code = '130123' AND p.login = $1"""


async def rostered(people: Cast, clerk: Desk, *rows: str) -> None:
    """Roster workers; W3 begins at eight in the evening and H1 at six in the morning, by the duty roster."""
    owner = people.database.owner
    await take(clerk, "attendance", table(ATTENDANCE, *rows))
    for login, code, at in (("grid", "W3", "20:00"), ("helper", "H1", "06:00")):
        await people.desk(login)
        await owner.execute(
            """UPDATE gridseat.staff SET person_id = (SELECT id FROM gridseat.person WHERE login = $1)
               WHERE code = $2""",
            login,
            code,
        )
        await owner.execute(SHIFT, login, datetime.fromisoformat(f"2026-11-23T{at}+08:00"))


async def told(people: Cast, boss: asyncpg.Connection) -> tuple[tuple[int, int | None], list[str]]:
    """Return the figure, and those who are absent, once they are the same wherever they are told."""
    owner = people.database.owner
    figure = (await sums(owner))["on_duty"]
    absent = await records(owner, "on_duty:rest")
    assert (len(await records(owner, "on_duty")), len(await records(owner, "on_duty:of"))) == figure
    board = json.loads(
        await boss.fetchval("SELECT desk.board_figures('operations', '130123', 23, NULL, 'on_duty')")
    )
    [one] = [one for one in board["figures"] if one["key"] == "on_duty"]
    assert (one["numerator"], one["denominator"]) == figure
    rows = board["ranking"]["rows"]
    assert tuple(sum(row[part] for row in rows) for part in ("numerator", "denominator")) == figure
    days = await boss.fetch("SELECT code, due, present FROM desk.staff_records('130123', 23)")
    assert not {row["code"] for row in days if row["due"] > row["present"]} - {code for code, _ in absent}
    assert await faults(owner) == []
    return figure, sorted(code for code, _ in absent)


async def test_nobody_is_missed_before_their_shift_begins(people: Cast, clerk: Desk) -> None:
    """Monday: W1 came at 7:20; of W2 the day alone is told; H1 begins at six, W3 at twenty o'clock."""
    rows = ("W1,2026-11-23,是,07:20,", "W2,2026-11-23,是,,", "W3,2026-11-23,是,,", "H1,2026-11-23,是,,")
    await rostered(people, clerk, *rows)
    boss = await people.raw("boss")
    expected = {
        "2026-11-23T05:30": ((1, 1), []),
        "2026-11-23T07:30": ((1, 2), ["H1"]),
        "2026-11-23T08:10": ((1, 3), ["H1", "W2"]),
        "2026-11-23T20:10": ((1, 4), ["H1", "W2", "W3"]),
        "2026-11-24T07:30": ((1, 4), ["H1", "W2", "W3"]),
    }
    for folded in (False, True):
        if folded:
            await fold(people.database.owner)
        found = {}
        for at in expected:
            await people.database.freeze(f"{at}+08:00")
            found[at] = await told(people, boss)
        assert found == expected, f"folded: {folded}"
    await boss.close()


async def test_without_working_hours_who_comes_is_due_until_the_day_is_over(
    people: Cast, clerk: Desk
) -> None:
    """Sunday: W1 came, W2 has not."""
    await people.database.freeze("2026-11-22T10:00+08:00")
    await take(clerk, "attendance", table(ATTENDANCE, "W1,2026-11-22,是,09:30,", "W2,2026-11-22,是,,"))
    boss = await people.raw("boss")
    assert await told(people, boss) == ((1, 1), [])
    await people.database.freeze("2026-11-23T00:10+08:00")
    assert await told(people, boss) == ((1, 2), ["W2"])
    await boss.close()
