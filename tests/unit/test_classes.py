"""Steps of a figure: round, in order, and on both sides of a goal."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.geography.classes import SHADES, diverging, equal, quantiles, rounded

shares = st.lists(st.floats(0, 1), min_size=1, max_size=60)


@given(values=shares, goal=st.floats(0.5, 0.95))
def test_steps_ascend_and_a_higher_share_has_no_lower_shade(values: list[float], goal: float) -> None:
    given_ = np.sort(np.array(values))
    for classes in (equal(given_), quantiles(given_), diverging(given_, goal)):
        assert list(classes.edges) == sorted({*classes.edges})
        shades = classes.shade(given_)
        assert (np.diff(shades) >= 0).all()
        assert shades.max() < classes.count <= SHADES


@given(values=shares, goal=st.floats(0.5, 0.95))
def test_the_goal_is_where_the_colours_turn(values: list[float], goal: float) -> None:
    classes = diverging(np.array(values), goal)
    reached = classes.shade(np.array(values)) >= SHADES // 2
    assert reached.tolist() == [value >= round(goal, 9) for value in values]


def test_equal_steps_are_round_and_quantiles_hold_equally_many() -> None:
    values = np.arange(100) / 100
    assert equal(values).edges == pytest.approx((0.2, 0.4, 0.6, 0.8))
    assert np.bincount(quantiles(values).shade(values)).tolist() == [16, 17, 17, 16, 17, 17]
    assert [rounded(wanted) for wanted in (0.003, 0.011, 3, 70)] == pytest.approx([0.005, 0.02, 5, 100])


def test_many_equal_figures_make_fewer_steps() -> None:
    assert quantiles(np.array([1.0] * 50 + [2.0, 3.0]), whole=True).edges == ()
    assert equal(np.array([np.nan])).shade(np.array([np.nan])).tolist() == [-1]
