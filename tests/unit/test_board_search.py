"""What somebody types finds the rows that say it: words, numbers, initials, long texts, rare characters."""

import pytest

from console.feed import board_search
from console.feed.board import Board
from console.feed.board_filter import Filter, admits
from console.feed.board_row import Row
from console.feed.board_search import initials
from console.feed.board_view import BoardView
from tests.unit.test_board import NOW, numbers, row


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("js", [1]),
        ("积水", [1]),
        ("JS", [1]),
        ("1042", [1042]),
        ("南楼 路灯", [2]),
        ("nlx", [2]),
        ("没有", []),
    ],
)
def test_search_knows_words_numbers_and_initials(text: str, found: list[int]) -> None:
    board = Board()
    view = BoardView(board, lambda: NOW)
    board.apply([row(1, title="路口积水"), row(2, title="路灯不亮", township="南楼乡"), row(1042)])
    view.show(Filter(text=text))
    assert numbers(view) == found


def test_initials_leave_other_characters_alone() -> None:
    board_search._table.cache_clear()  # another test may have read it, untraced
    assert initials("积水 A-12 号") == "js A-12 h"


def test_rows_made_searchable_in_advance_are_found_as_they_are_now() -> None:
    board = Board()
    view = BoardView(board, lambda: NOW)
    board.apply([row(1, title="积水"), row(2, title="积水")])
    board.apply([row(2, version=2, title="路灯")])
    view.show(Filter(text="积水"))
    assert numbers(view) == [1]
    assert 2 in board


@pytest.mark.parametrize(
    ("text", "found"),
    [("常山 很长", [1]), ("末尾", [1]), ("mw", [1]), ("𠮷", [2]), ("\uffff", []), ("0420", [10420])],
)
def test_long_texts_and_rare_characters_are_found_too(text: str, found: list[int]) -> None:
    board = Board()
    view = BoardView(board, lambda: NOW)
    board.apply(
        [row(1, title="很长" * 30 + "末尾", place="常山路"), row(2, title="吉𠮷家"), row(10420, place="z")]
    )
    view.show(Filter(text=text))
    assert numbers(view) == found
    board.apply([row(number, version=2, title="短", place="") for number in (1, 2)])
    assert numbers(view) == ([10420] if text == "0420" else [])


@pytest.mark.parametrize("text", ["积水", "js", "井", "gjd", "没有"])
def test_words_are_found_among_few_and_among_all_whatever_was_written_before(text: str) -> None:
    titles, board = ["路口积水", "井盖破损", "吉𠮷店", ""], Board()
    for version in range(1, 6):
        batch = [titles[(n + version) % 4] for n in range(600)]
        board.apply(
            [
                Row(number=n, version=version, status="handled", title=title, received=NOW)
                for n, title in enumerate(batch, start=1)
            ]
        )
        wanted = [n for n, title in enumerate(batch, start=1) if text in title or text in initials(title)]
        slots = board.all_slots()
        for some in (slots, slots[:20]):
            found = some[admits(board, Filter(text=text), NOW, some)]
            assert board.numbers[found].tolist() == [n for n in wanted if n in board.numbers[some]]
