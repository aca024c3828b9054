"""Counts beside the values of a filter."""

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
