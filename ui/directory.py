"""What a form may name: units, centres, classes and people, found by name, code or initials."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from console.desk.atlases import Atlases
from console.desk.reads import Kind, Place, Reads
from console.errors import BadInput
from console.feed.board_search import initials
from console.geography.atlas import NOTHING, Atlas, surveyed
from console.geography.view import Bounds, surrounding
from console.intake.whereabouts import Whereabouts
from console.language import current
from console.routing.guess import Guesser

SHOWN = 6  # candidates in the sentence about an ambiguous name
SEATS = frozenset({"seat", "supervisor"})
Named = tuple[str, str, str, str]  # value, label, longer name, where it is


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what the database is told, what is read, and by what it is found."""

    value: str
    label: str
    hint: str = ""
    found_by: str = ""

    def fit(self, typed: str) -> int | None:
        """Return how well ``typed`` (lower case) names it, 0 best; None: not at all."""
        if not all(word in self.found_by for word in typed.split()):
            return None
        if typed in (self.label.lower(), self.value.lower()):
            return 0
        names = self.found_by.split()
        begun = any(name.startswith(typed) for name in names)
        tests = (typed in names, self.found_by.startswith(typed), begun, True)
        return tests.index(True) + 1


@dataclass(slots=True)
class Directory:
    """The choices of one person's forms; empty until loaded."""

    units: list[Choice] = field(default_factory=list)
    grids: list[Choice] = field(default_factory=list)
    centres: list[Choice] = field(default_factory=list)
    people: list[Choice] = field(default_factory=list)
    seats: list[Choice] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    spots: list[Choice] = field(default_factory=list)  # where a report may be from: towns, villages, grids
    places: dict[str, Place] = field(default_factory=dict)
    home: str | None = None  # whose figures one looks at first: one's own organisation's, else the widest's
    atlas: Atlas = NOTHING
    bounds: Bounds | None = None  # of what is drawn: the grids, else the organisations
    where: Whereabouts = field(default_factory=lambda: Whereabouts({}, NOTHING))
    guesser: Guesser = field(default_factory=lambda: Guesser(()))
    contacts: list[Mapping[str, Any]] = field(default_factory=list)  # who is on duty: desk.contacts

    @property
    def classes(self) -> list[Choice]:
        """Return the classes of the catalogue in the spoken language."""
        return [_class(kind) for kind in self.kinds]

    async def load(self, reads: Reads, atlases: Atlases) -> None:
        """Read everything; the initials of a thousand names are made beside the screen."""
        organisations = await reads.organisations()
        self.places = {place.code: place for place in organisations}
        self.home = (await reads.whoami())["home"]
        self.kinds = await reads.classes()
        self.guesser = Guesser(self.kinds)
        people = [person for person in await reads.people() if not person["disabled"]]
        self.atlas = await atlases.of("comprehensive")
        self.bounds = self.atlas.bounds or await self._outlined(reads)
        self.contacts = list(await reads.contacts())
        named = [
            (place.code, place.alias or place.name, place.name, self._above(place)) for place in organisations
        ]
        self.centres = [
            _choice(*name) for name, place in zip(named, organisations, strict=True) if place.centre
        ]
        units = [name for name, place in zip(named, organisations, strict=True) if place.level not in ABOVE]
        departments_first = sorted(units, key=lambda unit: self.places[unit[0]].level != "department")
        grids = [(code, name, "", "") for code, name in zip(self.atlas.codes, self.atlas.names, strict=True)]
        self.grids = await asyncio.to_thread(_choices, grids)
        self.units = [*await asyncio.to_thread(_choices, departments_first), *self.grids]
        self.where = await asyncio.to_thread(Whereabouts, self.places, self.atlas)
        self.spots = [unit for unit in self.units if not self._department(unit.value)]
        self.people = await asyncio.to_thread(_choices, [_person(one) for one in people])
        fit = {person["login"] for person in people if SEATS & set(person["positions"])}
        self.seats = [choice for choice in self.people if choice.value in fit]

    async def _outlined(self, reads: Reads) -> Bounds | None:
        found = await reads.around.outlines()
        codes, names = [one.code for one in found], [one.name for one in found]
        drawn = await asyncio.to_thread(surveyed, codes, names, codes, [one.outline for one in found])
        return drawn.bounds

    def own_bounds(self, me: Mapping[str, Any]) -> Bounds | None:
        """Return what the grids of the organisation of ``me`` cover in the plane, None where it has none."""
        own = me.get("organisation_code")
        below = [place.code for place in self.places.values() if own and self.within(place, own)]
        west, south, east, north = self.atlas.boxes[np.isin(self.atlas.organisations, below)].T
        return surrounding(np.append(west, east), np.append(south, north), 0)

    def centres_from(self, top: str | None) -> list[Place]:
        """Return the centres below ``top`` (None: all) and what is above them there, parents first.

        What is above centres has none itself and has figures and campaigns all the same.
        """
        inside = [one for one in self.places.values() if top is None or self.within(one, top)]
        kept = {one.code for one in inside if one.centre}
        for code in [*kept]:
            while (above := self.places[code].parent) in self.places and above not in kept:
                kept.add(above)
                code = above  # noqa: PLW2901  upwards
        return [one for one in inside if one.code in kept]

    def within(self, place: Place, top: str) -> bool:
        """Tell whether ``place`` is ``top`` or below it."""
        return place.code == top or (
            place.parent in self.places and self.within(self.places[place.parent], top)
        )

    def at_level(self, code: str, level: str) -> str:
        """Return the organisation of ``level`` that ``code`` is or lies in, "" where there is none."""
        while code in self.places and self.places[code].level != level:
            code = self.places[code].parent
        return code if code in self.places else ""

    def _department(self, code: str) -> bool:
        return code in self.places and self.places[code].level == "department"

    def _above(self, place: Place) -> str:
        """Return the township of a village or community, of which several are called alike."""
        parent = self.places.get(place.parent) if place.level == "community" else None
        return parent.alias or parent.name if parent else ""

    def called(self, facet: str, value: str) -> str:
        """Return what people call ``value`` of ``facet``: a grid by its name, a class in English."""
        if facet == "grid_code":
            return f"{self.grid_name(value)} {value}" if value in self.atlas.index else value
        if current() == "zh" or facet not in {"class_name", "class_group"}:
            return value
        if facet == "class_name":
            return next((kind.name_en for kind in self.kinds if kind.name == value), "") or value
        return next((kind.group_en for kind in self.kinds if kind.group == value), "") or value

    def grid_name(self, code: str) -> str:
        """Return the name of the grid ``code``, the code itself where it is not known."""
        grid = self.atlas.index.get(code)
        return code if grid is None else self.atlas.names[grid]

    def kind(self, code: str) -> Kind | None:
        """Return the class ``code``."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def class_name(self, code: str) -> str:
        """Return a class or a group of the catalogue in the spoken language."""
        if current() == "zh":
            return code
        groups = {kind.group: kind.group_en for kind in self.kinds}
        return next((kind.name_en for kind in self.kinds if kind.code == code), groups.get(code, "")) or code


ABOVE = frozenset({"province", "city"})


def find(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """Return the choices that have every word of ``typed``, those that it names best first."""
    return [choice for _, choice in _ranked(choices, typed)]


def resolve(choices: Sequence[Choice], typed: str) -> str:
    """Return the value that ``typed`` names best; what nothing here matches goes on as it is, to be judged.

    Raises BadInput("choice_ambiguous") where it names several equally well.
    """
    found = _ranked(choices, typed) if typed else []
    best = [choice for fit, choice in found if fit == found[0][0]]
    if len(best) > 1:
        names = "、".join(f"{choice.label}（{choice.value}）" for choice in best[:SHOWN])
        raise BadInput("choice_ambiguous", value=typed, count=len(best), candidates=names)
    return best[0].value if best else typed


def _ranked(choices: Iterable[Choice], typed: str) -> list[tuple[int, Choice]]:
    lower = typed.lower().strip()
    found = [(fit, choice) for choice in choices if (fit := choice.fit(lower)) is not None]
    return sorted(found, key=lambda one: one[0])


def _class(kind: Kind) -> Choice:
    english = f"{kind.group_en} / {kind.name_en}"
    label = kind.code if current() == "zh" else english
    found_by = f"{kind.name} {kind.initials} {kind.code} {english}".lower()
    return Choice(kind.code, label, "", found_by)


def _person(person: dict[str, str]) -> Named:
    return person["login"], person["name"], person["grid"] or person["organisation"] or "", ""


def _choices(named: Sequence[Named]) -> list[Choice]:
    return [_choice(*name) for name in named]


def _choice(value: str, label: str, longer: str, within: str) -> Choice:
    found_by = " ".join((label, initials(label), value, longer, initials(longer), within, initials(within)))
    hint = within or (longer if longer != label else "") or value
    return Choice(value, label, hint, found_by.lower())
