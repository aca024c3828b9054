"""A grid that is redrawn keeps what it was; one that goes is ended: cases keep the grid that they had."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from console.desk.atlases import Atlases
from console.desk.reads import Reads
from console.errors import BadInput, Refused
from tests.database.around import GRID, around, grid, imported, resource, staff
from tests.database.cast import Cast, later

NEW = "130123101001777"
INSIDE = {"point": [114.615, 38.11], "raw_point": [114.615, 38.11], "datum": "WGS-84"}


async def test_a_case_keeps_the_outline_that_its_grid_had(people: Cast) -> None:
    first, second = grid(NEW, 114.60), grid(NEW, 114.61, name="新名")
    await imported(people, "grids", [first])
    case = await people.report(**INSIDE)
    await people.database.freeze(later(days=1))
    assert (await imported(people, "grids", [first]))["unchanged"] == 1
    assert (await imported(people, "grids", [second]))["updated"] == 1
    later_case = await people.report(**INSIDE)

    ask = await around(people)
    then, now = await ask.grid_at(case), await ask.grid_at(later_case)
    assert then is not None
    assert now is not None
    assert (then.version, then.name, then.outline.hex(), then.now) == (1, "网格777", first["outline"], False)
    assert (now.version, now.name, now.outline.hex(), now.now) == (2, "新名", second["outline"], True)
    assert then.until == now.drawn
    assert [await ask.grid_outline(NEW, version) for version in (1, 2, None, 3)] == [
        then.outline,
        now.outline,
        now.outline,
        None,
    ]
    assert await ask.grid_at(await people.report()) is None
    card = await ask.grid_card(NEW)
    assert [(one["version"], one["name"], one["now"]) for one in card["versions"]] == [
        (1, "网格777", False),
        (2, "新名", True),
    ]


async def test_the_grids_of_a_past_moment_are_those_that_stood_then(people: Cast, tmp_path: Path) -> None:
    """One comes, one is drawn anew, one goes; what was told first of all is taken to have stood before."""
    other = NEW.replace("777", "778")
    clerk, ask = await around(people, "clerk"), await around(people)
    days: list[tuple[float, set[tuple[str, str]]]] = []

    async def pass_a_day(*rows: dict[str, object], gone: str = "") -> None:
        at = later(days=len(days) + 1)
        await people.database.freeze(at)
        await imported(people, "grids", rows)
        if gone:
            await clerk.end_grid(gone)
        reads = Reads(await people.desk("clerk"))
        drawn = {(one.code, one.name) for one in await reads.grids()}
        days.append((datetime.fromisoformat(at).timestamp(), drawn))

    await pass_a_day(grid(NEW, 114.60))
    await pass_a_day(grid(NEW, 114.61, name="新名"), grid(other, 114.63))
    await pass_a_day(gone=NEW)
    assert await ask.grid_changes("comprehensive") == [at for at, _ in days]
    reads = Reads(await people.desk("clerk"))
    atlases = Atlases(reads, tmp_path)
    today = await atlases.of("comprehensive")
    for at, drawn in days:
        then = await atlases.then(today, "comprehensive", at + 60)
        assert {*zip(then.codes, then.names, strict=True)} == drawn
    first, second, last = [await atlases.then(today, "comprehensive", at + 60) for at, _ in days]
    assert last is today
    before = await atlases.then(today, "comprehensive", days[0][0] - 60)
    assert {*first.codes} - {*before.codes} == {NEW}
    told = "UPDATE gridseat.grid SET drawn_at = to_timestamp($1) WHERE drawn_at IS NULL"
    await people.database.owner.execute(told, days[0][0])
    before = await atlases.then(today, "comprehensive", days[0][0] - 60)
    assert {*before.codes} == {*first.codes}
    assert [first.at(x, 38.11) == [first.index[NEW]] for x in (114.605, 114.625)] == [True, False]
    assert [second.at(x, 38.11) == [second.index[NEW]] for x in (114.605, 114.625)] == [False, True]


async def test_every_console_hears_that_something_else_is_drawn(people: Cast) -> None:
    async def epoch() -> str:
        desk = await people.desk("unit")
        return str(await desk.call(lambda raw: raw.fetchval("SELECT h.epoch FROM desk.heartbeat() AS h")))

    known = [await epoch()]
    await imported(people, "grids", [grid(NEW, 114.60)])
    known.append(await epoch())
    await imported(people, "grids", [grid(NEW, 114.60)])
    assert await epoch() == known[-1], "nothing new was drawn"
    await imported(people, "resources", [resource("H", 114.615, 38.11)])
    known.append(await epoch())
    await (await around(people, "clerk")).end_grid(NEW)
    known.append(await epoch())
    assert len({*known}) == len(known)


async def test_a_grid_that_goes_is_ended_and_stands_again_when_it_comes_back(people: Cast) -> None:
    await imported(people, "grids", [grid(NEW, 114.60)])
    await imported(people, "resources", [resource("H", 114.615, 38.11)])
    await staff(people, ("w1", "王网格", "full_time", NEW))
    case = await people.report(**INSIDE)
    await people.database.freeze(later(days=1))
    clerk, ask = await around(people, "clerk"), await around(people)
    gone = await clerk.end_grid(NEW)
    assert (gone["open"], gone["staff"]) == (1, 1)
    assert await clerk.end_grid(NEW) == gone, "once ended it stays so"

    assert (await people.row(await people.report(**INSIDE)))["grid_id"] is None
    assert (
        await people.no(
            "seat", "report", None, title="x", channel="phone", at_grid=NEW, **{"class": "街面秩序/游商"}
        )
        == "no_such_grid"
    )
    assert (await ask.resources())[0].grid_code is None
    kept = await ask.grid_at(case)
    assert kept is not None
    assert (kept.code, kept.version, kept.now) == (NEW, 1, False)
    assert (await ask.within((114.615, 38.11), 10))["grids"] == []
    card = await ask.grid_card(NEW)
    assert card["ended"] is not None
    assert card["open"]["total"] == 1

    await people.database.freeze(later(days=2))
    assert (await imported(people, "grids", [grid(NEW, 114.60)]))["updated"] == 1
    assert (await ask.resources())[0].grid_code == NEW
    versions = (await ask.grid_card(NEW))["versions"]
    assert [(one["version"], one["until"] is None, one["now"]) for one in versions] == [
        (1, False, False),
        (2, True, True),
    ]
    assert versions[0]["until"].startswith("2026-11-24"), "it ended when it went, not when it came back"


async def test_ending_a_grid_is_for_those_who_govern_it(people: Cast) -> None:
    with pytest.raises(Refused, check=lambda error: error.code == "admin_needed"):
        await (await around(people, "seat")).end_grid(GRID)
    await people.database.add("far_clerk", "admin", "130125")
    with pytest.raises(Refused, check=lambda error: error.code == "outside_your_tree"):
        await (await around(people, "far_clerk")).end_grid(GRID)
    with pytest.raises(BadInput, check=lambda error: error.code == "no_such_grid"):
        await (await around(people, "clerk")).end_grid("nowhere")


async def test_the_card_counts_as_the_boards_do(people: Cast) -> None:
    await staff(people, ("w1", "王网格", "full_time", GRID), ("w2", "李长", "head", GRID))
    here = {"point": [114.51, 38.11], "raw_point": [114.51, 38.11], "datum": "WGS-84"}
    done = await people.at("closed", **here)
    late = await people.report(**here)
    ask = await around(people)
    await people.database.freeze(later(days=20))
    card = await ask.grid_card(GRID)
    assert (card["name"], card["organisation"], card["above"]) == (
        "130123101001第1网格",
        "130123101001",
        "正定镇",
    )
    assert [(one["code"], one["kind"]) for one in card["staff"]] == [("w2", "head"), ("w1", "full_time")]
    assert card["open"] == {"total": 1, "red": 1, "yellow": 0, "green": 0, "none": 0}
    assert card["figures"] == {
        "received": 2,
        "closed": 1,
        "overdue": 1,
        "should_close": 1,
        "in_time": 1,
        "on_time": 1,
    }
    board = {one["key"]: one for one in (await boards(people, "130123101001"))["figures"]}
    for key in ("received", "closed", "overdue"):
        assert board[key]["value"] == card["figures"][key], (key, done, late)
    assert board["on_time"]["value"] == card["figures"]["on_time"]

    await people.database.freeze(later(days=60))
    assert (await ask.grid_card(GRID))["figures"]["received"] == 0
    assert (await ask.grid_card(GRID))["figures"]["on_time"] is None
    with pytest.raises(BadInput, check=lambda error: error.code == "bad_days"):
        await ask.grid_card(GRID, 0)
    with pytest.raises(BadInput, check=lambda error: error.code == "no_such_grid"):
        await ask.grid_card("nowhere")


async def boards(people: Cast, organisation: str) -> dict[str, Any]:
    return await Reads(await people.desk("seat")).board("incidents", organisation, 30)


async def test_a_grid_from_before_versions_were_kept_was_always_so(people: Cast) -> None:
    case = await people.report(point=[114.51, 38.11], datum="WGS-84")
    then = await (await around(people)).grid_at(case)
    assert then is not None
    assert (then.code, then.version, then.drawn, then.now) == (GRID, 1, None, True)
