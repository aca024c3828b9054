"""What stands in the county, on the map: a plate with an icon each; what stands together as one plate."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap

from console.geography.clusters import Marks, marks
from console.geography.projection import to_plane
from console.geography.view import Bounds, View
from console.language import counted, say
from ui.map.stamps import Stamps
from ui.theme import theme

Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]

PLATE, ICON = 18.0, 12  # pixels: side of a plate, of the icon on it
REACH = 58  # pixels within which plates crowd
GRASP = 12  # pixels from a plate's middle within which it is meant
LISTED = 5  # kinds that a card names


@dataclass(frozen=True, eq=False)
class Things:
    """(things,) arrays in WGS-84 degrees; ``kind``: index of ``icons``, for ``names``; ``told``: a card.

    ``keys``: what each is known by when all are read again.
    """

    lon: Numbers
    lat: Numbers
    kind: Integers
    icons: Sequence[str]
    names: Callable[[int], str]
    told: Callable[[int], list[str]]
    keys: Sequence[Hashable]

    @cached_property
    def rows(self) -> dict[Hashable, int]:
        """Return the row of each key."""
        return {key: row for row, key in enumerate(self.keys)}


@dataclass(eq=False)
class Crowds:
    """The things of ``rows``, which are in sight, as marks."""

    rows: Integers = field(default_factory=lambda: np.empty(0, np.int64))
    marks: Marks = field(default_factory=lambda: marks(np.empty(0), np.empty(0), np.empty(0, np.int64), 1.0))


class Pins:
    """A layer of things; ``role``: the colour of its plates' edges, ``summary``: key of a crowd's heading."""

    def __init__(self, role: str, summary: str) -> None:
        self._role, self._summary = role, summary
        self._x = self._y = np.empty(0)
        self._things: Things | None = None
        self._crowds = Crowds()

    def __len__(self) -> int:
        return len(self._x)

    @property
    def sum(self) -> int:
        """How many things the plates that were drawn last stand for."""
        return int(self._crowds.marks.count.sum())

    def put(self, things: Things | None) -> None:
        """Show these things, or none."""
        self._things, self._crowds = things, Crowds()
        self._x, self._y = (np.empty(0), np.empty(0)) if things is None else to_plane(things.lon, things.lat)

    def arrange(self, scale: float) -> None:
        """Wait for the view: only what is in sight is grouped."""

    def _group(self, view: View) -> Crowds:
        west, south, east, north = view.bounds
        slack = 2 * REACH * view.scale  # crowds at the edge are whole
        across = (self._x > west - slack) & (self._x < east + slack)
        rows = np.flatnonzero(across & (self._y > south - slack) & (self._y < north + slack))
        x, y, rank = self._x[rows], self._y[rows], np.zeros(len(rows), np.int64)
        return Crowds(rows, marks(x, y, rank, REACH * view.scale, touch=PLATE * view.scale))

    def draw(self, painter: QPainter, view: View, stamps: Stamps) -> None:
        """Draw what is in sight."""
        things = self._things
        if things is None or not len(self):
            return
        self._crowds = crowds = self._group(view)
        found, ratio = crowds.marks, painter.device().devicePixelRatio()
        across, along = view.to_pixels(found.x, found.y)
        icon = np.zeros(len(found.count), np.int64)
        icon[found.of] = things.kind[crowds.rows]
        icon[found.count > 1] = 0
        different, of = np.unique(found.count * len(things.icons) + icon, return_inverse=True)
        pairs = (divmod(one, len(things.icons)) for one in different.tolist())
        cut = [self._stamp(stamps, ratio, count, things.icons[kind]) for count, kind in pairs]
        stamps.strew(painter, np.column_stack((across, along)), of, cut)

    def boxes(self, view: View) -> Numbers:
        """Return (n, 4) left, top, right and bottom of the plates, which names keep clear of."""
        found = self._crowds.marks
        across, along = view.to_pixels(found.x, found.y)
        wide, high = np.where(found.count > 1, PLATE * 0.9, PLATE / 2), PLATE / 2
        return np.column_stack((across - wide, along - high, across + wide, along + high))

    def at(self, view: View, right: float, down: float) -> Integers:
        """Return the rows of what the plate under a pixel stands for."""
        found = self._crowds.marks
        if not len(self) or not len(found.count):
            return np.empty(0, np.int64)
        across, along = view.to_pixels(found.x, found.y)
        near = int(np.argmin(np.hypot(across - right, along - down)))
        if np.hypot(across[near] - right, along[near] - down) > GRASP:
            return np.empty(0, np.int64)
        meant: Integers = self._crowds.rows[found.of == near]
        return meant

    def lines(self, rows: Integers) -> list[str]:
        """Return what a card says of these rows."""
        things = self._things
        if things is None or not len(rows):
            return []
        if len(rows) == 1:
            return things.told(int(rows[0]))
        counts = Counter(things.kind[rows].tolist()).most_common(LISTED)
        parts = [say("layers.counted", name=things.names(kind), count=count) for kind, count in counts]
        return [say(self._summary, count=len(rows)), " · ".join(parts), say("map.cluster_next")]

    @property
    def shown(self) -> list[tuple[str, str, str]]:
        """The kinds that there are: the colour of their edge, icon, name."""
        things = self._things
        kinds = [] if things is None else np.unique(things.kind).tolist()
        return [(self._role, things.icons[kind], things.names(kind)) for kind in kinds if things is not None]

    def key(self, row: int) -> Hashable:
        """Return what the thing in a row is known by."""
        return None if self._things is None else self._things.keys[row]

    def row(self, key: Hashable) -> int | None:
        """Return the row of a thing, None where it is not shown."""
        return None if self._things is None else self._things.rows.get(key)

    def spot(self, row: int) -> tuple[float, float]:
        """Return where in the plane a thing is."""
        return float(self._x[row]), float(self._y[row])

    def told(self, row: int) -> list[str]:
        """Return what the card of one thing says."""
        return [] if self._things is None else self._things.told(row)

    def paint(self, painter: QPainter, middle: QPointF, row: int) -> None:
        """Draw the plate of one thing."""
        if self._things is not None:
            pin(self._role, self._things.icons[int(self._things.kind[row])], painter, middle)

    def bounds(self, rows: Integers) -> Bounds:
        """Return west, south, east, north in the plane of these rows."""
        x, y = self._x[rows], self._y[rows]
        return float(x.min()), float(y.min()), float(x.max()), float(y.max())

    def _stamp(self, stamps: Stamps, ratio: float, count: int, icon: str) -> QPixmap:
        if count == 1:
            size = QSizeF(PLATE + 4, PLATE + 4)
            return stamps.cut(ratio, ("pin", self._role, icon), size, partial(pin, self._role, icon))
        wide = QFontMetricsF(theme.font("badge")).horizontalAdvance(counted(count)) + 12
        size = QSizeF(max(wide, PLATE) + 8, PLATE + 8)
        return stamps.cut(
            ratio, ("pins", self._role, count), size, partial(_crowd, self._role, counted(count), wide)
        )


def _plate(painter: QPainter, box: QRectF, role: str) -> None:
    painter.setBrush(theme.color("raised"))
    painter.setPen(QPen(theme.color(role), 1.4))
    painter.drawRoundedRect(box, 4, 4)


def pin(role: str, icon: str, painter: QPainter, middle: QPointF) -> None:
    """Draw the plate of one thing."""
    _plate(painter, _box(middle, PLATE, PLATE), role)
    drawn = theme.icon(icon, "text")
    drawn.paint(painter, _box(middle, ICON, ICON).toAlignedRect())


def _crowd(role: str, text: str, wide: float, painter: QPainter, middle: QPointF) -> None:
    """Draw two plates, one behind the other, and how many there are."""
    wide = max(wide, PLATE)
    behind = middle + QPointF(2.5, -2.5)
    _plate(painter, _box(behind, wide, PLATE), role)
    box = _box(middle, wide, PLATE)
    _plate(painter, box, role)
    painter.setFont(theme.font("badge"))
    painter.setPen(theme.color("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _box(middle: QPointF, wide: float, high: float) -> QRectF:
    return QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)
