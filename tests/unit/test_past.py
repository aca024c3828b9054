"""A board that is driven by facts shows at each instant what has happened by then, wherever it came from."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.feed.board_row import Row
from console.feed.past import Asking, Past
from console.feed.stretch import Fact

STATUSES = ("reported", "accepted", "handling", "closed", "reported")
NOW = 200_000.0

happenings = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 100_000)), max_size=40)


class Days:
    """What happened, told as the database tells it: each case goes through STATUSES."""

    def __init__(self, found: Sequence[tuple[int, int]], now: float = NOW) -> None:
        self.asked, self.now, seen = 0, now, dict[int, int]()
        self.open = asyncio.Event()  # as long as it is not, no question is answered
        self.open.set()
        self.facts: list[Fact] = []
        for at, number in sorted((float(at), number) for number, at in found):
            seq = seen[number] = seen.get(number, 0) + 1
            status, before = STATUSES[(seq - 1) % 5], STATUSES[(seq - 2) % 5] if seq > 1 else ""
            row = Row(number, seq, status, f"{number}/{seq}", at)
            self.facts.append(Fact(len(self.facts) + 1, at, seq, "note", "a", before, row))

    def at(self, at: float) -> dict[int, Row]:
        latest = {fact.row.number: fact for fact in self.facts if fact.at <= at}
        return {number: fact.row for number, fact in latest.items() if fact.open}

    async def board(self, at: float) -> list[Row]:
        self.asked += 1
        await self.open.wait()
        return list(self.at(at).values())

    async def between(self, begin: float, end: float, after: int | None, limit: int) -> list[Fact]:
        self.asked += 1
        await self.open.wait()
        first = (begin, 10**9 if after is None else after)
        return [fact for fact in self.facts if (fact.at, fact.id) > first and fact.at <= end][:limit]

    def past(self, most: int = 1000) -> Past:
        return Past(Asking(self.board, self.between, lambda: self.now), page=3, most=most)


def titled(past: Past) -> dict[int, tuple[object, ...]]:
    rows = [past.board.row_at(int(slot)) for slot in past.board.all_slots()]
    return {row.number: row[:4] for row in rows}


@settings(max_examples=40)
@given(happenings, st.lists(st.integers(0, 150_000), min_size=1, max_size=8))
async def test_every_instant_is_as_it_was_whatever_was_looked_at_before(
    found: list[tuple[int, int]], instants: list[int]
) -> None:
    days = Days(found)
    past, reached = days.past(most=7), 0
    for at in instants:
        await past.seek(at)
        reached = max(reached, past.told)  # what has been shown may be gone back to
        assert past.at == at
        assert len(past.facts) <= max(7, reached + 3)
        assert titled(past) == {number: row[:4] for number, row in days.at(at).items()}


@settings(max_examples=40)
@given(happenings, st.integers(0, 120_000), st.lists(st.sampled_from([1, 1, -1]), max_size=20))
async def test_a_step_is_one_fact_on_or_back(
    found: list[tuple[int, int]], begun: int, steps: list[int]
) -> None:
    days = Days(found)
    past = days.past()
    await past.seek(begun)
    place = sum(fact.at <= begun for fact in days.facts)
    for by in steps:
        last = await past.step(by)
        place = min(max(place + by, 0), len(days.facts))
        known = days.facts[:place]
        latest = {fact.row.number: fact for fact in known}
        assert titled(past) == {n: fact.row[:4] for n, fact in latest.items() if fact.open}
        assert past.at <= NOW
        assert last is None or last == known[-1]


async def test_what_follows_is_read_before_it_is_looked_at() -> None:
    days = Days([(number, 10 * number) for number in range(1, 8)])
    past = days.past()
    await past.read_on(50)
    assert not days.asked
    await past.seek(5)
    await past.read_on(45)
    assert (past.at, past.told, len(past.facts)) == (5, 0, 3)
    await past.read_on(45)
    assert past.knows(45)
    asked = days.asked
    await past.read_on(45)
    past.show(45)
    assert [fact.row.number for fact in past.facts[: past.told]] == [1, 2, 3, 4]
    assert days.asked == asked


async def test_a_reading_that_is_called_off_leaves_the_moment_as_it_was() -> None:
    days = Days([(1, 10), (2, 20), (1, 30)])
    past = days.past()
    await past.seek(15)
    days.open.clear()
    wishes: tuple[Callable[[], Coroutine[None, None, object]], ...] = (
        partial(past.seek, 50_000),
        partial(past.seek, 40),
        partial(past.step, -1),
    )
    for wish in wishes:
        asked = days.asked
        asking = asyncio.ensure_future(wish())
        while days.asked == asked:
            await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert (past.at, past.told, list(titled(past))) == (15, 0, [1])


async def test_what_is_long_past_is_forgotten_and_read_again_when_it_is_looked_at() -> None:
    days = Days([(1 + place % 5, 10 * place) for place in range(1, 31)])
    past = days.past(most=7)
    for at in range(5, 310, 10):
        await past.seek(at)
        assert len(past.facts) <= 7 + 3
    for at in (295, 5, 145, 295):
        await past.seek(at)
        assert titled(past) == {number: row[:4] for number, row in days.at(at).items()}


async def test_what_is_known_is_not_asked_again_and_now_is_the_end() -> None:
    days = Days([(1, 10), (2, 20), (1, 30), (3, 40)])
    past = days.past()
    await past.seek(15)
    assert past.told == 0
    await past.seek(50)
    asked = days.asked
    for at in (20, 40, 16, 35):
        assert past.knows(at)
        await past.seek(at)
        assert titled(past) == {number: row[:4] for number, row in days.at(at).items()}
    assert past.show(35) is None
    assert [fact.row.number for fact in past.facts[: past.told]] == [2, 1]
    assert days.asked == asked
    await past.seek(NOW + 5)
    assert past.at == NOW
    assert await past.step(1) is None
    days.now = NOW + 100_000
    await past.seek(days.now)
    assert past.at == days.now
