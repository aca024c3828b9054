"""What stands at a post: every alert once per cause, until it is acknowledged or its cause has gone."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from console.alerts.causes import CAUSES, INSTANTS, URGENT
from console.alerts.post import Post
from console.alerts.rules import Rule, rules
from console.feed.board import Board, Change
from console.feed.board_slots import Slots


class Key(NamedTuple):
    """What alerts of one kind about one case share."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert: ``level`` is the priority it sounds as, ``since`` when its cause was seen (epoch)."""

    key: Key
    level: int
    since: float
    mark: float


class Watch:
    """Follows ``board`` for ``post``; ``standing`` are the alerts that nobody has acknowledged here."""

    def __init__(self, board: Board, post: Post, clock: Callable[[], float]) -> None:
        self.standing: dict[Key, Alert] = {}
        self.raised: list[Alert] = []  # since begin(): every alert once per cause, for whoever makes it heard
        self._board, self._post, self._clock = board, post, clock
        self._seen: dict[Key, float] = {}  # the mark of the last cause that was raised or told
        self._over: set[Key] = set()  # causes that were acknowledged
        self._counts: dict[str, NDArray[np.float64]] = {}  # by slot, −1 where nothing is known
        self._mine: set[int] = set()
        self._now = 0.0
        self.close: Callable[[], None] = lambda: None

    def begin(self) -> Counter[str]:
        """Take what is on the board for known and return it by kind, to be summed up; priority 1 stands."""
        self._now = self._clock()
        self._look(self._board.all_slots())
        told = Counter(key.kind for key in self.standing)
        for key in [key for key, alert in self.standing.items() if alert.level != URGENT]:
            self._acknowledge(key)
        self.raised.clear()
        self.close = self._board.listen(self._follow)
        return told

    def pass_time(self) -> None:
        """Look at what an instant was reached of since the last time."""
        before, now = self._now, self._clock()
        slots = self._board.all_slots()
        reached = np.zeros(len(slots), np.bool_)
        for name in INSTANTS:
            at = self._board.floats(name)[slots]
            reached |= (before < at) & (at <= now)
        self._now = now
        self._look(slots[reached])

    def acknowledge(self, number: int) -> None:
        """Take note of everything about ``number``."""
        for kind in rules():
            self._acknowledge(Key(kind, number))

    def acknowledge_all(self) -> None:
        """Take note of everything that stands."""
        for key in list(self.standing):
            self._acknowledge(key)

    def _acknowledge(self, key: Key) -> None:
        if self.standing.pop(key, None) is not None:
            self._over.add(key)

    def _follow(self, change: Change) -> None:
        self._now = max(self._now, self._clock())
        self._look(change.slots)

    def _look(self, slots: Slots) -> None:
        if not len(slots):
            return
        numbers = self._board.numbers[slots].tolist()
        for rule in rules().values():
            holds, marks = CAUSES[rule.when](self._board, slots, self._now)
            holds = holds & self._post.concerned(self._board, slots, rule, self._now)
            fresh = holds & self._more(rule.kind, slots, marks) if rule.counts else holds
            for index in np.flatnonzero(fresh):
                self._hold(rule, numbers[index], float(marks[index]))
            self._end(rule, (numbers[index] for index in np.flatnonzero(~holds)))
        self._take_claims(slots, numbers)

    def _more(self, kind: str, slots: Slots, marks: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell for each of ``slots`` whether it counts more than when it was seen last, and remember."""
        counts = self._counts.get(kind, np.zeros(0))
        if len(counts) < self._board.capacity:
            unknown = np.full(self._board.capacity - len(counts), -1.0)
            counts = self._counts[kind] = np.concatenate([counts, unknown])
        before = counts[slots]
        counts[slots] = np.where(self._board.alive[slots], marks, -1.0)
        return np.array((before >= 0) & (marks > before))

    def _hold(self, rule: Rule, number: int, mark: float) -> None:
        """Let ``number`` stand: the cause of ``rule`` holds, and ``mark`` tells whether it is another one."""
        key = Key(rule.kind, number)
        slot = self._board.slot(number)
        level = rule.level(int(self._board.floats("priority")[slot])) if slot is not None else URGENT
        standing, seen = self.standing.get(key), self._seen.get(key)
        if seen is None or mark != seen:
            self._raise(Alert(key, level, self._now, mark))
        elif standing is not None:
            self.standing[key] = replace(standing, level=level)
        elif key not in self._over:
            self.standing[key] = Alert(key, level, self._now, mark)

    def _raise(self, alert: Alert) -> None:
        self._seen[alert.key] = alert.mark
        self._over.discard(alert.key)
        self.standing[alert.key] = alert
        self.raised.append(alert)

    def _end(self, rule: Rule, numbers: Iterable[int]) -> None:
        for number in numbers:
            key = Key(rule.kind, number)
            self.standing.pop(key, None)
            if rule.again:
                self._seen.pop(key, None)
                self._over.discard(key)

    def _take_claims(self, slots: Slots, numbers: list[int]) -> None:
        """Whoever claims a case has taken note of it."""
        mine = self._board.alive[slots] & self._board.columns["mine"].within(slots, [True])
        for number, held in zip(numbers, mine.tolist(), strict=True):
            if held and number not in self._mine:
                self._mine.add(number)
                self.acknowledge(number)
            elif not held:
                self._mine.discard(number)
