"""What is typed in a hurry: a wrong number is never taken for words, a short word never guessed at."""

import pytest

from console.errors import BadInput
from ui.commandbar.grammar import complete, read
from ui.directory import Choice

UNITS = [
    Choice("130123-D02", "城管局", "城市管理局", "城管局 cgj 130123-d02 城市管理局"),
    Choice("130123-D01", "公安局", "县公安局", "公安局 gaj 130123-d01 县公安局"),
]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("处置反馈 41o77", "command_number"),
        ("不予受理 41o7x", "command_number"),
        ("核查 1042", "command_ambiguous"),
        ("re 1042", "command_ambiguous"),
        ("飞 1042", "command_unknown"),
    ],
)
def test_it_asks_instead_of_guessing(typed: str, code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read(typed, [], {"verify", "check", "report", "release", "reject"})
    assert refusal.value.code == code
    assert refusal.value.sentence


@pytest.mark.parametrize(
    ("typed", "action", "number"),
    [("结 1042", "close", 1042), ("核查通过", "verify", None), ("派 7", "dispatch", 7)],
)
def test_one_meaning_is_enough(typed: str, action: str, number: int | None) -> None:
    found = read(typed, [], {"close", "verify", "check", "dispatch"})
    assert (found.action.key, found.number) == (action, number)


def test_a_command_is_read_in_both_languages() -> None:
    for text in (
        "派 1042 城管局 2h",
        "派遣 #1042 cgj 2h",
        "dispatch 1042 城管 2h",
        "disp 1042 130123-D02 2h",
    ):
        typed = read(text, UNITS)
        assert (typed.action.key, typed.number) == ("dispatch", 1042)
        assert typed.args == {"unit": "130123-D02", "limit": {"seconds": 7200, "clock": "working"}}
    assert read("结 1042", UNITS).action.key == "close"
    assert read("领", UNITS, ["claim"]).number is None
    assert read("reject 7 重复反映 同一件", UNITS).args == {"reason": "重复反映 同一件"}
    assert read("退 7", UNITS).missing == ["原因"]


def test_an_unknown_or_ambiguous_word_of_a_command_is_named() -> None:
    with pytest.raises(BadInput, match="没有“飞”"):
        read("飞 1", UNITS)
    with pytest.raises(BadInput, match="公安局"):
        read("派 1 局", UNITS)


def test_a_legal_action_wins_where_several_begin_alike() -> None:
    with pytest.raises(BadInput, match="核"):
        read("核", UNITS)
    assert read("核", UNITS, ["verify", "rework"]).action.key == "verify"


def test_tab_completes_actions_and_units() -> None:
    assert complete("派", UNITS) == ["派遣 "]
    assert complete("disp", UNITS) == ["dispatch "]
    assert complete("派 1042 cg", UNITS) == ["派 1042 城管局 "]
