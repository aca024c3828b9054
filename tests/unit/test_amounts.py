"""Amounts of time as people type them, in both conventions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.amounts import (
    DAY,
    HOUR,
    LONGEST,
    WORKING_DAY,
    Amount,
    format_amount,
    format_limit,
    parse_amount,
    parse_limit,
)
from console.errors import BadInput
from models.vocabulary import Clock

MINUTES = st.integers(1, LONGEST // 60).map(lambda minutes: minutes * 60)


@pytest.mark.parametrize(
    ("text", "seconds", "clock"),
    [
        ("30m", 30 * 60, Clock.WORKING),
        ("4h", 4 * HOUR, Clock.WORKING),
        ("5d", 5 * WORKING_DAY, Clock.WORKING),
        ("1d4h30m", WORKING_DAY + 4 * HOUR + 30 * 60, Clock.WORKING),
        ("1.5d", 12 * HOUR, Clock.WORKING),
        ("2u", 2 * HOUR, Clock.CONTINUOUS),
        ("0.5u", 30 * 60, Clock.CONTINUOUS),
        ("1u10m", 70 * 60, Clock.CONTINUOUS),
        (" 2H ", 2 * HOUR, Clock.WORKING),
        ("２ｈ", 2 * HOUR, Clock.WORKING),
        ("两小时", 2 * HOUR, Clock.WORKING),
        ("2个工作日", 2 * WORKING_DAY, Clock.WORKING),
        ("半天", WORKING_DAY // 2, Clock.WORKING),
        ("二十五分钟", 25 * 60, Clock.WORKING),
        ("十个自然小时", 10 * HOUR, Clock.CONTINUOUS),
        ("一个自然小时三十分", 90 * 60, Clock.CONTINUOUS),
    ],
)
def test_a_limit_carries_its_clock_in_its_units(text: str, seconds: int, clock: Clock) -> None:
    assert parse_limit(text) == Amount(seconds, clock)


@pytest.mark.parametrize(
    ("text", "clock", "seconds"),
    [
        ("5d", Clock.WORKING, 5 * WORKING_DAY),
        ("5d", Clock.CONTINUOUS, 5 * DAY),
        ("4h", Clock.CONTINUOUS, 4 * HOUR),
        ("1d 2h 3m", Clock.WORKING, WORKING_DAY + 2 * HOUR + 180),
        ("0m", Clock.WORKING, 0),
    ],
)
def test_beside_a_clock_a_day_is_8_or_24_hours(text: str, clock: Clock, seconds: int) -> None:
    assert parse_amount(text, clock) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "4",
        "h",
        "-4h",
        "4x",
        "4h4h",
        "4m2h",
        "1h2u",
        "1d2u",
        "0h",
        "0u",
        "1e3h",
        "0.0001m",
        "٣",
        "\0",
    ],
)
def test_what_is_not_a_limit_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        parse_limit(text)
    assert refusal.value.code == "amount_unreadable"


@pytest.mark.parametrize("clock", list(Clock))
def test_round_the_clock_hours_have_no_place_beside_a_stated_clock(clock: Clock) -> None:
    with pytest.raises(BadInput) as refusal:
        parse_amount("2u", clock)
    assert refusal.value.code == "amount_unreadable"


def test_ten_years_are_enough() -> None:
    assert parse_amount("3650d", Clock.CONTINUOUS) == LONGEST
    with pytest.raises(BadInput) as refusal:
        parse_amount("3651d", Clock.CONTINUOUS)
    assert refusal.value.code == "amount_too_long"


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_in_a_short_sentence(text: str) -> None:
    assert _seconds_or_complaint(text)


def _seconds_or_complaint(text: str) -> bool:
    try:
        return parse_limit(text).seconds > 0
    except BadInput as refusal:
        return len(refusal.sentence) < 200


@given(MINUTES, st.sampled_from(Clock))
def test_a_limit_reads_back_as_it_was_written(seconds: int, clock: Clock) -> None:
    limit = Amount(seconds, clock)
    assert parse_limit(format_limit(limit)) == limit


@given(MINUTES, st.sampled_from(Clock))
def test_an_amount_reads_back_as_it_was_written(seconds: int, clock: Clock) -> None:
    assert parse_amount(format_amount(seconds, clock), clock) == seconds


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (Amount(2 * HOUR, Clock.CONTINUOUS), "2u"),
        (Amount(30 * 60, Clock.CONTINUOUS), "0.5u"),
        (Amount(10 * 60, Clock.CONTINUOUS), "0u10m"),
        (Amount(24 * HOUR, Clock.CONTINUOUS), "24u"),
        (Amount(WORKING_DAY, Clock.WORKING), "1d"),
        (Amount(4 * HOUR + 59, Clock.WORKING), "4h"),
        (Amount(0, Clock.WORKING), "0m"),
    ],
)
def test_limits_are_written_short(limit: Amount, text: str) -> None:
    assert format_limit(limit) == text
