"""What is wrong between outlines that are each sound: overlaps, gaps, wrong datum, outside the organisation.

Areas and distances are those of a plane of equal degrees at the middle latitude: right to about one percent
within a county. Less than MOST_SLIVER is noise of digitising and is not told.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from console.geography.datum import from_wgs84, to_wgs84
from console.intake.report import Finding
from console.intake.rows import GridRow
from console.language import say

Shapes = NDArray[Any]
Numbers = NDArray[np.float64]

MOST_SLIVER: Final = 1.0  # m²
_DEGREE: Final = 111_195.0  # metres, on the sphere of the mean radius
_SAME: Final = 0.999  # of both areas: the same outline twice
_SHIFT: Final = 60.0  # metres that surveys may differ by; Chinese datums differ by 100 to 1,200
PLAIN: Final = frozenset(
    {"unknown", "WGS-84", "CGCS2000"}
)  # GeoJSON that names no datum is WGS-84 (RFC 7946)
FEW: Final = 3  # grids that prove something
ENOUGH: Final = 500  # grids that prove it for all
MOST_OUTSIDE: Final = 0.03  # of their area may lie outside the organisation by an older survey's borders
_OUTSIDE: Final = 500.0  # metres from the organisation's known area


@dataclass(frozen=True, slots=True)
class Standing:
    """The grids as they stand, and given outlines of organisations by code; shapes in degrees, WGS-84."""

    codes: Sequence[str]
    kinds: Sequence[str]
    organisations: Sequence[str]
    shapes: Shapes
    outlines: Mapping[str, shapely.MultiPolygon] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)  # of every organisation, by code


def survey(rows: Sequence[GridRow], shapes: Shapes, standing: Standing) -> list[Finding]:
    """Return what is to be looked at, a wrong datum first and then the largest; ``shapes`` in WGS-84."""
    if not len(rows):
        return []
    lines = {row.code: row.line for row in rows}
    scale = _Scale(shapes)
    found = [*_datum(rows, shapes, standing, scale), *_outside(rows, shapes, standing, scale)]
    around = np.array([code not in lines for code in standing.codes], dtype=bool)
    codes = [row.code for row in rows] + [c for c, keep in zip(standing.codes, around, strict=True) if keep]
    kinds = np.array(
        [row.kind for row in rows] + [k for k, keep in zip(standing.kinds, around, strict=True) if keep]
    )
    drawn = np.concatenate([shapes, standing.shapes[around]])
    for kind in sorted({row.kind for row in rows}):
        chosen = kinds == kind
        named = [code for code, keep in zip(codes, chosen, strict=True) if keep]
        layer = _layer(named, scale.metres(drawn[chosen]), lines)
        found += [*_overlaps(layer, scale), *_gaps(layer, scale)]
    return sorted(found, key=lambda one: (one.what != "datum", one.what != "outside", -one.size, one.line))


class _Scale:
    """Degrees to metres and back, about the middle of some shapes."""

    def __init__(self, shapes: Shapes) -> None:
        west, south, east, north = shapely.total_bounds(shapes)
        self._middle = np.array([(west + east) / 2, (south + north) / 2])
        self._size = np.array([_DEGREE * np.cos(np.radians(self._middle[1])), _DEGREE])

    def metres(self, shapes: Any) -> Any:  # noqa: ANN401  one shape or an array of them
        return shapely.transform(shapes, lambda points: (points - self._middle) * self._size)

    def apart(self, some: Numbers, others: Numbers) -> Numbers:
        """Return the distances of points in degrees, in metres."""
        return np.asarray(np.hypot(*((some - others) * self._size).T))

    def place(self, shape: Any) -> tuple[float, float]:  # noqa: ANN401  a shape in metres
        spot = shapely.get_coordinates(shapely.point_on_surface(shape))[0] / self._size + self._middle
        return float(spot[0]), float(spot[1])


@dataclass(frozen=True, slots=True)
class _Layer:
    """Grids of one kind in metres, those of the file first; ``lines`` knows the file's codes alone.

    ``loose``: which do not meet the others edge to edge; of two that overlap one is loose at least.
    """

    codes: list[str]
    shapes: Shapes
    lines: Mapping[str, int]
    loose: NDArray[np.bool_]

    def line(self, codes: Sequence[str]) -> int:
        return min((self.lines[code] for code in codes if code in self.lines), default=0)


def _layer(codes: list[str], shapes: Shapes, lines: Mapping[str, int]) -> _Layer:
    drawn = ~shapely.is_empty(shapes)
    loose = ~drawn
    loose[drawn] = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes[drawn]))
    return _Layer(codes, shapes, lines, loose)


def _overlaps(layer: _Layer, scale: _Scale) -> Iterator[Finding]:
    tree = shapely.STRtree(layer.shapes)
    one, other = tree.query(layer.shapes, predicate="intersects")
    keep = (one < other) & (layer.loose[one] | layer.loose[other])
    keep &= np.array([layer.codes[i] in layer.lines for i in one], dtype=bool)
    one, other = one[keep], other[keep]
    common = shapely.intersection(layer.shapes[one], layer.shapes[other])
    areas, sizes = shapely.area(common), shapely.area(layer.shapes)
    for at in np.flatnonzero(areas > MOST_SLIVER):
        i, j = int(one[at]), int(other[at])
        codes, size = (layer.codes[i], layer.codes[j]), float(areas[at])
        what = "same" if size > _SAME * max(sizes[i], sizes[j]) else "overlap"
        reason = say(f"geodata.found.{what}", one=codes[0], other=codes[1], size=_area(size))
        yield Finding(what, layer.line(codes), reason, size, codes, scale.place(common[at]))


def _gaps(layer: _Layer, scale: _Scale) -> Iterator[Finding]:
    """Yield what is shut in between grids and belongs to none; bays of the outer border are no gaps."""
    whole = shapely.get_parts(_together(layer))
    holes = [shapely.Polygon(hole) for part in whole for hole in part.interiors]
    tree = shapely.STRtree(layer.shapes)
    for hole in holes:
        beside = sorted(layer.codes[i] for i in tree.query(hole, predicate="intersects"))
        line = layer.line(beside)
        if hole.area > MOST_SLIVER and line:
            codes = tuple(beside[:4])
            shown = say("intake.comma").join(codes)
            reason = say("geodata.found.gap", codes=shown, size=_area(hole.area))
            yield Finding("gap", line, reason, float(hole.area), codes, scale.place(hole))


def _together(layer: _Layer) -> shapely.Geometry:
    """Return the union of all; of those that meet edge to edge it takes a tenth of the time."""
    try:
        sound = shapely.coverage_union_all(layer.shapes[~layer.loose])
    except shapely.errors.GEOSException:
        return shapely.union_all(layer.shapes)
    return shapely.union_all([sound, *layer.shapes[layer.loose]])


def _datum(rows: Sequence[GridRow], shapes: Shapes, standing: Standing, scale: _Scale) -> Iterator[Finding]:
    """Yield a datum that would bring the same codes to where they stand, where theirs does not."""
    known = {code: i for i, code in enumerate(standing.codes)}
    both = [(i, known[row.code]) for i, row in enumerate(rows) if row.code in known]
    if len(both) < FEW:
        yield from _datum_by_owners(rows, shapes, standing)
        return
    given = shapely.get_coordinates(shapely.centroid(shapes[[i for i, _ in both]]))
    there = shapely.get_coordinates(shapely.centroid(standing.shapes[[j for _, j in both]]))
    off = float(np.median(scale.apart(given, there)))
    if off < _SHIFT:
        return
    said = rows[both[0][0]].datum
    came = given if said in PLAIN else _changed(from_wgs84, given, said)
    for datum in ("GCJ-02", "BD-09", "WGS-84"):
        left = float(np.median(scale.apart(_changed(to_wgs84, came, datum), there)))
        if left < min(off / 4, _SHIFT):
            reason = say(
                "geodata.found.datum", count=len(both), metres=round(off), datum=datum, left=round(left)
            )
            place = (float(given[0, 0]), float(given[0, 1]))
            yield Finding("datum", rows[both[0][0]].line, reason, off, (), place)
            return


def _datum_by_owners(rows: Sequence[GridRow], shapes: Shapes, standing: Standing) -> Iterator[Finding]:
    """Yield a datum that would bring new grids into the given outlines of their organisations."""
    known = standing.outlines
    at = [i for i, row in enumerate(rows) if row.organisation_code in known and row.datum in PLAIN]
    some = at[:: max(1, len(at) // ENOUGH)]
    if len(some) < FEW:
        return
    owners = np.array([known[rows[i].organisation_code] for i in some], dtype=object)
    given = shapes[some]
    off = _share_outside(given, owners)
    for datum in ("GCJ-02", "BD-09"):
        moved = shapely.transform(given, partial(_changed, to_wgs84, datum=datum))
        left = _share_outside(moved, owners)
        if off > MOST_OUTSIDE and left < off / 4:
            shares = {"share": f"{off:.0%}", "left": f"{left:.0%}"}
            reason = say("geodata.found.datum_owners", count=len(at), datum=datum, **shares)
            place = shapely.get_coordinates(shapely.point_on_surface(given[0]))[0]
            yield Finding("datum", rows[some[0]].line, reason, off, (), (float(place[0]), float(place[1])))
            return


def _share_outside(shapes: Shapes, owners: Shapes) -> float:
    return float(shapely.area(shapely.difference(shapes, owners)).sum() / shapely.area(shapes).sum())


def _changed(
    way: Callable[[Numbers, Numbers, str], tuple[Numbers, Numbers]], points: Numbers, datum: str
) -> Numbers:
    return np.column_stack(way(points[:, 0], points[:, 1], datum))


def _outside(rows: Sequence[GridRow], shapes: Shapes, standing: Standing, scale: _Scale) -> Iterator[Finding]:
    """Yield grids far from what is known of their organisation: its outline, else the grids that it has."""
    areas: dict[str, Any] = {}
    theirs: dict[str, list[int]] = defaultdict(list)
    for at, owner in enumerate(standing.organisations):
        theirs[owner].append(at)
    for row, shape in zip(rows, shapes, strict=True):
        code = row.organisation_code
        if code not in areas:
            given = standing.outlines.get(code)
            known = given if given is not None else shapely.union_all(standing.shapes[theirs[code]])
            areas[code] = scale.metres(known)
        if areas[code].is_empty:
            continue
        away = float(shapely.distance(scale.metres(shape), areas[code]))
        if away > _OUTSIDE or (code in standing.outlines and away > MOST_SLIVER):
            reason = say("geodata.found.outside", code=row.code, organisation=code, metres=round(away))
            place = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
            yield Finding("outside", row.line, reason, away, (row.code,), (float(place[0]), float(place[1])))


def _area(size: float) -> str:
    return f"{size:,.0f}" if size >= 10 else f"{size:.1f}"  # noqa: PLR2004  a tenth matters below
