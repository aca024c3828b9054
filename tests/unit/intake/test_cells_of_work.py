"""Cells of attendance, flags and registers: whole numbers, months and times of day, and what is none."""

from datetime import date

import pytest

from console.errors import BadInput
from console.intake.values import count, moment, month

NO_COUNTS = ("NaN", "inf", "-1", "1.5", "1e400", "九", "1" * 50, "")
NO_MONTHS = ("2026-13", "十一月", "1999-1x", "", "9" * 60, "2026-00")
NO_MOMENTS = ("25:00", "8:60", "早上", "", "8" * 80)


def test_what_is_meant_is_read() -> None:
    assert [count(text, "joined") for text in ("0", "12", "３", "4.0")] == [0, 12, 3, 4]
    assert {month(text, "month") for text in ("2026-11", "2026年11月", "202611", "2026/11/23")} == {
        date(2026, 11, 1)
    }
    assert [moment(text, "came") for text in ("8:25", "08:25:07", "8时25分", "２３：５９")] == [
        "08:25:00",
        "08:25:07",
        "08:25:00",
        "23:59:00",
    ]
    assert moment("2026-11-23 08:25", "came") == "2026-11-23T08:25:00+08:00"


@pytest.mark.parametrize(("reads", "texts"), [(count, NO_COUNTS), (month, NO_MONTHS), (moment, NO_MOMENTS)])
def test_anything_else_is_refused_with_what_it_was(reads: object, texts: tuple[str, ...]) -> None:
    for text in texts:
        with pytest.raises(BadInput):
            reads(text, "came")  # type: ignore[operator]
