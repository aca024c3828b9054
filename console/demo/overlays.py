"""Grids of the other kinds, drawn across the comprehensive ones: dedicated, police and mediation."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from shapely import Polygon

import resources
from console.demo.dice import Dice
from console.demo.partition import KILOMETRES, fill, gather, largest, on_lattice, united
from console.demo.rows import Grid, Organisation
from models.vocabulary import GridKind

_NUMERALS = "〇一二三四五六七八九十"
_HALF_SIDES = (0.08, 0.1)  # kilometres: the least half side of a dedicated grid, and what chance adds
_FIRST_PLOT = "101"  # a community has at most one; its comprehensive grids are numbered from 001
_TOWN_SUFFIX = "社区"


def numeral(number: int) -> str:
    """Return 1 … 99 as it is written in names: 二, 十二, 二十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def dedicated(communities: Sequence[Organisation], areas: Mapping[str, Polygon], seed: int) -> list[Grid]:
    """Return schools, hospitals, markets and the like, each a small plot within one community."""
    dice = Dice(seed, "dedicated")
    names = resources.table("sample/places.toml")["dedicated"]
    count = resources.table("sample/layout.toml")["size"]["dedicated"]
    chosen = sorted(dice.some_of(communities, count), key=lambda community: community.code)
    return [
        Grid(
            f"{community.code}{_FIRST_PLOT}",
            f"{community.short_name}{dice.one_of(names[_setting(community)])}专属网格",
            GridKind.DEDICATED,
            community.code,
            _plot(areas[community.code], dice),
        )
        for community in chosen
    ]


def _setting(community: Organisation) -> str:
    return "town" if community.short_name.endswith(_TOWN_SUFFIX) else "village"


def _plot(area: Polygon, dice: Dice) -> Polygon:
    """Return a turned rectangle somewhere inside ``area`` (degrees), cut off at its border."""
    ground = shapely.transform(area, lambda points: points * KILOMETRES)
    core = ground.buffer(-0.15)
    middle = fill(ground if core.is_empty else largest(core), 1, dice)[0]
    along = dice.fractions(2) - 0.5
    along /= np.sqrt((along**2).sum())
    least, more = _HALF_SIDES
    long, wide = least + more * dice.fractions(2)
    across = np.array([-along[1], along[0]])
    corners = [middle + a * long * along + b * wide * across for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    plot = shapely.intersection(Polygon(np.array(corners) / KILOMETRES), area, grid_size=1e-6)
    return on_lattice(largest(plot))


def districts(
    kind: GridKind,
    townships: Sequence[Organisation],
    communities: Sequence[Organisation],
    areas: Mapping[str, Polygon],
) -> list[Grid]:
    """Return the police or mediation grids: every township cut into a few groups of whole communities."""
    members = {town.code: [row for row in communities if row.parent_code == town.code] for town in townships}
    counts = _shares({code: len(rows) for code, rows in members.items()}, _wanted(kind))
    return [
        _district(kind, town, number, [areas[row.code] for row in rows])
        for town in townships
        for number, rows in enumerate(_groups(members[town.code], areas, counts[town.code]), 1)
    ]


def _wanted(kind: GridKind) -> int:
    return int(resources.table("sample/layout.toml")["size"][kind])


def _shares(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """Share ``total`` out by size, at least one each, always to whom the next one serves best."""
    shares = dict.fromkeys(sizes, 1)
    while sum(shares.values()) < total:
        shares[max(sizes, key=lambda code: (sizes[code] / shares[code], code))] += 1
    return shares


def _groups(
    rows: Sequence[Organisation], areas: Mapping[str, Polygon], count: int
) -> list[list[Organisation]]:
    owners = gather([areas[row.code] for row in rows], count)
    return [
        [row for row, owner in zip(rows, owners, strict=True) if owner == group] for group in range(count)
    ]


def _district(kind: GridKind, town: Organisation, number: int, parts: Sequence[Polygon]) -> Grid:
    offset, word = {GridKind.POLICE: (0, "警务"), GridKind.MEDIATION: (100, "调解")}[kind]
    return Grid(
        f"{town.code}000{offset + number:03d}",
        f"{town.name}第{numeral(number)}{word}网格",
        kind,
        town.code,
        united(parts),
    )
