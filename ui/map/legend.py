"""The legend: what shapes, colours and lines on the map mean, always."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen

from console.geography.view import View
from console.language import say
from ui.map.furniture import EDGE, plate
from ui.map.keys import COMMANDS
from ui.map.markers import GRADES, glyph
from ui.map.pins import PLATE, pin
from ui.map.stamps import Stamps
from ui.theme import theme

WIDTH, FOLDED, STEP = 216.0, 72.0, 7.0  # pixels
LINE, TALL, PAIR = 18.0, 22.0, 108.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Row(Protocol):
    """A part of the legend; rows that are equal look alike."""

    @property
    def height(self) -> float:
        """Pixels."""

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw it into ``box``."""


@dataclass(frozen=True)
class Grades:
    """The shapes of the grades."""

    height: float = 20.0

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw each beside its name."""
        metrics, left = QFontMetricsF(theme.font("small")), box.left()
        for grade in GRADES:
            glyph(painter, QPointF(left + 5, box.top() + 8), grade, 4.5)
            painter.setPen(theme.color("text2"))
            painter.drawText(QRectF(left + 15, box.top(), 90, 16), _LEFT, say(f"map.{grade}"))
            left += 15 + metrics.horizontalAdvance(say(f"map.{grade}")) + 14


@dataclass(frozen=True)
class Head:
    """The legend's name, with the key that folds it."""

    folded: bool
    height: float = LINE

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Write it."""
        line = QRectF(box.left(), box.top(), box.width(), 16)
        painter.setPen(theme.color("text2"))
        painter.drawText(line, _LEFT, say("map.legend"))
        painter.setPen(theme.color("text3"))
        painter.drawText(line, _RIGHT, f"{COMMANDS['legend']} {'▸' if self.folded else '▾'}")


@dataclass(frozen=True)
class Words:
    """A line of words."""

    text: str
    role: str = "text2"
    height: float = LINE

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Write it, cut where it is too long."""
        shown = QFontMetricsF(theme.font("small")).elidedText(
            self.text, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.setPen(theme.color(self.role))
        painter.drawText(QRectF(box.left(), box.top(), box.width(), 16), _LEFT, shown)


@dataclass(frozen=True)
class Steps:
    """Swatches in the colours of ``roles``; ``names`` stand below them, or below the edges between them."""

    roles: tuple[str, ...]
    names: tuple[str, ...]
    unknown: str = ""  # what is said of the areas that are hatched, for they have no figure
    alpha: float = 1.0
    height: float = 31.0

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw them side by side."""
        wide = box.width() / (len(self.roles) + (1.4 if self.unknown else 0))
        top, metrics = box.top() + 4, QFontMetricsF(theme.font("small"))
        for place, role in enumerate(self.roles):
            colour = theme.color(role)
            colour.setAlphaF(self.alpha)
            painter.fillRect(QRectF(box.left() + place * wide, top, wide, STEP), colour)
        between = len(self.names) < len(self.roles)
        painter.setPen(theme.color("text2"))
        for place, name in enumerate(self.names):
            middle = box.left() + (place + (1 if between else 0.5)) * wide
            half = metrics.horizontalAdvance(name) / 2 + 2
            below = QRectF(middle - half, top + STEP + 2, 2 * half, 15)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(box.left(), top, wide * len(self.roles), STEP))
        if self.unknown:
            self._hatched(painter, QRectF(box.right() - wide, top, wide, STEP))

    def _hatched(self, painter: QPainter, swatch: QRectF) -> None:
        painter.fillRect(swatch, QBrush(theme.color("text3"), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(swatch)
        painter.setPen(theme.color("text2"))
        below = QRectF(swatch.left() - 10, swatch.bottom() + 2, swatch.width() + 20, 15)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.unknown)


@dataclass(frozen=True)
class Sample:
    """A line on the map and what it stands for."""

    role: str
    width: int
    dashed: bool
    text: str


@dataclass(frozen=True)
class Lines:
    """Samples of lines, two in a row."""

    samples: tuple[Sample, ...]

    @property
    def height(self) -> float:
        """Pixels."""
        return LINE * ((len(self.samples) + 1) // 2)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw each before its name."""
        for place, sample in enumerate(self.samples):
            left, top = box.left() + PAIR * (place % 2), box.top() + LINE * (place // 2)
            style = Qt.PenStyle.DashLine if sample.dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme.color(sample.role), sample.width, style, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(left, top + 8), QPointF(left + 24, top + 8))
            painter.setPen(theme.color("text2"))
            painter.drawText(QRectF(left + 30, top, PAIR - 32, 16), _LEFT, sample.text)


@dataclass(frozen=True)
class Icon:
    """A plate of the map: the colour of its edge, its icon, and what it stands for."""

    role: str
    icon: str
    text: str


@dataclass(frozen=True)
class Icons:
    """Plates with their names, two in a row."""

    icons: tuple[Icon, ...]

    @property
    def height(self) -> float:
        """Pixels."""
        return TALL * ((len(self.icons) + 1) // 2)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw each plate before its name."""
        metrics = QFontMetricsF(theme.font("small"))
        for place, one in enumerate(self.icons):
            left, top = box.left() + PAIR * (place % 2), box.top() + TALL * (place // 2)
            pin(one.role, one.icon, painter, QPointF(left + PLATE / 2, top + TALL / 2))
            words = QRectF(left + PLATE + 6, top, PAIR - PLATE - 8, TALL)
            painter.setPen(theme.color("text2"))
            shown = metrics.elidedText(one.text, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, _LEFT, shown)


class Legend:
    """From the top: its name, the grades, "queue", what ``shading`` says, ``seen``, "icons" and "past".

    Where it ``folds``, a click on its name or its key leaves the name alone. In ``brief`` it says the grades.
    """

    def __init__(self, shading: Callable[[], tuple[Row, ...]], changed: Callable[[], None]) -> None:
        self._shading, self._changed = shading, changed
        self._others: dict[str, tuple[Row, ...]] = {}
        self._kept: tuple[Row, ...] | None = None
        self.seen: Callable[[], tuple[Row, ...]] = tuple  # what is drawn, asked anew for every view
        self.folds, self.folded, self.brief = True, False, False
        self.shown = True  # else whoever has the map says it elsewhere, and needs no scale

    def put(self, key: str, *rows: Row) -> None:
        """Say this, too, in place of what was said under ``key``."""
        if self._others.get(key, ()) != rows:
            self._others[key] = rows
            self.renew()
            self._changed()

    def renew(self) -> None:
        """Say anew what the colours mean: they, or the language, are others."""
        self._kept = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """What it says now."""
        if self.brief:
            return (Grades(),)
        if self._kept is None:
            self._kept = (Grades(), *self._others.get("queue", ()), *self._shading())
        head = (Head(self.folded),) if self.folds else ()
        below = [row for key in ("icons", "past") for row in self._others.get(key, ())]
        return head if self.folded else (*head, *self._kept, *self.seen(), *below)

    def fold(self) -> None:
        """Leave its name alone, or say everything again."""
        self.folded = self.folds and not self.folded
        self._changed()

    def shorten(self, *, brief: bool) -> None:
        """Say the grades alone, or everything."""
        if brief != self.brief:
            self.brief = brief
            self._changed()

    def head(self, view: View) -> QRectF:
        """Return where a click folds it, empty where none does."""
        box = self.box(view)
        return box.adjusted(-8, -6, 8, LINE - box.height()) if self.folds else QRectF()

    def box(self, view: View) -> QRectF:
        """Return where it lies."""
        if not self.shown:
            return QRectF(0, view.height, 0, 0)
        height = sum(row.height for row in self.rows)
        return QRectF(EDGE, view.height - EDGE - height, FOLDED if self.folded else WIDTH, height)

    def draw(self, painter: QPainter, view: View, stamps: Stamps) -> None:
        """Draw it in its corner."""
        if not self.shown:
            return
        box, rows = self.box(view), self.rows
        size = box.size() + QSizeF(16, 12)
        stamps.press(painter, box.center(), ("legend", rows), size, partial(_draw, rows, box.size()))


def _draw(rows: tuple[Row, ...], size: QSizeF, painter: QPainter, middle: QPointF) -> None:
    box = QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)
    plate(painter, box)
    painter.setFont(theme.font("small"))
    top = box.top()
    for row in rows:
        row.draw(painter, QRectF(box.left(), top, box.width(), row.height))
        top += row.height
