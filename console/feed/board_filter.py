"""Which rows a person wants to see, and how many each further condition would show."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.feed import board_area, board_circle
from console.feed.board import Board
from console.feed.board_search import words
from console.feed.board_slots import Slots
from console.grade import Grade

GRADE = "grade"  # not a column: it follows from limit and time
GROUP = "class_group"  # not a column either: what a class's code says before its stroke
CIRCLE, AREA = "circle", "area"  # nor these: they follow from the point
BY_POINT = {CIRCLE: board_circle.inside, AREA: board_area.inside}
CALLBACK = "callback"  # of this column: whether there is one, not for when
EMPTY: dict[str, object] = {"mine": False, "claim_by": ""}  # what these say once the claim has ended
TIMED = frozenset({*EMPTY, GRADE})
NOTHING: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows a view shows; every part must agree.

    ``within`` has accepted values by column ("status": {"reported"}, "mine": {True}) or by "grade",
    "class_group", "circle" and "area", ``without`` refused ones; ``text`` has words that a row must all
    have, in number, title, places, class or unit, or initials.
    """

    within: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    without: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    text: str = ""

    @property
    def timed(self) -> bool:
        """Tell whether rows come and go by time alone."""
        return not TIMED.isdisjoint({*self.within, *self.without})

    def narrows(self, other: "Filter") -> bool:
        """Tell whether surely every row that this one lets in passes ``other`` too, whatever the time."""
        return (
            not other.timed
            and all(name in self.within and self.within[name] <= other.within[name] for name in other.within)
            and all(other.without[name] <= self.without.get(name, NOTHING) for name in other.without)
            and all(any(part in word for word in words(self.text)) for part in words(other.text))
        )

    def beside(self, facet: str) -> "Filter":
        """Return the filter without what it says of ``facet``."""
        kept = {name: values for name, values in self.within.items() if name != facet}
        left = {name: values for name, values in self.without.items() if name != facet}
        return replace(self, within=kept, without=left)


def admits(board: Board, wanted: Filter, now: float, slots: Slots) -> NDArray[np.bool_]:
    """Tell for each of ``slots`` whether ``wanted`` lets it in; the cheap questions come first."""
    found = board.alive[slots].copy()
    for facet, accepted in wanted.within.items():
        found &= _has(board, facet, accepted, now, slots)
    for facet, refused in wanted.without.items():
        found &= ~_has(board, facet, refused, now, slots)
    for word in words(wanted.text):
        found[found] = board.having(slots[found], word)
    return found


def tallies(board: Board, wanted: Filter, now: float, facets: Iterable[str]) -> dict[str, dict[object, int]]:
    """Count, for each of ``facets``, the rows of each value that the other conditions of ``wanted`` let in.

    So a count is what choosing that value alone would show. Most frequent first.
    """
    everything = board.all_slots()
    whole = everything[admits(board, wanted, now, everything)]
    found: dict[str, dict[object, int]] = {}
    for facet in facets:
        slots = whole
        if facet in wanted.within or facet in wanted.without:
            slots = everything[admits(board, wanted.beside(facet), now, everything)]
        found[facet] = dict(_count(board, facet, now, slots).most_common())
    return found


def _has(board: Board, facet: str, values: Collection[Any], now: float, slots: Slots) -> NDArray[np.bool_]:
    if facet == GRADE:
        return np.isin(board.grades(now, slots), list(values))
    if facet in BY_POINT:
        return BY_POINT[facet](board, values, slots)
    if facet == CALLBACK:
        return np.isin(_promised(board, slots), list(values))
    if facet == GROUP:
        codes = board.names("class_code")
        return codes.within(slots, [code for code in codes.names if group_of(code) in values])
    found = board.columns[facet].within(slots, values)
    if facet in EMPTY:
        return np.where(board.claimed(now, slots), found, EMPTY[facet] in values)
    return found


def _count(board: Board, facet: str, now: float, slots: Slots) -> Counter[object]:
    if facet == GRADE:
        found = np.bincount(board.grades(now, slots), minlength=len(Grade))
        grades: Counter[object] = Counter({grade: int(found[grade]) for grade in Grade})
        return +grades
    if facet == CALLBACK:
        promised = int(np.count_nonzero(_promised(board, slots)))
        answers: Counter[object] = Counter({True: promised, False: len(slots) - promised})
        return +answers
    if facet == GROUP:
        groups: Counter[object] = Counter()
        for code, n in board.tally("class_code", slots).items():
            groups[group_of(str(code))] += n
        return groups
    if facet in EMPTY:
        runs = board.claimed(now, slots)
        ended = Counter({EMPTY[facet]: int(np.count_nonzero(~runs))})
        return +(Counter(board.tally(facet, slots[runs])) + ended)
    return Counter(board.tally(facet, slots))


def _promised(board: Board, slots: Slots) -> NDArray[np.bool_]:
    return ~np.isnan(board.floats(CALLBACK)[slots])


def group_of(code: str) -> str:
    """Return the group of the class ``code``: 街面秩序/游商 → 街面秩序."""
    return code.partition("/")[0]
