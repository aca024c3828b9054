"""What of a base map is at hand: which squares to ask for, which to show in place of those that miss."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from console.errors import BadInput, Problem
from console.geography.tiles.pyramid import Tile

Picture = TypeVar("Picture")

AGAIN = 30.0  # seconds until a square that failed is asked for again
SQUARES = 384  # pictures kept in memory beside those in view: some 100 MB


class Mosaic(Generic[Picture]):
    """Pictures by square. Not for several threads."""

    def __init__(self, coarsest: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._coarsest, self._clock = coarsest, clock
        self._pictures: OrderedDict[Tile, Picture] = OrderedDict()
        self._absent: set[Tile] = set()
        self._failed: dict[Tile, tuple[float, Problem]] = {}

    def put(self, tile: Tile, picture: Picture | None) -> None:
        """Take the picture of a square, None where the map has none."""
        self._failed.pop(tile, None)
        if picture is None:
            self._absent.add(tile)
        else:
            self._pictures[tile] = picture

    def fail(self, tile: Tile, why: Problem) -> None:
        """Remember that a square could not be had."""
        self._failed[tile] = (self._clock() + AGAIN, why)

    def wanted(self, cover: Sequence[Tile]) -> list[Tile]:
        """Return what to ask for to show ``cover``: itself, or the nearest square above it that may be."""
        now = self._clock()
        found: dict[Tile, None] = {}
        for tile in cover:
            one: Tile | None = tile
            while one is not None and self._hopeless(one) and one.level > self._coarsest:
                one = one.parent
            if one is None or one in self._pictures or one in self._absent:
                continue
            if one not in self._failed or self._failed[one][0] <= now:
                found[one] = None
        return list(found)

    def shown(self, cover: Iterable[Tile]) -> list[tuple[Tile, Tile, Picture]]:
        """Return what to draw for ``cover``, in this order: square, square of its picture, picture.

        Where a square misses, a square above it stands in, and those below it that are there.
        """
        found: list[tuple[Tile, Tile, Picture]] = []
        for tile in cover:
            one: Tile | None = tile
            while one is not None and one not in self._pictures:
                one = one.parent
            if one is not None:
                found.append((tile, one, self._pictures[one]))
            if one != tile:
                parts = (part for part in tile.children if part in self._pictures)
                found.extend((part, part, self._pictures[part]) for part in parts)
        for _, one, _ in found:
            self._pictures.move_to_end(one)
        while len(self._pictures) > SQUARES + len(found):
            self._pictures.popitem(last=False)
        return found

    def fault(self, cover: Iterable[Tile]) -> Problem | None:
        """Return what is wrong with what is seen, None where nothing is."""
        for tile in cover:
            one: Tile | None = tile
            while one is not None and one not in self._pictures:
                if one in self._failed:
                    return self._failed[one][1]
                one = one.parent
        return None

    def bare(self, cover: Iterable[Tile]) -> bool:
        """Tell whether the map is known to have nothing at all here."""
        tiles = list(cover)
        return bool(tiles) and not self.wanted(tiles) and not self.fault(tiles) and not self.shown(tiles)

    def _hopeless(self, tile: Tile) -> bool:
        """Tell whether the squares above serve instead: no such picture, or none that can be read."""
        until, why = self._failed.get(tile, (0.0, None))
        return tile in self._absent or (isinstance(why, BadInput) and self._clock() < until)
