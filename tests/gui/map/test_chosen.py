"""Choosing on the map: frames round incidents by mouse and keys, rings and borders of what is chosen."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.geography.atlas import NOTHING
from tests.gui.map.chessboard import CODES, SIDE, drawn, pixel, put
from ui.map.chosen import Chosen
from ui.map.lasso import Lasso
from ui.map.widget import MapView

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
PLACES = [(1.5, 1.5), (2.5, 2.5), (2.5, 5.5), (6.5, 6.5)]


def drag(view: MapView, path: list[QPoint], held: Qt.KeyboardModifier) -> None:
    QTest.mousePress(view, LEFT, held, path[0])
    for place in path[1:]:
        QTest.mouseMove(view, place)
    QTest.mouseRelease(view, LEFT, held, path[-1])


def test_a_frame_by_shift_and_mouse_catches_what_is_inside_and_moves_nothing(
    view: MapView, qtbot: QtBot
) -> None:
    put(view, PLACES, [0] * 4)
    lasso, before = Lasso(view), view.camera.view
    with qtbot.waitSignal(lasso.caught) as caught:
        drag(view, [pixel(view, 1, 1), pixel(view, 2, 2), pixel(view, 3, 6)], SHIFT)
    assert sorted(view.within(caught.args[0])) == [1000, 1001, 1002]
    assert view.camera.view == before
    with qtbot.assertNotEmitted(lasso.caught):
        QTest.mousePress(view, LEFT, SHIFT, pixel(view, 1, 1))
        QTest.mouseMove(view, pixel(view, 3, 3))
        QTest.keyClick(view, Key.Key_Escape)
        QTest.mouseMove(view, pixel(view, 4, 4))
        QTest.mouseRelease(view, LEFT, SHIFT, pixel(view, 4, 4))


def test_a_free_line_leaves_out_what_lies_beside_it(view: MapView, qtbot: QtBot) -> None:
    put(view, PLACES, [0] * 4)
    lasso = Lasso(view)
    ring = [pixel(view, *place) for place in ((1, 1), (1, 6), (3, 6), (3, 5), (2, 4), (2, 1))]
    drawn_before = drawn(view, qtbot)
    QTest.mousePress(view, LEFT, SHIFT | CONTROL, ring[0])
    with qtbot.waitSignal(lasso.caught) as caught:
        for place in ring[1:]:
            QTest.mouseMove(view, place)
            assert drawn(view, qtbot) != drawn_before
        QTest.mouseRelease(view, LEFT, SHIFT | CONTROL, ring[-1])
    assert sorted(view.within(caught.args[0])) == [1000, 1002]


def test_a_frame_by_keys(view: MapView, qtbot: QtBot) -> None:
    put(view, PLACES, [0] * 4)
    lasso = Lasso(view)
    QTest.mouseMove(view, pixel(view, 1, 1))
    QTest.keyClick(view, Key.Key_Return)
    with qtbot.waitSignal(lasso.caught) as caught:
        for key in (Key.Key_Right, Key.Key_Up):
            for _ in range(10):
                QTest.keyClick(view, key, SHIFT)
        QTest.keyClick(view, Key.Key_Return)
    assert sorted(view.within(caught.args[0])) == [1000, 1001]
    assert view.cross.pointing


def test_ctrl_and_space_add_one_more(view: MapView, qtbot: QtBot) -> None:
    put(view, PLACES, [0] * 4)
    with qtbot.waitSignal(view.incidentToggled) as toggled:
        QTest.mouseClick(view, LEFT, CONTROL, pixel(view, 1.5, 1.5))
    assert toggled.args == [1000]
    with qtbot.waitSignal(view.gridToggled) as toggled:
        QTest.mouseClick(view, LEFT, CONTROL, pixel(view, 4.5, 4.5))
    assert toggled.args == [CODES[4 * SIDE + 4]]
    QTest.mouseMove(view, pixel(view, 4.5, 4.5))
    QTest.keyClick(view, Key.Key_Return)
    with qtbot.waitSignal(view.gridToggled):
        QTest.keyClick(view, Key.Key_Space)


def test_what_is_chosen_is_ringed_and_bordered(view: MapView, qtbot: QtBot) -> None:
    put(view, [*PLACES, *[(6.5, 2.5)] * 5], [0] * 9)
    chosen, plain = Chosen(view), drawn(view, qtbot)
    chosen.show(incidents=[1001, 1005, 1006])
    ringed = drawn(view, qtbot)
    assert len(view.spots(chosen.incidents)) == 2
    for place in ((2.5, 2.5), (6.5, 2.5)):
        edge = pixel(view, *place) + QPoint(12, 0)
        assert ringed.pixelColor(edge) != plain.pixelColor(edge)
    chosen.show(incidents=[], grids=[CODES[5 * SIDE + 5], "unknown"])
    edge = pixel(view, 5.5, 5)
    assert drawn(view, qtbot).pixelColor(edge) != plain.pixelColor(edge)
    view.set_grids(NOTHING)
    view.repaint()
