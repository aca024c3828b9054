"""One kind of grids, ready to be drawn: surveyed once, kept in a file, known again by its content."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from tokenize import TokenError
from typing import Any
from zipfile import BadZipFile

import numpy as np
import shapely
from numpy.typing import NDArray

from console.geography import topology
from console.geography.projection import point_to_plane, shapes_to_plane
from console.geography.topology import Shapes, Topology
from console.geography.view import Bounds
from console.kept import whole

Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]

FORMAT = "1"  # of the file; another one is surveyed anew
SLACK = 1e-6  # metres that rounding may take from a box


@dataclass(frozen=True, eq=False)
class Atlas:
    """``codes``, ``names`` and ``organisations`` of the grids, whose index is one less than their number.

    ``unreadable``: indices of those whose outline is none, which are empty.
    ``wkb``: their repaired outlines end to end, in metres of the plane, each from its ``starts``
    (grids + 1,); ``boxes``: (grids, 4) west, south, east, north; ``middles``: (grids, 2), nan where empty.
    """

    codes: list[str]
    names: list[str]
    organisations: list[str]
    unreadable: list[int]
    wkb: NDArray[np.uint8]
    starts: Integers
    boxes: Numbers
    middles: Numbers
    topology: Topology

    @cached_property
    def index(self) -> dict[str, int]:
        """Return the index of each code."""
        return {code: grid for grid, code in enumerate(self.codes)}

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def bounds(self) -> Bounds | None:
        """West, south, east and north edge of all grids in the plane; None where none has an outline."""
        known = self.boxes[~np.isnan(self.boxes[:, 0])]
        if not len(known):
            return None
        west, south = known[:, :2].min(axis=0).tolist()
        east, north = known[:, 2:].max(axis=0).tolist()
        return west, south, east, north

    @cached_property
    def side(self) -> float:
        """The usual width of a grid in metres of the plane."""
        widths = self.boxes[:, 2] - self.boxes[:, 0]
        return float(np.nanmedian(widths)) if np.isfinite(widths).any() else 0.0

    def shape(self, grid: int) -> shapely.Geometry:
        """Return the outline of the grid at an index."""
        return shapely.from_wkb(self.wkb[self.starts[grid] : self.starts[grid + 1]].tobytes())

    def around(self, x: float, y: float) -> list[int]:
        """Return the indices of the grids around a point of the plane, the smallest first."""
        west, south, east, north = self.boxes.T
        near = np.flatnonzero((west <= x) & (x <= east) & (south <= y) & (y <= north))
        shapes = {int(grid): self.shape(int(grid)) for grid in near}
        found = [grid for grid, shape in shapes.items() if shapely.intersects_xy(shape, x, y)]
        return sorted(found, key=lambda grid: float(shapely.area(shapes[grid])))

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree([self.shape(grid) for grid in range(len(self))])

    def counts(self, x: Numbers, y: Numbers) -> Numbers:
        """Return how many points of the plane lie in each grid, in each of several where they overlap."""
        placed = np.isfinite(x) & np.isfinite(y)
        found = self._tree.query(shapely.points(x[placed], y[placed]), predicate="intersects")
        return np.bincount(found[1], minlength=len(self)).astype(np.float64)

    def at(self, lon: float, lat: float) -> list[int]:
        """Return the indices of the grids around a point in WGS-84 degrees, the smallest first."""
        return self.around(*point_to_plane(lon, lat))


def surveyed(
    codes: Sequence[str], names: Sequence[str], organisations: Sequence[str], wkb: Sequence[bytes]
) -> Atlas:
    """Return the atlas of grids whose outlines are well-known binary in WGS-84 degrees; b"" is no outline."""
    shapes, unreadable = topology.read(wkb)
    named = list(codes), list(names), list(organisations), unreadable.tolist()
    return in_plane(*named, topology.repaired(shapes_to_plane(shapes)))


def in_plane(
    codes: list[str], names: list[str], organisations: list[str], unreadable: list[int], shapes: Shapes
) -> Atlas:
    """Return the atlas of valid polygons and multipolygons in metres of the plane."""
    kept = shapely.to_wkb(shapes)
    starts = np.concatenate(([0], np.cumsum([len(one) for one in kept]))).astype(np.int64)
    boxes = shapely.bounds(shapes).reshape(-1, 4)
    return Atlas(
        codes,
        names,
        organisations,
        unreadable,
        np.frombuffer(b"".join(kept), np.uint8),
        starts,
        boxes + np.array([-SLACK, -SLACK, SLACK, SLACK]),
        _middles(shapes),
        topology.from_shapes(shapes),
    )


def _middles(shapes: Shapes) -> Numbers:
    found = np.full((len(shapes), 2), np.nan)
    drawn = ~shapely.is_empty(shapes)
    found[drawn] = shapely.get_coordinates(shapely.centroid(shapes[drawn]))
    return found


NOTHING = surveyed([], [], [], [])


def save(atlas: Atlas, path: Path, digest: str) -> None:
    """Keep an atlas at ``path`` under the digest of what it was made of; a crash leaves no half of it."""
    kept: dict[str, Any] = {name: getattr(atlas, name) for name in ARRAYS}
    kept |= {name: np.frombuffer(json.dumps(getattr(atlas, name)).encode(), np.uint8) for name in WORDS}
    kept |= {f"edge_{one.name}": getattr(atlas.topology, one.name) for one in fields(Topology)}
    with whole(path) as file:  # for its owner alone: others may not see all the grids that one may
        np.savez(file, digest=np.array(FORMAT + digest), **kept)


def load(path: Path, digest: str) -> Atlas | None:
    """Return the atlas kept at ``path``; None where there is none, of other content, or a damaged one."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            if str(kept["digest"]) != FORMAT + digest or kept.zip.testzip():  # numpy takes a torn head's word
                return None
            return _opened(kept)
    except DAMAGE:
        return None


# What zip and numpy raise at torn files; RuntimeError: it claims to be encrypted, or of another method;
# TokenError: numpy reads the heads of arrays as Python.
DAMAGE = (
    OSError,
    ValueError,
    KeyError,
    EOFError,
    TypeError,
    RuntimeError,
    MemoryError,
    BadZipFile,
    TokenError,
    zlib.error,
)
WORDS = ("codes", "names", "organisations", "unreadable")
ARRAYS = ("wkb", "starts", "boxes", "middles")


def _opened(kept: Any) -> Atlas:  # noqa: ANN401  numpy's file of arrays has no public type
    words = {name: json.loads(kept[name].tobytes()) for name in WORDS}
    edges = {one.name: kept[f"edge_{one.name}"] for one in fields(Topology)}
    edges["count"] = int(edges["count"])
    return Atlas(**words, **{name: kept[name] for name in ARRAYS}, topology=Topology(**edges))
