"""The map: every grid in its shade, every click at its grid or incident, and a view that obeys the hand."""

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from console.geography.projection import point_to_plane
from ui.language import language
from ui.map import furniture
from ui.map.markers import Markers
from ui.map.widget import MapView
from ui.theme import theme

WEST, SOUTH, CELL, SIDE = 114.50, 38.10, 0.01, 8  # a chessboard of 64 grids near 正定
CODES = [f"130123{row}{column}" for row in range(SIDE) for column in range(SIDE)]


def corner(row: float, column: float) -> tuple[float, float]:
    return WEST + column * CELL, SOUTH + row * CELL


def board() -> list[bytes]:
    cells = [
        shapely.box(*corner(row, column), *corner(row + 1, column + 1))
        for row in range(SIDE)
        for column in range(SIDE)
    ]
    return [shapely.to_wkb(cell) for cell in cells]


def drawn(view: MapView, qtbot: QtBot) -> QImage:
    """Wait for the exact picture and return what is on the screen."""
    view.repaint()
    qtbot.waitUntil(lambda: view.exact, timeout=5000)
    return view.grab().toImage()


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    found = MapView()
    qtbot.addWidget(found)
    found.resize(590, 740)
    found.show()
    found.set_grids(CODES, [f"第{n}网格" for n in range(64)], board())
    found.set_values(np.arange(64, dtype=float) % 6)
    qtbot.waitUntil(lambda: found.exact, timeout=5000)
    return found


def pixel(view: MapView, row: float, column: float) -> QPoint:
    """Return where on the screen a place on the board is, counted in cells from the south-west."""
    across, along = view.camera.view.to_pixels(*point_to_plane(*corner(row, column)))
    return QPoint(round(across), round(along))


def put(view: MapView, places: list[tuple[float, float]], grades: list[int]) -> None:
    points = np.array([corner(*place) for place in places]).reshape(-1, 2)
    view.set_incidents(range(1000, 1000 + len(places)), points[:, 0], points[:, 1], grades)


def wheel(view: MapView, at: QPoint, notches: int) -> None:
    none, buttons = QPoint(), Qt.MouseButton.NoButton
    event = QWheelEvent(
        QPointF(at),
        view.mapToGlobal(QPointF(at)),
        none,
        QPoint(0, 120 * notches),
        buttons,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def drag(view: MapView, start: QPoint, way: QPoint) -> None:
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + way / 2)
    QTest.mouseMove(view, start + way)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + way)


@pytest.mark.parametrize("name", ["dark", "light", "contrast"])
def test_every_grid_has_the_shade_of_its_value(view: MapView, qtbot: QtBot, name: str) -> None:
    theme.use(name)
    shown = drawn(view, qtbot)
    for grid in range(64):
        middle = pixel(view, grid // SIDE + 0.5, grid % SIDE + 0.5)
        assert shown.pixelColor(middle) == theme.color(f"choropleth{grid % 6}"), grid


def test_new_values_recolour_and_unknown_ones_look_unknown(view: MapView, qtbot: QtBot) -> None:
    view.set_values(np.full(64, np.nan))
    assert drawn(view, qtbot).pixelColor(pixel(view, 4.5, 4.5)) == theme.color("raised")


def test_as_many_values_as_grids(view: MapView) -> None:
    with pytest.raises(ValueError, match="3"):
        view.set_values(np.zeros(3))


def test_a_click_names_the_grid(view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.gridActivated) as activated:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 2.5, 6.5))
    assert activated.args == [CODES[2 * SIDE + 6]]


def test_where_grids_end_there_is_a_line(view: MapView, qtbot: QtBot) -> None:
    left = pixel(view, 4.5, 0)
    shown = drawn(view, qtbot)
    outside, line, inside = (
        max(shown.pixelColor(left + QPoint(x, 0)).lightness() for x in range(first, first + 3))
        for first in (-6, -1, 4)
    )
    assert line > max(outside, inside)


def test_a_click_beside_the_grids_names_none(view: MapView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.gridActivated):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def test_where_grids_overlap_the_smaller_is_meant_and_the_place_is_hatched(qtbot: QtBot) -> None:
    view = MapView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    large, small = shapely.box(*corner(0, 0), *corner(8, 8)), shapely.box(*corner(3, 3), *corner(5, 5))
    view.set_grids(["large", "small"], ["大", "小"], [large.wkb, small.wkb])
    view.set_values(np.zeros(2))
    shown = drawn(view, qtbot)
    colours = {shown.pixelColor(pixel(view, 4, 4) + QPoint(x, 0)).name() for x in range(-10, 10)}
    assert theme.color("choropleth0").name() not in colours
    assert len(colours) > 1
    with qtbot.waitSignal(view.gridActivated) as activated:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 4, 4))
    assert activated.args == ["small"]


@pytest.mark.parametrize(("grade", "role"), list(enumerate(["fine", "near", "overdue"])))
def test_an_incident_shows_its_grade_and_answers_a_click(
    view: MapView, qtbot: QtBot, grade: int, role: str
) -> None:
    put(view, [(4.5, 4.5)], [grade])
    assert drawn(view, qtbot).pixelColor(pixel(view, 4.5, 4.5)) == theme.color(role)
    with qtbot.waitSignal(view.incidentActivated) as activated, qtbot.assertNotEmitted(view.gridActivated):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 4.5, 4.5) + QPoint(4, 3))
    assert activated.args == [1000]


def test_the_selected_incident_is_ringed_even_in_a_crowd(view: MapView, qtbot: QtBot) -> None:
    put(view, [(4.5, 4.5)] * 6, [0] * 6)
    view.select(1003)
    spot = pixel(view, 4.5, 4.5)
    ring = drawn(view, qtbot).pixelColor(spot + QPoint(15, 0))
    accent = theme.color("accent")
    assert abs(ring.blue() - accent.blue()) < 40
    view.select(None)
    assert drawn(view, qtbot).pixelColor(spot + QPoint(15, 0)) != QColor(ring)


def test_a_click_on_a_crowd_goes_nearer_until_it_falls_apart(view: MapView, qtbot: QtBot) -> None:
    put(view, [(4.50, 4.50), (4.52, 4.50), (4.50, 4.53), (4.53, 4.52)], [0, 2, 0, 0])
    before = view.camera.view.scale
    with qtbot.assertNotEmitted(view.incidentActivated):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 4.51, 4.51))
    assert view.camera.view.scale < before / 5
    with qtbot.waitSignal(view.incidentActivated) as activated:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 4.52, 4.50))
    assert activated.args == [1001]


def test_a_crowd_in_one_place_opens_its_most_urgent(view: MapView, qtbot: QtBot) -> None:
    put(view, [(4.5, 4.5)] * 5, [0, 0, 1, 2, 0])
    with qtbot.waitSignal(view.incidentActivated) as activated:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 4.5, 4.5))
    assert activated.args == [1003]


def test_incidents_without_a_point_are_left_out() -> None:
    markers = Markers()
    markers.put([1, 2], np.array([np.nan, 114.5]), np.array([38.1, 38.1]), [0, 0])
    assert len(markers) == 1
    assert markers.place(1) is None


def test_a_drag_moves_the_picture_at_once_and_exactly(view: MapView, qtbot: QtBot) -> None:
    before, picture = drawn(view, qtbot), view._ground.picture
    drag(view, QPoint(300, 300), QPoint(37, -21))
    after = view.grab().toImage()
    assert view._ground.picture is picture
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
    assert not furniture.legend_box(view.camera.view).contains(QPointF(pixel(view, 0, 0)))


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
    view.show_incident("unknown")
    assert view.camera.view == before


def test_the_card_tells_grid_and_figure_or_incident_and_grade(view: MapView) -> None:
    put(view, [(1.5, 1.5), *[(6.5, 6.5)] * 4], [2, 0, 0, 1, 2])
    QTest.mouseMove(view, pixel(view, 4.5, 4.5))
    assert view.card == ["第36网格", "未结 0"]
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
    assert "还没有网格图形" in view.notice
    language.use("en")
    assert "Import the outlines" in view.notice
    assert view.accessibleName() == "Grid map"


def test_loading_stale_and_ready(view: MapView, qtbot: QtBot) -> None:
    view.show_loading()
    assert view.notice == "正在绘制网格…"
    view.show_ready()
    fresh = drawn(view, qtbot)
    view.show_stale("数据停在 10:42")
    assert view.notice == ""
    stale = drawn(view, qtbot)
    assert stale != fresh
    view.show_ready()
    assert drawn(view, qtbot) == fresh


def test_unreadable_shapes_are_told_and_may_be_tried_again(qtbot: QtBot) -> None:
    view = MapView()
    qtbot.addWidget(view)
    view.show()
    view.set_grids(["1"], ["一"], [b"no geometry"])
    qtbot.waitUntil(lambda: "地图没有画出来" in view.notice, timeout=5000)
    assert "有 1 个网格的图形无法识别" in view.notice
    button = view.findChild(QPushButton)
    assert button is not None
    with qtbot.waitSignal(view.retryRequested):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_window_may_close_while_it_draws(qtbot: QtBot) -> None:
    view = MapView()
    view.show()
    view.set_grids(CODES, CODES, board())
    gone: list[bool] = []
    view.destroyed.connect(lambda: gone.append(True))
    view.deleteLater()
    qtbot.waitUntil(lambda: bool(gone), timeout=5000)


def test_grids_may_be_replaced_while_they_are_drawn(view: MapView, qtbot: QtBot) -> None:
    view.set_grids(CODES[:8], CODES[:8], board()[:8])
    view.set_values(np.full(8, 3.0))
    assert drawn(view, qtbot).pixelColor(pixel(view, 0.5, 3.5)) == theme.color("choropleth3")


def test_names_never_touch_each_other(view: MapView, qtbot: QtBot) -> None:
    bare = drawn(view, qtbot)
    view.set_labels([(f"正定镇{n}", *corner(4 + n / 50, 4)) for n in range(40)])
    assert drawn(view, qtbot) != bare
