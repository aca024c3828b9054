"""Incidents on the map: a circle in time, a triangle near due, a square overdue; crowds as one mark."""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from console.geography.clusters import Marks, marks
from console.geography.projection import to_plane
from console.geography.view import Bounds, View
from console.language import counted, say
from ui import shapes
from ui.map.stamps import Stamps
from ui.theme import theme

Numbers = NDArray[np.float64]

GRADES = ("fine", "near", "overdue")  # their order is their rank
SIZE, SIZE_BARE = 8.5, 5.5  # half the width of a mark with the icon of its class, or without one, in pixels
ICON = {"fine": (11, 0.0), "near": (10, 1.5), "overdue": (11, 0.0)}  # pixels; how far below the middle
RING = 15.0  # radius of the ring around the selected one
CROWD, BAND = 12.0, 3.5  # half the width of a crowd's mark; its rim, shared out by grades
WEIGHTY = 4  # how many more marks a name would rather cover than a crowd's number
PARTS, MANY = 12, 13  # of a rim: no grade that there is has less than one
REACH = 48  # pixels within which marks crowd
TOUCH = 18  # pixels within which one mark would cover another
SIGN, CROWD_SIGN = QSizeF(26, 26), QSizeF(52, 36)  # what any mark fits in, one or a crowd's
GRASP = 13  # pixels from a mark within which it is meant


class Markers:
    """The layer of incidents, as arrays of equal length in the order given."""

    def __init__(self) -> None:
        self._x = self._y = np.empty(0)
        self._rank = self._numbers = np.empty(0, np.int64)
        self._icons = [""]
        self._kind = np.empty(0, np.int64)
        self._marks: Marks | None = None
        self.selected: int | None = None

    def __len__(self) -> int:
        return len(self._numbers)

    def put(
        self, numbers: ArrayLike, lon: Numbers, lat: Numbers, grades: ArrayLike, icons: Sequence[str] = ()
    ) -> None:
        """Show these incidents, WGS-84 degrees; those without a point (NaN) are left out.

        ``icons``: that of each one's class, "" for none; empty where none has any.
        """
        placed = np.isfinite(lon) & np.isfinite(lat)
        self._x, self._y = to_plane(lon[placed], lat[placed])
        self._rank = np.clip(np.asarray(grades, np.int64)[placed], 0, len(GRADES) - 1)
        self._numbers = np.asarray(numbers, np.int64)[placed]
        self._icons = sorted({"", *icons})
        known = {icon: kind for kind, icon in enumerate(self._icons)}
        kinds = [known[icon] for icon in icons] or np.zeros(len(placed), np.int64)
        self._kind = np.asarray(kinds, np.int64)[placed]
        self._marks = None

    def select(self, number: int | None) -> None:
        """Ring this incident; it never hides in a crowd."""
        self.selected = number
        self._marks = None

    def place(self, number: int | None) -> tuple[float, float] | None:
        """Return where in the plane an incident is, None if it is not on the map."""
        row = self._row(number)
        return None if row < 0 else (float(self._x[row]), float(self._y[row]))

    def _row(self, number: int | None) -> int:
        """Return the row of an incident, -1 if it is not on the map."""
        if number is None:
            return -1
        rows = np.flatnonzero(self._numbers == number)
        return int(rows[0]) if len(rows) else -1

    def arrange(self, scale: float) -> Marks:
        """Make marks of what stands too close at a scale; panning and stretching do not change them."""
        chosen, touch = self._row(self.selected), TOUCH * scale
        self._marks = marks(self._x, self._y, self._rank, REACH * scale, chosen, touch=touch)
        return self._marks

    def marks(self, view: View) -> Marks:
        """Return the marks that were arranged last; the first ones for this view."""
        return self._marks or self.arrange(view.scale)

    def at(self, view: View, right: float, down: float) -> NDArray[np.int64]:
        """Return the rows of the incidents whose mark is meant by a pixel, the most urgent first."""
        found = self.marks(view)
        if not len(self):
            return np.empty(0, np.int64)
        across, along = view.to_pixels(found.x, found.y)
        near = int(np.argmin(np.hypot(across - right, along - down) + (found.count == 1)))
        if np.hypot(across[near] - right, along[near] - down) > GRASP:
            return np.empty(0, np.int64)
        rows = np.flatnonzero(found.of == near)
        return rows[np.argsort(-self._rank[rows], kind="stable")]

    def number(self, row: int) -> int:
        """Return the number of the incident in a row."""
        return int(self._numbers[row])

    def grade(self, row: int) -> str:
        """Return the grade of the incident in a row."""
        return GRADES[int(self._rank[row])]

    def tally(self, rows: NDArray[np.int64]) -> dict[str, int]:
        """Return how many of the rows there are of each grade."""
        return dict(zip(GRADES, np.bincount(self._rank[rows], minlength=3).tolist(), strict=True))

    def bounds(self, rows: NDArray[np.int64]) -> Bounds:
        """Return west, south, east, north in the plane of the incidents in these rows."""
        x, y = self._x[rows], self._y[rows]
        return float(x.min()), float(y.min()), float(x.max()), float(y.max())

    def lines(self, rows: NDArray[np.int64], following: str) -> list[str]:
        """Return what a card says of a crowd's incidents, ``following``: and of a click."""
        return [say("map.cluster", count=len(rows)), say("map.cluster_parts", **self.tally(rows)), following]

    def spots(self, numbers: Iterable[int], view: View) -> list[tuple[float, float]]:
        """Return where in the plane the marks of incidents stand, each crowd's once."""
        found = self.marks(view)
        wanted = np.unique(found.of[np.isin(self._numbers, list(numbers))]) if len(self) else found.of
        return list(zip(found.x[wanted].tolist(), found.y[wanted].tolist(), strict=True))

    def within(self, shape: shapely.Geometry) -> list[int]:
        """Return the incidents inside a shape of the plane."""
        inside: list[int] = self._numbers[shapely.contains_xy(shape, self._x, self._y)].tolist()
        return inside

    def boxes(self, view: View) -> Numbers:
        """Return (n, 4) left, top, right and bottom of the marks in sight, which names keep clear of.

        A crowd's number is among them WEIGHTY times more: covered, the crowd tells nothing.
        """
        found = self.marks(view)
        across, along = view.to_pixels(found.x, found.y)
        half = np.where(found.count > 1, _reach(found.count), SIZE if len(self._icons) > 1 else SIZE_BARE)
        row = self._row(self.selected)
        if row >= 0:
            half[found.of[row]] = RING
        seen = _in_sight(view, across, along)
        signs = np.column_stack((across - half, along - half, across + half, along + half))
        numbers = (signs + BAND * np.array([1, 1, -1, -1]))[seen & (found.count > 1)]
        return np.concatenate((signs[seen], np.repeat(numbers, WEIGHTY, axis=0)))

    def draw(self, painter: QPainter, view: View, stamps: Stamps) -> None:
        """Draw what is in sight, urgent marks last, so on top; then the ring of the selected one."""
        found = self.marks(view)
        across, along = view.to_pixels(found.x, found.y)
        order = np.flatnonzero(_in_sight(view, across, along))
        order = order[np.lexsort((along[order], found.rank[order], found.count[order] > 1))]
        icon = np.zeros(len(found.count), np.int64)
        icon[found.of] = self._kind
        icon[found.count > 1] = 0
        pressing, late = self._parts(found)
        signs = (found.count * len(GRADES) + found.rank) * len(self._icons) + icon
        kinds = (signs * MANY + pressing) * MANY + late
        different, of = np.unique(kinds[order], return_inverse=True)
        ratio = painter.device().devicePixelRatio()
        cut = [self._stamp(stamps, ratio, kind) for kind in different.tolist()]
        stamps.strew(painter, np.column_stack((across, along))[order], of, cut)
        self._ring(painter, view)

    def _ring(self, painter: QPainter, view: View) -> None:
        row = self._row(self.selected)
        if row < 0:
            return
        across, along = view.to_pixels(float(self._x[row]), float(self._y[row]))
        middle, accent = QPointF(across, along), theme.color("accent")
        veil = theme.color("selected")
        veil.setAlphaF(0.75)
        painter.setBrush(veil)
        painter.setPen(QPen(theme.color("panel"), 5))
        painter.drawEllipse(middle, RING, RING)
        painter.setPen(QPen(accent, 2.5))
        painter.drawEllipse(middle, RING, RING)
        _single(self.grade(row), self._icons[self._kind[row]], painter, middle)

    def _parts(self, found: Marks) -> list[NDArray[np.int64]]:
        """Return how much of a crowd's rim is for what is near due or overdue, and for the overdue."""
        sums = [np.bincount(found.of, self._rank >= rank, len(found.count)) for rank in (1, 2)]
        shares = [(np.rint(PARTS * some / found.count), some > 0, some < found.count) for some in sums]
        return [np.clip(share, some, PARTS - rest).astype(np.int64) for share, some, rest in shares]

    def _stamp(self, stamps: Stamps, ratio: float, kind: int) -> QPixmap:
        sign, pressing, late = kind // MANY**2, kind // MANY % MANY, kind % MANY
        count, rank = divmod(sign // len(self._icons), len(GRADES))
        if count > 1:
            crowd = (count, pressing, late)
            return stamps.cut(ratio, ("crowd", *crowd), CROWD_SIGN, partial(_crowd, *crowd))
        grade, icon = GRADES[rank], self._icons[sign % len(self._icons)]
        return stamps.cut(ratio, (grade, icon), SIGN, partial(_single, grade, icon))


def _in_sight(view: View, across: Numbers, along: Numbers) -> NDArray[np.bool_]:
    wide = np.abs(across - view.width / 2) < view.width / 2 + RING
    inside: NDArray[np.bool_] = wide & (np.abs(along - view.height / 2) < view.height / 2 + RING)
    return inside


def glyph(painter: QPainter, middle: QPointF, grade: str, size: float = SIZE_BARE) -> None:
    """Draw the sign of a grade: shape and colour say the same."""
    painter.setBrush(theme.color(grade))
    painter.setPen(QPen(theme.color("panel"), 1.5, j=Qt.PenJoinStyle.RoundJoin))
    shapes.draw(painter, middle, grade, size)


def _single(grade: str, icon: str, painter: QPainter, middle: QPointF) -> None:
    """Draw one incident: the grade's shape, inside it what it is about."""
    glyph(painter, middle, grade, SIZE if icon else SIZE_BARE)
    if icon:
        side, down = ICON[grade]
        box = QRectF(middle.x() - side / 2, middle.y() - side / 2 + down, side, side)
        theme.icon(icon, "panel").paint(painter, box.toAlignedRect())


def _reach(counts: NDArray[np.int64]) -> Numbers:
    """Return half the width of crowds' marks: three figures need more room than two."""
    digits = np.floor(np.log10(np.maximum(counts, 1))) + 1
    reach: Numbers = CROWD + 3.5 * np.maximum(digits - 2, 0)
    return reach


def _crowd(count: int, pressing: int, late: int, painter: QPainter, middle: QPointF) -> None:
    """Draw how many there are; of the rim, clockwise from the top, what is overdue, near due, in time."""
    reach, grade = float(_reach(np.array(count))), GRADES[2 if late else 1 if pressing else 0]
    painter.setBrush(theme.color("panel"))
    painter.setPen(QPen(theme.color("panel"), 2))
    painter.drawEllipse(middle, reach, reach)
    inner = reach - BAND / 2
    rim, top = QRectF(middle.x() - inner, middle.y() - inner, 2 * inner, 2 * inner), 90 * 16
    for part, parts in zip(GRADES, (PARTS, pressing, late), strict=True):
        painter.setPen(QPen(theme.color(part), BAND, c=Qt.PenCapStyle.FlatCap))
        painter.drawArc(rim, top, -parts * 360 * 16 // PARTS)
    painter.setPen(theme.color("text"))
    painter.setFont(theme.font("badge"))
    painter.drawText(rim, Qt.AlignmentFlag.AlignCenter, counted(count))
    if grade != GRADES[0]:
        shoulder = QPointF(middle.x() + reach * 0.8, middle.y() - reach * 0.75)
        glyph(painter, shoulder, grade, 4)
