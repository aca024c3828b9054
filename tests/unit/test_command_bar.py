"""What is typed in a hurry: a wrong number is never taken for words, a short word never guessed at."""

from collections.abc import Iterator

import pytest

from console.errors import BadInput
from console.language import LANGUAGES, use
from console.workflow import actions
from ui.commandbar.grammar import complete, read, takes_back
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
        ("签收 41o76", "command_number"),
        ("签收 #41o76", "command_number"),
        ("签收 o1076", "command_number"),
        ("签收 4l", "command_number"),
        ("签收41o76", "command_number"),
        ("签收 410七6", "command_number"),
    ],
)
def test_it_asks_instead_of_guessing(typed: str, code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read(typed, [], {"verify", "check", "report", "release", "reject"})
    assert refusal.value.code == code
    assert refusal.value.sentence


LEGAL = {"close", "verify", "check", "dispatch", "urge", "supervise"}


@pytest.mark.parametrize(
    ("typed", "action", "number"),
    [
        ("结 1042", "close", 1042),
        ("核查通过", "verify", None),
        ("派 7", "dispatch", 7),
        ("派7", "dispatch", 7),
        ("派 ＃１０４２", "dispatch", 1042),
        ("反馈 7", "feedback", 7),  # the end of 处置反馈
        ("受 7", "accept", 7),  # 受理立案 begins so; 不予受理 only has it
        ("通过 7", "verify", 7),
        ("督 7", "supervise", 7),
        ("承办 7", "designate", 7),
        ("Force close 7", "force-close", 7),
        ("催 7", "urge", 7),  # 催单 begins so too, but is not legal here
    ],
)
def test_one_meaning_is_enough(typed: str, action: str, number: int | None) -> None:
    found = read(typed, [], LEGAL)
    assert (found.action.key, found.number) == (action, number)


def test_a_short_word_of_several_legal_actions_is_answered_with_them() -> None:
    with pytest.raises(BadInput) as refusal:
        read("办 7", [], LEGAL)
    assert refusal.value.code == "command_ambiguous"
    assert "催办 / 督办" in refusal.value.sentence
    assert "指定承办" not in refusal.value.sentence


@pytest.fixture(params=LANGUAGES)
def tongue(request: pytest.FixtureRequest) -> Iterator[str]:
    use(request.param)
    yield request.param
    use("zh")


@pytest.mark.usefixtures("tongue")
def test_every_action_is_found_by_its_name() -> None:
    for action in actions().values():
        found = read(f"{action.label} 7", [], LEGAL)
        assert (found.action, found.number) == (action, 7)


def test_what_the_open_case_does_not_allow_is_said_before_it_is_sent() -> None:
    with pytest.raises(BadInput) as refusal:
        read("签收", [], LEGAL)
    assert refusal.value.code == "command_not_now"
    assert read("签收 7", [], LEGAL).number == 7  # another case: the database judges
    assert read("上报", [], LEGAL).action.key == "report"


def test_taking_back_is_asked_by_its_whole_name_alone() -> None:
    assert takes_back("撤销")
    assert takes_back("UNDO")
    assert not takes_back("撤 1042 反映人撤回")
    assert read("撤 1042 反映人撤回", []).action.key == "withdraw"
    with pytest.raises(BadInput) as refusal:  # it takes the last step back, whichever case that was
        takes_back("撤销 1042")
    assert refusal.value.code == "command_too_long"


def test_a_unit_may_be_named_by_its_code_first() -> None:
    assert read("派 130123-D02 2h", UNITS).args["unit"] == "130123-D02"


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
    assert complete("派", UNITS) == ["派遣 ", "下派 "]
    assert complete("撤", UNITS) == ["撤诉 ", "撤销 "]
    assert complete("disp", UNITS) == ["dispatch "]
    assert complete("派 1042 cg", UNITS) == ["派 1042 城管局 "]
