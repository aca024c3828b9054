"""A board that is driven by facts shows at each instant what has happened by then, wherever it came from."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from console.feed.board_row import Row
from console.feed.past import Asking, Fact, Past

STATUSES = ("reported", "accepted", "handling", "closed", "reported")
NOW = 200_000.0

happenings = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 100_000)), max_size=40)


class Days:
    """What happened, told as the database tells it: each case goes through STATUSES."""

    def __init__(self, found: Sequence[tuple[int, int]], now: float = NOW) -> None:
        self.asked, self.now, seen = 0, now, dict[int, int]()
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
        return list(self.at(at).values())

    async def between(self, begin: float, end: float, after: int | None, limit: int) -> list[Fact]:
        self.asked += 1
        first = (begin, 10**9 if after is None else after)
        return [fact for fact in self.facts if (fact.at, fact.id) > first and fact.at <= end][:limit]

    def past(self) -> Past:
        return Past(Asking(self.board, self.between, lambda: self.now), page=3)


def titled(past: Past) -> dict[int, tuple[object, ...]]:
    rows = [past.board.row_at(int(slot)) for slot in past.board.all_slots()]
    return {row.number: row[:4] for row in rows}


@settings(max_examples=40)
@given(happenings, st.lists(st.integers(0, 150_000), min_size=1, max_size=8))
async def test_every_instant_is_as_it_was_whatever_was_looked_at_before(
    found: list[tuple[int, int]], instants: list[int]
) -> None:
    days = Days(found)
    past = days.past()
    for at in instants:
        await past.seek(at)
        assert past.at == at
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
