"""The demonstration: set up from nothing, gone on with, its server killed, and never on strange data."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from console.database import address
from console.database.door import Door
from console.demo.simulator import Simulator
from console.demo.stage import fill_history, prepare_demo
from console.errors import Refused
from tests.database_fixtures import FAST
from tests.waiting import SECONDS

TOLD = """
SELECT array_agg(s.key ORDER BY s.key)
FROM (SELECT now() - interval '30 days' AS month, 9223372036854775807 AS all_of_it) AS t
CROSS JOIN LATERAL (SELECT * FROM gridseat.registry_sums(0, t.all_of_it, t.month, now())
                    UNION ALL SELECT * FROM gridseat.operations_sums(0, t.all_of_it, t.month, now())) AS s
WHERE s.key IN ('accuracy', 'visits', 'inspected') AND s.of_all > 0"""

UNBORN = "SELECT count(*) FROM gridseat.resident WHERE birth_year > extract(year FROM confirmed_on)"


async def test_from_nothing_to_a_county_that_works(tmp_path: Path) -> None:
    place = address.parse(f"embedded:{tmp_path}")
    door = Door(place, "duty", settings=FAST)
    said: list[str] = []
    first = await prepare_demo(door, said.append, cases=30)
    assert said == ["正在准备数据库", "正在绘制示例县", "正在写入今日事件"]
    assert (first.department, first.wall) == ("城管局值守", "指挥大屏")
    done: list[tuple[int, int]] = []
    assert await fill_history(door, first.county, lambda *step: done.append(step)) == 30
    assert done[-1] == (30, 30)
    assert await told(door) == ["accuracy", "inspected", "visits"], "no rate stands without cases"

    simulator = Simulator(
        lambda login: Door(place, login, server=door.server), first.county, 60_000, hands_off=first.hands_off
    )
    running = asyncio.ensure_future(simulator.run())
    await asyncio.wait_for(count_to(simulator, 5), SECONDS)
    os.kill(int((tmp_path / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    await asyncio.wait_for(count_to(simulator, simulator.events.total() + 5), 2 * SECONDS)
    simulator.stop()
    await asyncio.wait_for(running, SECONDS)

    said.clear()
    again = await prepare_demo(door, said.append, cases=30)
    assert said == [
        "正在准备数据库",
        "示例县已在库中，正在续排今日值班",
        "今日事件已在库中，正在备好留给您的那一件",
    ]
    assert (again.number, again.kept) == (first.number, first.kept)
    raw = await door.open_superuser()
    for faults in ("broken_entries(0, 9999)", "broken_incidents(0, 9999)", "registry_faults()"):
        assert not await raw.fetch(f"SELECT * FROM gridseat.{faults}"), faults
    await raw.execute("DELETE FROM gridseat.setting WHERE key = 'sample'")
    await raw.close()
    with pytest.raises(Refused) as refusal:
        await prepare_demo(door)
    assert refusal.value.code == "not_a_sample"
    await door.close()


async def told(door: Door) -> list[str]:
    """Return which rates are taken of something; nobody was confirmed before they were born."""
    raw = await door.open_superuser()
    assert not await raw.fetchval(UNBORN)
    found: list[str] = await raw.fetchval(TOLD)
    await raw.close()
    return found


async def count_to(simulator: Simulator, number: int) -> None:
    """Wait until so many moves were made."""
    while simulator.events.total() < number:
        await simulator.happened()
