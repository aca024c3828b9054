"""The hand on the map: fingers, keys and mouse buttons; a view that is let be until it is asked to follow."""

import itertools
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.map.chessboard import drag, pixel, put, wheel
from ui.map.hand import Hand
from ui.map.widget import MapView
from ui.theme import theme

ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


def hand(view: MapView) -> Hand:
    found = view.findChild(Hand)
    assert isinstance(found, Hand)
    return found


def pinch(view: MapView, at: QPoint, value: float) -> None:
    kind, pad = Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice()
    place, nothing = QPointF(at), QPointF()
    around = view.mapToGlobal(place)
    QApplication.sendEvent(view, QNativeGestureEvent(kind, pad, 2, place, place, around, value, nothing))


def test_a_pinch_on_a_pad_goes_nearer_about_the_fingers(view: MapView) -> None:
    at, scale = pixel(view, 2.25, 6.25), view.camera.view.scale
    pinch(view, at, 0.5)
    assert (pixel(view, 2.25, 6.25) - at).manhattanLength() < 2
    assert view.camera.view.scale < scale
    pinch(view, at, -0.5)
    assert view.camera.view.scale == pytest.approx(scale)


def test_fingers_on_a_screen_tap_drag_and_pinch(view: MapView, qtbot: QtBot) -> None:
    screen, at = QTest.createTouchDevice(), pixel(view, 4.5, 4.5)
    with qtbot.waitSignal(view.gridActivated):
        QTest.touchEvent(view, screen).press(0, at).commit()
        QTest.touchEvent(view, screen).release(0, at).commit()
    scale, one, two = view.camera.view.scale, at + QPoint(40, 30), at + QPoint(140, 30)
    QTest.touchEvent(view, screen).press(0, at).commit()
    QTest.touchEvent(view, screen).move(0, one).commit()
    assert pixel(view, 4.5, 4.5) == one
    assert view.camera.view.scale == scale
    with qtbot.assertNotEmitted(view.gridActivated):
        QTest.touchEvent(view, screen).move(0, one).press(1, two).commit()
        QTest.touchEvent(view, screen).move(0, one).move(1, two + QPoint(100, 0)).commit()
        QTest.touchEvent(view, screen).release(0, one).release(1, two + QPoint(100, 0)).commit()
    assert view.camera.view.scale == pytest.approx(scale / 2)
    assert abs(pixel(view, 4.5, 4.5).x() - one.x()) < 4  # under the finger that stays


def test_a_map_let_go_in_motion_glides_on_unless_motion_is_left_out(
    view: MapView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = itertools.count(0.0, 0.016)  # a machine that keeps up
    monkeypatch.setattr("ui.map.glide.time", SimpleNamespace(monotonic=lambda: next(frames)))
    drag(view, QPoint(300, 300), QPoint(60, 0))
    assert view.glide.moving
    here = view.camera.view.x
    qtbot.waitUntil(lambda: not view.glide.moving)
    assert view.camera.view.x < here
    theme.settle("normal", still=True)
    try:
        drag(view, QPoint(300, 300), QPoint(60, 0))
        assert not view.glide.moving
    finally:
        theme.settle("normal", still=False)


def test_back_and_forward_by_keys_and_mouse_buttons_without_a_rest_between(view: MapView) -> None:
    first = view.camera.view
    wheel(view, QPoint(200, 200), 4)
    second = view.camera.view
    QTest.keyClick(view, Qt.Key.Key_Left, ALT)
    assert view.camera.view == first
    QTest.keyClick(view, Qt.Key.Key_Right, ALT)
    assert view.camera.view == second
    QTest.mouseClick(view, Qt.MouseButton.BackButton)
    assert view.camera.view == first
    QTest.mouseClick(view, Qt.MouseButton.ForwardButton)
    assert view.camera.view == second
    view.resize(500, 600)
    QTest.keyClick(view, Qt.Key.Key_Left, ALT)
    assert (view.camera.view.scale, view.camera.view.width) == (first.scale, 500)


def test_a_leap_is_a_view_of_its_own_however_soon_the_hand_goes_on(view: MapView) -> None:
    wheel(view, QPoint(200, 200), 4)
    near = view.camera.view
    QTest.keyClick(view, Qt.Key.Key_Home)
    whole = view.camera.view
    wheel(view, QPoint(400, 400), 2)
    for earlier in (whole, near, whole):
        QTest.keyClick(view, Qt.Key.Key_Left, ALT)
        assert view.camera.view == earlier


def test_where_there_is_no_view_to_go_to_it_says_so(view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(hand(view).told) as told:
        QTest.keyClick(view, Qt.Key.Key_Right, ALT)
    assert told.args == ["没有更晚的视图"]


def test_many_steps_of_a_gesture_are_one_view(view: MapView, qtbot: QtBot) -> None:
    views = [view.camera.view]
    for at in (QPoint(200, 200), QPoint(300, 500)):
        for _ in range(5):
            wheel(view, at, 1)
        views.append(view.camera.view)
        qtbot.waitUntil(lambda: not hand(view).moving)
    for earlier in views[-2::-1]:
        QTest.keyClick(view, Qt.Key.Key_Left, ALT)
        assert view.camera.view == earlier


def test_pages_move_by_most_of_the_window(view: MapView) -> None:
    start = view.camera.view
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.camera.view.y - start.y == pytest.approx(0.8 * view.height() * start.scale)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier)
    assert view.camera.view.x - start.x == pytest.approx(0.8 * view.width() * start.scale)


def test_end_shows_what_is_marked_and_says_where_nothing_can_be(
    view: MapView, qtbot: QtBot, marked: list[int]
) -> None:
    put(view, [(1.5, 1.5), (2.5, 3.5), (7.5, 7.5)], [0, 0, 0])
    marked.extend([1000, 1001])
    QTest.keyClick(view, Qt.Key.Key_End)
    assert all(view.rect().contains(pixel(view, *place)) for place in ((1.5, 1.5), (2.5, 3.5)))
    assert not view.rect().contains(pixel(view, 7.5, 7.5))
    with qtbot.waitSignal(hand(view).told):
        QTest.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)


def test_the_map_says_that_it_holds_still_and_goes_when_asked(view: MapView) -> None:
    put(view, [(0.5, 0.5), (7.5, 7.5)], [0, 0])
    pill = hand(view).pill
    assert (pill.isChecked(), pill.text()) == (True, "跟随选中  Space")
    wheel(view, pixel(view, 7.5, 7.5), 12)
    held = view.camera.view
    assert (pill.isChecked(), pill.text()) == (False, "视图已停住  Space")
    view.show_incident(1000)
    assert (view.camera.view, pill.text()) == (held, "选中的在视野外  Space")
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert (pixel(view, 0.5, 0.5), pill.text()) == (QPoint(295, 370), "跟随选中  Space")
    view.show_incident(1001)
    assert pixel(view, 7.5, 7.5) == QPoint(295, 370)
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    view.show_incident(1000)
    assert pixel(view, 7.5, 7.5) == QPoint(295, 370)
    assert not pill.isChecked()


def test_keys_of_the_map_are_not_those_of_the_window_while_it_has_them(view: MapView) -> None:
    def taken(key: Qt.Key) -> bool:
        event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, NONE)
        event.ignore()
        QApplication.sendEvent(view, event)
        return event.isAccepted()

    assert taken(Qt.Key.Key_End)
    assert not taken(Qt.Key.Key_C)


def test_a_double_click_goes_nearer(view: MapView) -> None:
    scale, at = view.camera.view.scale, pixel(view, 3.25, 3.25)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=at)
    assert view.camera.view.scale == pytest.approx(scale / 2)
    assert (pixel(view, 3.25, 3.25) - at).manhattanLength() < 3
