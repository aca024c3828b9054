"""The boards on the screen: figures in words, every click asks for its cases, four states, two tongues."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.desk.behind import Records
from console.errors import OutOfReach
from console.indicators import figures
from console.indicators.figures import Peers
from console.indicators.indicator import BOARDS, indicators
from tests.gui.board_documents import board_page, clock, document, nothing
from tests.gui.desktop import until
from ui.boards.ask import Asked, Behind
from ui.boards.page import BoardPage
from ui.charts.barlist import BarList
from ui.charts.tile import Tile
from ui.language import language
from ui.lists.records import RecordList
from ui.theme import names, theme

SIZES = ((1280, 660), (1920, 1020), (3840, 2100))


@pytest.fixture
def make(qtbot: QtBot) -> Callable[..., BoardPage]:
    return partial(board_page, qtbot)


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


@pytest.mark.parametrize("key", BOARDS)
def test_a_board_shows_every_figure_every_chart_and_the_ranking(
    key: str, make: Callable[..., BoardPage]
) -> None:
    page = make(key)
    assert list(page.body.tiles) == [figure.key for figure in page.body._board.figures]  # type: ignore[union-attr]
    assert list(page.body.charts) == [series.key for series in page.body._board.series]  # type: ignore[union-attr]
    ranking = page.body.ranking.chart
    assert isinstance(ranking, BarList)
    assert [bar.label.strip("\u2007") for bar in ranking.bars] == ["1  正定镇", "–  南楼乡"]
    assert [bar.text for bar in ranking.bars] == ["90.0 %", "—"]
    assert "正定县" in words(page)


def test_figures_stand_in_words(make: Callable[..., BoardPage]) -> None:
    shown = words(make("incidents"))
    assert {"接报", "1,064", "80.0 %", "已办结 8 / 应结 10"} <= set(shown.split("\n"))
    assert "较前 30 天 ↑ 10.0 个百分点 转好" in shown
    length = {"受理用时", "1 小时 30 分钟", "P90 1 天 1 小时", "较前 30 天 ↓ 1 小时 转好"}
    assert length <= set(shown.split("\n"))


def test_a_count_asks_for_its_cases_and_a_rate_for_a_choice(
    make: Callable[..., BoardPage], qtbot: QtBot
) -> None:
    page = make("incidents")
    tiles = page.body.tiles
    with qtbot.waitSignal(tiles["received"].casesRequested) as asked:
        QTest.mouseClick(tiles["received"], Qt.MouseButton.LeftButton)
    assert asked.args == ["received"]
    assert tiles["closing"].choices() == [
        ("closing", "已办结 8 件"),
        ("closing:of", "应结 10 件"),
        ("closing:rest", "未办结 2 件"),
    ]
    with qtbot.waitSignal(tiles["open"].casesRequested):
        QTest.keyClick(tiles["open"], Qt.Key.Key_Return)


async def test_things_without_cases_list_their_records(qtbot: QtBot) -> None:
    row = {"code": "G1", "name": "<b>甲</b>", "what": None, "place": "正定镇", "day": None, "n": 3}
    other = row | {"code": "G2", "name": "乙", "n": 1}

    ready = asyncio.Event()

    async def read(_limit: int, after: object) -> dict[str, Any]:
        await ready.wait()
        return {"total": 2, "sum": 4, "rows": [other] if after else [row], "after": None if after else 7}

    def records(*question: object) -> Records:
        assert question == ("people-houses", "staffed:rest", "130123101", 30, None)
        return Records(read)

    page = BoardPage("people-houses", nothing, nothing, clock)
    qtbot.addWidget(page)
    page.show_document(document("people-houses"))
    grids = page.body.tiles["grids"]
    with qtbot.waitSignal(page.body.asked):
        QTest.keyClick(grids, Qt.Key.Key_Return)
    page.open_records(records)
    heard: list[tuple[Any, ...]] = []
    page.recordsRequested.connect(lambda *told: heard.append(told))
    await until(lambda: page.finder.asked is None)
    for _pressed in range(3):
        page.body.asked.emit(Asked(("staffed:rest",), "130123101"))
    await until(
        lambda: "正在统计“网格配备率 · 缺网格员”…" in [one.text() for one in page.findChildren(QLabel)]
    )
    ready.set()
    await until(lambda: heard and page.finder.asked is None)
    assert len(heard) == 1, "pressed again, it is not asked again"
    assert page._state.text().startswith("数据截至")
    listed = RecordList(*heard[0])
    qtbot.addWidget(listed)
    await until(lambda: listed.rows.total)
    assert listed.windowTitle() == "网格配备率 · 缺网格员：2 条记录"
    told = [(one.heading, one.says(row)) for one in listed.rows.columns]
    assert told == [("编码", "G1"), ("名称", "<b>甲</b>"), ("所在", "正定镇"), ("数量", "3")]
    await until(lambda: listed.told.text() == "共 2 条，合计 4")


def test_what_a_wall_draws_twice_as_large_still_fits(qtbot: QtBot) -> None:
    board = figures.parse(document("people-houses"))
    found = board.figure("accuracy")
    assert found is not None
    tile, twice = Tile(indicators()["accuracy"]), theme.font("small")
    qtbot.addWidget(tile)
    twice.setPixelSize(2 * twice.pixelSize())
    told = set()
    for wide in range(90, 190):
        tile.resize(wide, 120)
        tile.show_figure(replace(found, numerator=1413, denominator=1467), board)
        told.add(text := tile._parts.text())
        assert QFontMetricsF(twice).horizontalAdvance(text) / 2 <= wide - 28
    assert told == {"", "1,413/1,467", "1,413 / 1,467", "正确 1,413 / 抽查 1,467"}


def test_figures_stand_among_their_peers(make: Callable[..., BoardPage]) -> None:
    page = make("incidents", (1920, 1020))
    peers = {
        key: Peers(of=12, median=0.912, above=2, below=9)
        for key in ("closing", "rework", "received", "to_close")
    }
    page.body.show_peers(peers)
    told = {key: page.body.tiles[key]._place.text() for key in peers}
    assert told["closing"] == "同级 3/12，中位 91.2 %"
    assert told["rework"].startswith("同级 10/12"), "least rework is first"
    assert told["received"] == "同级中位 1", "neither many nor few reports are better"
    assert "同级 10/12，中位 91.2 %" in page.body.tiles["rework"].toolTip()
    page.body.show_peers({})
    assert page.body.tiles["closing"]._place.text() == ""


def test_few_people_are_said_to_be_few(qtbot: QtBot) -> None:
    answer = document("people-houses")
    workers = next(one for one in answer["figures"] if one["key"] == "workers")
    workers |= {"value": None, "numerator": None}
    page = BoardPage("people-houses", nothing, nothing, clock)
    qtbot.addWidget(page)
    page.show_document(answer)
    tile = page.body.tiles["workers"]
    assert isinstance(tile, Tile)
    assert "不公布" in tile.accessibleName()


@pytest.mark.parametrize("key", BOARDS)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_outgrows_the_window(key: str, size: tuple[int, int], make: Callable[..., BoardPage]) -> None:
    for tongue in ("zh", "en"):
        language.use(tongue)
        page = make(key, size)
        hint = page.minimumSizeHint()
        assert hint.width() <= size[0]
        assert hint.height() <= size[1]


def test_language_and_theme_change_what_is_shown(make: Callable[..., BoardPage]) -> None:
    page = make("operations")
    for name in names():
        theme.use(name)
        page.grab()
    language.use("en")
    assert "Within 60 s" in words(page)
    assert "Ranking: Closing rate" in words(page)


async def run(page: BoardPage) -> None:
    while page._reading:
        await asyncio.sleep(0)


async def test_loading_failed_and_back_again(qtbot: QtBot) -> None:
    answers: list[Any] = [
        OutOfReach("database_lost", reason="x"),
        document("incidents"),
        document("incidents"),
    ]

    async def load(board: str, organisation: str | None, days: int, *_more: object) -> dict[str, Any]:
        assert (board, organisation) == ("incidents", None)
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return {**answer, "days": days}

    page = BoardPage("incidents", load, nothing, clock)
    qtbot.addWidget(page)
    page.resize(1280, 660)
    assert "正在统计" in page._message._title.text()
    page.show()
    await run(page)
    assert "统计没有读到" in words(page)
    page._message._action.click()
    await run(page)
    assert "1,064" in words(page)
    page.show_failed("数据库没有应答")
    assert "统计停在 12:30:00：数据库没有应答" in words(page)
    page.picker.choose("7")
    await run(page)
    assert page.days == 7
    assert answers == []


async def test_facts_are_read_at_most_every_five_seconds(qtbot: QtBot) -> None:
    asked = []

    async def load(*question: object) -> dict[str, Any]:
        asked.append(question)
        return document("incidents")

    page = BoardPage("incidents", load, nothing, clock)
    qtbot.addWidget(page)
    for _ in range(9):
        page.refresh()
    assert asked == [], "a hidden page does not ask"
    page.show()
    for _ in range(9):
        page.refresh()
        await run(page)
    assert len(asked) == 1
    assert page._timer.isActive(), "the rest is one more reading, later"


def test_months_weeks_and_a_last_day_of_one_s_choice(qtbot: QtBot) -> None:
    picker = board_page(qtbot).picker  # it is Wednesday, 18 November
    picker.chosen.disconnect()
    expected = {
        "month": (18, None),
        "last_month": (31, date(2026, 10, 31)),
        "last_week": (7, date(2026, 11, 15)),
        "1": (1, None),
    }
    for key, period in expected.items():
        picker.choose(key)
        assert tuple(picker.period) == period
    picker.choose("last_month")
    with qtbot.waitSignal(picker.chosen):
        picker.last.setDate(QDate(2026, 9, 20))
    assert tuple(picker.period) == (20, date(2026, 9, 20)), "that month up to that day"
    picker.last.setDate(QDate(2030, 1, 1))
    assert tuple(picker.period) == (18, None), "the future is not told"


async def test_a_click_ends_in_the_numbers_of_the_cases(qtbot: QtBot) -> None:
    async def cases(*question: object) -> tuple[list[int], int]:
        answers = {
            ("incidents", "closing", "130123101", 30, None, 1): ([1007], 2),
            ("incidents", "closing:hit", None, 3, None, None): ([1004, 1003, 1002, 1001], 4),
            ("incidents", "closing:hit", None, 2, None, None): ([1002, 1001], 2),
        }
        return answers[question]  # type: ignore[index]

    page = BoardPage("incidents", nothing, cases, clock)
    qtbot.addWidget(page)
    page.show_document(document("incidents"))
    found: list[Behind] = []
    page.casesRequested.connect(lambda _asked, behind: found.append(behind))
    page.body.asked.emit(Asked(("closing",), "130123101"))
    while not found:
        await asyncio.sleep(0)
    assert await found[0](1) == ([1007], 2), "the first page is asked for alone"
    page.body.asked.emit(Asked(("closing:hit",), days=3, less=2))
    while len(found) == 1:
        await asyncio.sleep(0)
    assert await found[1](1) == ([1004], 2)
