"""Figures as typed values and as words: declared once, in both languages, never judged by colour alone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from console import language
from console.indicators import figures, records, words
from console.indicators.figures import Figure
from console.indicators.indicator import BOARDS, Direction, Kind, bearer, indicators


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    yield
    language.use("zh")


def figure(key: str, value: float | None, change: float | None = None, **more: Any) -> Figure:  # noqa: ANN401
    facts: dict[str, Any] = {
        "numerator": 10,
        "denominator": 20,
        "before": None,
        "spark": (1.0,),
        "cases": True,
    }
    return Figure(**{"key": key, "value": value, "change": change, **facts, **more})


def test_each_board_has_its_figures_with_words_in_both_languages() -> None:
    counted = {board: len([one for one in indicators().values() if one.board == board]) for board in BOARDS}
    assert min(counted.values()) >= 3
    for one in indicators().values():
        wanted = {"name", "unit", "formula"} | ({"hit", "of", "miss"} if one.kind is Kind.RATE else set())
        assert wanted <= set(one.words), one.key
        assert all(set(pair) == {"zh", "en"} and all(pair.values()) for pair in one.words.values()), one.key
        assert one.source


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("received", 1064.0, "1,064"),
        ("received", 0.0, "0"),
        ("received", None, "—"),
        ("closing", 592 / 639, "92.6 %"),
        ("closing", 1.0, "100.0 %"),
        ("closing", None, "—"),
        ("load", 308 / 1200, "0.26"),
        ("to_close", 90.0, "2 分钟"),
        ("to_close", 12000.0, "3 小时 20 分钟"),
        ("to_close", 190_900.0, "2 天 5 小时"),
        ("to_close", None, "—"),
    ],
)
def test_values_are_written_by_their_kind(key: str, value: float | None, text: str) -> None:
    assert words.value_text(indicators()[key], value) == text


def moment(text: str) -> datetime:
    """Return a moment in China."""
    return datetime.fromisoformat(f"2026-{text}+08:00")


def board_of(days: int, at: str) -> figures.BoardFigures:
    """Return a board of so many days up to a moment; a last moment of a day is its end."""
    last = moment(at)
    first = last.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)
    return replace(figures.parse(DOCUMENT), days=days, at=last, edges=(first, last))


@pytest.mark.parametrize(
    ("key", "change", "text", "role"),
    [
        ("received", 211.0, "较昨日同时 ↑ 211", "second"),
        ("closed", 88.0, "较昨日同时 ↑ 88 转好", "fine"),
        ("closed", -1.0, "较昨日同时 ↓ 1 转差", "near"),
        ("on_time", -0.0102, "较昨日同时 ↓ 1.0 个百分点 转差", "near"),
        ("rework", -0.0015, "较昨日同时 ↓ 0.1 个百分点 转好", "fine"),
        ("on_time", 0.0001, "与昨日同时持平", "second"),
        ("reports_per_worker", 0.004, "与昨日同时持平", "second"),
        ("reports_per_worker", -0.006, "较昨日同时 ↓ 0.01 转差", "near"),
        ("to_close", 29.0, "与昨日同时持平", "second"),
        ("to_close", 31.0, "较昨日同时 ↑ 1 分钟 转差", "near"),
        ("received", 0.4, "与昨日同时持平", "second"),
        ("on_time", None, "此前无可比数据", "second"),
        ("patrols", None, "今日未完，不比较", "second"),
        ("flags_kept", None, "整月才比较", "second"),
        ("patrolled", None, "今日未完，不比较", "second"),
        ("open", None, "此刻", "second"),
    ],
)
def test_changes_are_told_in_words(key: str, change: float | None, text: str, role: str) -> None:
    indicator, found = indicators()[key], figure(key, 0.5, change)
    assert words.change_text(indicator, found, board_of(1, "11-18T12:30")) == text
    assert words.change_role(indicator, found) == role


def test_a_past_period_is_told_as_of_its_end() -> None:
    """A time of day alone, one moment before midnight, would be of no day."""
    told = [words.as_of_text(board_of(31, f"10-31{end}")) for end in (NIGHT, "T12:30")]
    assert told == ["2026-10-31 24:00", "12:30:00"]


@pytest.mark.parametrize(("of", "before_of"), [(20, 4), (4, 20), (4, None)])
def test_a_share_of_few_is_held_against_none(of: int, before_of: int | None) -> None:
    """The last as older papers have it: of how many it was before they do not say."""
    indicator, board = indicators()["closing"], board_of(1, "11-18T12:30")
    found = figure("closing", 0.5, -0.1, denominator=of, before=0.6, before_of=before_of)
    assert words.change_text(indicator, found, board) == "不足 5 例，不比较"
    assert words.change_role(indicator, found) == "second"
    assert words.compared_text(indicator, found, board) == ""
    enough = replace(found, denominator=5, before_of=before_of and 5)
    assert words.change_text(indicator, enough, board) == "较昨日同时 ↓ 10.0 个百分点 转差"


@pytest.mark.parametrize(("cases", "before_of"), [(20, 4), (4, 20), (4, None)])
def test_how_long_few_cases_took_is_held_against_none(cases: int, before_of: int | None) -> None:
    """One case that waited for a weekend is no verdict on how long closing takes."""
    indicator, board = indicators()["to_close"], board_of(1, "11-18T12:30")
    facts: dict[str, Any] = {"denominator": None, "p90": 9000.0, "before": 3600.0}
    found = figure("to_close", 7200.0, 3600.0, numerator=cases, before_of=before_of, **facts)
    assert words.change_text(indicator, found, board) == "不足 5 例，不比较"
    assert words.change_role(indicator, found) == "second"
    assert words.compared_text(indicator, found, board) == ""
    enough = replace(found, numerator=5, before_of=before_of and 5)
    assert words.change_text(indicator, enough, board) == "较昨日同时 ↑ 1 小时 转差"


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
        assert words.change_text(indicators()[key], found, board_of(1, "11-18T12:30")) == text
        assert words.figure_text(indicators()[key], found) == "—"


def test_homes_visited_once_are_compared_in_a_year_only_once_it_is_over() -> None:
    indicator, found = indicators()["patrolled"], figure("patrolled", 0.5, None)
    told = [words.change_text(indicator, found, board_of(days, "11-18T12:30")) for days in (31, 32)]
    assert told == ["此前无可比数据", "时段过完才比较"]


NIGHT = "T23:59:59.999999"


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
        assert words.before_text(board, indicator) == name
        assert words.change_text(indicator, figure(key, 5.0, 0.0), board) == f"与{name}持平"


def test_a_change_says_to_what_in_english_too() -> None:
    language.use("en")
    closed, fewer = indicators()["closed"], figure("closed", 5.0, -3.0)
    told = [words.change_text(closed, fewer, board_of(1, "11-18T08:10"), one) for one in words.Length]
    assert told == [
        "↓ 3, worse vs 24 h ago",
        "↓ 3, worse vs 24 h ago",
        "↓ 3, worse\nvs 24 h ago",
        "↓ 3 vs 24 h ago",
    ]
    month = board_of(31, f"10-31{NIGHT}")
    assert words.change_text(closed, fewer, month) == "↓ 3, worse vs the month before"


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
    found, week = figure(key, 0.5, change), board_of(7, "11-18T12:30")
    told = [words.change_text(indicators()[key], found, week, one) for one in words.Length]
    two_lines = re.sub(" (?=[↑↓])", "\n", full)
    assert told == [full, full, two_lines, least]


def test_the_hover_says_what_was_held_against_what() -> None:
    ends = {"before": "2026-11-04T16:00:00+00:00", "before_ends": "2026-11-11T04:30:00+00:00"}
    whole = {"at": "2026-11-17T15:59:59.999999+00:00", "before_ends": "2026-11-10T15:59:59.999999+00:00"}
    board = figures.parse(DOCUMENT | ends | {"from": "2026-11-11T16:00:00+00:00", "whole": whole})
    patrols = figure("patrols", 20.0, 3.0, before=15, compared=18.0)
    told = words.compared_text(indicators()["patrols"], patrols, board)
    assert told == "比较：2026-11-12 至 2026-11-17 为 18，2026-11-05 至 2026-11-10 为 15"
    received = figure("received", 20.0, 5.0, before=15)
    told = words.compared_text(indicators()["received"], received, board)
    assert told == (
        "比较：2026-11-12 00:00 至 2026-11-18 12:30 为 20，2026-11-05 00:00 至 2026-11-11 12:30 为 15"
    )
    assert words.compared_text(indicators()["received"], figure("received", 20.0), board) == ""
    issued = figures.parse(DOCUMENT)  # a bulletin of a time when boards did not say it
    assert words.compared_text(indicators()["received"], received, issued) == ""


def test_every_direction_is_meant() -> None:
    assert {one.direction for one in indicators().values()} == set(Direction)


def test_a_rate_says_what_it_is_taken_of() -> None:
    found = figure("closing", 0.926, numerator=592, denominator=639)
    assert words.parts_text(indicators()["closing"], found) == "已办结 592 / 应结 639"
    language.use("en")
    assert words.parts_text(indicators()["closing"], found) == "closed 592 / due 639"


DOCUMENT: dict[str, Any] = {
    "board": "incidents",
    "days": 7,
    "at": "2026-11-18T04:30:00+00:00",
    "step": "day",
    "organisation": {"code": "130123", "name": "正定县", "level": "county"},
    "edges": ["2026-11-16T16:00:00+00:00", "2026-11-17T16:00:00+00:00", "2026-11-18T16:00:00+00:00"],
    "figures": [
        {
            "key": "closing",
            "value": None,
            "numerator": 0,
            "denominator": 0,
            "before": None,
            "change": None,
            "spark": [None, 0.5],
            "cases": True,
        }
    ],
    "series": [
        {
            "key": "class",
            "kind": "pareto",
            "labels": [{"zh": "街面秩序", "en": "Street order", "figure": "received/class=街面秩序:of"}],
            "lines": [{"key": "received", "values": [3]}],
        }
    ],
    "ranking": {
        "figure": "closing",
        "rows": [{"code": "130123101", "name": "正定镇", "value": 0.5, "numerator": 1, "denominator": 2}],
    },
}


def test_a_share_of_too_few_cases_is_no_point_of_a_line() -> None:
    assert figures.sound((0.0, 1.0, 0.8, None), (2, 4, 5, 0)) == (None, None, 0.8, None)
    assert figures.sound((3, 0), ()) == (3, 0), "a count is told whatever it is"
    assert figures.unbroken((None, 1, 2, None, None, 0)) == [[(1, 1), (2, 2)], [(5, 0)]]


def test_a_small_line_ends_where_the_present_begins() -> None:
    closing = figure("closing", 0.5, spark=(0.9, 0.1), spark_of=(10, 10))
    board = figures.parse(DOCUMENT)
    assert board.spark(closing) == (0.9,), "half a day is not compared with whole ones"
    assert replace(board, at=board.edges[-1]).spark(closing) == (0.9, 0.1)


def test_the_answer_is_read_into_types() -> None:
    board = figures.parse(DOCUMENT)
    assert board.blank
    closing = board.figure("closing")
    assert closing is not None
    assert closing.spark == (None, 0.5)
    assert board.figure("weather") is None
    assert board.ranking.rows[0].denominator == 2
    assert board.series[0].marks[0].figure == "received/class=街面秩序:of"
    assert words.step_label(board, 1) == "11-18", "days are China's, not the server's"
    assert words.period_text(board) == "2026-11-17 至 2026-11-18"
    assert words.as_of_text(board) == "12:30:00"
    assert board.running, "its last day is not over"
    assert not replace(board, at=board.edges[-1] - timedelta(microseconds=1)).running
    week = replace(board, step="week", at=board.edges[-1])
    assert [{*one.cut} for one in (board, week)] == [{1}, {0}], "a day is no whole week"
    language.use("en")
    assert board.series[0].marks[0].label == "Street order"


def test_steps_of_lengths_of_time_are_told_in_minutes_or_hours() -> None:
    known = indicators()
    assert words.scale_unit(known["to_accept"], 400.0) == ("分钟", 60)
    assert words.scale_unit(known["to_close"], 90_000.0) == ("小时", 3600)
    assert words.scale_unit(known["closing"], 0.9) == ("%", 0.01)
    assert words.scale_unit(known["received"], 90.0) == ("件", 1)


def test_a_name_beside_a_record_says_whose_it_is() -> None:
    assert records.heading("name", None, bearer("household_visits")) == "走访人"
    assert records.heading("name", None, bearer("patrols")) == "名称"
    assert records.heading("code", None, bearer("household_visits")) == "编码"
