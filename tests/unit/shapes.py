"""Polygons as offices draw them: holes, several parts, slivers, spikes, touching corners, crossed rings."""

import numpy as np
import shapely
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, affinity
from shapely.geometry.base import BaseGeometry

SIZE = 64  # the nasty shapes lie within a square of so many metres

corner = st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)).map(lambda p: (float(p[0]), float(p[1])))
metres = st.floats(0, SIZE).map(lambda number: round(number, 9))  # finer, and shapely divides by zero
anywhere = st.tuples(metres, metres)

NAMED: dict[str, BaseGeometry] = {
    "bow tie": Polygon([(4, 4), (60, 60), (60, 4), (4, 60)]),
    "spike": Polygon([(8, 8), (56, 8), (56, 32), (64, 32), (56, 32), (56, 56), (8, 56)]),
    "sliver": Polygon([(0, 0), (64, 0.001), (64, 0.002)]),
    "sliver upright": Polygon([(32, 0), (32.001, 0), (32.0005, 64)]),
    "hole": shapely.box(4, 4, 60, 60) - shapely.box(20, 20, 40, 40),
    "hole that touches": Polygon(shapely.box(4, 4, 60, 60).exterior, [[(4, 30), (30, 20), (30, 40)]]),
    "island in a hole": (shapely.box(4, 4, 60, 60) - shapely.box(16, 16, 48, 48))
    | shapely.box(24, 24, 40, 40),
    "parts that touch": MultiPolygon([shapely.box(0, 0, 32, 32), shapely.box(32, 32, 64, 64)]),
    "clockwise": shapely.box(4, 4, 60, 60, ccw=False),
    "circle": shapely.Point(32, 32).buffer(30, quad_segs=40),
    "needle to the side": Polygon([(0, 32), (60, 32.3), (60, 31.7)]),
    "comb": Polygon([(0, 0)] + [(x, 60 - 50 * (x % 2)) for x in range(64)] + [(63, 0)]),
    "no area": Polygon([(4, 4), (60, 60), (4, 4)]),
    "empty": Polygon(),
}


@st.composite
def nasty(draw: st.DrawFn) -> BaseGeometry:
    """Any ring at all, corners often on whole metres, or a known evil, turned and shrunk."""
    if draw(st.booleans()):
        return Polygon(draw(st.lists(st.one_of(corner, anywhere), min_size=3, max_size=12)))
    shape = NAMED[draw(st.sampled_from(sorted(NAMED)))]
    turned = affinity.rotate(shape, draw(st.sampled_from([0, 45, 90, 180, 13.7])), origin=(32, 32))
    return affinity.scale(turned, *draw(st.tuples(st.floats(0.1, 1), st.floats(0.1, 1))), origin=(32, 32))


def mosaic(count: int, seed: int) -> list[Polygon]:
    """Return ``count`` cells that fill the square and share every border exactly."""
    chance = np.random.default_rng(seed)
    seeds = shapely.MultiPoint(chance.uniform(0, SIZE, (count, 2)))
    cells = shapely.voronoi_polygons(seeds, extend_to=shapely.box(0, 0, SIZE, SIZE))
    return [Polygon(cell) for cell in shapely.get_parts(cells)]
