"""What stands in the sample county: stations, cameras, hydrants …, all invented, each in a grid."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import resources
from console.demo.county import SEED, County
from console.demo.dice import Dice
from console.demo.rows import Facility, Grid, Organisation
from models.vocabulary import GridKind, Level

LEVELS = {"community": Level.COMMUNITY, "township": Level.TOWNSHIP}
Grounds = Mapping[str, Sequence[Grid]]


def furnish(county: County, seed: int = SEED) -> list[Facility]:
    """Return the facilities in the order of the table and of the tree; the same for the same seed."""
    grounds = _grounds(county)
    found: list[Facility] = []
    for kind, row in resources.table("sample/facilities.toml").items():
        dice, places = Dice(seed, "facility", kind), county.at(LEVELS[row["each"]])
        found += _of_kind(kind, row, places, (county, grounds), dice)
    return found


def _grounds(county: County) -> Grounds:
    """Return the comprehensive grids of each community, and those of each township."""
    found: defaultdict[str, list[Grid]] = defaultdict(list)
    for grid in county.grids:
        if grid.kind is GridKind.COMPREHENSIVE:
            found[grid.organisation_code].append(grid)
            found[county.organisation[grid.organisation_code].parent_code or ""].append(grid)
    return found


def _of_kind(
    kind: str,
    row: Mapping[str, Any],
    places: Sequence[Organisation],
    land: tuple[County, Grounds],
    dice: Dice,
) -> Iterable[Facility]:
    county, grounds = land
    number = 0
    for place in (one for one in places if dice.fraction() < row.get("share", 1.0)):
        for n in range(1, 2 + dice.below(row.get("many", 1))):
            number += 1
            grid = dice.one_of(grounds[place.code])
            lon, lat = dice.one_of(county.points[grid.code].tolist())
            yield Facility(
                code=f"{kind}-{number:04d}",
                name=row["name"].format(place=place.short_name, n=n),
                kind=kind,
                organisation_code=place.code,
                grid_code=grid.code,
                point=(lon, lat),
                phone=f"1990000{8000 + number:04d}" if row.get("phone") else None,
                note=row.get("note", ""),
            )
