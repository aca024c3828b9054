"""What the map says: its card, and each state in words."""

import pytest
import shapely
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from console.geography.atlas import NOTHING
from console.language import say
from tests.gui.map.chessboard import CODES, SIDE, board, corner, drawn, grids, pixel, put, wheel
from ui.language import language
from ui.map.widget import MapView


def test_the_card_tells_grid_and_figure_or_incident_and_grade(view: MapView) -> None:
    put(view, [(1.5, 1.5), *[(6.5, 6.5)] * 4], [2, 0, 0, 1, 2])
    QTest.mouseMove(view, pixel(view, 4.5, 4.5))
    assert view.card == ["第36网格", "未结 0", CODES[36]]
    QTest.mouseMove(view, pixel(view, 1.5, 1.5))
    assert view.card == ["1000 · 已超期"]
    QTest.mouseMove(view, pixel(view, 6.5, 6.5))
    assert view.card[:2] == ["此处 4 件", "已超期 1 · 将超期 1 · 正常 2"]
    language.use("en")
    assert view.card[:2] == ["4 here", "1 overdue · 1 near due · 2 in time"]
    QTest.mouseMove(view, QPoint(3, 3))
    assert view.card == []


def test_without_grids_it_says_what_to_do_in_both_languages(qtbot: QtBot) -> None:
    view = MapView()
    qtbot.addWidget(view)
    view.show()
    assert view.state.notice == "正在绘制网格…"
    view.set_grids(NOTHING)
    assert "还没有网格图形" in view.state.notice
    language.use("en")
    assert "Import the outlines" in view.state.notice
    assert view.accessibleName() == "Grid map"


def test_old_data_is_marked_in_the_language_that_is_spoken(view: MapView, qtbot: QtBot) -> None:
    fresh = drawn(view, qtbot)
    view.state.show_stale(stale=True)
    assert (view.state.notice, view.state.fault) == ("", "数据未更新")
    assert drawn(view, qtbot) != fresh
    language.use("en")
    assert view.state.fault == "Data is not being updated"
    language.use("zh")
    view.state.show_stale(stale=False)
    assert drawn(view, qtbot) == fresh


def test_unreadable_shapes_are_told_beside_those_that_are_drawn(view: MapView, qtbot: QtBot) -> None:
    fine = drawn(view, qtbot)
    square = shapely.to_wkb(shapely.box(*corner(0, 0), *corner(SIDE, SIDE)))
    view.set_grids(grids({"drawn": square, "no outline": b"", "torn": b"no geometry"}))
    assert "有 1 个网格的图形无法识别" in view.state.fault
    assert drawn(view, qtbot) != fine


def test_a_failure_is_told_in_the_spoken_language_and_tried_again(
    view: MapView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MemoryError("no room")

    with monkeypatch.context() as broken:
        broken.setattr("ui.map.ground.rasterise", full)
        wheel(view, pixel(view, 4, 4), 3)
        view.repaint()
        qtbot.waitUntil(lambda: "地图没有画出来" in view.state.notice)
    language.use("en")
    assert "The map could not be drawn" in view.state.notice
    button = next(one for one in view.findChildren(QPushButton) if one.text() == say("map.retry"))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    drawn(view, qtbot)
    assert view.state.notice == ""


def test_a_window_may_close_while_it_draws(qtbot: QtBot) -> None:
    view = MapView()
    view.show()
    view.set_grids(board())
    gone: list[bool] = []
    view.destroyed.connect(lambda: gone.append(True))
    view.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))
