"""Borders over the grids, pixel by pixel: between grids or unions of them, dashed, fixed to the plane."""

import numpy as np
import shapely

from console.geography import topology
from console.geography.borders import Borders, Drawn, Hatch, Stroke, areas_of, translucent
from console.geography.raster import rasterise
from console.geography.topology import Topology
from console.geography.view import View

INK, HALO = 0xFFFFFFFF, 0x80202020
VIEW = View(20.0, 10.0, 1.0, 40, 20)


def four() -> Topology:
    """Return four squares beside each other, 10 metres wide, 20 high."""
    return topology.from_shapes(np.array([shapely.box(x, 0, x + 10, 20) for x in (0, 10, 20, 30)]))


def image(borders: Borders, view: View = VIEW) -> np.ndarray[tuple[int, int], np.dtype[np.uint32]]:
    found = np.zeros((view.height, view.width), np.uint32)
    borders.put(found, Drawn(view, rasterise(four(), view), 1))
    return found


def inked(borders: Borders) -> list[int]:
    """Return the columns where the middle row has ink."""
    return np.flatnonzero(image(borders)[10] == INK).tolist()


def test_every_grid_of_a_kind_has_its_border_and_a_halo() -> None:
    stroke = Stroke(INK, HALO, 2)
    assert inked(Borders(stroke)) == inked(Borders(stroke, four())) == [9, 10, 19, 20, 29, 30]
    row = image(Borders(stroke))[10]
    assert np.flatnonzero(row == HALO).tolist() == [8, 11, 18, 21, 28, 31]


def test_borders_of_areas_that_are_too_small_on_the_screen_are_left_out() -> None:
    stroke = Stroke(INK, HALO, 2)
    assert inked(Borders(stroke, until=1.0))
    assert not image(Borders(stroke, until=0.9)).any()


def test_grids_of_one_organisation_are_one_area() -> None:
    areas = areas_of(["a", "a", "b", "nowhere"], {"a": "town", "b": "city"})
    assert areas.tolist() == [0, 2, 2, 1, 0]
    assert inked(Borders(Stroke(INK, HALO, 2), areas=areas)) == [19, 20, 29, 30]


def test_a_picture_of_grids_that_are_gone_is_no_error() -> None:
    """Fewer grids have come, and the former four are still seen for a moment."""
    assert inked(Borders(Stroke(INK, HALO, 2), areas=areas_of(["a", "b"], {"a": "a", "b": "b"}))) == [9, 10]
    found = np.zeros((VIEW.height, VIEW.width), np.uint32)
    Hatch(np.array([True, False]), INK).put(found, Drawn(VIEW, rasterise(four(), VIEW), 1))
    assert np.flatnonzero((found == INK).any(axis=0)).tolist() == [*range(10)]


def test_stripes_grow_with_what_is_written() -> None:
    """Two of every eight pixels are drawn, and twice as large four of every sixteen."""
    for growth in (1.0, 2.0):
        found = np.zeros((VIEW.height, VIEW.width), np.uint32)
        stripes = Hatch(np.array([True] * 4), INK, growth)
        stripes.put(found, Drawn(VIEW, rasterise(four(), VIEW), 1))
        line = "".join("#" if ink else " " for ink in found[VIEW.height // 2] == INK).strip()
        assert "#" * int(2 * growth) in line
        assert "#" * int(2 * growth + 1) not in line


def test_a_wide_border_is_wide() -> None:
    wide = inked(Borders(Stroke(INK, HALO, 4), areas=areas_of(["a", "a", "b", "b"], {"a": "a", "b": "b"})))
    assert wide == [18, 19, 20, 21]


def test_dashes_stay_where_they_are_while_the_view_moves() -> None:
    dashed = Borders(Stroke(INK, HALO, 2, dash=1))
    here, moved = image(dashed)[:, 9], image(dashed, VIEW.panned(-4, 0))[:, 5]
    assert (here == moved).all()
    other = image(Borders(Stroke(INK, HALO, 2, dash=2)))[:, 9]
    assert ((here == INK) != (other == INK)).all()


def test_a_halo_lets_the_ground_through() -> None:
    assert hex(translucent(0xFFFF8000, 128)) == "0x80804000"
