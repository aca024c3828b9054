"""Figures as typed values and as words: declared once, in both languages, never judged by colour alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

import resources
from console import language
from console.indicators import figures, records, words
from console.indicators.indicator import BOARDS, Direction, Kind, bearer, indicators
from tests.unit.board_words import DOCUMENT, figure


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    yield
    language.use("zh")


def test_each_board_has_its_figures_with_words_in_both_languages() -> None:
    counted = {board: len([one for one in indicators().values() if one.board == board]) for board in BOARDS}
    assert min(counted.values()) >= 3
    for one in indicators().values():
        wanted = {"name", "unit", "formula"} | ({"hit", "of", "miss"} if one.kind is Kind.RATE else set())
        assert wanted <= set(one.words), one.key
        assert all(set(pair) == {"zh", "en"} and all(pair.values()) for pair in one.words.values()), one.key
        assert one.source


def test_no_two_figures_have_one_name() -> None:
    for tongue in ("zh", "en"):
        language.use(tongue)
        names = [one.name for one in indicators().values()]
        assert sorted(names) == sorted(set(names))


def test_formulas_say_of_which_figures_a_granted_appeal_keeps_a_case_out() -> None:
    """Just those whose facts read it: "counts" of a limit includes it."""
    bodies = {key: str(one["sql"]) for key, one in resources.table("facts.toml").items()}
    exempt = {key for key, body in bodies.items() if "exempt" in body or "counts" in body}
    assert {"closing", "on_time", "rework", "satisfied"} < exempt
    for tongue, word in (("zh", "申诉成立"), ("en", "appeal")):
        language.use(tongue)
        said = {
            key
            for key, one in resources.table("indicators.toml")["figures"].items()
            if word in one["formula"][tongue]
        }
        facts = {resources.table("indicators.toml")["figures"][key]["fact"] for key in said}
        assert facts == exempt


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


def test_every_direction_is_meant() -> None:
    assert {one.direction for one in indicators().values()} == set(Direction)


def test_a_rate_says_what_it_is_taken_of() -> None:
    found = figure("closing", 0.926, numerator=592, denominator=639)
    assert words.parts_text(indicators()["closing"], found) == "已办结 592 / 应结 639"
    language.use("en")
    assert words.parts_text(indicators()["closing"], found) == "closed 592 / due 639"


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
