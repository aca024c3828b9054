"""The charts of a board: what they tell, and that each mark asks for exactly the cases it counts."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPicture
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.indicators.figures import Line, parse
from console.indicators.indicator import BOARDS
from tests.gui.board_documents import board_page, choose, document
from tests.gui.map.chessboard import wheel
from ui.boards.ask import Asked
from ui.boards.table import ranking_rows
from ui.boards.words import ranking_bars
from ui.charts.barlist import ROW, Bar, BarList
from ui.charts.graph import Graph
from ui.charts.spark import Spark
from ui.charts.surface import Surface
from ui.growth import grown
from ui.language import language


def test_every_mark_asks_for_its_own(qtbot: QtBot) -> None:
    page = board_page(qtbot)
    body = page.body
    with qtbot.waitSignal(body.asked) as told:
        QTest.mouseClick(body.ranking.chart, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
        assert choose(page, 1) == ["办结率 · 已办结", "办结率 · 应结", "办结率 · 未办结"]
    assert told.args == [Asked(("closing:of",), "130123101")]
    for chart, asked in (
        (body.charts["class"].chart, Asked(("received/class=类别0:of",))),
        (body.charts["course"].chart, Asked(("received:of",))),
        (body.charts["channel"].chart, Asked(("received/channel=phone:of",))),
    ):
        with qtbot.waitSignal(body.asked) as told:
            QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
        assert told.args == [asked]
        QTest.keyClick(chart, Qt.Key.Key_Down)
        with qtbot.waitSignal(body.asked):
            QTest.keyClick(chart, Qt.Key.Key_Return)


def test_a_ranking_gives_one_place_to_those_alike_and_none_for_a_few_cases() -> None:
    """In the window as on paper: 98.0 % of four cases stands behind 50.0 % of ten."""
    answer = document("incidents")
    answer["ranking"]["rows"] = [
        {"code": name, "name": name, "value": value, "numerator": 1, "denominator": of}
        for name, value, of in (
            ("甲", 0.98, 4),
            ("乙", 0.9, 10),
            ("丙", 0.9, 9),
            ("丁", 0.5, 10),
            ("戊", None, 0),
        )
    ]
    board = parse(answer)
    told = [bar.label.strip("\u2007") for bar in ranking_bars(board)]
    assert told == ["1  乙", "1  丙", "3  丁", "–  甲", "–  戊"]
    assert [row[0] for row in ranking_rows(board)][2:] == [1, 1, 3, None, None]


def test_what_follows_the_first_ten_stands_together(qtbot: QtBot) -> None:
    body = board_page(qtbot).body
    chart = body.charts["class"].chart
    assert isinstance(chart, BarList)
    last = chart.bars[-1]
    assert (last.label, last.text, last.second, last.role) == ("其余 4 项", "10", "100.0 %", "text3")
    assert chart.bars[0].second == "13.3 %", "14 of 14 + 13 + … + 1 = 105"
    qtbot.waitUntil(lambda: len(chart._shown) == len(chart.bars) == 11)
    with qtbot.waitSignal(body.asked) as told:
        chart.requested.emit(last.request)
    assert told.args == [Asked(tuple(f"received/class=类别{n}:of" for n in range(10, 14)))]


def test_a_list_that_cannot_move_says_how_much_it_leaves_out(qtbot: QtBot) -> None:
    chart = BarList()
    qtbot.addWidget(chart)
    chart.show_bars([Bar(f"乡镇{n}", 0.0, 0.5, str(n)) for n in range(12)])
    chart.resize(300, 10 * ROW)
    assert (len(chart._shown), chart._left_out) == (9, 3)
    chart.resize(300, 12 * ROW)
    assert (len(chart._shown), chart._left_out) == (12, 0)


def test_a_long_list_moves_by_wheel_and_keys(qtbot: QtBot) -> None:
    chart = BarList(whole=True)
    qtbot.addWidget(chart)
    chart.show_bars([Bar(f"乡镇{n}", 0.0, 0.5, str(n), request=f"closing@{n}") for n in range(30)])
    chart.resize(300, chart.minimumSizeHint().height())
    assert len(chart._shown) == 14, "it asks for room for so many, however many there are"
    for _ in range(30):
        QTest.keyClick(chart, Qt.Key.Key_Down)
    with qtbot.waitSignal(chart.requested) as asked:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert asked.args == ["closing@29"]
    for _ in range(29):
        QTest.keyClick(chart, Qt.Key.Key_Up)
    assert (chart._shown[0].text, chart._at) == ("0", 0)
    wheel(chart, QPoint(30, 30), -1)
    assert chart._shown[0].text == "3"
    with qtbot.waitSignal(chart.requested) as asked:
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    assert asked.args == ["closing@4"]
    assert not chart.grab().isNull()


def test_the_hours_of_a_week_are_walked_by_key(qtbot: QtBot) -> None:
    body = board_page(qtbot).body
    chart = body.charts["week"].chart
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right):
        QTest.keyClick(chart, key)
    assert chart.accessibleDescription() == "周一 01:00–02:00：13 件"
    with qtbot.waitSignal(body.asked) as told:
        QTest.keyClick(chart, Qt.Key.Key_Space)
    assert told.args == [Asked(("received/hour=1:of",))]
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.accessibleDescription() == "周二 01:00–02:00：0 件"
    with qtbot.assertNotEmitted(body.asked):
        QTest.keyClick(chart, Qt.Key.Key_Return)


def test_a_graph_tells_the_values_under_the_cursor(qtbot: QtBot) -> None:
    body = board_page(qtbot).body
    flow, shares = body.charts["flow"].chart, body.charts["shares"].chart
    assert isinstance(flow, Graph)
    assert isinstance(shares, Graph)
    assert flow.words_at(1) == "11-17\n接报：7\n结案：4"
    assert shares.words_at(1) == "11-17\n办结率：70 %\n按时率：40 %"


def test_an_axis_begins_with_zero_and_the_first_day(qtbot: QtBot) -> None:
    chart = board_page(qtbot).body.charts["flow"].chart
    assert isinstance(chart, Graph)
    chart.grab()
    assert axis_labels(chart, "left") == ["0", "2", "4", "6", "8"]
    assert axis_labels(chart, "bottom") == ["11-16", "11-17", "11-18"]


def axis_labels(chart: Graph, side: str) -> list[str]:
    """Return what is written at an axis."""
    axis = chart._plot._plot.getPlotItem().getAxis(side)  # type: ignore[union-attr]
    picture = QPicture()
    painter = QPainter(picture)
    texts = axis.generateDrawSpecs(painter)[2]
    painter.end()
    return [text for _box, _flags, text in texts]


@pytest.mark.parametrize("tongue", ["zh", "en"])
@pytest.mark.parametrize("key", BOARDS)
def test_every_figure_is_named_whole_in_the_smallest_window(qtbot: QtBot, key: str, tongue: str) -> None:
    language.use(tongue)
    page = board_page(qtbot, key, (1264, 900))
    qtbot.waitUntil(lambda: page.body.width() > 1200)
    names = {tile.indicator.name: tile._name.text() for tile in page.body.tiles.values()}
    assert names == dict(zip(names, names, strict=True))


def test_what_tells_of_less_than_a_step_is_dotted_and_says_so(qtbot: QtBot) -> None:
    """Three days at the beginning of weeks would look like a week of little."""
    surface = Surface()
    chart = Graph(None, surface)
    qtbot.addWidget(chart)
    chart.show_lines(
        ["10-01", "10-04", "10-11", "10-18"],
        [Line("received", (3, 9, 8, 2))],
        ["接报"],
        cut=frozenset({0, 3}),
    )
    solid, dotted = Qt.PenStyle.SolidLine, Qt.PenStyle.DotLine
    drawn = [([*line.y], line.style) for line in surface._curves]
    assert drawn == [([9, 8], solid), ([3, 9], dotted), ([8, 2], dotted)]
    assert [chart.words_at(step).split("\n")[0] for step in (0, 1)] == ["10-01（不完整）", "10-04"]


def test_a_share_of_few_cases_is_a_hollow_dot_and_joins_nothing(qtbot: QtBot) -> None:
    surface = Surface()
    chart = Graph(None, surface)
    qtbot.addWidget(chart)
    rate = Line("closing", (0.9, 0.0, 0.8, 0.7, None, 0.5), (10, 2, 10, 10, 0, 6))
    chart.show_lines([*"一二三四五六"], [rate], ["办结率"], percent=True, cut=frozenset({5}))
    solid, dotted = Qt.PenStyle.SolidLine, Qt.PenStyle.DotLine
    drawn = [([*line.x], [*line.y], line.style) for line in surface._curves]
    assert [(y, style) for _, y, style in drawn] == [([90, 90], solid), ([80, 70], solid), ([50, 50], dotted)]
    assert drawn[1][0] == [2, 3]
    assert [(x, y) for x, y, _ in surface._dots] == [([1], [0])], "two of two late: no fall of the rate"
    assert chart.words_at(1) == "二\n办结率：0 %（只有 2 件）"
    assert chart.words_at(2) == "三\n办结率：80 %"
    page = board_page(qtbot)
    answer = document("incidents")
    next(one for one in answer["series"] if one["key"] == "shares")["lines"][0]["of"] = [9, 4, 9]
    page.show_document(answer)
    assert page.body.charts["shares"]._note.text() == "○ 不足 5 件，不连线"


def test_a_step_of_a_trend_asks_for_exactly_its_cases(qtbot: QtBot) -> None:
    body = board_page(qtbot).body
    day = date(2026, 11, 17)
    assert body.step_choices("flow", 1) == [
        (Asked(("received",), days=1, until=day), "接报 7 件"),
        (Asked(("closed",), days=1, until=day), "结案 4 件"),
    ]
    assert body.step_choices("shares", 1)[0] == (
        Asked(("closing:hit",), days=2, less=1),
        "办结率 · 已办结",
    ), "met by now: all from the day on, less those of the days after it"
    assert [asked for asked, _ in body.step_choices("shares", 2)][-1] == Asked(("on_time:rest",), days=1)
    chart = body.charts["flow"].chart
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert "结案：1" in chart.accessibleDescription()


def test_low_is_first_where_low_is_good(qtbot: QtBot) -> None:
    page = board_page(qtbot)
    answer = document("incidents")
    names = [("a", "甲镇", 0.2), ("b", "乙镇", 0.1), ("c", "丙镇", None)]
    answer["ranking"] = {
        "figure": "rework",
        "rows": [
            {"code": code, "name": name, "value": value, "numerator": 1, "denominator": 9 if value else 0}
            for code, name, value in names
        ],
    }
    page.show_document(answer)
    chart = page.body.ranking.chart
    assert isinstance(chart, BarList)
    assert [bar.label[-2:] for bar in chart.bars] == ["乙镇", "甲镇", "丙镇"]
    offered = [page.body.rank_by.itemData(index) for index in range(page.body.rank_by.count())]
    assert "received" in offered
    assert "to_close" not in offered, "a median is of no place's sums"
    page.body.rank_by.setCurrentIndex(offered.index("open"))
    with qtbot.waitSignal(page.body.rankingChosen) as chosen:
        page.body.rank_by.activated.emit(offered.index("open"))
    assert chosen.args == ["open"]


def test_a_small_line_that_never_changes_stands_at_its_height(qtbot: QtBot) -> None:
    line = Spark()
    qtbot.addWidget(line)
    line.resize(100, 30)
    heights = {}
    for value in (0.0, 1.0):
        line.show_values((value, value, value))
        heights[value] = {point.y() for run in line._runs() for point in run}
    assert heights == {0.0: {27.0}, 1.0: {3.0}}, "a hundred percent at the top, nothing at the foot"


def test_the_last_label_of_an_axis_has_room(qtbot: QtBot) -> None:
    for size in ((1280, 660), (3824, 2095)):
        chart = board_page(qtbot, size=size).body.charts["flow"].chart
        assert isinstance(chart, Graph)
        plot = chart._plot.widget
        lines = plot.getPlotItem().vb  # type: ignore[attr-defined]
        half = QFontMetricsF(grown(chart, "small")).horizontalAdvance("12-31") / 2
        qtbot.waitUntil(lambda: plot.width() - lines.sceneBoundingRect().right() >= half)  # noqa: B023
