"""Cut an area into irregular parts, as borders of villages run, and make the parts tile it exactly.

Areas and sites are in a plane of kilometres here; ``tile`` leaves it for degrees.
"""

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPoint, Polygon

from console.demo.dice import Dice

Points = NDArray[np.float64]
Density = Callable[[Points], NDArray[np.float64]]

KILOMETRES = np.array([87.5, 111.0])  # of one degree of longitude and latitude, at 38.2° north
STEP = 1e-6  # degrees; all corners lie on this lattice, about ten centimetres
_TOUCH = 1e-5  # kilometres or degrees; parts nearer than this are neighbours
_FINE = 0.12  # kilometres between the corners of a long border
# Waves that bend a straight border: length and height in units of a cell. Height x 2π / length adds up to
# less than one, so that no bent border crosses itself or another.
_WAVES = ((1.9, 0.085), (0.8, 0.03), (0.37, 0.009))


def to_plane(area: Polygon) -> Polygon:
    """Return ``area`` given in degrees in kilometres."""
    return largest(shapely.transform(area, lambda points: points * KILOMETRES))


def scatter(area: Polygon, count: int, density: Density, dice: Dice) -> Points:
    """Return ``count`` sites in ``area``, evenly loose, closer together where ``density`` is higher."""
    cloud = fill(area, max(60 * count, 400), dice)
    weight = density(cloud)
    marks = (np.arange(count) + dice.fraction()) / count * weight.sum()
    sites: Points = cloud[np.searchsorted(np.cumsum(weight), marks)]
    for _ in range(6):
        owner = nearest(cloud, sites)
        load = np.bincount(owner, weight, count)
        sums = [np.bincount(owner, weight * cloud[:, axis], count) for axis in (0, 1)]
        held = load > 0
        sites[held] = (np.stack(sums, 1)[held] / load[held, None] + sites[held]) / 2
    return sites


def fill(area: Polygon, count: int, dice: Dice) -> Points:
    """Return ``count`` random points inside ``area``."""
    shapely.prepare(area)
    west, south, east, north = area.bounds
    found = np.empty((0, 2))
    while len(found) < count:
        tries = dice.fractions(4 * count).reshape(-1, 2) * (east - west, north - south) + (west, south)
        inside = shapely.contains_xy(area, tries[:, 0], tries[:, 1])
        found = np.concatenate([found, tries[inside]])
    return found[:count]


def nearest(points: Points, sites: Points) -> NDArray[np.int64]:
    """Return for each point the index of the nearest site."""
    squares = ((points[:, None, :] - sites[None, :, :]) ** 2).sum(2)
    return np.asarray(squares.argmin(1), dtype=np.int64)


def split(area: Polygon, sites: Points, dice: Dice) -> list[Polygon]:
    """Cut ``area`` into one connected part a site, with bent borders; between parts may be a millimetre."""
    cell = float(np.sqrt(area.area / len(sites)))
    frame = area.envelope.buffer(cell)
    cells = shapely.voronoi_polygons(MultiPoint(sites), extend_to=frame, ordered=True)
    bent = shapely.transform(shapely.segmentize(cells, min(cell / 6, _FINE)), bend(cell, dice))
    parts = shapely.intersection(shapely.get_parts(bent), area, grid_size=1e-6)
    pieces, owners = shapely.get_parts(parts, return_index=True)
    solid = shapely.area(pieces) > 0
    return settle(pieces[solid].tolist(), owners[solid].tolist())


def bend(cell: float, dice: Dice) -> Callable[[Points], Points]:
    """Return a gentle displacement of points, waves in proportion to ``cell`` kilometres."""
    phases = dice.fractions(4 * len(_WAVES)).reshape(len(_WAVES), 4) * 2 * np.pi

    def move(points: Points) -> Points:
        shift = np.zeros_like(points)
        for (length, height), phase in zip(_WAVES, phases, strict=True):
            turn = points[:, ::-1] * (2 * np.pi / (length * cell))
            side = points * (2 * np.pi / (1.3 * length * cell))
            shift += height * cell * np.sin(turn + phase[:2]) * np.cos(side + phase[2:])
        return points + shift

    return move


def polygons_of(shape: shapely.Geometry) -> list[Polygon]:
    """Return the polygons in ``shape``, without lines and points."""
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area > 0]


def largest(shape: shapely.Geometry) -> Polygon:
    """Return the largest polygon in ``shape``."""
    return max(polygons_of(shape), key=lambda part: part.area)


def united(parts: Sequence[Polygon]) -> Polygon:
    """Return ``parts`` of a tiling (degrees) that hang together as one polygon with all their vertices."""
    return on_lattice(largest(shapely.coverage_union_all(parts)))


def settle(pieces: Sequence[Polygon], owners: Sequence[int]) -> list[Polygon]:
    """Give every owner its largest piece, and each smaller one to the neighbour it borders longest.

    The result has one connected part an owner, in the order of the owners' numbers.
    """
    order = sorted(range(len(pieces)), key=lambda i: (-pieces[i].area, owners[i]))
    held: dict[int, list[Polygon]] = {}
    strays = []
    for i in order:
        if owners[i] in held:
            strays.append(pieces[i])
        else:
            held[owners[i]] = [pieces[i]]
    homes = sorted(held)
    mains = [held[owner][0] for owner in homes]
    for stray in strays:
        touch = shapely.area(shapely.intersection(stray.buffer(_TOUCH), mains))
        held[homes[int(np.argmax(touch))]].append(stray)
    return [_joined(held[owner]) for owner in homes]


def _joined(pieces: list[Polygon]) -> Polygon:
    """Return ``pieces`` as one; what hangs on by a corner only is left out for ``tile`` to give away."""
    whole = pieces[0] if len(pieces) == 1 else shapely.union_all(pieces)
    return largest(whole)


def tile(parts: Sequence[Polygon]) -> list[Polygon]:
    """Return ``parts`` in degrees; neighbours share their edges vertex for vertex, without gap or overlap.

    All borders are drawn on one sheet, rounded to ``STEP`` where they meet, and the faces of the sheet are
    handed back to the part they lie in.
    """
    sheet = shapely.transform(shapely.boundary(parts), lambda points: points / KILOMETRES)
    borders = shapely.union_all(sheet, grid_size=STEP)
    faces = polygons_of(shapely.polygonize([borders]))
    inner = shapely.transform(shapely.point_on_surface(faces), lambda points: points * KILOMETRES)
    owners = shapely.STRtree(parts).nearest(inner)
    return [on_lattice(part) for part in settle(faces, owners.tolist())]


def on_lattice(part: Polygon) -> Polygon:
    """Return ``part`` in degrees with corners that print as multiples of ``STEP``, in a fixed order."""
    rounded = shapely.transform(part, lambda points: np.round(points, 6))
    return shapely.orient_polygons(shapely.normalize(rounded))


def gather(parts: Sequence[Polygon], count: int) -> list[int]:
    """Return for each of ``parts`` one of ``count`` groups, each connected and about equally many."""
    centres = np.array([part.centroid.coords[0] for part in parts]) * KILOMETRES
    beside = [set(found.tolist()) for found in _neighbours(parts)]
    group = dict(zip(_far_apart(centres, count), range(count), strict=True))
    while len(group) < len(parts):
        sizes = np.bincount(list(group.values()), minlength=count)
        reach = {
            (sizes[group[near]], float(((centres[free] - centres[near]) ** 2).sum()), free): group[near]
            for near in group
            for free in beside[near] - group.keys()
        }
        best = min(reach)
        group[best[2]] = reach[best]
    return [group[i] for i in range(len(parts))]


def _neighbours(parts: Sequence[Polygon]) -> list[NDArray[np.int64]]:
    """Return for each of ``parts`` the indices of those that share an edge with it."""
    tree = shapely.STRtree(parts)
    shapes = np.asarray(parts)
    left, right = tree.query(parts, predicate="touches")
    length = shapely.length(shapely.intersection(shapes[left], shapes[right]))
    return [right[(left == i) & (length > 0)] for i in range(len(parts))]


def _far_apart(centres: Points, count: int) -> list[int]:
    """Return the indices of ``count`` points far from each other."""
    chosen = [int(((centres - centres.mean(0)) ** 2).sum(1).argmax())]
    while len(chosen) < count:
        gaps = ((centres[:, None] - centres[chosen]) ** 2).sum(2).min(1)
        chosen.append(int(gaps.argmax()))
    return chosen
