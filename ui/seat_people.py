"""The people one may sign in as: grouped by what they are, then by place and name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from console.feed.board_search import initials
from console.language import say

GROUPS = ("supervisor", "seat", "unit", "grid_worker", "other")


@dataclass(frozen=True)
class Person:
    """Somebody of desk.people; ``rank`` is where the place stands in the tree."""

    login: str
    name: str
    place: str
    positions: tuple[str, ...]
    group: str
    rank: int

    @property
    def duties(self) -> str:
        """Return the positions in words."""
        return say("case.list").join(say(f"window.position.{position}") for position in self.positions)

    @cached_property
    def found_by(self) -> str:
        """Return what typed words are looked for in: name, login, place, their initials, and positions."""
        words = (self.name, self.login, self.place, initials(self.name), initials(self.place), self.duties)
        return " ".join(words).lower()

    def begins(self, typed: str) -> bool:
        """Tell whether the name, the login or the name's initials begin with ``typed``."""
        word = typed.lower().strip()
        return any(one.lower().startswith(word) for one in (self.name, self.login, initials(self.name)))


def people(rows: Sequence[Mapping[str, Any]]) -> list[Person]:
    """Return who of ``rows`` (desk.people, in the order of the tree) can sign in, group by group."""
    ranks = {code: rank for rank, code in enumerate(dict.fromkeys(row["organisation_code"] for row in rows))}
    found = [_person(row, ranks) for row in rows if not row["disabled"]]
    return sorted(found, key=lambda one: (GROUPS.index(one.group), one.rank, initials(one.name), one.name))


def matching(found: Iterable[Person], typed: str) -> list[Person]:
    """Return those whom every word of ``typed`` fits."""
    words = typed.lower().split()
    return [person for person in found if all(word in person.found_by for word in words)]


def _person(row: Mapping[str, Any], ranks: Mapping[str | None, int]) -> Person:
    positions = tuple(row["positions"])
    place = row["grid"] or row["organisation"] or say("window.all_centres")
    group = next((one for one in ("supervisor", "seat", "unit") if one in positions), "other")
    if group == "unit" and row["grid"]:
        group, positions = "grid_worker", ("grid_worker",)
    return Person(row["login"], row["name"], place, positions, group, ranks[row["organisation_code"]])
