"""Every mark of every board lists exactly what it counts: tiles, steps, bars, hours, ranks, records."""

import json
import random
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from console.desk.behind import Records, View
from console.desk.desk import Desk
from console.desk.reads import Reads
from console.errors import Problem, Refused
from console.indicators import figures
from console.indicators.figures import BoardFigures
from console.indicators.indicator import BOARDS, Kind, indicators
from tests.database import registry
from tests.database.boards import NANLOU, ZHENGDING
from tests.database.counting import fold
from tests.database.offices import STAFF, table, take
from tests.database.operations import fold as fold_work
from tests.database_fixtures import Database, act, report
from ui.boards.ask import Asked, Behind, of_request, of_step

Life = list[tuple[str, dict[str, str]]]
PIECE = "SELECT desk.board_records($1, $2, '130123', 7, NULL, 1, nullif($3::text::jsonb, 'null'))::text"
START = datetime.fromisoformat("2026-11-16T08:00:00+08:00")
HANDLED: Life = [("acknowledge", {}), ("feedback", {"text": "已劝离"})]
LIVES: tuple[Life, ...] = (  # how a case may go on after its report; cut off anywhere
    [("answer", {"text": "已答复"}), ("follow-up", {"contacted": "yes", "solved": "no", "satisfied": "no"})],
    [("reject", {"reason": "不属实"})],
    [("accept", {}), ("dispatch", {"unit": "城管局"}), *HANDLED, ("verify", {}), ("close", {})],
    [
        *(("accept", {}), ("dispatch", {"unit": "公安局"}), *HANDLED, ("rework", {"reason": "仍在"})),
        *(*HANDLED, ("verify", {}), ("close", {}), ("reopen", {"reason": "又来"})),
    ],
    [
        *(("accept", {}), ("dispatch", {"unit": "城管局"}), ("acknowledge", {})),
        *(("return", {"reason": "权责不符"}), ("grant", {}), ("dispatch", {"unit": "公安局"})),
    ],
)
CLASSES = ("街面秩序/游商", "市容环境/暴露垃圾", "矛盾纠纷/邻里")


async def lively(database: Database, duty: Desk, seed: int) -> None:
    """Tell three days of cases that go on at random; half of it is kept as sums, some of that changes."""
    chance, now = random.Random(seed), START
    open_: list[tuple[int, Life]] = []
    for turn in range(64):
        if turn == 40:
            await fold(database.owner)
        now += timedelta(minutes=chance.randint(1, 120))
        await database.freeze(now.isoformat())
        if chance.random() < 0.3 or not open_:
            where = chance.choice([NANLOU, ZHENGDING, {}])
            told = {"class": chance.choice(CLASSES), "channel": chance.choice(["phone", "grid_worker"])}
            open_.append((await report(duty, **where, **told), list(chance.choice(LIVES))))
            continue
        number, life = chance.choice(open_)
        action, args = life.pop(0)
        try:
            await act(duty, action, number, **args)
        except Refused:
            life.clear()  # not at this hour: it stays as it is
        if not life:
            open_.remove((number, life))
    await database.freeze((now + timedelta(minutes=5)).isoformat())


@pytest.fixture
async def reads(database: Database) -> AsyncIterator[Reads]:
    await database.add("lead", "seat supervisor", "130123")
    desk = Desk(database.door("lead"))
    yield Reads(desk)
    await desk.close()


def marks(board: BoardFigures) -> list[tuple[str, Asked, float | None]]:
    """Return every mark of a board that asks for cases, with its number."""
    found: list[tuple[str, Asked, float | None]] = []
    for one in board.figures:
        if indicators()[one.key].cases:
            found.append((one.key, Asked((one.key,)), one.numerator))
            if indicators()[one.key].kind is Kind.RATE:
                missed = (one.denominator or 0) - (one.numerator or 0)
                found.append((f"{one.key}:of", Asked((f"{one.key}:of",)), one.denominator))
                found.append((f"{one.key}:rest", Asked((f"{one.key}:rest",)), missed))
    ranked = board.ranking.figure
    found += [(f"{row.code} ranked", Asked((ranked,), row.code), row.numerator) for row in board.ranking.rows]
    for series in board.series:
        counted = series.lines[0].values
        found += [
            (f"{series.key} {mark.label}", of_request(mark.figure), count)
            for mark, count in zip(series.marks, counted, strict=False)
            if (count or series.kind != "week")
            and mark.figure
            and indicators().get(mark.figure.partition("@")[0]) is None
            and not mark.figure.startswith("staff")
        ]
        if series.kind == "trend" and indicators()[series.lines[0].key].kind is not Kind.RATE:
            for step in range(len(board.edges) - 1):
                counts = [line.values[step] for line in series.lines if line.values[step]]
                asked = of_step(board, series, step)
                found += [(words, one, count) for (one, words), count in zip(asked, counts, strict=True)]
    return found


async def test_every_mark_lists_exactly_the_cases_it_counts(
    database: Database, duty: Desk, reads: Reads
) -> None:
    await lively(database, duty, seed=7)
    told = 0
    for key, days, until in (*((board, 3, None) for board in BOARDS), ("incidents", 2, START.date())):
        board = figures.parse(await reads.board(key, "130123", days, until))
        find = Finder(reads, board)
        for name, asked, count in marks(board):
            assert await find(asked) == count, (key, days, until, name, asked)
            told += 1
        await rates(find, board)
    assert told > 150


class Finder:
    """Counts the cases that a mark lists, each question of the database asked once."""

    def __init__(self, reads: Reads, board: BoardFigures) -> None:
        self._reads, self._board = reads, board
        self._known: dict[tuple[object, ...], tuple[list[int], int]] = {}

    async def _cases(self, *question: Any) -> tuple[list[int], int]:  # noqa: ANN401  as Reads.board_cases takes it
        if question not in self._known:
            self._known[question] = await self._reads.board_cases(*question)
        return self._known[question]

    async def __call__(self, asked: Asked) -> int:
        board = self._board
        find = Behind(self._cases, board.board, asked, "130123", board.days, board.until)
        numbers, total = await find()
        assert len(numbers) == total
        return total


async def rates(find: Finder, board: BoardFigures) -> None:
    """Check that each step of a rate is its hits of all of its cases."""
    for series in board.series:
        if series.kind != "trend" or indicators()[series.lines[0].key].kind is not Kind.RATE:
            continue
        for step in range(len(board.edges) - 1):
            counts = [await find(one) for one, _ in of_step(board, series, step)]
            for line, hit, of, miss in zip(
                series.lines, counts[::3], counts[1::3], counts[2::3], strict=True
            ):
                assert hit + miss == of, (series.key, step)
                assert line.values[step] == (round(hit / of, 6) if of else None), (line.key, step)


async def busy(database: Database, duty: Desk, folder: Path) -> None:
    """Bring in workers, their days, groups, calls, and a registry of seven people."""
    await database.freeze("2026-11-23T09:00:00+08:00")
    workers = [f"W{n},某人,full_time,130123101001001,," for n in range(5)]
    await take(duty, "staff", table(STAFF, *workers, "H1,李四,head,,130123201001,"))
    days = [f"W{n},2026-11-20,应到,{'08:25' if n else ''}," for n in range(5)]
    await take(duty, "attendance", table("工号,日期,是否应到,到岗,离岗", *days))
    await take(duty, "grid_households", table("网格编码,户数", "130123101001001,80"))
    await fold_work(database.owner)
    await registry.settle(duty, folder)
    more = [f"M{n},户籍,甲,1950,是,,,{registry.GRID},2026-11-01" for n in range(6)]
    await registry.give(duty, folder, "residents", registry.RESIDENTS, *more)


async def test_every_other_figure_lists_its_records(
    database: Database, duty: Desk, reads: Reads, tmp_path: Path
) -> None:
    await busy(database, duty, tmp_path)
    told = set()
    for key in ("people-houses", "operations"):
        board = figures.parse(await reads.board(key, "130123", 7))
        for one in board.figures:
            known = indicators()[one.key]
            if known.cases:
                continue
            parts = {one.key: one.numerator}
            if known.kind is Kind.RATE:
                parts[f"{one.key}:of"] = one.denominator
            if known.kind is Kind.RATE and known.misses:
                parts[f"{one.key}:rest"] = (one.denominator or 0) - (one.numerator or 0)
            for figure, count in parts.items():
                if count is not None:
                    records = reads.board_records(key, figure, "130123", 7)
                    rows = await listed(records)
                    assert sum(row["n"] for row in rows) == count == records.stands_for, figure
                    told |= {figure} if count else set()
    assert {
        "residents",
        "houses",
        "completeness:rest",
        "on_duty:rest",
        "grids",
        "workers",
        "staffed:rest",
    } <= told
    board = figures.parse(await reads.board("people-houses", "130123", 7))
    for series in (one for one in board.series if one.kind == "places"):
        for mark, value in zip(series.marks, series.lines[0].values, strict=True):
            asked = of_request(mark.figure)
            about = "people-houses", asked.figures[0], asked.organisation or "130123", 7
            rows = await listed(reads.board_records(*about))
            assert value is None or len(rows) == value, mark
    alone = await listed(reads.board_records("people-houses", "alone", "130123", 7))
    assert {row["name"] for row in alone} == {"王**", "甲**"}


async def listed(records: Records) -> list[dict[str, Any]]:
    """Return the records, having seen that they are told to be as many as they are."""
    page = await records.page(View())
    assert (len(page.rows), page.after) == (page.total, None)
    return page.rows


async def piece(desk: Desk, *about: str) -> str:
    return str(await desk.call(lambda raw: raw.fetchval(PIECE, *about)))


async def test_records_go_on_where_the_page_before_ended(
    database: Database, duty: Desk, reads: Reads, tmp_path: Path
) -> None:
    await busy(database, duty, tmp_path)
    people = ("residents", "completeness:of", "grids", "workers", "covered:of")
    asked = [*(("people-houses", key) for key in people), ("operations", "on_duty:of")]
    for board, figure in asked:
        whole = await listed(reads.board_records(board, figure, "130123", 7))
        rows, after = list[dict[str, Any]](), "null"
        while after != "null" or not rows:
            page = json.loads(await piece(duty, board, figure, after))
            rows, after = rows + page["rows"], json.dumps(page["after"])
            assert len(rows) <= len(whole), figure
        assert rows == whole != [], figure


async def test_records_are_for_those_of_the_place(database: Database, duty: Desk, tmp_path: Path) -> None:
    await busy(database, duty, tmp_path)
    for login, roles, place in (
        ("plain", "seat", "130123"),
        ("town", "seat supervisor", "130123201"),
        ("unit", "unit", "130123-D01"),
        ("big", "wall", "130123"),
    ):
        await database.add(login, roles, place)
    desks = {login: Desk(database.door(login)) for login in ("plain", "town", "unit", "big")}
    try:
        rows = await listed(Reads(desks["plain"]).board_records("people-houses", "workers", None, 7))
        assert {row["name"] for row in rows} == {"某**"}, "who answers for nobody reads no names"
        refused: tuple[tuple[str, str, str | None], ...] = (
            ("town", "workers", "130123"),
            ("town", "residents", "130123"),
            ("unit", "residents", None),
            ("big", "workers", None),
            ("plain", "received", None),
            ("plain", "'; DROP", None),
        )
        for login, figure, where in refused:
            with pytest.raises(Problem):
                await listed(Reads(desks[login]).board_records("people-houses", figure, where, 7))
    finally:
        for desk in desks.values():
            await desk.close()


async def test_a_question_by_hand_is_refused(database: Database) -> None:
    await database.add("lead", "seat supervisor", "130123")
    lead = await database.as_person("lead")
    try:
        with pytest.raises(asyncpg.PostgresError, match="figure_unknown"):
            await lead.fetchval("SELECT desk.board_records('operations', 'patrolled/kind=a b', NULL, 7)")
        with pytest.raises(asyncpg.PostgresError, match="permission denied"):
            await lead.fetch("SELECT name FROM gridseat.resident_text")
    finally:
        await lead.close()


async def test_a_place_without_anything_below_has_empty_charts(reads: Reads) -> None:
    for key in BOARDS:
        board = figures.parse(await reads.board(key, "130123101001", 7))
        assert board.ranking.rows == ()
        for series in board.series:
            steps = len(series.marks) or len(board.edges) - 1
            assert {len(line.values) for line in series.lines} <= {steps, 0}
            assert series.kind != "places" or len(series.lines[0].values) == len(series.marks)
