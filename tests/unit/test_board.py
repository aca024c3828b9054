"""The board and its views: whatever arrives in whatever order, a view equals a fresh filter and sort."""

from math import isnan, nan
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.feed.board import Board, Change
from console.feed.board_filter import Filter
from console.feed.board_row import Row
from console.feed.board_view import BoardView, Moves, Sort
from console.grade import Grade

NOW = 1_800_000_000.0
STATUSES = ("reported", "accepted", "handling")

instants = st.sampled_from([nan, NOW - 60, NOW, NOW + 60, NOW + 7200])
rows = st.builds(
    lambda **values: Row(received=NOW - 600, **values),
    number=st.integers(1, 30),
    version=st.integers(1, 5),
    status=st.sampled_from(STATUSES),
    title=st.sampled_from(["路灯不亮", "积水", "燃气泄漏", "", "井盖破损"]),
    township=st.sampled_from(["南楼乡", "新安镇", "正定镇"]),
    due=instants,
    warn_at=st.just(NOW - 10),
    mine=st.booleans(),
    class_code=st.sampled_from(["街面秩序/游商", "街面秩序/店外经营", "公共安全/燃气"]),
    claim_by=st.sampled_from(["", "李敏", "周宁"]),
    claim_until=st.sampled_from([nan, NOW - 1, NOW + 60]),
    callback=st.sampled_from([nan, NOW + 900]),
)
batches = st.lists(
    st.tuples(st.lists(rows, max_size=12), st.lists(st.integers(1, 30), max_size=6)), max_size=8
)
filters = st.builds(
    Filter,
    within=st.sampled_from(
        [
            {},
            {"status": frozenset({"reported", "handling"}), "class_group": frozenset({"街面秩序"})},
            {"mine": frozenset({True})},
            {"callback": frozenset({True})},
            {"grade": frozenset({Grade.NEAR, Grade.OVERDUE}), "claim_by": frozenset({""})},
        ]
    ),
    without=st.sampled_from([{}, {"township": frozenset({"新安镇"})}, {"claim_by": frozenset({"李敏"})}]),
    text=st.sampled_from(["", "js", "路灯 南楼", "1"]),
)
sorts = st.builds(
    Sort, column=st.sampled_from(["due", "title", "status", "number", "township"]), descending=st.booleans()
)


def row(number: int, **values: object) -> Row:
    due = NOW + number
    plain = Row(number=number, version=1, status="reported", title=f"事件{number}", received=NOW, due=due)
    return plain._replace(**values)  # type: ignore[arg-type]


def numbers(view: BoardView) -> list[int]:
    return [view.number_at(index) for index in range(len(view))]


@given(batches=batches, wanted=filters, order=sorts)
@settings(max_examples=60, deadline=None)
def test_a_view_equals_a_fresh_one_after_any_batches(
    batches: list[tuple[list[Row], list[int]]], wanted: Filter, order: Sort
) -> None:
    board = Board()
    view = BoardView(board, lambda: NOW)
    view.show(wanted)
    view.order_by(order)
    shown: list[int] = numbers(view)

    def follow(moves: Moves) -> None:
        shown[:] = replayed(shown, moves, view)

    view.listener = follow
    for arriving, gone in batches:
        board.apply(arriving, gone)
    fresh = BoardView(board, lambda: NOW)
    fresh.show(wanted)
    fresh.order_by(order)
    assert numbers(view) == numbers(fresh)
    assert shown == numbers(view)


@pytest.mark.parametrize("group", ["", "township"])
@pytest.mark.parametrize("order", [Sort(), Sort(descending=True), Sort("township"), Sort("title")])
def test_rows_that_say_the_same_stand_by_number(order: Sort, group: str) -> None:
    dice, board = Random(7), Board()
    view = BoardView(board, lambda: NOW)
    view.order_by(order)
    view.group_by(group)
    for version in range(1, 20):
        arriving = [
            row(
                dice.randint(1, 60),
                version=version,
                title="积水",
                due=dice.choice([nan, NOW]),
                township=dice.choice(["正定镇", ""]),
            )
            for _ in range(12)
        ]
        board.apply(arriving, [dice.randint(1, 60) for _ in range(4)])
        fresh = BoardView(board, lambda: NOW)
        fresh.order_by(order)
        fresh.group_by(group)
        assert numbers(view) == numbers(fresh)


def replayed(before: list[int], moves: Moves, view: BoardView) -> list[int]:
    """Do to a plain list what ``moves`` says; rows that are said to stay must be the same ones."""
    out = set(moves.removed.tolist())
    after = [number for index, number in enumerate(before) if index not in out]
    for index in moves.inserted.tolist():
        after.insert(index, view.number_at(index))
    assert set(moves.arrived.tolist()) == set(after) - set(before)
    assert {after[index] for index in moves.changed.tolist()} <= set(before)
    return after


@given(batches=batches)
@settings(max_examples=40, deadline=None)
def test_the_board_holds_the_newest_of_each_incident(batches: list[tuple[list[Row], list[int]]]) -> None:
    board, expected = Board(), dict[int, Row]()
    for arriving, gone in batches:
        change = board.apply(arriving, gone)
        before = dict(expected)
        latest = {one.number: one for one in arriving}
        for number in set(gone) - set(latest):
            expected.pop(number, None)
        for one in latest.values():
            if one.number not in expected or one.version >= expected[one.number].version:
                expected[one.number] = one
        assert set(change.added.tolist()) == set(expected) - set(before)
        assert set(change.removed.tolist()) == set(before) - set(expected)
        assert set(change.changed.tolist()) <= set(expected) & set(before)
    assert {number: str(board.row(number)) for number in expected} == {
        number: str(one) for number, one in expected.items()
    }
    assert len(board) == len(expected)
    counts = board.counts(NOW)
    assert counts.total == len(expected)
    assert sum(counts.by_status.values()) == sum(counts.by_grade.values()) == counts.total


def test_grades_follow_the_limit() -> None:
    board = Board()
    board.apply([row(1, warn_at=NOW + 80, due=NOW + 100), row(2, due=nan)])
    slots = np.array([board.slot(1), board.slot(2)])
    at = [board.grades(NOW + after, slots).tolist() for after in (79, 80, 99, 100)]
    assert at == [[Grade.FINE, 0], [Grade.NEAR, 0], [Grade.NEAR, 0], [Grade.OVERDUE, 0]]


def test_time_alone_lets_rows_into_a_view_of_the_overdue() -> None:
    now = [NOW]
    board = Board()
    view = BoardView(board, lambda: now[0])
    view.show(Filter(within={"grade": frozenset({Grade.OVERDUE})}))
    board.apply([row(1, due=NOW + 10), row(2, due=NOW + 20)])
    assert numbers(view) == []
    now[0] = NOW + 15
    view.pass_time()
    assert numbers(view) == [1]


def test_an_older_version_does_not_undo_a_newer_one() -> None:
    board = Board()
    board.apply([row(7, version=3, title="新")])
    board.apply([row(7, version=2, title="旧")])
    kept = board.row(7)
    assert kept is not None
    assert kept.title == "新"


def test_a_reload_takes_older_versions_back_and_drops_the_rest() -> None:
    board = Board()
    board.apply([row(1, version=9), row(2)])
    change = board.replace([row(1, version=4), row(3)])
    assert (change.added.tolist(), change.changed.tolist(), change.removed.tolist()) == ([3], [1], [2])
    kept = board.row(1)
    assert kept is not None
    assert kept.version == 4


def test_rows_without_a_limit_come_last_in_both_directions() -> None:
    board = Board()
    view = BoardView(board, lambda: NOW)
    board.apply([row(1, due=nan), row(2, due=NOW + 9), row(3, due=NOW + 1)])
    assert numbers(view) == [3, 2, 1]
    view.order_by(Sort("due", descending=True))
    assert numbers(view) == [2, 3, 1]
    assert [view.index_of(number) for number in (2, 3, 1, 4)] == [0, 1, 2, None]


def test_an_update_that_keeps_its_place_is_no_move() -> None:
    board = Board()
    board.apply([row(number) for number in range(1, 6)])
    view = BoardView(board, lambda: NOW)
    seen: list[Moves] = []
    view.listener = seen.append
    board.apply([row(3, version=2, title="改了")])
    assert (seen[0].removed.tolist(), seen[0].inserted.tolist(), seen[0].changed.tolist()) == ([], [], [2])
    board.apply([row(1, version=2, due=NOW + 9)])
    assert (seen[1].removed.tolist(), seen[1].inserted.tolist(), seen[1].arrived.tolist()) == ([0], [4], [])


def test_names_sort_as_in_a_chinese_list() -> None:
    board = Board()
    view = BoardView(board, lambda: NOW)
    view.order_by(Sort("township"))
    board.apply([row(1, township="正定镇"), row(2, township="曲阳桥镇"), row(3, township="北早现乡")])
    assert numbers(view) == [3, 2, 1]
    board.apply([row(4, township="南牛镇")])
    assert numbers(view) == [3, 4, 2, 1]


def test_titles_sort_both_ways() -> None:
    board = Board()
    view = BoardView(board, lambda: 0.0)
    board.apply([row(1, title="路灯不亮"), row(2, title="井盖破损")])
    view.order_by(Sort("title"))
    assert numbers(view) == [2, 1], "jǐng before lù"
    view.order_by(Sort("title", descending=True))
    assert numbers(view) == [1, 2]


def test_listeners_hear_of_every_change_until_they_stop() -> None:
    board, heard = Board(), list[Change]()
    stop = board.listen(heard.append)
    board.apply([row(1)])
    stop()
    board.apply([row(2)])
    assert [change.added.tolist() for change in heard] == [[1]]


def test_a_tally_counts_what_a_filter_could_ask_for() -> None:
    board = Board()
    board.apply([row(1, priority=1), row(2, status="handling"), row(3, status="handling")])
    assert board.tally("status") == {"handling": 2, "reported": 1}
    assert board.tally("priority") == {3: 2, 1: 1}


def test_the_board_grows_past_its_first_capacity_and_reuses_slots() -> None:
    board = Board()
    board.apply([row(number) for number in range(1, 3001)])
    capacity = board.capacity
    board.apply([], range(1, 3001))
    board.apply([row(number) for number in range(5001, 8001)])
    assert (len(board), board.capacity) == (3000, capacity)
    held = board.row(8000)
    assert held is not None
    assert held.title == "事件8000"
    assert isnan(held.lon)


def test_a_column_is_asked_for_as_what_it_is() -> None:
    board = Board()
    with pytest.raises(KeyError, match="due"):
        board.names("due")
    with pytest.raises(KeyError, match="unit"):
        board.floats("unit")


def test_free_text_can_be_chosen_whole() -> None:
    board = Board()
    view = BoardView(board, lambda: NOW)
    board.apply([row(1, place="府西街"), row(2, place="常山路")])
    view.show(Filter(within={"place": frozenset({"常山路"})}))
    assert numbers(view) == [2]
