"""A stretch of the past that is known: the board at its beginning and every fact since."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf

from console.feed.board_row import Row
from models.vocabulary import OPEN


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of a timeline, at epoch seconds, and the case as it stood after it."""

    id: int
    at: float
    seq: int
    action: str
    actor: str
    before: str  # the status that it had, "" for none
    row: Row

    @property
    def open(self) -> bool:
        """Tell whether the case was open after it."""
        return self.row.status in OPEN


@dataclass(slots=True)
class Stretch:
    """From ``begun`` to ``known``; ``after``: of the facts at ``known`` those up to that id, None: all."""

    opening: dict[int, Row] = field(default_factory=dict)
    begun: float = inf
    known: float = inf
    after: int | None = None
    facts: list[Fact] = field(default_factory=list)
    _places: dict[int, list[int]] = field(default_factory=dict)  # of each case the places of its facts

    @classmethod
    def begin(cls, at: float, rows: Iterable[Row]) -> "Stretch":
        """Return the stretch that begins, and ends, with the board of an instant."""
        return cls({row.number: row for row in rows}, at, at)

    def holds(self, at: float) -> bool:
        """Tell whether all is known of an instant."""
        return self.begun <= at and (at <= self.known if self.after is None else at < self.known)

    def extend(self, facts: Sequence[Fact], until: float | None) -> None:
        """Know these facts too, and that they are all up to ``until``, None: up to the last of them."""
        for place, fact in enumerate(facts, len(self.facts)):
            self._places.setdefault(fact.row.number, []).append(place)
        self.facts += facts
        self.known, self.after = (facts[-1].at, facts[-1].id) if until is None else (until, None)

    def before(self, number: int, place: int) -> Row | None:
        """Return how a case stood before the fact at ``place``, None where it was not open."""
        places = self._places.get(number, ())
        last = bisect_left(places, place) - 1
        row = self.facts[places[last]].row if last >= 0 else self.opening.get(number)
        return row if row is not None and row.status in OPEN else None

    def forget(self, count: int) -> None:
        """Begin behind the first ``count`` facts: what is long past takes no room."""
        gone, self.facts = self.facts[:count], self.facts[count:]
        for fact in gone:
            self.opening.pop(fact.row.number, None)
            if fact.open:
                self.opening[fact.row.number] = fact.row
        self.begun = gone[-1].at
        kept, self._places = self.facts, {}
        for place, fact in enumerate(kept):
            self._places.setdefault(fact.row.number, []).append(place)
