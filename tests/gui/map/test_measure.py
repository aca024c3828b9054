"""Measuring and pointing by mouse and keys: every click has a key that does the same."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.geography import geodesic
from tests.gui.map.chessboard import CODES, SIDE, corner, drag, drawn, pixel
from ui.language import language
from ui.map.hand import Hand
from ui.map.widget import MapView

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


def hand(view: MapView) -> Hand:
    found = view.findChild(Hand)
    assert isinstance(found, Hand)
    return found


def test_a_path_is_measured_by_clicks_taken_back_copied_and_left(view: MapView, qtbot: QtBot) -> None:
    measure, plain = hand(view).measure, drawn(view, qtbot)
    QTest.keyClick(view, Key.Key_M)
    with qtbot.assertNotEmitted(view.gridActivated):
        for place in ((2, 2), (2, 6), (6, 6), (7, 1)):
            QTest.mouseClick(view, LEFT, pos=pixel(view, *place))
    assert view.card == [], "no card covers the path"
    QTest.keyClick(view, Key.Key_Backspace)
    ring = [corner(2, 2), corner(2, 6), corner(6, 6)]
    metres, square = geodesic.length(ring), geodesic.area(ring)
    long, wide = (float(part.split()[0]) for part in measure.result.split("，围合 "))
    assert long == pytest.approx(metres / 1000, rel=0.01)
    assert wide == pytest.approx(square / 1e6, rel=0.01)
    assert drawn(view, qtbot) != plain
    with qtbot.waitSignal(hand(view).told) as told:
        QTest.keyClick(view, Key.Key_Escape)
    said = QGuiApplication.clipboard().text()
    assert told.args == [f"已复制：{said}"]
    assert "公里，围合" in said
    assert not measure.active
    with qtbot.waitSignal(view.gridActivated):
        QTest.mouseClick(view, LEFT, pos=pixel(view, 2.5, 2.5))
    QTest.mouseMove(view, pixel(view, 2.6, 2.6))
    assert view.card


def test_the_map_may_be_dragged_between_two_points(view: MapView) -> None:
    measure = hand(view).measure
    QTest.keyClick(view, Key.Key_M)
    QTest.mouseClick(view, LEFT, pos=pixel(view, 2, 2))
    drag(view, QPoint(300, 300), QPoint(50, 20))
    view.glide.stop()
    assert len(measure.points) == 1
    assert pixel(view, 2, 2) == QPoint(*map(round, view.camera.view.to_pixels(*measure.points[0])))
    QTest.mouseDClick(view, LEFT, pos=pixel(view, 3, 3))
    assert not measure.active


def test_short_lengths_and_small_areas_in_both_languages(view: MapView) -> None:
    measure = hand(view).measure
    measure.turn()
    x, y = view.camera.view.x, view.camera.view.y
    measure.points = [(x, y), (x + 100, y), (x + 100, y + 100)]
    assert "亩）" in measure.result
    language.use("en")
    assert measure.result.endswith("mu)")
    assert " m, encloses " in measure.result


def test_the_cross_points_clicks_and_measures_without_a_mouse(view: MapView, qtbot: QtBot) -> None:
    plain = drawn(view, qtbot)
    QTest.keyClick(view, Key.Key_Return)
    assert view.cross.at == QPointF(view.width() / 2, view.height() / 2)
    assert drawn(view, qtbot) != plain
    QTest.keyClick(view, Key.Key_Right)
    QTest.keyClick(view, Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert view.cross.at == QPointF(view.width() / 2 + 12, view.height() / 2 - 1)
    assert view.card[0].startswith("第")
    with qtbot.waitSignal(view.gridActivated) as activated:
        QTest.keyClick(view, Key.Key_Return)
    assert activated.args[0] in (CODES[4 * SIDE + 4], CODES[3 * SIDE + 4])
    QTest.keyClick(view, Key.Key_M)
    QTest.keyClick(view, Key.Key_Return)
    QTest.keyClick(view, Key.Key_Left)
    QTest.keyClick(view, Key.Key_Return)
    assert len(hand(view).measure.points) == 2
    QTest.keyClick(view, Key.Key_Escape)
    assert (hand(view).measure.active, view.cross.pointing) == (False, False)


def test_at_the_edge_the_map_moves_below_the_cross(view: MapView) -> None:
    QTest.keyClick(view, Key.Key_Return)
    before = view.camera.view.x
    for _ in range(30):
        QTest.keyClick(view, Key.Key_Right)
    assert view.cross.at is not None
    assert view.cross.at.x() == view.width() - 40
    assert view.camera.view.x > before


def test_choosing_a_place_for_a_report_ends_a_measuring(view: MapView) -> None:
    QTest.keyClick(view, Key.Key_M)
    heard: list[tuple[float, ...]] = []

    def taken(*place: float) -> None:
        heard.append(place)

    view.picker.start(taken, lambda: heard.append(()))
    assert not hand(view).measure.active
    QTest.mouseClick(view, LEFT, pos=pixel(view, 2.5, 2.5))
    assert heard == [pytest.approx(corner(2.5, 2.5), abs=1e-4)]
    for ended in (Key.Key_Escape, Key.Key_M):  # by hand, and by what takes the clicks instead
        view.picker.start(taken, lambda: heard.append(()))
        QTest.keyClick(view, ended)
        assert not view.picker.picking
    assert heard[1:] == [(), ()]
    view.picker.start(taken, lambda: heard.append(()))
    view.picker.stop(taken)
    assert (len(heard), view.picker.picking) == (3, False)
