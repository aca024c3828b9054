"""From ids to colours by table: a face, a border, an overlap is one entry each of a look-up table.

For ``count`` grids the table has ``2 * count + 5`` entries: nowhere and the grids' faces, then nowhere's and
the grids' borders, then the two stripes of places that several grids claim, then the outline around all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.geography.raster import NOWHERE, OVERLAP

Ids = NDArray[np.int32]
Colours = NDArray[np.uint32]

BLUE_GREEN_RED, ALPHA = slice(0, 3), 3  # bytes of 0xAARRGGBB in memory
OPAQUE = 0xFF000000  # and above
# Two of the four channels at once, and what rounds both.
BYTE, LOW, HIGH, HALF = (np.uint32(bits) for bits in (8, 0x00FF00FF, 0xFF00FF00, 0x00800080))
ROWS = 32  # of an image that are coloured at once: their indices stay near the processor
_STRIPE = 4  # pixels


def entries(ids: Ids, count: int, *, both_sides: bool = False) -> Ids:
    """Return (height, width) entries of the table for an image of ids.

    A border is drawn on the pixel west or north of it, or with ``both_sides`` on the pixels that touch it;
    the outline, where grids end, always on both.
    """
    # A product is quicker than a mask.
    found = ids + _borders(ids, both_sides=both_sides) * np.int32(count + 1)
    claimed = np.flatnonzero(ids == OVERLAP)
    rows, columns = np.divmod(claimed, ids.shape[1])
    found.flat[claimed] = 2 * count + 2 + (rows + columns) // _STRIPE % 2
    np.putmask(found, _borders(ids == NOWHERE, both_sides=True), 2 * count + 4)
    return found


def _borders(ids: Ids | NDArray[np.bool_], *, both_sides: bool) -> NDArray[np.bool_]:
    border = np.zeros(ids.shape, bool)
    east, south = ids[:, 1:] != ids[:, :-1], ids[1:] != ids[:-1]
    border[:, :-1] |= east
    border[:-1] |= south
    if both_sides:
        border[:, 1:] |= east
        border[1:] |= south
    return border


@dataclass(frozen=True)
class Lines:
    """Colours, 0xAARRGGBB, of the ground and of what is drawn between the faces."""

    nowhere: int
    border: int
    overlap: int
    outline: int


def table(faces: Colours, lines: Lines, strength: float) -> Colours:
    """Return the table, premultiplied, for (count,) face colours; ``strength``: of the borders, from 0 to 1.

    Faces and ``lines.nowhere`` may be translucent; borders, overlaps and the outline cover what is below.
    """
    nowhere = lines.nowhere
    ground = premultiplied(np.concatenate((np.array([nowhere], np.uint32), faces.astype(np.uint32))))
    borders = mixed(ground, lines.border, strength)
    stripe = mixed(ground[:1], lines.overlap, 0.75)
    pale = mixed(ground[:1], lines.overlap, 0.3)
    return np.concatenate((ground, borders, stripe, pale, np.array([lines.outline], np.uint32)))


def mixed(colours: Colours, other: int, share: float) -> Colours:
    """Return ``colours``, premultiplied, with ``share`` of the opaque ``other`` in them, to 1/256."""
    added, theirs = np.uint32(other), np.uint32(round(share * 256))
    ours = np.uint32(256) - theirs
    even = (colours & LOW) * ours + (added & LOW) * theirs + HALF
    odd = (colours >> BYTE & LOW) * ours + (added >> BYTE & LOW) * theirs + HALF
    return (even >> BYTE & LOW) | (odd & HIGH)


def premultiplied(colours: Colours) -> Colours:
    """Return colours whose channels are scaled by their alpha, as translucent pictures are blended."""
    if (colours >= OPAQUE).all():
        return colours
    channels = np.ascontiguousarray(colours).view(np.uint8).reshape(-1, 4).astype(np.float64)
    channels[:, BLUE_GREEN_RED] *= channels[:, ALPHA:] / 255
    return channels.round().astype(np.uint8).view(np.uint32).ravel()


def coloured(entry: Ids, colours: Colours) -> Colours:
    """Return the (height, width) image of table entries."""
    image = np.empty(entry.shape, np.uint32)
    for top in range(0, len(entry), ROWS):
        rows = slice(top, top + ROWS)
        np.take(colours, entry[rows], mode="clip", out=image[rows])
    return image


def halved(image: Colours) -> Colours:
    """Return the image at half the size, each pixel the mean of four: borders without steps."""
    upper, lower = _mean(image[::2, ::2], image[::2, 1::2]), _mean(image[1::2, ::2], image[1::2, 1::2])
    return _mean(upper, lower)


def _mean(one: Colours, other: Colours) -> Colours:
    """Return the mean of four channels at once: what both have, and half of what differs."""
    return (one & other) + (((one ^ other) & np.uint32(0xFEFEFEFE)) >> np.uint32(1))
