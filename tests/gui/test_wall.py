"""The wall: large, in turn, alive, and without anybody's data."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.feed.board import Board
from console.feed.board_row import Row
from console.indicators import figures
from tests.gui.board_documents import document
from ui.charts.barlist import BarList
from ui.charts.tile import Tile
from ui.language import language
from ui.preferences import preferences
from ui.theme import theme
from ui.wall.figures import WallFigure
from ui.wall.pages import PAGES
from ui.wall.rows import Rows
from ui.wall.sheet import LINES
from ui.wall.view import BEAT, STEP, WallView

NOW = datetime.fromisoformat("2026-11-18T20:26:40+08:00").timestamp()
NIGHT = datetime.fromisoformat("2026-11-18T22:00:00+08:00").timestamp()
HENGSHAN, HANJIA = "恒山社区居民委员会", "韩家庄村民委员会"
ROWS = [
    Row(1001, 1, "handling", "王某家噪音", NOW - 9000, class_name="噪音", community=HENGSHAN, due=NOW - 600),
    Row(1002, 1, "reported", "路灯不亮", NOW - 60, class_name="路灯", community=HANJIA, due=NOW + 600),
    Row(1003, 1, "handling", "未成年人案件", NOW, class_name="保密", due=NOW - 60, restricted=True),
]
SEEN = [{"from_status": None, "to_status": "reported", "at": NOW - 9000, "actor": "王小明"}]
TURN = preferences.settings.wall_seconds


class Answers:
    """What the wall reads; ``now`` is the server's time."""

    def __init__(self) -> None:
        self.now = NOW

    async def board(self, board: str, _organisation: str | None, days: int, /) -> dict[str, Any]:
        return document(board, days)

    async def timeline(self, _number: int, /) -> list[dict[str, Any]]:
        return SEEN


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def make(qtbot: QtBot, answers: Answers) -> Callable[..., WallView]:
    def wall(size: tuple[int, int] = (1920, 1080)) -> WallView:
        board = Board()
        board.replace(ROWS)
        found = WallView(board, lambda: answers.now, answers)
        found.reading.paused = True  # no loop runs here: what would be read is shown by hand
        qtbot.addWidget(found)
        found.resize(*size)
        found.show()
        found.content.show_today(document("incidents", 1))
        for key in PAGES[3:]:
            found.content.show_document(document(key))
        found.sheet.draw()
        return found

    return wall


def beats(wall: WallView, seconds: float) -> None:
    """Let so many seconds pass on the wall."""
    for _ in range(round(seconds * 1000 / BEAT)):
        wall.beat()
        for _ in range(BEAT // STEP):
            wall.sheet.step()


def words(wall: WallView) -> str:
    """Return all that the sheet says, on whatever page."""
    page = wall.sheet.page
    labels = [label.text() for label in page.findChildren(QLabel)]
    drawn = [rows.accessibleDescription() for rows in page.findChildren(Rows)]
    return "\n".join([*labels, *drawn, *wall.content.overview.way.words()])


def test_pages_turn_by_themselves_until_one_is_held(make: Callable[..., WallView], qtbot: QtBot) -> None:
    wall, seen = make((960, 540)), []
    for _ in PAGES:
        seen.append(wall.page)
        beats(wall, TURN)
    assert tuple(seen) == PAGES
    assert wall.page == PAGES[0]
    QTest.keyClick(wall, Qt.Key.Key_Right)
    QTest.keyClick(wall, Qt.Key.Key_P)
    beats(wall, TURN + 1)
    assert wall.page == PAGES[1]
    QTest.mouseClick(wall, Qt.MouseButton.LeftButton)
    beats(wall, TURN)
    assert wall.page == PAGES[2]
    QTest.keyClick(wall, Qt.Key.Key_5)
    assert wall.page == PAGES[4]
    wall.rotate(("overdue", "map"))
    beats(wall, 2 * TURN)
    assert wall.page == "overdue"
    with qtbot.waitSignal(wall.left):
        QTest.keyClick(wall, Qt.Key.Key_Escape)


def test_nobody_is_named_and_nothing_restricted_is_told(make: Callable[..., WallView]) -> None:
    wall, told = make((960, 540)), ""
    for page in PAGES:
        wall.pin(page)
        told += words(wall)
    assert "恒山社区 · 噪音" in told
    assert "韩家庄村 · 路灯" in told
    assert "−10 分" in told
    for secret in ("王某", "保密", "未成年", "1003", "不亮"):
        assert secret not in told


def test_a_case_is_told_by_what_the_catalogue_calls_its_kind(make: Callable[..., WallView]) -> None:
    wall = make((960, 540))
    wall.content.cases.kind = {"噪音": "Noise", "路灯": "Street lights"}.__getitem__
    wall.pin("overview")
    assert "恒山社区 · Noise" in words(wall)
    assert "1002 Street lights" in words(wall)
    wall.pin("overdue")
    assert "1001 Noise 恒山社区" in words(wall)


@pytest.mark.parametrize(("tongue", "against"), [("zh", "较"), ("en", "vs ")])
def test_every_change_says_to_what(make: Callable[..., WallView], tongue: str, against: str) -> None:
    language.use(tongue)
    wall = make()
    for page in PAGES:
        wall.show_page(page)
        wall.sheet.draw()
        shown = wall.sheet.page
        tiles = [*shown.findChildren(WallFigure), *shown.findChildren(Tile)]
        labels = [label for tile in tiles for label in tile.findChildren(QLabel) if label.isVisibleTo(shown)]
        assert not [label.text() for label in labels if label.width() < label.sizeHint().width()], page
        changes = [label.text() for label in labels if "↑" in label.text()]
        assert bool(changes) is bool(labels), page
        assert all(against in text for text in changes), page


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_the_sheet_fits_so_that_every_letter_is_as_large_as_meant(
    tongue: str, make: Callable[..., WallView]
) -> None:
    language.use(tongue)
    wall = make()
    for page in PAGES:
        wall.pin(page)
        hint = wall.sheet.page.minimumSizeHint()
        assert hint.height() <= LINES, page
        assert hint.width() <= LINES * 16 // 9, page
    for label in wall.sheet.page.findChildren(QLabel):
        assert label.fontInfo().pixelSize() * 1080 / LINES >= 24, label.text()
    overview = wall.content.overview
    figures = [figure.value for figure in overview.figures]
    assert [figure.text() for figure in figures][:2] == ["1,064", "1,064"]
    assert all(figure.fontInfo().pixelSize() * 1080 / LINES >= 96 for figure in figures)
    assert isinstance(overview.ranking, BarList)
    assert len(overview.ranking.bars) == 2


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160)])
def test_it_is_drawn_at_the_screen_s_pixels(size: tuple[int, int], make: Callable[..., WallView]) -> None:
    wall = make(size)
    assert (wall.sheet.picture.width(), wall.sheet.picture.height()) == size
    picture = wall.grab().toImage()
    colours = {picture.pixelColor(x, size[1] // 6).rgb() for x in range(0, size[0], 3)}
    assert len(colours) > 8, "the figures are there, with soft edges"


def test_drawn_part_by_part_it_looks_as_drawn_at_once(make: Callable[..., WallView]) -> None:
    wall = make()
    wall.pin("incidents")
    wall.content.show_document(changed(document("incidents")))
    beats(wall, 3)
    by_parts = pixels(wall)
    wall.sheet.draw()
    assert np.abs(by_parts - pixels(wall)).max() <= 2, "an edge that two pieces share may be rounded twice"


def pixels(wall: WallView) -> "np.ndarray[tuple[int], np.dtype[np.int16]]":
    return np.frombuffer(wall.sheet.picture.toImage().constBits(), np.uint8).astype(np.int16)


def changed(found: dict[str, Any]) -> dict[str, Any]:
    """Return a board with one more in every value of its charts, and other figures."""
    for line in (line for series in found["series"] for line in series["lines"]):
        line["values"] = [value + 1 for value in line["values"]]
    for figure in found["figures"]:
        figure["value"] *= 0.9
    return found


def test_what_has_not_changed_is_not_drawn_again(make: Callable[..., WallView]) -> None:
    wall = make((960, 540))
    wall.pin("incidents")
    beats(wall, 3)
    drawn = wall.sheet.picture.cacheKey()
    wall.content.show_document(document("incidents"))
    beats(wall, 3)
    assert wall.sheet.picture.cacheKey() == drawn
    wall.content.show_document(changed(document("incidents")))
    beats(wall, 3)
    assert wall.sheet.picture.cacheKey() != drawn


def test_a_chart_without_data_says_so_and_one_value_alone_is_seen(make: Callable[..., WallView]) -> None:
    wall = make()
    wall.pin("incidents")
    body = wall.content.bodies["incidents"]
    empty = document("incidents")
    for line in (line for series in empty["series"] for line in series["lines"]):
        line["values"] = [None for _ in line["values"]]
    body.show_board(figures.parse(empty))
    for panel in body.charts.values():
        assert panel.chart.isHidden()
        assert "暂无数据" in [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    alone = document("incidents")
    flow = next(series for series in alone["series"] if series["key"] == "flow")
    for place, line in enumerate(flow["lines"]):
        line["values"] = [None, None, 5 + place]
    body.show_board(figures.parse(alone))
    picture = body.charts["flow"].chart.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(30, picture.height())}
    assert theme.color("category0").rgb() in colours


def test_the_progress_line_tells_when_the_page_turns(make: Callable[..., WallView]) -> None:
    wall = make((960, 540))
    beats(wall, TURN / 2)
    picture = wall.grab().toImage()
    assert picture.pixelColor(100, 0) != picture.pixelColor(850, 0), "half of the time is over"


def brightness(wall: WallView) -> int:
    """Return how bright the brightest of the first figure is."""
    picture = wall.grab().toImage()
    box = wall.content.overview.figures[0].geometry()
    return max(
        QColor(picture.pixel(x, y)).value()
        for x in range(box.left() + 10, box.left() + 90)
        for y in range(box.top() + 60, box.top() + 90)
    )


def test_it_is_darker_at_night_by_the_server_s_clock_and_by_key(
    make: Callable[..., WallView], answers: Answers
) -> None:
    wall = make((960, 540))
    wall.pin("overview")
    day = brightness(wall)
    answers.now = NIGHT
    beats(wall, 1)
    night = brightness(wall)
    assert night < day * 0.7
    QTest.keyClick(wall, Qt.Key.Key_N)
    assert brightness(wall) == day
    answers.now = NIGHT + 8 * 3600  # 06:00: whatever a hand wished has passed with the night
    assert brightness(wall) == day
    QTest.keyClick(wall, Qt.Key.Key_N)
    assert brightness(wall) == night


def test_a_key_shows_the_keys_until_they_fade(make: Callable[..., WallView]) -> None:
    wall = make((960, 540))
    assert "P 固定" in wall.hint.text
    beats(wall, 6)
    assert wall.hint.strength == 0
    QTest.keyClick(wall, Qt.Key.Key_H)
    assert wall.hint.strength == 1
    language.use("en")
    assert "P hold" in wall.hint.text
    beats(wall, 5.5)
    assert 0 < wall.hint.strength < 1


def test_a_failure_is_told_and_the_figures_stay(make: Callable[..., WallView]) -> None:
    wall = make((960, 540))
    wall.reading.faults["overview"] = "数据库没有应答"
    beats(wall, 1)
    assert "数据库没有应答（数字截至" in words(wall)
    assert "1,064" in words(wall)
    wall.reading.faults.clear()
    beats(wall, 1)
    assert "数据库没有应答" not in words(wall)
