"""Marks and names move with the ground and are arranged anew when the hand rests, never under it."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.map.chessboard import corner, drag, drawn, pixel, put, wheel
from ui.map.widget import MapView


def test_a_turn_of_the_wheel_keeps_the_marks_until_the_hand_rests(view: MapView, qtbot: QtBot) -> None:
    put(view, [(4.5, 4.4), (4.5, 4.5), (4.5, 4.6)], [0, 1, 2])
    drawn(view, qtbot)
    spot = pixel(view, 4.5, 4.5)
    wheel(view, spot, 6)
    view.repaint()
    assert not view.exact
    QTest.mouseMove(view, spot)
    assert view.card[0] == "此处 3 件"
    drawn(view, qtbot)
    assert view.card == ["1001 · 将超期"]
    with qtbot.waitSignal(view.incidentActivated) as activated:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 4.5, 4.6))
    assert activated.args == [1002]


def test_no_name_changes_its_place_while_the_map_is_dragged(view: MapView, qtbot: QtBot) -> None:
    put(view, [(0.31 * row, 0.29 * column) for row in range(25) for column in range(27)], [1] * 675)
    view.set_labels([(f"村庄{number}", *corner(number % 8, number % 7)) for number in range(50)])
    drawn(view, qtbot)
    before, start = {name.text: box.topLeft() for name, box in view.scene.names}, view.camera.view
    for _ in range(5):  # beyond the margin, so that the rest brings another sheet
        drag(view, QPoint(300, 300), QPoint(40, -24))
    for _rest in range(2):
        way = QPointF(*view.camera.view.to_pixels(*start.to_plane(0, 0)))
        assert way.manhattanLength() > 250
        after = {name.text: box.topLeft() for name, box in view.scene.names}
        both = before.keys() & after.keys()
        assert len(both) > 8
        moved = {text for text in both if (after[text] - before[text] - way).manhattanLength() > 0.01}
        assert moved == set()
        drawn(view, qtbot)


def test_marks_that_a_drag_brings_into_sight_come_when_it_rests(view: MapView, qtbot: QtBot) -> None:
    put(view, [(4.5, 4.5)], [2])
    wheel(view, pixel(view, 1.5, 1.5), 8)
    drawn(view, qtbot)
    bare = view.grab().toImage()
    for _ in range(7):
        drag(view, QPoint(500, 100), pixel(view, 1.5, 1.5) - pixel(view, 2, 2))
    shown = drawn(view, qtbot)
    assert shown != bare
    with qtbot.waitSignal(view.incidentActivated):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 4.5, 4.5))
