"""Counts beside the values of a filter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.feed.board import Board
from console.feed.board_filter import Filter, tallies
from console.feed.board_row import Row
from console.feed.board_view import BoardView
from tests.unit.test_board import NOW, filters, rows

FACETS = ("grade", "class_group", "claim_by", "mine", "status", "priority", "township", "callback")


@given(batch=st.lists(rows, max_size=12), wanted=filters)
@settings(max_examples=40, deadline=None)
def test_a_count_beside_a_value_is_what_choosing_it_shows(batch: list[Row], wanted: Filter) -> None:
    board = Board()
    board.apply(batch)
    view = BoardView(board, lambda: NOW)
    found = tallies(board, wanted, NOW, FACETS)
    for facet, values in found.items():
        for value, count in values.items():
            others = wanted.beside(facet)
            view.show(Filter({**others.within, facet: frozenset({value})}, others.without, others.text))
            assert len(view) == count, (facet, value)
        view.show(wanted.beside(facet))
        assert len(view) == sum(values.values())


@given(batch=st.lists(rows, max_size=12), steps=st.lists(filters, min_size=2, max_size=5))
@settings(max_examples=60, deadline=None)
def test_filters_one_after_another_show_what_each_shows_alone(batch: list[Row], steps: list[Filter]) -> None:
    board = Board()
    board.apply(batch)
    view = BoardView(board, lambda: NOW)
    for wanted in steps:
        view.show(wanted)
        fresh = BoardView(board, lambda: NOW)
        fresh.filter = wanted
        fresh.order_by(view.sort)
        assert view.order.tolist() == fresh.order.tolist()


@pytest.mark.parametrize(
    ("wanted", "shown", "narrower"),
    [
        (Filter(text="积水 路灯"), Filter(text="积"), True),
        (Filter(text="积"), Filter(text="积水"), False),
        (Filter(within={"status": frozenset({"handled"})}), Filter(), True),
        (Filter(), Filter(within={"status": frozenset({"handled"})}), False),
        (
            Filter(without={"unit": frozenset({"甲"})}),
            Filter(without={"unit": frozenset({"甲", "乙"})}),
            False,
        ),
        (
            Filter(without={"unit": frozenset({"甲", "乙"})}),
            Filter(without={"unit": frozenset({"甲"})}),
            True,
        ),
        (Filter(within={"mine": frozenset({True})}), Filter(within={"mine": frozenset({True})}), False),
    ],
)
def test_a_filter_knows_what_it_narrows(wanted: Filter, shown: Filter, narrower: bool) -> None:
    assert wanted.narrows(shown) is narrower
