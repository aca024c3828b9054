"""Borders of areas that lie across the grids, as pixels: other kinds of grids, townships, communities."""

import math
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from console.geography.paint import premultiplied
from console.geography.raster import Ids, rasterise
from console.geography.topology import Topology
from console.geography.view import View

Colours = NDArray[np.uint32]
Mask = NDArray[np.bool_]
T = TypeVar("T", np.int32, np.bool_)

HALO = 1  # pixels on either side of a border that set it off from what it lies on
HATCH, STRIPE = 8, 2  # pixels from stripe to stripe, and of one
DASH = 3  # pixels; two of four such pieces are drawn


@dataclass(frozen=True, eq=False)
class Drawn:
    """A view as its grids are drawn: ``ids`` (height, width), ``fine`` times as fine as device pixels."""

    view: View
    ids: Ids
    fine: int


class Part(Protocol):
    """Something that lies over the grids."""

    def put(self, image: Colours, drawn: Drawn) -> None:
        """Draw it into ``image``, premultiplied 0xAARRGGBB as large as ``drawn.ids``."""


@dataclass(frozen=True)
class Stroke:
    """How a border looks: its opaque colour, that of its halo, its width in pixels.

    ``dash``: 0 none; dashes of 1 lie where 2 has its gaps.
    """

    colour: int
    halo: int
    width: int
    dash: int = 0


@dataclass(frozen=True, eq=False)
class Borders:
    """Borders between the grids of ``topology`` (None: those that are drawn), or between unions of them.

    ``areas``: (grids + 1,) the union of each number of a grid, 0 of none. They are drawn while a device
    pixel is at most ``until`` metres wide: beyond, a maze of them would tell nothing.
    """

    stroke: Stroke
    topology: Topology | None = None
    areas: NDArray[np.int32] | None = None
    until: float = math.inf

    def put(self, image: Colours, drawn: Drawn) -> None:
        """Draw every border with its halo."""
        if not self.seen(drawn.view.scale * drawn.fine):
            return
        found = drawn.ids if self.topology is None else rasterise(self.topology, drawn.view)
        found = found if self.areas is None else _looked_up(self.areas, found)
        border = _between(found)
        for _ in range((self.stroke.width - 2) * drawn.fine // 2 + (drawn.fine - 1)):
            border = _grown(border)
        halo = border
        for _ in range(HALO * drawn.fine):
            halo = _grown(halo)
        image[halo & ~border] = self.stroke.halo
        if self.stroke.dash:
            border = border & (_pieces(drawn) == self.stroke.dash)
        image[border] = self.stroke.colour

    def seen(self, scale: float) -> bool:
        """Tell whether they are drawn at a scale, metres a device pixel."""
        return scale <= self.until


def areas_of(grids: list[str], area_of: dict[str, str]) -> NDArray[np.int32]:
    """Return the areas of grids, given the organisation of each and the area of each organisation."""
    names = sorted({*area_of.values()} - {""})
    numbers = {name: number for number, name in enumerate(names, 1)}
    found = [numbers.get(area_of.get(organisation, ""), 0) for organisation in grids]
    return np.array([0, *found], np.int32)


def _looked_up(table: NDArray[T], ids: Ids) -> NDArray[T]:
    """Return the entry of each id, the first one for overlaps.

    While other grids come, a picture of the former ones may be looked up: that lasts a moment, no longer.
    """
    return np.take(table, ids, mode="clip")


def translucent(colour: int, alpha: int) -> int:
    """Return ``colour`` premultiplied with ``alpha`` (0-255)."""
    plain = np.array([colour & 0xFFFFFF | alpha << 24], np.uint32)
    return int(premultiplied(plain)[0])


def _between(found: Ids) -> Mask:
    """Tell which pixels touch another area."""
    border = np.zeros(found.shape, bool)
    east, south = found[:, 1:] != found[:, :-1], found[1:] != found[:-1]
    border[:, :-1] |= east
    border[:-1] |= south
    border[:, 1:] |= east
    border[1:] |= south
    return border


def _grown(mask: Mask) -> Mask:
    grown = mask.copy()
    grown[:, 1:] |= mask[:, :-1]
    grown[:, :-1] |= mask[:, 1:]
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    return grown


def _pieces(drawn: Drawn) -> NDArray[np.int64]:
    """Return stripes 1 and 2 by turns, fixed to the plane, of a slope that hardly any border has."""
    view, piece = drawn.view, DASH * drawn.fine
    across = np.arange(view.width) + round(view.left / view.scale) % (4 * piece)
    along = np.arange(view.height) - round(view.top / view.scale) % (4 * piece)
    return (2 * along[:, None] + across) // (2 * piece) % 2 + 1


@dataclass(frozen=True, eq=False)
class Hatch:
    """Stripes over grids without a figure, ``growth`` times as wide as usual.

    ``unknown``: (grids,); ``colour``: premultiplied.
    """

    unknown: Mask
    colour: int
    growth: float = 1.0

    def put(self, image: Colours, drawn: Drawn) -> None:
        """Draw the stripes, fixed to the plane."""
        view, fine = drawn.view, drawn.fine * self.growth
        piece = round(HATCH * fine)
        meant = _looked_up(np.append(False, self.unknown), drawn.ids)
        across = np.arange(view.width) + round(view.left / view.scale) % piece
        along = np.arange(view.height) - round(view.top / view.scale) % piece
        image[meant & ((across + along[:, None]) % piece < round(STRIPE * fine))] = self.colour
