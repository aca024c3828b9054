"""Draw the borders of the sample county: townships, communities and grids, each inside the one above."""

import csv
import itertools
import json
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry import shape

import resources
from console.demo.dice import Dice
from console.demo.partition import (
    KILOMETRES,
    Points,
    largest,
    nearest,
    polygons_of,
    scatter,
    settle,
    split,
    tile,
    to_plane,
)
from console.demo.rows import Organisation
from models.vocabulary import Level

COUNTY = "130123"
_SUFFIXES = {"村民委员会": "村", "社区居民委员会": "社区"}
_DIRECTIONS = {
    "东": (1, 0),
    "西": (-1, 0),
    "南": (0, -1),
    "北": (0, 1),
    "中": (0, 0),
    "前": (0, -1),
    "后": (0, 1),
}


def divisions() -> list[Organisation]:
    """Return province, city, county, townships and communities, as the public codes have them."""
    lines = resources.path("sample/divisions.csv").read_text(encoding="utf-8").splitlines()
    return [
        Organisation(
            row["code"], row["name"], Level(row["level"]), row["parent_code"] or None, _spoken(row["name"])
        )
        for row in csv.DictReader(line for line in lines if not line.startswith("#"))
    ]


def _spoken(name: str) -> str:
    for suffix, short in _SUFFIXES.items():
        if name.endswith(suffix):
            stem = name.removesuffix(suffix)
            return stem if stem.endswith(short) else stem + short
    return name


def draw(tree: Sequence[Organisation], seed: int) -> dict[str, list[Polygon]]:
    """Return by community the polygons of its comprehensive grids, in degrees, tiling the outline."""
    areas = {
        code: area
        for township, ground in _townships(seed).items()
        for code, area in _communities(
            [row for row in tree if row.parent_code == township], ground, seed
        ).items()
    }
    counts = _grid_counts(areas)
    parts = {code: _grids(code, area, counts[code], seed) for code, area in sorted(areas.items())}
    tiles = iter(tile([part for owned in parts.values() for part in owned]))
    return {code: _as_read(list(itertools.islice(tiles, len(owned)))) for code, owned in parts.items()}


def outline() -> Polygon:
    """Return the county's outline in degrees."""
    collection = json.loads(resources.path("sample/outline.geojson").read_text(encoding="utf-8"))
    return largest(shape(collection["features"][0]["geometry"]))


def density(points: Points) -> Points:
    """Return how closely people live at ``points`` of the plane, 1 in the open country."""
    total = np.ones(len(points))
    for town in resources.table("sample/layout.toml")["towns"]:
        squares = ((points - np.array(town["centre"]) * KILOMETRES) ** 2).sum(1)
        total += town["density"] * np.exp(-squares / town["reach"] ** 2)
    return total


def _townships(seed: int) -> dict[str, Polygon]:
    seeds = resources.table("sample/layout.toml")["townships"]
    owners = [code for code, points in seeds.items() for _ in points]
    sites = np.array([point for points in seeds.values() for point in points]) * KILOMETRES
    cells = split(to_plane(outline()), sites, Dice(seed, "townships"))
    codes = sorted(seeds)
    whole = [
        shapely.union_all(
            [cell for cell, owner in zip(cells, owners, strict=True) if owner == code], grid_size=1e-6
        )
        for code in codes
    ]
    pieces = [(part, i) for i, area in enumerate(whole) for part in polygons_of(area)]
    return dict(zip(codes, settle([part for part, _ in pieces], [i for _, i in pieces]), strict=True))


def _communities(rows: Sequence[Organisation], ground: Polygon, seed: int) -> dict[str, Polygon]:
    """Cut the township's ``ground`` into one area a community; near codes lie near each other, as in life."""
    layout = resources.table("sample/layout.toml")
    township = rows[0].parent_code or ""
    dice = Dice(seed, "communities", township)
    cells = split(ground, scatter(ground, len(rows), density, dice), dice)
    centres = np.array([cell.centroid.coords[0] for cell in cells])
    seat = np.array(layout["townships"][township][0]) * KILOMETRES
    order = _outwards(centres, seat)
    _face_right([row.short_name for row in rows], order, centres)
    for place, row in enumerate(rows):
        if row.code in layout["anchors"]:
            wanted = int(nearest(np.array([layout["anchors"][row.code]]) * KILOMETRES, centres)[0])
            other = order.index(wanted)
            order[place], order[other] = order[other], order[place]
    return {row.code: cells[cell] for row, cell in zip(rows, order, strict=True)}


def _outwards(centres: Points, seat: Points) -> list[int]:
    """Return the order in which an office numbers its villages: from its seat outwards, ring by ring."""
    away = centres - seat
    by_distance = np.lexsort((away[:, 0], (away**2).sum(1))).tolist()
    order: list[int] = []
    size = 1
    while by_distance:
        ring, by_distance = by_distance[:size], by_distance[size:]
        order += sorted(ring, key=lambda i: float(np.arctan2(*away[i])))
        size = 6 if size == 1 else size + 6
    return order


def _face_right(names: Sequence[str], order: list[int], centres: Points) -> None:
    """Exchange the cells of villages such as 东咬村, 中咬村 and 西咬村 until east lies in the east."""
    families: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if name[0] in _DIRECTIONS:
            families[name[1:]].append(place)
    for members in families.values():
        wishes = np.array([_DIRECTIONS[names[place][0]] for place in members])
        cells = [order[place] for place in members]
        best = max(
            itertools.permutations(cells), key=lambda some: float((centres[list(some)] * wishes).sum())
        )
        for place, cell in zip(members, best, strict=True):
            order[place] = cell


def _grid_counts(areas: dict[str, Polygon]) -> dict[str, int]:
    """Share the county's grids out: more to the larger and to the denser community, within the limits."""
    size = resources.table("sample/layout.toml")["size"]
    fewest, most = size["grids_of_a_community"]
    codes = sorted(areas)
    centres = np.array([areas[code].centroid.coords[0] for code in codes])
    weights = np.sqrt([areas[code].area for code in codes]) * np.sqrt(density(centres))
    shares = weights / weights.sum() * size["grids"]
    counts = np.clip(np.round(shares), fewest, most).astype(int)
    while counts.sum() != size["grids"]:
        step = 1 if counts.sum() < size["grids"] else -1
        able = (counts < most) if step > 0 else (counts > fewest)
        counts[int(np.argmax(np.where(able, step * (shares - counts), -np.inf)))] += step
    return dict(zip(codes, counts.tolist(), strict=True))


def _grids(code: str, area: Polygon, count: int, seed: int) -> list[Polygon]:
    dice = Dice(seed, "grids", code)
    return split(area, scatter(area, count, density, dice), dice)


def _as_read(parts: list[Polygon]) -> list[Polygon]:
    """Return ``parts`` row by row from the north-west, as one reads a page."""
    middle = sum(part.centroid.y for part in parts) / len(parts)
    return sorted(parts, key=lambda part: (part.centroid.y < middle, part.centroid.x))
