"""How a figure stands to the stretch before, in words: with what it is compared, and why not."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from console import language
from console.indicators import changes, figures, words
from console.indicators.indicator import indicators
from tests.unit.board_words import DOCUMENT, NIGHT, board_of, figure

FEW, BEFORE = "不足 5 例，不比较", "此前不足 5 例"


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    yield
    language.use("zh")


@pytest.mark.parametrize(
    ("key", "before", "value", "text", "role"),
    [
        ("received", 0.0, 211.0, "较昨日同时 ↑ 211", "second"),
        ("closed", 12.0, 100.0, "较昨日同时 ↑ 88 转好", "fine"),
        ("closed", 1.0, 0.0, "较昨日同时 ↓ 1 转差", "near"),
        ("on_time", 0.5102, 0.5, "较昨日同时 ↓ 1.0 个百分点 转差", "near"),
        ("rework", 0.5015, 0.5, "较昨日同时 ↓ 0.1 个百分点 转好", "fine"),
        ("on_time", 0.5, 0.5001, "与昨日同时持平", "second"),
        ("on_time", 0.5004, 0.5006, "较昨日同时 ↑ 0.1 个百分点 转好", "fine"),  # 50.0 % and 50.1 %
        ("reports_per_worker", 0.5, 0.504, "与昨日同时持平", "second"),
        ("reports_per_worker", 0.506, 0.5, "较昨日同时 ↓ 0.01 转差", "near"),
        ("to_close", 331.0, 389.0, "与昨日同时持平", "second"),  # 6 minutes both
        ("to_close", 329.0, 331.0, "较昨日同时 ↑ 1 分钟 转差", "near"),  # 5 and 6 minutes
        ("to_close", 176_400.0, 179_940.0, "与昨日同时持平", "second"),  # 2 days and an hour both
        ("to_close", 176_400.0, 180_000.0, "较昨日同时 ↑ 1 小时 转差", "near"),
        ("on_time", None, 0.5, "此前无可比数据", "second"),
        ("patrols", None, 0.5, "今日未完，不比较", "second"),
        ("flags_kept", None, 0.5, "整月才比较", "second"),
        ("patrolled", None, 0.5, "今日未完，不比较", "second"),
        ("open", None, 0.5, "此刻", "second"),
    ],
)
def test_changes_are_told_in_words(
    key: str, before: float | None, value: float, text: str, role: str
) -> None:
    """From what is told of the one to what is told of the other: whoever subtracts finds it."""
    change = None if before is None else value - before
    indicator, found = indicators()[key], figure(key, value, change, before=before)
    assert changes.change_text(indicator, found, board_of(1, "11-18T12:30")) == text
    assert changes.change_role(indicator, found) == role


def test_a_past_period_is_told_as_of_its_end() -> None:
    """A time of day alone, one moment before midnight, would be of no day."""
    told = [words.as_of_text(board_of(31, f"10-31{end}")) for end in (NIGHT, "T12:30")]
    assert told == ["2026-10-31 24:00", "12:30:00"]


@pytest.mark.parametrize(("of", "before_of", "why"), [(20, 4, BEFORE), (4, 20, FEW), (4, None, FEW)])
def test_a_share_of_few_is_held_against_none(of: int, before_of: int | None, why: str) -> None:
    """The last as older papers have it: of how many it was before they do not say."""
    indicator, board = indicators()["closing"], board_of(1, "11-18T12:30")
    found = figure("closing", 0.5, -0.1, denominator=of, before=0.6, before_of=before_of)
    assert changes.change_text(indicator, found, board) == why
    assert changes.change_role(indicator, found) == "second"
    assert changes.compared_text(indicator, found, board) == ""
    enough = replace(found, denominator=5, before_of=before_of and 5)
    assert changes.change_text(indicator, enough, board) == "较昨日同时 ↓ 10.0 个百分点 转差"


@pytest.mark.parametrize(("cases", "before_of", "why"), [(20, 4, BEFORE), (4, 20, FEW), (4, None, FEW)])
def test_how_long_few_cases_took_is_held_against_none(cases: int, before_of: int | None, why: str) -> None:
    """One case that waited for a weekend is no verdict on how long closing takes."""
    indicator, board = indicators()["to_close"], board_of(1, "11-18T12:30")
    facts: dict[str, Any] = {"denominator": None, "p90": 9000.0, "before": 3600.0}
    found = figure("to_close", 7200.0, 3600.0, numerator=cases, before_of=before_of, **facts)
    assert changes.change_text(indicator, found, board) == why
    assert changes.change_role(indicator, found) == "second"
    assert changes.compared_text(indicator, found, board) == ""
    enough = replace(found, numerator=5, before_of=before_of and 5)
    assert changes.change_text(indicator, enough, board) == "较昨日同时 ↑ 1 小时 转差"


@pytest.mark.parametrize(
    ("key", "unknown", "zh", "en"),
    [
        ("groups_live", "last_only", "只留最近一次，过去不详", "Only the last is kept"),
        ("patrols", "unrecorded", "尚无登记", "Not recorded yet"),
    ],
)
def test_what_is_not_known_says_why(key: str, unknown: str, zh: str, en: str) -> None:
    """Where a change would stand: on tiles, walls and paper, in hovers and on the command line."""
    found = figure(key, None, numerator=None, denominator=None, unknown=unknown)
    for tongue, text in (("zh", zh), ("en", en)):
        language.use(tongue)
        assert changes.change_text(indicators()[key], found, board_of(1, "11-18T12:30")) == text
        assert words.figure_text(indicators()[key], found) == "—"


def test_homes_visited_once_are_compared_in_a_year_only_once_it_is_over() -> None:
    indicator, found = indicators()["patrolled"], figure("patrolled", 0.5, None)
    told = [changes.change_text(indicator, found, board_of(days, "11-18T12:30")) for days in (31, 32)]
    assert told == ["此前无可比数据", "时段过完才比较"]


@pytest.mark.parametrize(
    ("days", "at", "cases", "records"),
    [
        (7, "11-18T12:30", "前 7 天", "前 6 个整天"),
        (30, "11-18T12:30", "前 30 天", "前 29 个整天"),
        (1, f"11-18{NIGHT}", "前一日", "前一日"),
        (7, f"11-22{NIGHT}", "前一周", "前一周"),  # Monday to Sunday
        (7, f"11-18{NIGHT}", "前 7 天", "前 7 天"),
        (31, f"10-31{NIGHT}", "前一月", "前一月"),
        (28, f"02-28{NIGHT}", "前一月", "前一月"),
        (30, f"10-31{NIGHT}", "前 30 天", "前 30 天"),
        (18, "11-18T12:30", "上月同期", "上月同期"),
        (30, "11-30T17:00", "上月同期", "上月同期"),  # the month is not over
        (1, "11-01T17:00", "昨日同时", "昨日同时"),
        (18, f"11-18{NIGHT}", "前 18 天", "前 18 天"),
        (49, "11-18T12:30", "前 49 天", "前 48 个整天"),
    ],
)
def test_the_stretch_before_is_called_by_its_name(days: int, at: str, cases: str, records: str) -> None:
    board = board_of(days, at)
    for key, name in (("received", cases), ("patrols", records)):
        indicator = indicators()[key]
        assert changes.before_text(board, indicator) == name
        assert changes.change_text(indicator, figure(key, 5.0, 0.0), board) == f"与{name}持平"


def test_a_change_says_to_what_in_english_too() -> None:
    language.use("en")
    closed, fewer = indicators()["closed"], figure("closed", 5.0, -3.0)
    told = [changes.change_text(closed, fewer, board_of(1, "11-18T08:10"), one) for one in changes.Length]
    assert told == [
        "↓ 3, worse vs 24 h ago",
        "↓ 3, worse vs 24 h ago",
        "↓ 3, worse\nvs 24 h ago",
        "↓ 3 vs 24 h ago",
    ]
    month = board_of(31, f"10-31{NIGHT}")
    assert changes.change_text(closed, fewer, month) == "↓ 3, worse vs the month before"


@pytest.mark.parametrize(
    ("key", "change", "full", "least"),
    [
        ("received", 211.0, "较前 7 天 ↑ 211", "较前 7 天 ↑ 211"),
        ("on_time", -0.0102, "较前 7 天 ↓ 1.0 个百分点 转差", "较前 7 天 ↓ 1.0 个百分点"),
        ("to_close", -46_800.0, "较前 7 天 ↓ 13 小时 转好", "较前 7 天 ↓ 13 小时"),
        ("to_close", 183_000.0, "较前 7 天 ↑ 2 天 2 小时 转差", "较前 7 天 ↑ 2 天 2 小时"),
        ("received", 0.0, "与前 7 天持平", "与前 7 天持平"),
        ("reports_per_worker", 0.004, "与前 7 天持平", "与前 7 天持平"),
        ("patrols", 2.0, "较前 6 个整天 ↑ 2 转好", "较前 6 个整天 ↑ 2"),
    ],
)
def test_a_change_has_one_spelling_however_little_room_there_is(
    key: str, change: float, full: str, least: str
) -> None:
    """To what and by how much it always says; it takes two lines, and the verdict goes first."""
    found, week = figure(key, 0.0, change), board_of(7, "11-18T12:30")
    told = [changes.change_text(indicators()[key], found, week, one) for one in changes.Length]
    two_lines = re.sub(" (?=[↑↓])", "\n", full)
    assert told == [full, full, two_lines, least]


def test_the_hover_says_what_was_held_against_what() -> None:
    ends = {"before": "2026-11-04T16:00:00+00:00", "before_ends": "2026-11-11T04:30:00+00:00"}
    whole = {"at": "2026-11-17T15:59:59.999999+00:00", "before_ends": "2026-11-10T15:59:59.999999+00:00"}
    board = figures.parse(DOCUMENT | ends | {"from": "2026-11-11T16:00:00+00:00", "whole": whole})
    patrols = figure("patrols", 20.0, 3.0, before=15, compared=18.0)
    told = changes.compared_text(indicators()["patrols"], patrols, board)
    assert told == "比较：2026-11-12 至 2026-11-17 为 18，2026-11-05 至 2026-11-10 为 15"
    received = figure("received", 20.0, 5.0, before=15)
    told = changes.compared_text(indicators()["received"], received, board)
    assert told == (
        "比较：2026-11-12 00:00 至 2026-11-18 12:30 为 20，2026-11-05 00:00 至 2026-11-11 12:30 为 15"
    )
    assert changes.compared_text(indicators()["received"], figure("received", 20.0), board) == ""
    issued = figures.parse(DOCUMENT)  # a bulletin of a time when boards did not say it
    assert changes.compared_text(indicators()["received"], received, issued) == ""
