"""A small registry in the tests' county, from files as offices send them."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from console.desk.desk import Desk
from console.intake.report import ImportReport
from console.intake.writing.register import bring_register
from tests.database_fixtures import Database

GRID, BESIDE, VILLAGE = "130123101001001", "130123101002001", "130123201001001"
ID = "110101195003071234"
HOUSES = "房屋编码,网格编码,用途,地址,更新日期"
HOUSEHOLDS = "户编码,房屋编码"
RESIDENTS = "身份证号,人口类型,姓名,出生日期,是否独居,手机号,户编码,网格编码,更新日期"
PEOPLE = {
    "lead": ("supervisor admin", "130123", None),
    "seat": ("seat", "130123101", None),
    "beside": ("supervisor admin", "130123201", None),
    "worker": ("unit", "130123101001", GRID),
    "other": ("unit", "130123201001", VILLAGE),
    "police": ("unit", "130123-D01", None),
    "wall": ("wall", "130123", None),
}
SUMS = (
    "SELECT key, hits, of_all FROM gridseat.registry_sums($1, $2, desk.now() - interval '7 days', desk.now())"
)
EVERYWHERE = (0, 2**63 - 1)

Figures = dict[str, tuple[int, int | None]]


async def give(
    desk: Desk,
    folder: Path,
    kind: str,
    heading: str,
    *lines: str,
    encoding: str = "utf-8",
    **more: Any,  # noqa: ANN401  as bring_register takes it
) -> ImportReport:
    """Import a file of ``lines``; its heading is line 1."""
    file = folder / f"{kind}.csv"
    file.write_text("\n".join((heading, *lines)) + "\n", encoding=encoding)
    return await bring_register(file, kind, desk, **more)


async def settle(desk: Desk, folder: Path) -> None:
    """Bring in two houses with three people in 恒山社区, and one person of 常山社区 without a household."""
    await give(
        desk, folder, "houses", HOUSES, f"H1,{GRID},自住,幸福路1号,2026-11-01", f"H2,{GRID},出租,,2026-01-01"
    )
    await give(desk, folder, "households", HOUSEHOLDS, "HH1,H1", "HH2,H2")
    await give(
        desk,
        folder,
        "residents",
        RESIDENTS,
        f"{ID},户籍,王建国,1950-03-07,是,13812342751,HH1,,2026-11-01",
        "R2,流动,李四,1990,否,,HH2,,2026-01-01",
        "R3,流动,,,,,HH2,,2026-11-01",
        f"R4,户籍,赵六,1960,否,13900001111,,{BESIDE},2026-11-01",
    )


async def figures(raw: asyncpg.Connection, bounds: Sequence[int] = EVERYWHERE) -> Figures:
    return {row["key"]: (row["hits"], row["of_all"]) for row in await raw.fetch(SUMS, *bounds)}


async def bounds(raw: asyncpg.Connection, code: str) -> tuple[int, int]:
    row = await raw.fetchrow("SELECT lft, rgt FROM gridseat.organisation WHERE code = $1", code)
    assert row is not None
    return row["lft"], row["rgt"]


async def registry_faults(database: Database) -> list[tuple[Any, ...]]:
    """Return where the kept sums differ from a recount: nowhere."""
    return [tuple(row) for row in await database.owner.fetch("SELECT * FROM gridseat.registry_faults()")]


@pytest.fixture
async def lead(database: Database, duty: Desk, tmp_path: Path) -> AsyncIterator[asyncpg.Connection]:
    """Give the county's supervisor, with the small registry in the county."""
    await database.freeze("2026-11-22T12:00+08:00")
    for login, (positions, organisation, grid) in PEOPLE.items():
        await database.add(login, positions, organisation, grid)
    await settle(duty, tmp_path)
    raw = await database.as_person("lead")
    yield raw
    await raw.close()
