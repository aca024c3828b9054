"""What is typed in a hurry: a wrong number is never taken for words, a short word never guessed at."""

from collections.abc import Iterator

import pytest

from console.errors import BadInput
from console.language import LANGUAGES, use
from console.workflow import actions
from ui.commandbar.completion import complete, meaning
from ui.commandbar.grammar import only_number, read, takes_back
from ui.commandbar.lexicon import Lexicon
from ui.directory import Choice

UNITS = [
    Choice("130123-D02", "城管局", "城市管理局", "城管局 cgj 130123-d02 城市管理局"),
    Choice("130123-D01", "公安局", "县公安局", "公安局 gaj 130123-d01 县公安局"),
]
CASES = [Choice("1042", "1042", "路面积水"), Choice("1043", "1043", "井盖破损")]
SEATS = [Choice("li", "李敏", "", "李敏 lm li"), Choice("wang", "王强", "", "王强 wq wang")]
NOON = 1_795_000_000.0
WORDS = Lexicon(
    {"unit": lambda: UNITS, "seat": lambda: SEATS, "person": lambda: SEATS},
    lambda typed: [case for case in CASES if case.value.startswith(typed)],
    lambda: NOON,
)

GRIDS = Lexicon(
    {
        "grid": lambda: [
            Choice("130123201204002", "韩家庄村第二网格", "", "韩家庄村第二网格 hjzcdewg 130123201204002"),
            Choice("130123201204003", "韩家庄村第三网格", "", "韩家庄村第三网格 hjzcdswg 130123201204003"),
        ]
    }
)


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
        read(typed, WORDS, {"verify", "check", "report", "release", "reject"})
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
    found = read(typed, WORDS, LEGAL)
    assert (found.action.key, found.number) == (action, number)


def test_a_short_word_of_several_legal_actions_is_answered_with_them() -> None:
    with pytest.raises(BadInput) as refusal:
        read("办 7", WORDS, LEGAL)
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
        found = read(f"{action.label} 7", WORDS, LEGAL)
        assert (found.action, found.number) == (action, 7)


def test_what_the_open_case_does_not_allow_is_said_before_it_is_sent() -> None:
    with pytest.raises(BadInput) as refusal:
        read("签收", WORDS, LEGAL)
    assert refusal.value.code == "command_not_now"
    assert read("签收 7", WORDS, LEGAL).number == 7  # another case: the database judges
    assert read("上报", WORDS, LEGAL).action.key == "report"


def test_taking_back_is_asked_by_its_whole_name_alone() -> None:
    assert takes_back("撤销")
    assert takes_back("UNDO")
    assert not takes_back("撤 1042 反映人撤回")
    assert read("撤 1042 反映人撤回", WORDS).action.key == "withdraw"
    with pytest.raises(BadInput) as refusal:  # it takes the last step back, whichever case that was
        takes_back("撤销 1042")
    assert refusal.value.code == "command_too_long"


def test_a_unit_may_be_named_by_its_code_first() -> None:
    assert read("派 130123-D02 2h", WORDS).args["unit"] == "130123-D02"


def test_a_command_is_read_in_both_languages() -> None:
    for text in (
        "派 1042 城管局 2h",
        "派遣 #1042 cgj 2h",
        "dispatch 1042 城管 2h",
        "disp 1042 130123-D02 2h",
    ):
        typed = read(text, WORDS)
        assert (typed.action.key, typed.number) == ("dispatch", 1042)
        assert typed.args == {"unit": "130123-D02", "limit": {"seconds": 7200, "clock": "working"}}
    assert read("结 1042", WORDS).action.key == "close"
    assert read("领", WORDS, ["claim"]).number is None
    assert read("reject 7 重复反映 同一件", WORDS).args == {"reason": "重复反映 同一件"}
    assert read("退 7", WORDS).missing == ["原因"]


@pytest.mark.parametrize("limit", ["2x", "2", "1.5", "1000000d"])
def test_a_mistyped_limit_is_refused_and_never_taken_for_a_reason(limit: str) -> None:
    with pytest.raises(BadInput, match=f"“{limit}”"):
        read(f"派 1042 城管局 {limit}", WORDS)
    assert read(f"派 1042 城管局 原因={limit}", WORDS).args["reason"] == limit
    assert read(f"派 1042 城管局 2h {limit}", WORDS).args["reason"] == limit
    assert read(f"备注 1042 {limit}", WORDS).args["text"] == limit


def test_an_unknown_or_ambiguous_word_of_a_command_is_named() -> None:
    with pytest.raises(BadInput, match="没有“飞”"):
        read("飞 1", WORDS)
    with pytest.raises(BadInput, match="公安局"):
        read("派 1 局", WORDS)


def test_a_legal_action_wins_where_several_begin_alike() -> None:
    with pytest.raises(BadInput, match="核"):
        read("核", WORDS)
    assert read("核", WORDS, ["verify", "rework"]).action.key == "verify"


def test_tab_completes_actions_and_units() -> None:
    assert lines("派") == ["派遣 ", "下派 "]
    assert lines("撤") == ["撤诉 ", "撤销 "]
    assert lines("disp") == ["dispatch "]
    assert lines("zpd") == []
    assert lines("104") == ["1042", "1043"], "a case by itself, to be opened"
    assert lines("slla") == ["受理立案 "]
    assert lines("派 104") == ["派 1042 ", "派 1043 "]
    assert lines("派 1042 cg") == ["派 1042 城管局 "]
    assert lines("派 1042 城管局 ga") == ["派 1042 城管局 公安局 "]
    assert lines("派 1042 城管局 原") == ["派 1042 城管局 原因="]
    assert lines("督办 1042 ") == ["督办 1042 黄牌 ", "督办 1042 红牌 "]
    assert lines("转 1042 lm") == ["转 1042 李敏 "]


def lines(typed: str) -> list[str]:
    return [one.line for one in complete(typed, WORDS, LEGAL)]


@pytest.mark.parametrize(
    ("typed", "args"),
    [
        ("派 1042 城管局 公安局 两小时", {"unit": "130123-D02", "with": ["130123-D01"], "limit": "2h"}),
        (
            "派 1042 城管局 2u 原因=群众 再次来电",
            {"unit": "130123-D02", "limit": "2u", "reason": "群众 再次来电"},
        ),
        ("dispatch 1042 cgj reason=again", {"unit": "130123-D02", "reason": "again"}),
        ("派 1042 公安局 公安局已到现场", {"unit": "130123-D01", "reason": "公安局已到现场"}),
        ("督办 1042 红 立即处置", {"card": "red", "text": "立即处置"}),
        ("转 1042 王强 请跟进", {"to": "wang", "note": "请跟进"}),
        ("回访 1042 是 是 否", {"contacted": "yes", "solved": "yes", "satisfied": "no"}),
        ("回访 1042 yes 满意=no", {"contacted": "yes", "satisfied": "no"}),
        ("核查走访 1042 不合格 现场未清", {"result": "不合格", "text": "现场未清"}),
        ("并 1042 1043 同一处", {"into": "1043", "text": "同一处"}),
        ("通话 1042 已答复 回电时间=18:30", {"text": "已答复", "callback": "2026-11-18T18:30:00+08:00"}),
        ("批示 1042 尽快办结 明天9点", {"text": "尽快办结", "due": "2026-11-19T09:00:00+08:00"}),
        ("归类 1042 优先级=1", {"priority": "1"}),
    ],
)
def test_each_word_goes_where_it_fits(typed: str, args: dict[str, object]) -> None:
    found = dict(read(typed, WORDS).args)
    limit = found.pop("limit", None)
    expected = {name: value for name, value in args.items() if name != "limit"}
    assert found == expected
    told = {"2h": (7200, "working"), "2u": (7200, "continuous")}
    if "limit" in args:
        assert isinstance(limit, dict)
        assert (limit["seconds"], limit["clock"]) == told[str(args["limit"])]


@pytest.mark.parametrize(
    ("typed", "told", "whole"),
    [
        ("派", "派遣 [编号] 承办单位 [协办单位] [时限] [原因]", False),
        ("派 1042 城管局 2h", "派遣 1042 路面积水 · 承办单位 城管局 · 时限 2 小时（工作时）", True),
        ("退 1042", "退回 1042 路面积水 · 还缺 原因", False),
        ("飞", "", False),
    ],
)
def test_the_bar_says_what_it_has_understood(typed: str, told: str, whole: bool) -> None:
    said = meaning(typed, WORDS, (), lambda number: "路面积水" if number == 1042 else "")
    assert said == (told, whole)


def test_a_number_alone_opens_the_case_and_says_so_before() -> None:
    title = {41076: "井盖丢失"}
    for text in ("41076", "#41076 ", "＃41076"):
        assert only_number(text) == 41076
    assert [only_number(text) for text in ("41o76", "派 41076", "", "1 2")] == [None] * 4
    told = meaning("41076", WORDS, (), lambda number: title.get(number or 0, ""))
    assert told == ("打开 41076 井盖丢失", True)
    assert meaning("7", WORDS, (), lambda _number: "") == ("打开 7", False)


@pytest.mark.parametrize(
    ("typed", "told", "clear"),
    [
        ("格 130123201204002", "网格卡 韩家庄村第二网格", True),
        ("格130123201204002", "网格卡 韩家庄村第二网格", True),
        ("网格 韩家庄村第三网格", "网格卡 韩家庄村第三网格", True),
        ("grid hjzcd2", "网格卡 hjzcd2", False),
        ("GRID hjzcdswg", "网格卡 韩家庄村第三网格", True),
        ("格 hjz", "“hjz”可以是 2 个", False),
    ],
)
def test_a_grid_is_asked_for_by_code_name_or_initials(typed: str, told: str, clear: bool) -> None:
    said, whole = meaning(typed, GRIDS, [], lambda _number: "")
    assert (said.startswith(told), whole) == (True, clear), said


def test_tab_offers_grids_after_their_word_and_the_word_itself() -> None:
    lines = [one.line for one in complete("格 hjzcd", GRIDS)]
    assert lines == ["格 130123201204002", "格 130123201204003"]
    assert complete("格", GRIDS)[0].line == "格 "
    assert complete("gr", GRIDS)[0].line == "格 "
    assert "格 " not in [one.line for one in complete("派", GRIDS)]
