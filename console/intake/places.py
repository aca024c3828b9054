"""Which organisation a written place lies in: the longest exact names, one inside the other.

A place is read from its beginning as a chain of names, each inside the one before: 正定县南楼乡韩家庄村 or
正定县韩家庄村. Names are never looked for in the middle of other words: 官路西村 of another county
is not our 路西村. A bare name counts only inside such a chain: 正定南楼乡, 南楼乡韩家庄.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from console.intake.names import bare, spoken

_GAP = re.compile(r"[\s,、;::.·/\\|\-—()\[\]【】\"“”]*")
_LEAD = re.compile(r"(?:地址|地点|位于|家住|在|于|我|:|\s)*")
_CLAUSE = re.compile(r"[,;。\n(]")
_ABOVE = re.compile(r"(?:[^\W\d]{2,7}?(?:省|自治区))?\s*(?:[^\W\d]{2,6}?市)?\s*")
_ELSEWHERE = re.compile(r"[省市县镇乡村]|街道|办事处|[^小]区")
_WORD_ENDS = re.compile(r"$|[\d\s,、;。.()\-]")
_LONGEST = 400  # a place is at most half as long; the rest is no place
_DEEPEST = 12


class Organisation(NamedTuple):
    """What the matcher knows of a node; departments are no places and are left out."""

    code: str
    name: str
    level: str
    parent_code: str


@dataclass(frozen=True, slots=True)
class Found:
    """``code`` is None where nothing is named or several are meant: ``candidates`` are all that may be."""

    code: str | None
    candidates: tuple[str, ...]


class _Reading(NamedTuple):
    """A chain of names so far: where it ends, in how many steps, whom it may mean."""

    end: int
    steps: int
    codes: frozenset[str]


class Places:
    """An index of names, built once for a tree and asked often."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        """Index every way that each name is said."""
        places = [one for one in organisations if one.level != "department"]
        self._parents = {one.code: one.parent_code for one in places}
        self._roots = {one.code for one in places if one.parent_code not in self._parents}
        self._communities = {one.code for one in places if one.level == "community"}
        self._said = _index(
            (form, one.code) for one in places for form in spoken(_plain(one.name), one.level)
        )
        self._bare = _index((form, one.code) for one in places for form in bare(_plain(one.name), one.level))
        self._lengths = _lengths([*self._said, *self._bare])

    def find(self, text: str) -> Found:
        """Return the deepest organisation that the place ``text`` names."""
        place = _plain(text[:_LONGEST])
        codes: frozenset[str] = frozenset()
        read = 0
        for start in _starts(place):
            if start < read:
                continue
            if not codes and _ELSEWHERE.search(place, 0, start):
                break
            best = self._best(place, start)
            codes = self._joined(codes, best.codes)
            read = max(read, best.end)
        found = tuple(sorted(codes))
        return Found(found[0] if len(found) == 1 else None, found)

    def _best(self, place: str, start: int) -> _Reading:
        """Return the chain at ``start`` that explains most; above our own root the names may be strange."""
        nothing = _Reading(start, 0, frozenset())
        best = max(self._chains(place, nothing), key=_merit, default=nothing)
        if best.codes:
            return best
        return max(self._from_root(place, _end(_ABOVE, place, start)), key=_merit, default=nothing)

    def _from_root(self, place: str, start: int) -> Iterator[_Reading]:
        for end, form in self._forms(place, start):
            roots = self._said.get(form, frozenset()) & self._roots
            if roots:
                yield (chain := _Reading(end, 1, roots))
                yield from self._chains(place, chain)

    def _chains(self, place: str, reading: _Reading) -> Iterator[_Reading]:
        for end, form in self._forms(place, _end(_GAP, place, reading.end)):
            exact = self._within(self._said.get(form), reading)
            if exact:
                yield (chain := _Reading(end, reading.steps + 1, exact))
                yield from self._chains(place, chain)
            short = self._within(self._bare.get(form), reading)
            if short:
                yield from self._after_bare(place, _Reading(end, reading.steps + 1, short))

    def _forms(self, place: str, start: int) -> Iterator[tuple[int, str]]:
        for length in self._lengths.get(place[start : start + 1], ()):
            yield start + length, place[start : start + length]

    def _after_bare(self, place: str, chain: _Reading) -> Iterator[_Reading]:
        """Let a bare name count where more follows inside it, or a village's where words end."""
        villages = chain.codes & self._communities
        if chain.steps > 1 and villages and _WORD_ENDS.match(place, chain.end):
            yield chain._replace(codes=villages)
        yield from self._chains(place, chain)

    def _within(self, codes: frozenset[str] | None, reading: _Reading) -> frozenset[str]:
        if not codes or not reading.steps:
            return codes or frozenset()
        return frozenset(code for code in codes if self._inside(self._parents[code], reading.codes))

    def _inside(self, code: str, above: AbstractSet[str]) -> bool:
        for _ in range(_DEEPEST):
            if code in above:
                return True
            code = self._parents.get(code, "")
        return False

    def _joined(self, codes: frozenset[str], more: frozenset[str]) -> frozenset[str]:
        """Return what two clauses mean together: the inner of the two, or what stood before."""
        if not codes or not more:
            return codes or more
        inner = frozenset(code for code in more if self._inside(code, codes))
        return inner or frozenset(code for code in codes if self._inside(code, more)) or codes


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _merit(reading: _Reading) -> tuple[int, int]:
    return reading.end, -reading.steps


def _end(pattern: re.Pattern[str], place: str, start: int) -> int:
    found = pattern.match(place, start)
    return found.end() if found else start


def _starts(place: str) -> list[int]:
    """Return where a name may begin: the first word, and the first of each clause."""
    begins = [0, *(mark.end() for mark in _CLAUSE.finditer(place))]
    return [_end(_LEAD, place, begin) for begin in begins]


def _index(said: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for form, code in said:
        found[form].add(code)
    return {form: frozenset(codes) for form, codes in found.items()}


def _lengths(forms: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for form in forms:
        found[form[0]].add(len(form))
    return {start: sorted(lengths, reverse=True) for start, lengths in found.items()}
