"""Density: every case adds up to one over the ground, as the formula says, and no further than stated."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from console.geography.borders import Drawn
from console.geography.density import STEPS, Heat, density, edges, reach
from console.geography.projection import ground_metres
from console.geography.view import View

VIEW = View(0.0, 0.0, 50.0, 200, 160)
places = st.lists(st.tuples(st.integers(-2000, 2000), st.integers(-1500, 1500)), min_size=1, max_size=30)


@given(places=places, metres=st.sampled_from([500.0, 1000.0, 2000.0]))
@settings(max_examples=40, deadline=None)
def test_every_case_adds_up_to_one(places: list[tuple[int, int]], metres: float) -> None:
    x, y = np.array(places, np.float64).T
    found = density(x, y, VIEW, metres)
    assert found.min() > -1e-9
    square_kilometres = (VIEW.scale * ground_metres(VIEW.y)) ** 2 / 1e6
    assert np.isclose(found.sum() * square_kilometres, len(places))


def test_one_case_is_as_the_formula_says() -> None:
    metres = 2000.0
    found = density(np.array([25.0]), np.array([-25.0]), VIEW, metres)
    row, column = np.unravel_index(found.argmax(), found.shape)
    peak = 3 / (np.pi * (metres / 1000) ** 2)  # of the biweight kernel
    assert np.isclose(found.max(), peak, rtol=0.01)
    assert np.isclose(found[row, column + 20], peak * (1 - 0.5**2) ** 2, rtol=0.02)
    assert found[row, column + 41] < 1e-9


def test_what_is_out_of_sight_but_near_counts() -> None:
    beyond = np.array([VIEW.bounds[2] + 400])
    assert density(beyond, np.array([0.0]), VIEW, 1000.0)[80, -1] > 0
    assert density(beyond + 5000, np.array([0.0]), VIEW, 1000.0).max() < 1e-9


def test_colours_follow_the_stated_steps() -> None:
    view = VIEW.finer(2)
    x = np.repeat([0.0, 3000.0], [40, 1])
    image = np.zeros((view.height, view.width), np.uint32)
    heat = Heat(x, np.zeros(41), tuple(range(1, len(STEPS) + 1)))
    heat.put(image, Drawn(view, image.astype(np.int32), 2))
    assert heat.metres == reach(VIEW)
    stated = heat.edges(heat.metres)
    at = [VIEW.to_pixels(place, 0.0)[0] for place in (0.0, 3000.0)]
    reached = [int(image[view.height // 2, int(place * 2)]) for place in at]
    peak = 3 / (np.pi * (reach(VIEW) / 1000) ** 2)
    assert reached == [int(np.searchsorted(stated, peak * count, side="right")) for count in (40, 1)]
    assert image[0, 0] == 0
    assert list(stated) == sorted(stated)


def test_steps_begin_with_one_case_and_rise_where_cases_lie_thick() -> None:
    one, many = np.zeros(1), np.zeros(5000)
    assert edges(one, one, 1000.0) == (0.5, 1.0, 2.0, 4.0, 8.0)
    assert edges(many, many, 1000.0) == (200.0, 400.0, 800.0, 1600.0, 3200.0)
