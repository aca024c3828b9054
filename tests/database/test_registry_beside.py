"""Imports of people and houses that go in beside each other: none is lost, none goes in twice."""

import asyncio
from pathlib import Path

import pytest

from console.desk.desk import Desk
from tests.database.registry import (
    BESIDE,
    GRID,
    HOUSEHOLDS,
    HOUSES,
    RESIDENTS,
    VILLAGE,
    give,
    registry_faults,
    settle,
)
from tests.database_fixtures import Database


@pytest.fixture(autouse=True)
async def today(database: Database) -> None:
    await database.freeze("2026-11-22T12:00+08:00")


async def test_an_import_goes_over_one_connection_where_the_server_has_no_second(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Alone(Desk):
        def beside(self) -> Desk:
            door = database.door("duty")
            door.shut = True
            return Desk(door, patience=0)

    monkeypatch.setattr("console.intake.registry.batches.SIZE", 10)
    desk = Alone(database.door("duty"))
    lines = [f"H{n},{GRID},自住,,2026-11-01" for n in range(35)]
    assert (await give(desk, tmp_path, "houses", HOUSES, *lines)).added == 35
    await desk.close()


async def test_two_offices_that_import_the_same_people_at_once_bring_each_in_once(
    database: Database, duty: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await settle(duty, tmp_path)
    monkeypatch.setattr("console.intake.registry.batches.SIZE", 7)
    lines = [f"N{n},户籍,新人{n},1990,,,HH{1 + n % 2},,2026-11-01" for n in range(60)]
    lines += [f'"=""N{n}""",户籍,新人{n},1990,,,HH{1 + n % 2},,2026-11-01' for n in range(0, 60, 3)]
    lines += ["R2,流动,李四,1991,否,,HH2,,2026-11-20"]
    files = [tmp_path / "one", tmp_path / "other"]
    for folder in files:
        folder.mkdir()
    beside = duty.beside()
    told = await asyncio.gather(
        *(
            give(desk, at, "residents", RESIDENTS, *lines)
            for desk, at in zip((duty, beside), files, strict=True)
        )
    )
    await beside.close()
    assert [one.refused for one in told] == [0, 0]
    assert [sum(getattr(one, key) for one in told) for key in ("added", "updated")] == [60, 1]
    assert await database.owner.fetchval("SELECT count(*) FROM gridseat.resident") == 64
    assert await registry_faults(database) == []


async def test_houses_that_move_take_along_households_that_are_on_their_way(
    database: Database, duty: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await settle(duty, tmp_path)
    monkeypatch.setattr("console.intake.registry.batches.SIZE", 5)
    houses = [f"H{1 + n % 2},{(VILLAGE, BESIDE)[n % 2]},自住,,2026-11-{1 + n // 2:02}" for n in range(2)]
    households = [f"NN{n},H{1 + n % 2}" for n in range(40)]
    beside = duty.beside()
    await asyncio.gather(
        give(duty, tmp_path, "households", HOUSEHOLDS, *households),
        give(beside, tmp_path, "houses", HOUSES, *houses),
    )
    await beside.close()
    assert await database.owner.fetchval("SELECT count(*) FROM gridseat.household") == 42
    assert await registry_faults(database) == []
