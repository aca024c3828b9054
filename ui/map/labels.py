"""Names on the map, every one that has room: they step aside for marks, and where they cannot, lie below."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from console.geography.cover import CELL, Cover
from console.geography.projection import point_to_plane
from console.geography.view import View
from ui.map.stamps import Stamps
from ui.theme import theme

RIM = 3.5  # pixels of the rim around a name
AIR = 5.0  # pixels kept free around a name where there is room
# Where a name may stand instead, in its own widths and heights, the best first.
TRIES = np.array(
    [
        *((0, 0), (0, -1.1), (0, 1.1), (-0.7, 0), (0.7, 0), (0, -2), (0, 2), (-0.9, -1.3), (0.9, 1.3)),
        *((-0.9, 1.3), (0.9, -1.3), (-1.2, 0), (1.2, 0), (0, -3), (0, 3)),
    ]
)

# Where letters are drawn in the rim's colour, pixels from their place; the inner ring is for large type.
RIM_AT = [
    (RIM / 2 * share * math.cos(turn), RIM / 2 * share * math.sin(turn))
    for share, steps in ((1.0, 12), (0.5, 6))
    for turn in np.linspace(0, 2 * math.pi, steps, endpoint=False).tolist()
]
PATIENCE = 0.003  # seconds
HIDDEN = 1e6  # square pixels that a place costs where the name would not be shown

Boxes = NDArray[np.float64]
Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]


class Lettering(NamedTuple):
    """A name at a point (degrees): in the type ``role`` and colour ``ink``.

    It is written while a pixel is at most ``until`` metres wide.
    """

    text: str
    lon: float
    lat: float
    role: str = "base"
    until: float = math.inf
    ink: str = "text"


@dataclass(frozen=True)
class Name:
    """A name and its place in the plane."""

    text: str
    x: float
    y: float
    role: str
    until: float
    ink: str


class Labels:
    """The names of a map. Each keeps its place beside its point for as long as the scale stays.

    ``patience``: seconds a frame may take to draw names that were not seen before; ``tries``: where a name
    may stand, as TRIES; ``cell``: pixels to which is measured what a name covers; ``restless``: one that
    covers a mark looks for a better place whenever marks move, though nothing new has come upon it;
    ``growth``: how many times as large as usual the letters are.
    """

    def __init__(self) -> None:
        self.patience, self.tries = PATIENCE, TRIES
        self.cell, self.restless, self.growth = CELL, False, 1.0
        self._names: list[Name] = []
        self._at, self._until = np.empty((0, 2)), np.empty(0)
        self._size: Numbers | None = None
        self._written: tuple[float, dict[int, QPixmap]] | None = None
        self._scale = 0.0
        self._place, self._cost = np.empty(0, np.int64), np.empty(0)

    def put(self, wanted: Iterable[Lettering]) -> None:
        """Write these names, the first ones first where room is short."""
        self._names = [
            Name(one.text, *point_to_plane(one.lon, one.lat), one.role, one.until, one.ink) for one in wanted
        ]
        self._at = np.array([(name.x, name.y) for name in self._names]).reshape(-1, 2)
        self._until = np.array([name.until for name in self._names])
        self.renew()

    def renew(self) -> None:
        """Find a place for each name anew, the letters being others."""
        self._size, self._written, self._scale = None, None, 0.0

    def arrange(self, sheet: View, view: View, fixed: Boxes, marks: Boxes) -> None:
        """Find places for the names on a sheet, of which the view is shown.

        Boxes are (n, 4) left, top, right and bottom in pixels, ``fixed`` of the view, ``marks`` of the
        sheet. A name covers no other name and as little as possible of ``marks``; one that is shown keeps
        its place unless more of it is covered than was; a new one avoids the edges and what is fixed, too.
        """
        rows = self._near(sheet)
        boxes = self._boxes(sheet, rows, np.arange(len(self.tries))[None])
        across, along = view.to_pixels(sheet.left, sheet.top)
        cell = self.cell
        drift = np.tile([sheet.left / sheet.scale % cell, -sheet.top / sheet.scale % cell], 2)
        cover = Cover(marks + drift, sheet.width + int(cell), sheet.height + int(cell), cell)
        covered = cover.under(boxes + drift)  # in squares that move with the plane: no name changes its mind
        cost = covered + HIDDEN * ~_free(boxes + np.tile([across, along], 2), view, fixed)
        if self._scale != sheet.scale:
            self._scale = sheet.scale
            self._place, self._cost = np.full(len(self._at), -1), np.zeros(len(self._at))
        each, before = np.arange(len(rows)), self._place[rows]
        meant = _free(boxes[:, 0], sheet, np.empty((0, 4)))
        borne = 0.0 if self.restless else self._cost[rows]
        stays = meant & (before >= 0) & (covered[each, before] <= borne)
        place = np.where(stays, before, np.where(meant, cost.argmin(axis=1), -1))
        lone = stays | ~_clashing(boxes[each, place], meant)
        _placed(boxes, cost, place, np.flatnonzero(meant & lone), np.flatnonzero(meant & ~lone))
        self._place = np.full(len(self._at), -1)
        self._place[rows], self._cost[rows] = place, covered[each, place]

    def _near(self, sheet: View) -> Integers:
        """Return the rows of the names whose point is in a view, and that are written at its scale."""
        west, south, east, north = sheet.bounds
        x, y = self._at.T
        inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
        return np.flatnonzero(inside & (self._until >= sheet.scale))

    def seen(self, view: View, fixed: Boxes) -> list[tuple[Name, QRectF]]:
        """Return the names that stand clear of the window's edges and of what is fixed, with their boxes."""
        rows, boxes = self._seen(view, fixed)
        return [
            (self._names[row], QRectF(left, top, right - left, bottom - top))
            for row, (left, top, right, bottom) in zip(rows.tolist(), boxes.tolist(), strict=True)
        ]

    def draw(self, painter: QPainter, view: View, fixed: Boxes, stamps: Stamps) -> bool:
        """Write those that are seen; new ones as many as a frame has time for. Tell whether that was all."""
        rows, boxes = self._seen(view, fixed)
        ratio = painter.device().devicePixelRatio()
        if self._written is None or self._written[0] != ratio:
            self._written = ratio, dict[int, QPixmap]()
        written, until = self._written[1], perf_counter() + self.patience
        for row in (one for one in rows.tolist() if one not in written):
            written[row] = self._stamp(row, ratio, stamps)
            if perf_counter() > until:
                break
        ready = np.array([row in written for row in rows.tolist()], bool)
        middles = (boxes[ready, :2] + boxes[ready, 2:]) / 2
        ours = [written[row] for row in rows[ready].tolist()]
        stamps.strew(painter, middles, np.arange(len(ours)), ours)
        return bool(ready.all())

    def _seen(self, view: View, fixed: Boxes) -> tuple[Integers, Boxes]:
        """Return rows and boxes of the names that are seen."""
        rows = np.flatnonzero((self._place >= 0) & (self._until >= view.scale))
        boxes = self._boxes(view, rows, self._place[rows, None])[:, 0]
        free = _free(boxes, view, fixed)
        rows, boxes = rows[free], boxes[free]
        if view.scale == self._scale:
            return rows, boxes
        apart = _apart(boxes)
        return rows[apart], boxes[apart]

    def _sizes(self) -> Numbers:
        if self._size is None:
            roles = {name.role for name in self._names}
            kinds = {role: QFontMetricsF(theme.font(role, self.growth)) for role in roles}
            metrics = [kinds[name.role] for name in self._names]
            pairs = zip(self._names, metrics, strict=True)
            sizes = [(type_.horizontalAdvance(name.text), type_.height()) for name, type_ in pairs]
            self._size = np.array(sizes).reshape(-1, 2)
        return self._size

    def _stamp(self, row: int, ratio: float, stamps: Stamps) -> QPixmap:
        name, (wide, tall) = self._names[row], self._sizes()[row].tolist()
        style = name.text, name.role, name.ink, self.growth
        rim = RIM * self.growth
        whole = QSizeF(wide + 2 * rim, tall + 2 * rim)
        return stamps.cut(ratio, ("name", *style), whole, partial(_write, *style))

    def _boxes(self, view: View, rows: Integers, tries: Integers) -> Boxes:
        """Return (rows, tries, 4) boxes in pixels of a view; ``tries``: (rows or 1, tries)."""
        sizes, points = self._sizes()[rows, None], self._at[rows]
        middles = np.column_stack(view.to_pixels(points[:, 0], points[:, 1]))
        tried = middles[:, None] + self.tries[tries] * sizes
        return np.concatenate((tried - sizes / 2, tried + sizes / 2), axis=2)


def _free(boxes: Boxes, view: View, fixed: Boxes) -> NDArray[np.bool_]:
    """Tell which of (…, 4) boxes lie in the window and on nothing fixed."""
    left, top, right, bottom = np.moveaxis(boxes, -1, 0)
    free: NDArray[np.bool_] = (left >= 0) & (top >= 0) & (right <= view.width) & (bottom <= view.height)
    for west, north, east, south in fixed.tolist():
        free &= (right <= west) | (left >= east) | (bottom <= north) | (top >= south)
    return free


def _clashing(boxes: Boxes, meant: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which boxes come close to another one that is meant."""
    left, top, right, bottom = boxes.T
    clash = (left[:, None] < right + AIR) & (right[:, None] > left - AIR)
    clash &= (top[:, None] < bottom + AIR) & (bottom[:, None] > top - AIR) & meant
    np.fill_diagonal(clash, val=False)
    found: NDArray[np.bool_] = clash.any(axis=1)
    return found


def _placed(boxes: Boxes, cost: Numbers, place: Integers, stay: Integers, order: Integers) -> None:
    """Choose a try for each name in order, aside from those that stay; -1 where there is no room.

    Covering a name is not allowed, coming close to one costs a little.
    """
    taken = np.concatenate((boxes[stay, place[stay]], np.empty((len(order), 4))))
    count = len(stay)
    for row in order.tolist():
        total = cost[row] + _crowding(boxes[row], taken[:count])
        best = int(total.argmin())
        place[row] = best if total[best] < np.inf else -1
        if place[row] >= 0:
            taken[count] = boxes[row, best]
            count += 1


def _crowding(tries: Boxes, taken: Boxes) -> Numbers:
    """Return square pixels that tries cover of the air around names; infinite where they cover a name."""
    west, north = tries[:, :2].min(axis=0) - AIR
    east, south = tries[:, 2:].max(axis=0) + AIR
    near = (taken[:, 0] < east) & (taken[:, 2] > west) & (taken[:, 1] < south) & (taken[:, 3] > north)
    if not near.any():
        return np.zeros(len(tries))
    others = taken[near]
    across = np.minimum(tries[:, None, 2], others[:, 2]) - np.maximum(tries[:, None, 0], others[:, 0])
    along = np.minimum(tries[:, None, 3], others[:, 3]) - np.maximum(tries[:, None, 1], others[:, 1])
    around: Numbers = ((across + 2 * AIR).clip(0) * (along + 2 * AIR).clip(0)).sum(axis=1)
    around[((across > 0) & (along > 0)).any(axis=1)] = np.inf
    return around


def _apart(boxes: Boxes) -> NDArray[np.bool_]:
    """Tell which of the boxes cover none of those that are told before them."""
    left, top, right, bottom = boxes.T
    clash = (left[:, None] < right) & (right[:, None] > left) & (top[:, None] < bottom)
    clash &= bottom[:, None] > top
    kept = np.zeros(len(boxes), bool)
    for row in range(len(boxes)):
        kept[row] = not (clash[row] & kept).any()
    return kept


def _write(text: str, role: str, ink: str, growth: float, painter: QPainter, middle: QPointF) -> None:
    """Draw a name with a rim, so that it reads on every shade; stroking its outline would be slow."""
    font = theme.font(role, growth)
    metrics = QFontMetricsF(font)
    left, top = middle.x() - metrics.horizontalAdvance(text) / 2, middle.y() - metrics.height() / 2
    at = QPointF(left, top + metrics.ascent())
    painter.setFont(font)
    painter.setPen(theme.color("panel"))
    for right, down in RIM_AT:
        painter.drawText(at + QPointF(right, down) * growth, text)
    painter.setPen(theme.color(ink))
    painter.drawText(at, text)
