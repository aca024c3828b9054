"""Every grid in its shade, every click at its grid, borders and overlaps in sight."""

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.map.chessboard import CODES, SIDE, board, corner, drawn, grids, pixel
from ui.map.widget import MapView
from ui.theme import theme


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
    view.set_grids(grids({"large": large.wkb, "small": small.wkb}))
    view.set_values(np.zeros(2))
    shown = drawn(view, qtbot)
    colours = {shown.pixelColor(pixel(view, 4, 4) + QPoint(x, 0)).name() for x in range(-10, 10)}
    assert theme.color("choropleth0").name() not in colours
    assert len(colours) > 1
    with qtbot.waitSignal(view.gridActivated) as activated:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 4, 4))
    assert activated.args == ["small"]


def test_grids_may_be_replaced_while_they_are_drawn(view: MapView, qtbot: QtBot) -> None:
    view.set_grids(board(rows=1))
    view.set_values(np.full(8, 3.0))
    assert drawn(view, qtbot).pixelColor(pixel(view, 0.5, 3.5)) == theme.color("choropleth3")


def test_names_never_touch_each_other(view: MapView, qtbot: QtBot) -> None:
    bare = drawn(view, qtbot)
    view.set_labels([(f"正定镇{n}", *corner(4 + n / 50, 4)) for n in range(40)])
    assert drawn(view, qtbot) != bare
