"""An operator in a hurry: what hands do between two thoughts, and what the map must make of it."""

from collections.abc import Callable

import numpy as np
import shapely
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from console.geography.projection import plane_to_point
from tests.gui.map.chessboard import SIDE, corner, drag, drawn, grids, pixel, put, wheel
from ui.language import language
from ui.map.hand import Hand
from ui.map.widget import MapView
from ui.theme import theme

Key, LEFT, NO_BUTTON = Qt.Key, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
CROWD = 300  # letters that somebody has typed into a name


def hover(view: MapView, at: QPoint) -> None:
    """Move the mouse with no button held."""
    none = Qt.KeyboardModifier.NoModifier
    place, outside = QPointF(at), view.mapToGlobal(QPointF(at))
    QApplication.sendEvent(
        view, QMouseEvent(QMouseEvent.Type.MouseMove, place, outside, NO_BUTTON, NO_BUTTON, none)
    )


def test_a_button_let_go_where_nobody_saw_it_drags_no_further(view: MapView) -> None:
    QTest.mousePress(view, LEFT, pos=QPoint(300, 300))
    QTest.mouseMove(view, QPoint(340, 300))
    held = view.camera.view
    hover(view, QPoint(400, 400))  # a dialog has come up between, and taken the release
    assert view.camera.view == held
    assert view.cursor_at == QPointF(400, 400)
    drag(view, QPoint(300, 300), QPoint(30, 0))
    assert view.camera.view.x < held.x


def test_the_earth_has_an_end_however_long_a_key_is_held(view: MapView, qtbot: QtBot) -> None:
    wheel(view, QPoint(300, 300), -60)
    for key in (Key.Key_PageUp, Key.Key_Left, Key.Key_PageDown, Key.Key_Right):
        for _ in range(300):
            QTest.keyClick(view, key)
        drawn(view, qtbot)
    assert np.isfinite(plane_to_point(view.camera.view.x, view.camera.view.y)).all()
    assert abs(plane_to_point(view.camera.view.x, view.camera.view.y)[1]) < 86
    wheel(view, QPoint(300, 300), 200)
    drawn(view, qtbot)
    QTest.keyClick(view, Key.Key_Home)
    assert all(view.rect().contains(pixel(view, *ends)) for ends in ((0, 0), (SIDE, SIDE)))


def test_a_case_under_the_legend_is_not_in_sight(view: MapView) -> None:
    wheel(view, QPoint(295, 370), 6)
    view.camera.follow()
    legend = view.scene.legend.box(view.camera.view)
    x, y = view.camera.view.to_plane(legend.center().x(), legend.center().y())
    lon, lat = plane_to_point(x, y)
    view.set_incidents([7], np.array([lon]), np.array([lat]), [0])
    view.show_incident(7)
    at = QPointF(*view.camera.view.to_pixels(x, y))
    assert not view.scene.legend.box(view.camera.view).adjusted(-12, -12, 12, 12).contains(at)


def test_what_is_shown_closely_keeps_clear_of_the_legend(view: MapView, marked: list[int]) -> None:
    places = [(0.5, 0.5), (7.5, 0.5), (0.5, 7.5), (7.5, 7.5)]
    put(view, places, [0] * 4)
    marked.extend(range(1000, 1004))
    view.resize(900, 420)
    QTest.keyClick(view, Key.Key_End)
    legend = view.scene.legend.box(view.camera.view).adjusted(-8, -6, 8, 6)
    assert not any(legend.contains(QPointF(pixel(view, *place))) for place in places)


def test_cases_in_one_place_are_offered_one_by_one(view: MapView, qtbot: QtBot) -> None:
    put(view, [(4.5, 4.5)] * 3, [0, 2, 0])
    QTest.mouseMove(view, pixel(view, 4.5, 4.5))
    assert view.card[-1] == "点击逐件列出"
    with qtbot.assertNotEmitted(view.incidentActivated):
        QTest.mouseClick(view, LEFT, pos=pixel(view, 4.5, 4.5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()] == ["1001 · 已超期", "1000 · 正常", "1002 · 正常"]
    with qtbot.waitSignal(view.incidentActivated) as activated:
        QTest.keyClick(menu, Key.Key_Down)
        QTest.keyClick(menu, Key.Key_Return)
    assert activated.args == [1000]


def test_a_name_without_end_is_cut_and_the_card_stays_on_the_map(view: MapView, qtbot: QtBot) -> None:
    square = shapely.to_wkb(shapely.box(*corner(0, 0), *corner(SIDE, SIDE)))
    view.set_grids(grids({"long": square}))
    view.atlas.names[0] = "<b>" + "长" * CROWD + "\nB"
    drawn(view, qtbot)
    for column in (0.2, SIDE - 0.2):
        QTest.mouseMove(view, pixel(view, 4, column))
        assert max(len(line) for line in view.card) < 80
        assert "\n" not in view.card[0]


def test_the_cross_stays_on_a_map_that_becomes_smaller(view: MapView) -> None:
    QTest.keyClick(view, Key.Key_Return)
    for _ in range(60):
        QTest.keyClick(view, Key.Key_Right)
        QTest.keyClick(view, Key.Key_Down)
    view.resize(300, 300)
    held = view.camera.view
    assert view.cross.at is not None
    assert view.rect().contains(view.cross.at.toPoint())
    QTest.keyClick(view, Key.Key_Left)
    assert view.camera.view == held


def many(view: MapView, seed: int, count: int = 400) -> None:
    """Show cases that lie anywhere on the board, some of them nowhere."""
    chance = np.random.default_rng(seed)
    lons, lats = np.array([corner(*chance.uniform(0, SIDE, 2)) for _ in range(count)]).T
    lons[:3] = np.nan
    view.set_incidents(np.arange(count), lons, lats, chance.integers(0, 3, count))
    view.set_values(chance.integers(0, 9, len(view.atlas)).astype(float))


def test_after_all_hurry_the_map_is_what_a_new_one_would_be(view: MapView, qtbot: QtBot) -> None:
    seed = 2
    chance = np.random.default_rng(seed)
    steps: list[Callable[[], object]] = [
        lambda: wheel(view, QPoint(*chance.integers(50, 400, 2).tolist()), int(chance.integers(-3, 4))),
        lambda: drag(view, QPoint(200, 200), QPoint(*chance.integers(-90, 90, 2).tolist())),
        lambda: view.resize(*chance.integers(300, 800, 2).tolist()),
        lambda: many(view, int(chance.integers(99))),
        lambda: theme.use(str(chance.choice(["dark", "light"]))),
        lambda: language.use(str(chance.choice(["zh", "en"]))),
        lambda: view.select(int(chance.integers(400))),
        view.repaint,
        view.update,
        QApplication.processEvents,
    ]
    many(view, 0)
    view.set_labels([(f"村庄{number}", *corner(number % 8, number % 7)) for number in range(50)])
    for step in chance.integers(0, len(steps), 40):
        steps[step]()
    many(view, seed)
    view.glide.stop()
    view.camera.zoom(1.3, 100, 100)
    other = MapView()
    qtbot.addWidget(other)
    Hand(other, list, list)
    other.resize(view.size())
    other.show()
    other.set_grids(view.atlas)
    many(other, seed)
    other.set_labels([(f"村庄{number}", *corner(number % 8, number % 7)) for number in range(50)])
    other.select(view.selected)
    other.camera.go(view.camera.view)
    QTest.keyClick(other, Key.Key_Escape)
    pictures = []
    for one in (view, other):
        one.point_at(None)
        one.clearFocus()
        one.camera.follow()
        pictures.append(drawn(one, qtbot))
    assert pictures[0] == pictures[1]
