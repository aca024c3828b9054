"""A view that obeys the hand: drags, wheel, keys, and nothing that moves it from under them."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.map.chessboard import CODES, SIDE, drag, drawn, pixel, put, wheel
from ui.map import furniture
from ui.map.widget import MapView
from ui.theme import theme


def test_a_drag_moves_the_picture_at_once_and_exactly(view: MapView, qtbot: QtBot) -> None:
    before, picture = drawn(view, qtbot), view.scene.ground.picture
    drag(view, QPoint(300, 300), QPoint(37, -21))
    after = view.grab().toImage()
    assert view.scene.ground.picture is picture
    for place in (QPoint(200, 300), QPoint(310, 250), QPoint(251, 402)):
        assert after.pixelColor(place + QPoint(37, -21)) == before.pixelColor(place)


def test_a_far_drag_is_drawn_anew(view: MapView, qtbot: QtBot) -> None:
    for _ in range(3):
        drag(view, QPoint(100, 300), QPoint(150, 0))
    drawn(view, qtbot)
    with qtbot.waitSignal(view.gridActivated) as activated:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 5.5, 0.5))
    assert activated.args == [CODES[5 * SIDE]]


def test_a_drag_is_no_click(view: MapView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.gridActivated):
        drag(view, QPoint(300, 300), QPoint(30, 30))


def test_the_wheel_keeps_the_place_under_the_cursor(view: MapView, qtbot: QtBot) -> None:
    at = pixel(view, 2.25, 6.25)
    place = view.camera.view.to_plane(at.x(), at.y())
    wheel(view, at, 5)
    assert view.camera.view.to_plane(at.x(), at.y()) == pytest.approx(place, abs=0.01)
    near = drawn(view, qtbot)
    assert near.pixelColor(at) == theme.color(f"choropleth{(2 * SIDE + 6) % 6}")
    wheel(view, at, -5)
    assert pixel(view, 2.25, 6.25) == at


def test_keys_move_the_map_and_home_shows_everything(view: MapView) -> None:
    start = view.camera.view
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.camera.view.x > start.x
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.camera.view.y > start.y
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.camera.view.scale < start.scale
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.camera.view.scale > start.scale
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.camera.view == start


def test_the_legend_covers_no_grid_when_everything_is_shown(view: MapView) -> None:
    assert not view.scene.legend.box(view.camera.view).contains(QPointF(pixel(view, 0, 0)))


def test_the_legend_folds_by_key_and_click_and_never_covers_the_scale(view: MapView) -> None:
    view.resize(320, 700)
    legend, here = view.scene.legend, view.camera.view
    whole = legend.box(here)
    assert not furniture.scale_box(here, whole).intersects(whole)
    QTest.keyClick(view, Qt.Key.Key_T)
    folded = legend.box(view.camera.view)
    assert folded.height() < whole.height() / 3
    assert furniture.scale_box(view.camera.view, folded).bottom() == folded.bottom()
    head = legend.head(view.camera.view).center().toPoint()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=head)
    assert legend.box(view.camera.view) == whole


def test_a_resized_window_shows_everything_until_a_hand_has_moved_it(view: MapView, qtbot: QtBot) -> None:
    view.resize(400, 500)
    assert all(view.rect().contains(pixel(view, *ends)) for ends in ((0, 0), (SIDE, SIDE)))
    wheel(view, QPoint(200, 200), 3)
    scale = view.camera.view.scale
    view.resize(500, 600)
    assert view.camera.view.scale == scale
    drawn(view, qtbot)


def test_an_incident_out_of_sight_is_centred_unless_a_hand_has_just_moved_the_view(view: MapView) -> None:
    put(view, [(0.5, 0.5), (7.5, 7.5)], [0, 0])
    wheel(view, pixel(view, 7.5, 7.5), 12)
    held = view.camera.view
    view.show_incident(1000)
    assert view.camera.view == held
    view.camera.follow()
    view.show_incident(1000)
    assert pixel(view, 0.5, 0.5) == QPoint(295, 370)
    assert view.camera.view.scale == held.scale


def test_an_incident_in_sight_moves_nothing(view: MapView) -> None:
    put(view, [(4.5, 5.5)], [0])
    before = view.camera.view
    view.show_incident(1000)
    view.show_incident(99)
    assert view.camera.view == before
