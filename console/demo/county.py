"""The sample county: 正定县 with its real divisions, and grids, people and places that are invented.

The same seed gives the same county on every machine. Nothing here touches a database.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

import resources
from console.demo import overlays, people, places, territory
from console.demo.overlays import numeral
from console.demo.partition import united
from console.demo.rows import Grid, Operator, Organisation, Place, Staff
from models.vocabulary import GridKind, Level

SEED = 130123


@dataclass(frozen=True)
class County:
    """Everything and everybody; rows sorted as they must enter a database, parents first."""

    organisations: tuple[Organisation, ...]
    grids: tuple[Grid, ...]
    staff: tuple[Staff, ...]
    operators: tuple[Operator, ...]
    places: tuple[Place, ...]
    points: dict[str, NDArray[np.float64]] = field(repr=False)

    def at(self, level: Level) -> list[Organisation]:
        """Return the organisations of one level, by code."""
        return [row for row in self.organisations if row.level is level]

    @property
    def centres(self) -> list[Organisation]:
        """Return the organisations that have seats: the county and its townships."""
        return [*self.at(Level.COUNTY), *self.at(Level.TOWNSHIP)]

    @cached_property
    def organisation(self) -> dict[str, Organisation]:
        """Return the organisations by code."""
        return {row.code: row for row in self.organisations}

    @cached_property
    def grid(self) -> dict[str, Grid]:
        """Return the grids by code."""
        return {row.code: row for row in self.grids}

    @cached_property
    def places_of(self) -> dict[str, tuple[Place, ...]]:
        """Return the places by the code of their comprehensive grid."""
        found: defaultdict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            found[place.grid_code].append(place)
        return {code: tuple(some) for code, some in found.items()}

    @cached_property
    def outline(self) -> Polygon:
        """Return the county's outline as the comprehensive grids draw it."""
        return united([row.polygon for row in self.grids if row.kind is GridKind.COMPREHENSIVE])

    def full_address(self, place: Place) -> str:
        """Return the address with its township before it."""
        town = self.organisation[self.organisation[place.community_code].parent_code or ""]
        return town.name + place.address


@cache
def build(seed: int = SEED) -> County:
    """Return the sample county, in some two seconds, at once where it was drawn before."""
    tree = territory.divisions()
    communities = [row for row in tree if row.level is Level.COMMUNITY]
    grids = _grids(tree, communities, seed)
    points = places.scatter_points(grids, seed)
    organisations = [*tree, *_departments()]
    who = people.names(seed)
    staff = people.employ(grids, communities, who, seed)
    operators = people.sign_up(organisations, staff, who)
    return County(
        tuple(organisations),
        tuple(grids),
        (*staff, *people.desk_lines(operators, len(staff))),
        tuple(operators),
        tuple(places.name_places(communities, grids, points, seed)),
        points,
    )


def _grids(tree: Sequence[Organisation], communities: Sequence[Organisation], seed: int) -> list[Grid]:
    drawn = territory.draw(tree, seed)
    areas = {code: united(parts) for code, parts in drawn.items()}
    townships = [row for row in tree if row.level is Level.TOWNSHIP]
    return [
        *(grid for row in communities for grid in _comprehensive(row, drawn[row.code])),
        *overlays.dedicated(communities, areas, seed),
        *overlays.districts(GridKind.POLICE, townships, communities, areas),
        *overlays.districts(GridKind.MEDIATION, townships, communities, areas),
    ]


def _comprehensive(community: Organisation, parts: Iterable[Polygon]) -> list[Grid]:
    return [
        Grid(
            f"{community.code}{number:03d}",
            f"{community.short_name}第{numeral(number)}网格",
            GridKind.COMPREHENSIVE,
            community.code,
            part,
        )
        for number, part in enumerate(parts, 1)
    ]


def _departments() -> list[Organisation]:
    rows = resources.table("sample/departments.toml")["departments"]
    return [
        Organisation(
            f"{territory.COUNTY}-D{n:02d}",
            row["name"],
            Level.DEPARTMENT,
            territory.COUNTY,
            row["aliases"][0],
            tuple(row["aliases"]),
        )
        for n, row in enumerate(rows, 1)
    ]
