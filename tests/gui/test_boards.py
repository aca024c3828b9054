"""The boards on the screen: figures in words, every click asks for its cases, four states, two tongues."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.errors import OutOfReach
from console.feed.board import Board
from console.feed.board_row import Row
from console.indicators.figures import Peers
from console.indicators.indicator import BOARDS
from tests.gui.board_documents import board_page, clock, document, nothing
from ui.charts.barlist import BarList
from ui.charts.tile import Tile
from ui.dialogs.cases import LISTED, CaseList
from ui.dialogs.records import RecordList
from ui.language import language
from ui.panels.boards import BoardPage
from ui.panels.boards_ask import Asked
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
    assert "↑ 10.0 个百分点 转好" in shown
    assert {"受理用时", "1 小时 30 分钟", "P90 1 天 1 小时", "↓ 1 小时 转好"} <= set(shown.split("\n"))


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


async def test_behind_a_figure_stand_titles_of_closed_cases_too(qtbot: QtBot) -> None:
    asked: list[list[int]] = []

    async def heads(numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
        asked.append(list(numbers))
        return {7: ("路灯<b>不亮</b>", "closed")}

    board = Board()
    board.replace([Row(8, 1, "handling", "噪音", 0.0, class_name="噪音")])
    listed = CaseList("办结率 · 应结", [7, 8, 9], board, None, heads)
    qtbot.addWidget(listed)
    assert listed.windowTitle() == "办结率 · 应结：3 件"
    while "路灯" not in listed.list.item(0).text():
        await asyncio.sleep(0)
    lines = [listed.list.item(place).text() for place in range(3)]
    assert lines == ["7   路灯<b>不亮</b>   已结案", "8   噪音   处置中", "9   已不在队列"]
    assert asked == [[7, 9]], "what the board has is not read again"
    many = CaseList("接报", range(1, 1202), board)
    qtbot.addWidget(many)
    assert many.list.count() == LISTED
    assert "只列出前 1,000 件" in words(many)


async def test_things_without_cases_list_their_records(qtbot: QtBot) -> None:
    async def records(*question: object) -> dict[str, Any]:
        assert question == ("people-houses", "staffed:rest", "130123101", 30, None)
        row = {"code": "G1", "name": "<b>甲</b>", "what": None, "place": "正定镇", "day": None, "n": 3}
        return {"more": False, "rows": [row]}

    page = BoardPage("people-houses", nothing, nothing, clock)
    qtbot.addWidget(page)
    page.open_records(records)
    page.show_document(document("people-houses"))
    grids = page.body.tiles["grids"]
    with qtbot.waitSignal(page.body.asked):
        QTest.keyClick(grids, Qt.Key.Key_Return)
    heard: list[tuple[str, dict[str, Any]]] = []
    page.recordsRequested.connect(lambda name, found: heard.append((name, found)))
    page.body.asked.emit(Asked(("staffed:rest",), "130123101"))
    while not heard:
        await asyncio.sleep(0)
    listed = RecordList(*heard[0])
    qtbot.addWidget(listed)
    assert listed.windowTitle() == "网格到岗率 · 缺网格员：对应的记录"
    line = listed.list.topLevelItem(0)
    header = listed.list.headerItem()
    assert line is not None
    assert [(header.text(n), line.text(n)) for n in range(listed.list.columnCount())] == [
        ("编码", "G1"),
        ("名称", "<b>甲</b>"),
        ("所在", "正定镇"),
        ("数量", "3"),
    ]
    assert "共 1 条，合计 3" in words(listed)
    few = RecordList("x", {"more": True, "rows": []})
    qtbot.addWidget(few)


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
    assert "不足 5 人" in tile.accessibleName()


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
    async def cases(*question: object) -> list[int]:
        answers = {
            ("incidents", "closing", "130123101", 30, None): [1007, 1001],
            ("incidents", "closing:hit", None, 3, None): [1001, 1002, 1003],
            ("incidents", "closing:hit", None, 2, None): [1001, 1002],
        }
        return answers[question]  # type: ignore[index]

    page = BoardPage("incidents", nothing, cases, clock)
    qtbot.addWidget(page)
    page.show_document(document("incidents"))
    found: list[list[int]] = []
    page.casesRequested.connect(lambda _asked, numbers: found.append(numbers))
    page.body.asked.emit(Asked(("closing",), "130123101"))
    while not found:
        await asyncio.sleep(0)
    assert found == [[1001, 1007]]
    page.body.asked.emit(Asked(("closing:hit",), days=3, less=2))
    while len(found) == 1:
        await asyncio.sleep(0)
    assert found[1] == [1003]
