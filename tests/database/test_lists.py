"""Lists of cases by number: lines in order, sorted and searched by the server, under one's own rights."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from console.desk.behind import PAGE, SORTED, Cases, Facts, Page, Records, View, held
from console.desk.desk import Desk
from console.desk.reads import Reads
from console.errors import BadInput, Refused
from tests.database.boards import NANLOU, ZHENGDING, at, closed, dispatched, handled
from tests.database_fixtures import Database, report


async def whole(listed: Cases, view: View) -> list[int]:
    """Return every number of the list, page after page."""
    page: Page = await listed.page(view)
    found = list(page.rows)
    while page.after is not None:
        page = await listed.page(view, page.after)
        found += page.rows
    assert len(found) == page.total
    return [row["number"] for row in found]


async def three(database: Database, duty: Desk) -> tuple[int, int, int]:
    """Return a case that is dispatched, one that is closed and came before it, and a new one."""
    late = await dispatched(database, duty, "09:00", title="路灯不亮")
    done = await dispatched(database, duty, "08:00", title="100%游商_占道")
    await handled(database, duty, done, "08:30")
    await closed(database, duty, done, "10:00")
    await at(database, "11:00")
    new = await report(duty, **ZHENGDING, title="Noise at night", place="府前街 8 号")
    return late, done, new


async def test_cases_are_listed_and_sorted(database: Database, duty: Desk) -> None:
    late, done, new = await three(database, duty)
    listed = Cases(duty, held([late, done, new]))
    assert await whole(listed, View()) == [late, done, new], "as they are told"
    sorts = {
        "number": [late, done, new],
        "received": [done, late, new],
        "status": [new, late, done],
        "closed": [done, late, new],
        "place": [new, late, done],
        "unit": [late, done, new],
        "title": [done, new, late],
    }
    assert {key: await whole(listed, View("", key)) for key in sorts} == sorts
    assert await whole(listed, View("", "closed", down=True)) == [done, late, new], (
        "what is not closed comes last"
    )
    assert await whole(listed, View("", "received", down=True)) == [new, late, done]
    with pytest.raises(BadInput, match="sort"):
        await listed.page(View("", "number; DROP TABLE gridseat.link"))


async def test_cases_are_found_by_their_words(database: Database, duty: Desk) -> None:
    late, done, new = await three(database, duty)
    listed = Cases(duty, held([late, done, new]))
    words = {
        "路灯": [late],
        "100%": [done],
        "_": [done],
        "NOISE": [new],
        "府前街": [new],
        f"{late}": [late],
        "城管局 南楼": [late, done],
        "游商 城管局 路灯": [late],
        "' OR true --": [],
        "\\": [],
        "": [late, done, new],
    }
    assert {word: await whole(listed, View(word)) for word in words} == words
    row = (await listed.page(View("路灯"))).rows[0]
    assert (row["status"], row["unit"], row["township"], row["closed"]) == (
        "dispatched",
        "城管局",
        "南楼乡",
        None,
    )


async def test_the_first_page_is_asked_for_alone_and_what_comes_meanwhile_is_not_listed(duty: Desk) -> None:
    asked: list[int | None] = []
    known = list(range(10_000 + 2 * PAGE, 10_000, -1))

    async def find(limit: int | None = None) -> tuple[list[int], int]:
        asked.append(limit)
        return known[:limit], len(known)

    listed = Cases(duty, find)
    page = await listed.page(View())
    assert (asked, page.total) == ([PAGE], 2 * PAGE)
    known.insert(0, 20_000)
    page = await listed.page(View(), page.after)
    assert (asked, page.total, page.after) == ([PAGE, None], 2 * PAGE, None)
    assert await whole(listed, View()) == known[1:]


async def test_a_page_costs_no_more_than_its_rows(duty: Desk) -> None:
    number = await report(duty, **NANLOU)
    listed = Cases(duty, held([number, *range(10_000, 10_000 + 2 * PAGE)]))
    page = await listed.page(View())
    assert (len(page.rows), page.total, page.after) == (PAGE, 2 * PAGE + 1, PAGE)
    assert page.rows[1] == {"number": 10_000}, (
        "one that is not seen any more keeps its line, by its number alone"
    )
    assert await whole(Cases(duty, held([])), View("路灯")) == []


@asynccontextmanager
async def desk_of(database: Database, login: str) -> AsyncIterator[Desk]:
    desk = Desk(database.door(login))
    try:
        yield desk
    finally:
        await desk.close()


async def test_numbers_that_one_may_not_see_say_nothing(database: Database, duty: Desk) -> None:
    town = await report(duty, **ZHENGDING, title="甲")
    secret = await report(duty, **NANLOU, title="乙", restricted=True)
    await database.add("south", "seat", "130123201")
    await database.add("screen", "wall", "130123")
    async with desk_of(database, "south") as south:
        listed = Cases(south, held([town, secret]))
        assert (await listed.page(View())).rows == [{"number": town}, {"number": secret}]
        assert (await listed.page(View("", "title"))).rows == []
        assert (await listed.page(View("乙"))).total == 0
    async with desk_of(database, "screen") as screen:
        with pytest.raises(Refused):
            await Cases(screen, held([town])).page(View("甲"))


async def test_records_are_found_and_sorted_where_they_are_not_too_many() -> None:
    told = [("G2", "乙", 3), ("G1", "甲", None), ("G3", "丙", 1)]
    rows = [{"code": code, "name": name, "day": day} for code, name, day in told]
    asked: list[tuple[int, object]] = []

    async def read(limit: int, after: object) -> Facts:
        asked.append((limit, after))
        first = after if isinstance(after, int) else 0
        last = first + 2 if limit == PAGE else len(rows)
        return {"total": 3, "sum": 7, "rows": rows[first:last], "after": last if last < len(rows) else None}

    def codes(page: Page) -> list[str]:
        return [row["code"] for row in page.rows]

    records = Records(read)
    page = await records.page(View())
    assert (codes(page), page.total, records.stands_for) == (["G2", "G1"], 3, 7)
    assert records.several(page), "three records stand for seven"
    assert await records.page(View()) is page, "the first page is not read twice"
    assert codes(await records.page(View(), page.after)) == ["G3"]
    assert codes(await records.page(View("", "day"))) == ["G3", "G2", "G1"], "without a day: last"
    assert codes(await records.page(View("", "day", down=True))) == ["G2", "G3", "G1"]
    assert codes(await records.page(View("g 乙"))) == ["G2"]
    assert asked == [(PAGE, None), (PAGE, 2), (SORTED, None)]

    async def endless(_limit: int, _after: object) -> Facts:
        return {"total": SORTED + 1, "sum": SORTED + 1, "rows": rows, "after": 3}

    with pytest.raises(BadInput, match="20,001"):
        await Records(endless).page(View("乙"))


async def test_the_cases_of_a_question_are_a_list(duty: Desk) -> None:
    number = await report(duty, **NANLOU)
    reads = Reads(duty)

    async def find(limit: int | None = None) -> tuple[list[int], int]:
        return await reads.board_cases("incidents", "received", "130123", 1, None, limit)

    page = await reads.cases(find).page(View())
    assert ([row["number"] for row in page.rows], page.total, page.after) == ([number], 1, None)


async def test_whose_list_of_people_is_saved_is_kept(database: Database, duty: Desk) -> None:
    residents = Reads(duty).board_records("people-houses", "residents", "130123", 1)
    assert residents.note is not None
    await residents.note(5)
    kept = await database.owner.fetchrow("SELECT action, kind, row_count FROM gridseat.registry_act")
    assert kept is not None
    assert tuple(kept) == ("save", "residents", 5)
