"""The wall: large, in turn, alive, and without anybody's data."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.feed.board import Board
from console.feed.board_row import Row
from tests.gui.board_documents import document
from ui.charts.barlist import BarList
from ui.language import language
from ui.wall.view import BEAT, LINES, PAGES, TURN, WallView

NOW = 1_795_000_000.0
HENGSHAN, HANJIA = "恒山社区居民委员会", "韩家庄村民委员会"
ROWS = [
    Row(1001, 1, "handling", "王某家噪音", NOW - 9000, class_name="噪音", community=HENGSHAN, due=NOW - 600),
    Row(1002, 1, "reported", "路灯不亮", NOW - 60, class_name="路灯", community=HANJIA, due=NOW + 600),
    Row(1003, 1, "handling", "未成年人案件", NOW, class_name="保密", due=NOW - 60, restricted=True),
]


async def nothing(*_asked: object) -> Any:  # noqa: ANN401  never answered
    raise AssertionError


@pytest.fixture
def make(qtbot: QtBot) -> Callable[..., WallView]:
    def wall(size: tuple[int, int] = (1920, 1080)) -> WallView:
        board = Board()
        board.replace(ROWS)
        found = WallView(board, lambda: NOW, nothing)
        found.reading.paused = True  # no loop runs here: what would be read is shown by hand
        qtbot.addWidget(found)
        found.resize(*size)
        found.show()
        found.show_today(document("incidents", 1))
        for key in PAGES[1:]:
            found.show_document(document(key))
        return found

    return wall


def beats(wall: WallView, seconds: float) -> None:
    """Let so many seconds pass on the wall."""
    for _ in range(round(seconds * 1000 / BEAT)):
        wall.beat()


def words(wall: WallView) -> str:
    return "\n".join(label.text() for label in wall._sheet.findChildren(QLabel))


def test_pages_turn_every_twenty_seconds_and_come_round(make: Callable[..., WallView]) -> None:
    wall = make()
    seen = []
    for _ in PAGES:
        seen.append(wall.page)
        for _ in range(TURN * 1000 // BEAT):
            wall.beat()
    assert tuple(seen) == PAGES
    assert wall.page == PAGES[0]
    wall.pin("operations")
    for _ in range(TURN * 1000 // BEAT + 1):
        wall.beat()
    assert wall.page == "operations"


def test_nobody_is_named_and_nothing_restricted_is_told(make: Callable[..., WallView]) -> None:
    shown = words(make())
    assert "恒山社区 · 噪音" in shown
    assert "韩家庄村 · 路灯" in shown
    assert "−10 分" in shown
    for secret in ("王某", "保密", "未成年", "1003"):
        assert secret not in shown


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_the_sheet_fits_so_that_every_letter_is_as_large_as_meant(
    tongue: str, make: Callable[..., WallView]
) -> None:
    language.use(tongue)
    wall = make()
    hint = wall._sheet.minimumSizeHint()
    assert hint.height() <= LINES
    assert hint.width() <= LINES * 16 // 9
    for label in wall._sheet.findChildren(QLabel):
        assert label.fontInfo().pixelSize() * 1080 / LINES >= 24, label.text()
    figures = [figure.value for figure in wall.overview.figures]
    assert [figure.text() for figure in figures][:2] == ["1,064", "1,064"]
    assert all(figure.fontInfo().pixelSize() * 1080 / LINES >= 96 for figure in figures)
    ranking = wall.overview.ranking
    assert isinstance(ranking, BarList)
    assert len(ranking.bars) == 2


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160)])
def test_it_is_drawn_at_the_screen_s_pixels(size: tuple[int, int], make: Callable[..., WallView]) -> None:
    wall = make(size)
    assert (wall._picture.width(), wall._picture.height()) == size
    picture = wall.grab().toImage()
    colours = {picture.pixelColor(x, size[1] // 5).rgb() for x in range(0, size[0], 3)}
    assert len(colours) > 8, "the figures are there, with soft edges"


def test_progress_line_and_escape(make: Callable[..., WallView], qtbot: QtBot) -> None:
    wall = make()
    for _ in range(TURN * 1000 // BEAT // 2):
        wall.beat()
    picture = wall.grab().toImage()
    assert picture.pixelColor(200, 0) != picture.pixelColor(1700, 0), "half of the time is over"
    with qtbot.waitSignal(wall.left):
        QTest.keyClick(wall, Qt.Key.Key_Escape)
    QTest.keyClick(wall, Qt.Key.Key_Right)
    assert wall.page == "incidents"


def test_a_failure_is_told_and_the_figures_stay(make: Callable[..., WallView]) -> None:
    wall = make()
    wall.reading.faults["overview"] = "数据库没有应答"
    beats(wall, 1)
    assert "数据库没有应答" in words(wall)
    assert "1,064" in words(wall)
    wall.reading.faults.clear()
    beats(wall, 1)
    assert "数据库没有应答" not in words(wall)
