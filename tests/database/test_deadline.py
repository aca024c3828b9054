"""Deadlines against a counter that looks at every minute, and how they explain themselves."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from console import calendar
from console.connection import Connection
from tests.database.minute_counter import MinuteCounter

CASES = 6_000
LONGEST = 40 * 8 * 60
MICROSECOND = timedelta(microseconds=1)
DUE = "gridseat.due_at(calendar, start, amount, '{clock}')"


@cache
def counter() -> MinuteCounter:
    """Return the years that are counted minute by minute, up to the last known one; two are leap years."""
    last = calendar.known_years()[-1]
    return MinuteCounter(last - 8, last)


@cache
def minutes() -> NDArray[np.int64]:
    """Return minutes to count from: every edge of the years, and as many again at random."""
    return np.concatenate([counter().edges(), np.random.default_rng(1).integers(0, len(counter()), CASES)])


@cache
def amounts() -> NDArray[np.int64]:
    """Return minutes to count, one a start: odd ones, and as often whole hours and none at all."""
    chance = np.random.default_rng(2)
    odd, hours = chance.integers(0, LONGEST, len(minutes())), 60 * chance.integers(0, 48, len(minutes()))
    return np.where(chance.random(len(minutes())) < 0.5, odd, hours)


@cache
def starts() -> list[datetime]:
    return [counter().instant(minute) for minute in minutes()]


@cache
def seconds() -> list[int]:
    return [int(amount) * 60 for amount in amounts()]


async def ask(admin: Connection, call: str, **columns: Sequence[object]) -> list[Any]:
    """Return what ``call`` over ``calendar`` and the columns (instants or numbers) answers, in order."""
    kinds = ["timestamptz" if isinstance(column[0], datetime) else "bigint" for column in columns.values()]
    arrays = ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(kinds, 1))
    rows = await admin.fetch(
        f"SELECT {call} AS answer FROM unnest({arrays}) WITH ORDINALITY AS u ({', '.join(columns)}, place), "
        "(SELECT id AS calendar FROM gridseat.calendar WHERE code = 'default') c ORDER BY place",
        *columns.values(),
    )
    return [row["answer"] for row in rows]


async def test_working_deadlines_agree_with_counting_every_minute(admin: Connection) -> None:
    due = await ask(admin, DUE.format(clock="working"), start=starts(), amount=seconds())
    counted = [counter().due(start, amount) for start, amount in zip(minutes(), amounts(), strict=True)]
    wrong = [case for case in zip(starts(), seconds(), due, counted, strict=True) if case[2] != case[3]]
    assert wrong == []
    assert None in counted, "some cases must run past the last known year"


async def test_continuous_deadlines_need_no_calendar(admin: Connection) -> None:
    due = await ask(admin, DUE.format(clock="continuous"), start=starts(), amount=seconds())
    assert due == [start + timedelta(seconds=n) for start, n in zip(starts(), seconds(), strict=True)]
    assert await admin.fetchval(
        "SELECT gridseat.due_at(NULL, '2030-01-01 00:00+08', 60, 'continuous') = '2030-01-01 00:01+08'"
    )


@pytest.mark.parametrize("clock", ["working", "continuous"])
async def test_elapsed_time_agrees_with_counting_every_minute(admin: Connection, clock: str) -> None:
    other = np.random.default_rng(3).permutation(minutes())
    elapsed = await ask(
        admin,
        f"gridseat.elapsed(calendar, start, until, '{clock}')",
        start=starts(),
        until=[counter().instant(minute) for minute in other],
    )
    pairs = zip(minutes().tolist(), other.tolist(), strict=True)
    count = counter().elapsed if clock == "working" else lambda start, until: 60 * (until - start)
    assert elapsed == [count(start, until) if start < until else 0 for start, until in pairs]


async def test_a_deadline_is_the_earliest_such_instant_to_the_microsecond(admin: Connection) -> None:
    chance = np.random.default_rng(4)
    start = [
        t + int(n) * MICROSECOND
        for t, n in zip(starts(), chance.integers(0, 60_000_000, CASES), strict=False)
    ]
    amount = [int(n) for n in chance.integers(1, LONGEST * 60, CASES)]
    due = await ask(admin, DUE.format(clock="working"), start=start, amount=amount)
    known = [case for case in zip(start, amount, due, strict=True) if case[2]]
    elapsed = "gridseat.elapsed(calendar, start, until, 'working')"
    at = await ask(admin, elapsed, start=[case[0] for case in known], until=[case[2] for case in known])
    just_before = [case[2] - MICROSECOND for case in known]
    before = await ask(admin, elapsed, start=[case[0] for case in known], until=just_before)
    assert at == [case[1] for case in known]
    assert before == [case[1] - 1 for case in known]


async def test_a_deadline_never_falls_outside_working_time(admin: Connection) -> None:
    due = [
        t
        for t in await ask(admin, DUE.format(clock="working"), start=starts(), amount=[5400] * len(starts()))
        if t
    ]
    spans = await admin.fetch("SELECT starts, ends FROM gridseat.calendar_span ORDER BY starts")
    ends = [span["ends"] for span in spans]
    inside = [spans[bisect_left(ends, t)]["starts"] < t for t in due]
    assert all(inside)
    assert len(inside) > CASES


async def test_suspended_time_does_not_count(admin: Connection) -> None:
    """Stop and go on with what was left: as if the suspended minutes were cut out of the calendar."""
    chance = np.random.default_rng(5)
    start = chance.integers(0, len(counter()) - 200_000, CASES)
    stop = start + chance.integers(1, 3_000, CASES)
    resume = stop + chance.integers(1, 30_000, CASES)
    amount = chance.integers(1, 10 * 8 * 60, CASES)
    found = await ask(
        admin,
        """CASE WHEN gridseat.due_at(calendar, start, amount, 'working') <= stop
           THEN gridseat.due_at(calendar, start, amount, 'working')
           ELSE gridseat.due_at(calendar, resume,
                amount - gridseat.elapsed(calendar, start, stop, 'working'), 'working') END""",
        start=[counter().instant(minute) for minute in start],
        stop=[counter().instant(minute) for minute in stop],
        resume=[counter().instant(minute) for minute in resume],
        amount=[60 * int(n) for n in amount],
    )
    before = counter().before
    lost = np.where(before[stop] - before[start] < amount, before[resume] - before[stop], 0)
    assert found == [counter().due(a, n) for a, n in zip(start, amount + lost, strict=True)]


async def test_a_limit_turns_yellow_at_four_fifths(admin: Connection) -> None:
    some = slice(0, None, 5)
    warn_at = "gridseat.warn_at(calendar, start, amount, 'working')"
    warn = await ask(admin, warn_at, start=starts()[some], amount=seconds()[some])
    fifths = [n * 4 // 5 for n in seconds()[some]]
    assert warn == await ask(admin, DUE.format(clock="working"), start=starts()[some], amount=fifths)


@pytest.mark.parametrize("clock", ["working", "continuous"])
async def test_segments_explain_a_deadline_whole(admin: Connection, clock: str) -> None:
    some = slice(0, None, 7)
    explained = await ask(
        admin,
        f"""(SELECT gridseat.due_at(calendar, start, amount, '{clock}') IS NULL OR amount = 0 AND count(*) = 0
                 OR sum(s.seconds) = amount AND min(s.starts) >= start AND bool_and(s.starts < s.ends)
                    AND max(s.ends) = gridseat.due_at(calendar, start, amount, '{clock}')
                    AND bool_and(s.ends < s.next_starts) IS NOT FALSE
             FROM (SELECT *, lead(starts) OVER (ORDER BY starts) AS next_starts FROM gridseat.segments(
                 calendar, start, gridseat.due_at(calendar, start, amount, '{clock}'), '{clock}')) s)""",
        start=[start + timedelta(milliseconds=700) for start in starts()[some]],
        amount=seconds()[some],
    )
    assert all(explained)
    assert len(explained) > 1_000
