"""Alerts: who hears what, once per cause; priority 1 is never silenced, a storm never a siren."""

from collections import Counter
from itertools import pairwise
from math import nan
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.alerts.cases import by_case
from console.alerts.post import Post, post_of
from console.alerts.rules import rules, soundings
from console.alerts.siren import Siren
from console.alerts.watch import Key, Watch
from console.feed.board import Board
from console.feed.board_row import Row

CENTRE, UNIT = "正定县", "城管局"
SEAT, DESK = Post(frozenset({CENTRE})), Post(unit=UNIT)
START = 1_000.0


class Room:
    """A board, a watch on it, and a clock that a test moves."""

    def __init__(self, post: Post = SEAT, *rows: Row) -> None:
        self.now = START
        self.board, self.siren = Board(), Siren()
        self.board.apply(rows)
        self.watch = Watch(self.board, post, lambda: self.now)
        self.told = self.watch.begin()

    def show(self, *rows: Row, gone: tuple[int, ...] = ()) -> list[str]:
        """Let a batch of facts arrive; return the kinds that were raised by it."""
        self.watch.raised.clear()
        self.board.apply(rows, gone)
        return [alert.key.kind for alert in self.watch.raised]

    def wait(self, seconds: float) -> list[str]:
        self.watch.raised.clear()
        self.now += seconds
        self.watch.pass_time()
        return [alert.key.kind for alert in self.watch.raised]

    def sound(self) -> int | None:
        return self.siren.sound(self.watch.standing.values(), self.now)

    @property
    def kinds(self) -> set[str]:
        return {key.kind for key in self.watch.standing}


def case(number: int = 1, status: str = "reported", **facts: object) -> Row:
    return Row(number, 1, status, "商贩占道", START, centre=CENTRE)._replace(**facts)  # type: ignore[arg-type]


def test_the_centre_hears_of_what_is_new_and_another_centre_does_not() -> None:
    room = Room()
    assert room.show(case(), case(2, centre="行唐县")) == ["new"]
    assert room.show(case(3, priority=1)) == ["urgent"]
    assert set(room.watch.standing) == {Key("new", 1), Key("urgent", 3)}
    assert room.show(case(3, "accepted", priority=1)) == [], "it is the same cause"
    assert room.show(case(status="handling", unit=UNIT)) == []
    assert room.kinds == {"urgent"}, "the unit's turn is none of the seat's"


def test_a_unit_s_desk_hears_of_what_it_is_to_do() -> None:
    room = Room(DESK)
    assert room.show(case(), case(2, "dispatched", unit=UNIT), case(3, "dispatched", unit="公安局")) == [
        "new"
    ]
    assert room.show(case(2, "handling", unit=UNIT, urged=START)) == ["urged"]
    assert room.show(case(2, "handling", unit=UNIT, urged=START, reminders=1)) == ["urged"]


def test_a_claimed_case_is_its_holder_s_alone() -> None:
    room = Room()
    held: dict[str, Any] = {"claim_by": "周宁", "claim_until": START + 600}
    assert room.show(case(priority=1, **held)) == []
    assert room.wait(601) == ["urgent"], "the claim has run out: everybody's again"
    room.show(case(priority=1, claim_by="林悦", claim_until=START + 2000, mine=True))
    assert room.kinds == set(), "who claims it has taken note"
    mine: dict[str, Any] = {"claim_by": "林悦", "claim_until": START + 2000, "mine": True}
    assert room.show(case(priority=1, warn_at=START, due=START + 3000, **mine)) == ["near"]


def test_time_alone_brings_near_and_overdue_once_each() -> None:
    room = Room(SEAT, case(warn_at=START + 60, due=START + 100))
    assert room.wait(59) == []
    assert room.wait(1) == ["near"]
    assert room.wait(10) == []
    assert room.wait(30) == ["overdue"]
    room.watch.acknowledge(1)
    assert room.kinds == set()
    assert room.show(case(version=2, warn_at=START + 60, due=START + 100)) == []
    assert room.show(case(version=3, warn_at=START, due=START + 90)) == ["overdue"], "another limit"


def test_a_return_that_is_asked_for_again_is_another_cause() -> None:
    room = Room(SEAT, case(status="handling", unit=UNIT))
    assert room.show(case(status="handling", pending="return")) == ["returned"]
    room.watch.acknowledge_all()
    assert room.show(case(status="handling")) == []
    assert room.show(case(status="handling", pending="return")) == ["returned"]


def test_what_is_there_at_sign_in_is_summed_up_and_only_priority_one_goes_on_standing() -> None:
    many = [case(number, warn_at=0, due=START - 1) for number in range(2, 102)]
    room = Room(SEAT, case(priority=1), *many)
    assert room.told == Counter(new=100, overdue=100, urgent=1)
    assert set(room.watch.standing) == {Key("urgent", 1)}
    assert room.wait(3600) == []
    assert room.show(gone=(1,)) == []
    assert not room.watch.standing


@pytest.mark.parametrize("priority", [1, 3])
def test_a_storm_under_one_head_sounds_once_a_minute(priority: int) -> None:
    room = Room(SEAT, case(status="handling", priority=priority, reports=2))
    heard = []
    for second in range(301):
        room.show(case(status="handling", priority=priority, reports=3 + second, version=2 + second))
        room.wait(1)
        if room.sound() is not None:
            heard.append(room.now)
    assert 5 <= len(heard) <= 6
    assert min(later - sooner for sooner, later in pairwise(heard)) >= 60


@pytest.mark.parametrize("priority", soundings())
def test_every_priority_is_heard_again_until_somebody_takes_note_and_one_sound_speaks_for_all(
    priority: int,
) -> None:
    room, repeat = Room(), soundings()[priority].repeat
    heard: list[float] = []

    def listen(seconds: int) -> list[float]:
        heard.clear()
        for _second in range(seconds):
            room.wait(1)
            if room.sound() is not None:
                heard.append(room.now)
        return heard

    for number in range(1, 20):
        room.show(case(number, priority=priority))
        room.wait(1)
        room.sound()
    listen(repeat + 30)
    again = [*listen(3 * repeat)]
    assert len(again) == 3
    assert {later - sooner for sooner, later in pairwise(again)} == {repeat}
    room.watch.acknowledge_all()
    assert listen(2 * repeat) == []


def test_what_stands_is_told_case_by_case_with_the_weightiest_reason_first() -> None:
    room = Room()
    room.show(case(1, warn_at=START, due=START + 10), case(2, priority=1, urged=START), case(3, "handling"))
    room.wait(11)
    cases = by_case(room.watch.standing.values())
    assert [(one.number, one.kinds, one.level) for one in cases] == [
        (2, ("urgent", "urged"), 1),
        (1, ("overdue", "new"), 2),
    ]
    room.watch.acknowledge(2)
    assert [one.number for one in by_case(room.watch.standing.values())] == [1]


def test_quiet_mode_is_short_and_never_for_priority_one() -> None:
    room = Room()
    assert room.siren.be_quiet(START + 1e9, START) == START + 8 * 3600
    room.show(case())
    assert room.sound() is None
    room.show(case(2, priority=1))
    assert room.sound() == 1
    room.watch.acknowledge(2)
    room.siren.be_quiet(0, room.now)
    assert room.sound() == 3


def test_who_sits_where() -> None:
    assert post_of({"positions": ["seat"]}, CENTRE) == SEAT
    assert post_of({"positions": ["unit"]}, UNIT) == DESK
    assert post_of({"positions": ["unit"]}, "常山社区", "第1网格").unit == "第1网格"
    assert post_of({"positions": ["supervisor", "admin"]}, "").centres is None
    assert post_of({"positions": ["wall"]}, CENTRE) == Post()
    assert Room(Post(centres=None), case()).told == Counter(new=1)


STATUSES = ("reported", "accepted", "dispatched", "handling", "handled")
ROWS = st.builds(
    case,
    st.integers(1, 3),
    st.sampled_from(STATUSES),
    priority=st.integers(1, 3),
    due=st.sampled_from([nan, START + 30, START + 90]),
    warn_at=st.just(START + 20),
    pending=st.sampled_from(["", "return"]),
    reports=st.integers(0, 3),
    claim_by=st.sampled_from(["", "周宁"]),
)
STEPS = st.lists(
    st.one_of(ROWS, st.integers(1, 20), st.just("acknowledge"), st.just("quiet")), min_size=1, max_size=30
)


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_whatever_happens(steps: list[Row | int | str]) -> None:
    room, version = Room(), 1
    waiting: dict[Key, float] = {}  # priority 1, since when nothing was heard of it
    for step in steps:
        acknowledged: set[Key] = set()
        if isinstance(step, Row):
            version += 1
            room.show(step._replace(version=version))
            marks = [(alert.key, alert.mark) for alert in room.watch.raised]
            assert len(marks) == len(set(marks)), "once per cause"
        elif isinstance(step, int):
            room.wait(step)
        elif step == "quiet":
            room.siren.be_quiet(room.now + 3600, room.now)
        else:
            acknowledged = set(room.watch.standing)
            room.watch.acknowledge_all()
            assert room.sound() is None, "what was acknowledged stays silent"
        heard = room.sound()
        urgent = {key for key, alert in room.watch.standing.items() if alert.level == 1}
        waiting = {key: waiting.get(key, room.now) for key in urgent}
        if heard == 1:
            waiting = dict.fromkeys(urgent, room.now)
        longest = max(soundings()[1].repeat, *(rule.gap for rule in rules().values()))
        assert all(room.now - since < longest + 20 for since in waiting.values()), "never silenced"
        assert not acknowledged & set(room.watch.standing)
