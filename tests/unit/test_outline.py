"""Grouped lists: headings and rows follow every batch, and their counts add up to a recount."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from console.feed.board import Board
from console.feed.board_filter import Filter
from console.feed.board_outline import Outline
from console.feed.board_row import Row
from console.feed.board_view import BoardView, Moves, Sort
from console.grade import Grade
from tests.unit.test_board import NOW, batches, filters, row, sorts

groups = st.sampled_from(["", "township", "unit", "status"])
folds = st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=3)
Batches = list[tuple[list[Row], list[int]]]


def lines(outline: Outline) -> list[int]:
    return [outline.number_at(line) for line in range(len(outline))]


@given(batches=batches, wanted=filters, order=sorts, column=groups, folds=folds)
@settings(max_examples=60, deadline=None)
def test_lines_and_counts_equal_a_recount_after_any_batches(
    batches: Batches, wanted: Filter, order: Sort, column: str, folds: list[tuple[int, bool]]
) -> None:
    board = Board()
    view = BoardView(board, lambda: NOW)
    outline = Outline(view)
    view.show(wanted)
    view.order_by(order)
    outline.group_by(column)
    shown = lines(outline)

    def follow(moves: Moves) -> None:
        shown[:] = replayed(shown, moves, outline)

    outline.listener = follow
    for step, (arriving, gone) in enumerate(batches):
        board.apply(arriving, gone)
        assert shown == lines(outline)
        headings = [number for number in shown if number < 0]
        if headings and step < len(folds):
            which, closed = folds[step]
            outline.fold(headings[which % len(headings)], closed=closed)
            assert shown == lines(outline)
        recount(outline, board, wanted)


def recount(outline: Outline, board: Board, wanted: Filter) -> None:
    """Count by hand what the headings say."""
    view = BoardView(board, lambda: NOW)
    view.show(wanted)
    passed = [view.board.row_at(slot) for slot in view.order.tolist()]
    assert len(outline.view) == len(passed) <= board.counts(NOW).total == len(board)
    found = lines(outline)
    headings = [number for number in found if number < 0]
    if not outline.column:
        assert headings == []
        return
    said = [outline.group(heading, NOW) for heading in headings]
    assert sum(group.count for group in said) == len(passed)
    for group in said:
        under = [one for one in passed if getattr(one, outline.column) == group.name]
        assert group.count == len(under)
        assert group.overdue == sum(one.due <= NOW for one in under)
        seen = {one.number for one in under} & set(found)
        assert len(seen) == (0 if group.closed else group.count)


def replayed(before: list[int], moves: Moves, outline: Outline) -> list[int]:
    """Do to a plain list what ``moves`` says."""
    out = set(moves.removed.tolist())
    after = [number for index, number in enumerate(before) if index not in out]
    for index in moves.inserted.tolist():
        after.insert(index, outline.number_at(index))
    assert {after[index] for index in moves.changed.tolist()} <= set(before)
    return after


def test_groups_stand_in_order_and_rows_within_them_by_the_sort() -> None:
    board, outline = grouped()
    assert [number for number in lines(outline) if number > 0] == [2, 4, 1, 3]
    names = [outline.group(number, NOW).name for number in lines(outline) if number < 0]
    assert names == ["南楼乡", "正定镇"]
    outline.view.order_by(Sort("number", descending=True))
    assert [number for number in lines(outline) if number > 0] == [4, 2, 3, 1]
    assert outline.heading_of(4) == outline.number_at(0)
    assert outline.heading_of(99) is None
    assert board.grades(NOW, np.array([0])).tolist() == [Grade.FINE]


def test_a_closed_group_keeps_its_rows_to_itself_until_it_is_opened() -> None:
    board, outline = grouped()
    heard: list[Moves] = []
    outline.listener = heard.append
    first = outline.number_at(0)
    outline.fold(first, closed=True)
    outline.fold(first, closed=True)
    assert [moves.removed.tolist() for moves in heard] == [[1, 2]]
    board.apply([row(6, township="南楼乡")])
    assert len(outline) == 4
    assert outline.group(first, NOW).count == 3
    assert outline.index_of(6) is None
    outline.fold_all(closed=True)
    assert len(outline) == 2
    outline.fold_all(closed=False)
    assert len(outline) == 7


def grouped() -> tuple[Board, Outline]:
    board = Board()
    outline = Outline(BoardView(board, lambda: NOW))
    board.apply([row(number, township="正定镇" if number % 2 else "南楼乡") for number in range(1, 5)])
    outline.group_by("township")
    return board, outline
