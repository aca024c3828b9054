"""Crowds and what boxes cover, as fast as they are told, agree with the plain way of telling them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from console.geography.clusters import CROWD, NEAR, marks
from console.geography.cover import CELL, Cover


def plainly(x: NDArray[np.float64], y: NDArray[np.float64], reach: float, alone: int) -> list[int]:
    """Return the mark of each point: crowds of a cell, the largest first, take in who is near."""
    cells: dict[tuple[float, float], list[int]] = {}
    for row in set(range(len(x))) - {alone}:
        cells.setdefault((x[row] // reach, y[row] // reach), []).append(row)
    crowds = [cells[place] for place in sorted(cells) if len(cells[place]) >= CROWD]
    among = {row for crowd in crowds for row in crowd}
    piles = crowds + [[row] for row in range(len(x)) if row not in among]
    middles = np.array([(x[pile].mean(), y[pile].mean()) for pile in piles])
    mark, free = list(range(len(piles))), [pile != [alone] for pile in piles]
    for big in sorted(range(len(crowds)), key=lambda crowd: -len(piles[crowd])):
        near = np.hypot(*(middles - middles[big]).T) < reach * NEAR
        for pile in np.flatnonzero(near & free[big] & free).tolist():
            mark[pile], free[pile] = big, False
    of = {row: mark[pile] for pile, rows in enumerate(piles) for row in rows}
    return [of[row] for row in range(len(x))]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 80), st.integers(0, 10_000), st.floats(2, 40), st.integers(-1, 79))
def test_any_points_crowd_as_told_plainly(count: int, seed: int, reach: float, alone: int) -> None:
    x, y = np.random.default_rng(seed).uniform(-50, 50, (2, count))
    lone = alone if alone < count else -1
    found = marks(x, y, np.zeros(count, np.int64), reach, lone)
    expected = plainly(x, y, reach, lone)
    assert found.count.sum() == count
    pairs = set(zip(found.of.tolist(), expected, strict=True))
    assert len(pairs) == len(set(expected)) == len(found.count)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 60), st.integers(0, 10_000))
def test_of_two_that_would_cover_each_other_one_mark_is_made(count: int, seed: int) -> None:
    x, y = np.random.default_rng(seed).uniform(-50, 50, (2, count))
    found = marks(x, y, np.zeros(count, np.int64), 10, alone=0, touch=5)
    assert found.count.sum() == count
    lone = np.flatnonzero((found.count == 1) & (np.arange(len(found.count)) != found.of[0]))
    apart = np.hypot(found.x[lone, None] - found.x[lone], found.y[lone, None] - found.y[lone])
    assert (apart + 5 * np.eye(len(lone)) >= 5).all()
    assert found.count[found.of[0]] == 1


boxes = st.lists(st.tuples(*[st.integers(-3, 22)] * 2, *[st.integers(0, 9)] * 2), max_size=6)


@settings(max_examples=40, deadline=None)
@given(boxes, boxes)
def test_what_is_covered_is_counted_in_squares(
    given_boxes: list[tuple[int, ...]], asked: list[tuple[int, ...]]
) -> None:
    def sides(found: list[tuple[int, ...]]) -> NDArray[np.float64]:
        return np.array([(x, y, x + w, y + h) for x, y, w, h in found], np.float64).reshape(-1, 4) * CELL

    squares = np.zeros((21, 21))  # and the one that the window's edge is in
    for left, top, right, bottom in (sides(given_boxes) / CELL).astype(int).clip(0).tolist():
        squares[top:bottom, left:right] += CELL**2
    told = Cover(sides(given_boxes), int(20 * CELL), int(20 * CELL)).under(sides(asked))
    each = (sides(asked) / CELL).astype(int).clip(0).tolist()
    assert told.tolist() == [squares[top:bottom, left:right].sum() for left, top, right, bottom in each]
