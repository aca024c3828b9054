"""Where reports of the sample county come from: points in every grid, invented addresses at some of them."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

import resources
from console.demo.dice import Dice
from console.demo.partition import KILOMETRES, fill, largest
from console.demo.rows import Grid, Organisation, Place
from models.vocabulary import GridKind

POINTS_OF_A_GRID = 24
_TRIES = 40
_EDGE = 0.02  # kilometres kept from the border, as far as the grid is wide enough


def scatter_points(grids: Sequence[Grid], seed: int) -> dict[str, NDArray[np.float64]]:
    """Return by grid ``POINTS_OF_A_GRID`` points inside it: an array (n, 2) of longitude and latitude."""
    dice = Dice(seed, "points")
    return {grid.code: np.round(fill(_inside(grid.polygon), POINTS_OF_A_GRID, dice), 6) for grid in grids}


def _inside(polygon: Polygon) -> Polygon:
    """Return ``polygon`` without its margin, so that rounding or another datum moves no point out of it."""
    inner = polygon.buffer(-_EDGE / float(KILOMETRES[0]))
    return polygon if inner.is_empty else largest(inner)


def name_places(
    communities: Sequence[Organisation],
    grids: Sequence[Grid],
    points: Mapping[str, NDArray[np.float64]],
    seed: int,
) -> list[Place]:
    """Return a few addresses in every comprehensive grid, each once in its community."""
    dice = Dice(seed, "places")
    table = resources.table("sample/places.toml")
    names = {row.code: row.short_name for row in communities}
    streets = {code: _names_of(code, names[code], seed) for code in names}
    return [
        Place(
            names[grid.organisation_code] + next(streets[grid.organisation_code]),
            grid.organisation_code,
            grid.code,
            *spot,
        )
        for grid in grids
        if grid.kind is GridKind.COMPREHENSIVE
        for spot in dice.some_of(_pairs(points[grid.code]), table["a_grid"])
    ]


def _pairs(points: NDArray[np.float64]) -> list[tuple[float, float]]:
    return [(longitude, latitude) for longitude, latitude in points.tolist()]


def _names_of(code: str, community: str, seed: int) -> Iterator[str]:
    """Yield names of spots in one community, none twice while its patterns last."""
    dice = Dice(seed, "names", code)
    town = community.endswith("社区")
    patterns = resources.table("sample/places.toml")["town" if town else "village"]["patterns"]
    words = _words(dice)
    used: set[str] = set()
    while True:
        name = ""
        for _ in range(_TRIES):
            numbers = {"n": 1 + dice.below(60), "m": 1 + dice.below(4)}
            first = dice.below(len(words["road"]))
            roads = {"road": words["road"][first], "other": words["road"][first - 1]}
            rest = {key: dice.one_of(words[key]) for key in ("compound", "surname")}
            name = dice.one_of(patterns).format(**numbers, **roads, **rest)
            if name not in used:
                break
        used.add(name)
        yield name


def _words(dice: Dice) -> dict[str, list[str]]:
    """Return the few streets, compounds and families that one community has."""
    town = resources.table("sample/places.toml")["town"]
    surnames = list(resources.table("sample/people.toml")["surnames"])
    return {
        "road": [first + dice.one_of(town["road_last"]) for first in dice.some_of(town["road_first"], 4)],
        "compound": [
            first + dice.one_of(town["compound_last"]) for first in dice.some_of(town["compound_first"], 4)
        ],
        "surname": dice.some_of(surnames, 4),
    }
