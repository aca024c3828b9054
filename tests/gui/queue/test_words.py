"""What the queue says and shows: states, times, hostile texts, and only what is seen is painted."""

from math import nan

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.queue.stage import NOW, ROW, board_of, button, row, said, settle
from ui.language import language
from ui.queue.cells import hover_text
from ui.queue.panel import QueuePanel, State
from ui.queue.times import remaining
from ui.theme import theme


def test_each_state_is_worded(panel: QueuePanel, qtbot: QtBot) -> None:
    panel.set_state(State.STALE, NOW)
    assert any("正在重连" in text for text in said(panel))
    panel.set_state(State.LIVE)
    assert not any("正在重连" in text for text in said(panel))
    board_of(panel).replace([])
    assert "此刻没有未结事件" in said(panel)
    panel.set_state(State.LOADING)
    assert "正在读取事件…" in said(panel)
    panel.set_state(State.FAILED)
    assert "事件没有读到" in said(panel)
    with qtbot.waitSignal(panel.retry):
        QTest.mouseClick(button(panel, "立即重试"), Qt.MouseButton.LeftButton)


def test_language_and_theme_change_while_shown(panel: QueuePanel) -> None:
    panel.select(30)
    corner = QPoint(4, 3)
    for name in ("light", "contrast", "dark"):
        theme.use(name)
        pixel = panel.list.viewport().grab().toImage().pixelColor(corner)
        assert pixel.name() == theme.color("panel").name()
    language.use("en")
    assert {"Incidents", "66"} <= set(said(panel))
    assert panel.search.accessibleName().startswith("Search")


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (72, "72 秒"),
        (18 * 60, "18 分"),
        (-26 * 60, "−26 分"),
        (-70, "−70 秒"),
        (160 * 60, "2时40分"),
        (3 * 86400 + 5, "3 天"),
        (nan, "—"),
    ],
)
def test_times_are_relative_and_say_their_unit(left: float, text: str) -> None:
    assert remaining(NOW + left, NOW) == text


def test_listeners_hear_the_selected_row(panel: QueuePanel) -> None:
    panel.select(2)
    assert panel.list.accessibleDescription() == "2，路灯不亮2，南楼乡，处置中，20 分"
    assert panel.list.accessibleName() == "事件列表"


def test_who_holds_and_who_looks_is_told_to_those_who_listen_or_point(panel: QueuePanel) -> None:
    board_of(panel).apply([row(2, version=2, claim_by="周宁", claim_until=NOW + 60)])
    panel.select(2)
    panel.list.show_lookers({2: ["林<b>悦", "陈晨", "何静"], 9: ["林悦"]})
    told = panel.list.accessibleDescription()
    assert told.endswith("20 分，周宁 已领取，林<b>悦、陈晨等 3 人正在看")
    tip = hover_text(row(2), ["林<b>悦", "陈晨"])
    assert "林&lt;b&gt;悦、陈晨 正在看" in tip
    panel.list.show_lookers({})
    assert panel.list.accessibleDescription().endswith("已领取")


HOSTILE = [  # as it is typed, as it is read
    ("<b>粗</b><img src=x>", "<b>粗</b><img src=x>"),
    ("a\u202eb\x07\nc\u200bd", "a b  c d"),
    ("字" * 1_000_000, "字" * 200),
    ("井盖\ud800缺失", "井盖 缺失"),
    ("积水😀\u2066<", "积水😀 <"),
]


@pytest.mark.parametrize(("typed", "read"), HOSTILE, ids=["markup", "controls", "megabyte", "half", "emoji"])
def test_hostile_text_is_painted_told_and_heard_as_text(panel: QueuePanel, typed: str, read: str) -> None:
    before = painted(panel, "")
    picture = painted(panel, typed)
    assert picture == painted(panel, read) != before
    cell = next(cell for cell in panel.list.strips._cells if cell.column.name == "title")
    whole = QFontMetrics(theme.font("base")).horizontalAdvance(read)
    ends = inked(picture.copy(cell.x, 0, cell.width, ROW))
    assert abs(ends - min(whole, cell.width)) <= ROW / 2, "as long as its letters: no markup is taken for one"
    panel.select(400)
    assert f"400，{read}，" in panel.list.accessibleDescription()
    tip = QTextDocument()
    tip.setHtml(hover_text(row(400, title=typed)))
    assert tip.toPlainText().splitlines()[0] == " ".join(f"400 · {read}".split())


def painted(panel: QueuePanel, title: str) -> QImage:
    """Return the picture of a row with ``title`` and nothing else that differs."""
    board_of(panel).replace([row(400, title=title)])
    settle()
    return panel.list.viewport().grab(QRect(0, 0, panel.list.viewport().width(), ROW)).toImage()


def inked(picture: QImage) -> int:
    """Return how far from the left a picture has more than its ground."""
    ground = picture.pixel(picture.width() - 1, 0)
    wide, high = picture.width(), picture.height()
    return 1 + max(x for x in range(wide) if any(picture.pixel(x, y) != ground for y in range(2, high - 2)))


def test_only_rows_that_are_seen_are_painted(panel: QueuePanel) -> None:
    board_of(panel).apply([row(number) for number in range(1000, 3000)])
    panel.list.grab()
    made = panel.list.strips.made
    board_of(panel).apply([row(number, version=2) for number in range(1500, 2500)])
    panel.list.grab()
    assert panel.list.strips.made == made
    board_of(panel).apply([row(3, version=2, title="改了")])
    panel.list.grab()
    assert panel.list.strips.made == made + 1
