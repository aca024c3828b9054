"""`wall`: which pages stand on which display."""

import pytest

from console.cli.commands import windows
from console.cli.usage import Parser
from console.errors import BadInput
from ui.wall.pages import PAGES


def plan(*words: str) -> list[list[str]]:
    parser = Parser()
    windows.add(parser.add_subparsers())
    return windows.plan(parser.parse_args(["wall", *words]))


def test_a_page_alone_all_of_them_or_a_list_for_every_display() -> None:
    assert plan() == []
    assert plan("operations") == [["operations"]]
    assert plan("all") == [list(PAGES)]
    assert plan("--displays", "overview,map", "overdue") == [["overview", "map"], ["overdue"]]


@pytest.mark.parametrize("words", [("nowhere",), ("--displays", "map,"), ("map", "--displays", "overdue")])
def test_what_is_no_page_is_told_with_those_that_are(words: tuple[str, ...]) -> None:
    with pytest.raises(BadInput) as refused:
        plan(*words)
    assert refused.value.sentence
