"""Bands of text set on pages: a heading stays with what follows it, a row of a table is not torn apart.

Everything is measured in points. The screen's typeface serves, without its fitting to pixels.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextLine, QTextOption

from ui.theme import theme

SIZES: Final = {"title": 16.0, "section": 12.0, "text": 9.0, "small": 8.0}
HAIR, STRIKE = 0.5, 0.25  # a line's width; how far apart bold is struck twice: the bundled face has none
PAD = 3.5  # within the cell of a table
SHADE, LINE = QColor("#F0F2F4"), QColor("#B4BCC4")
TALL = 3  # what needs more than a third of the page may begin at the foot of one and go on at the next


class Cell(NamedTuple):
    """Lines ``first`` up to ``last`` of a text, from ``x`` on."""

    layout: QTextLayout
    first: int
    last: int
    x: float

    @property
    def lines(self) -> list[QTextLine]:
        """Return the lines."""
        return [self.layout.lineAt(index) for index in range(self.first, self.last)]

    @property
    def height(self) -> float:
        """Return the height of the lines."""
        return sum(line.height() for line in self.lines)

    def cut(self, room: float) -> tuple["Cell", "Cell"]:
        """Return what fits into ``room``, and the rest."""
        at = self.first
        while at < self.last and room >= self.layout.lineAt(at).height():
            room -= self.layout.lineAt(at).height()
            at += 1
        return self._replace(last=at), self._replace(first=at)


@dataclass(frozen=True, slots=True)
class Band:
    """Texts beside each other over the whole width; with ``edges`` (left to right) a row of a table."""

    cells: tuple[Cell, ...]
    edges: tuple[float, ...] = ()
    above: float = 0.0
    colour: Qt.GlobalColor = Qt.GlobalColor.black
    bold: bool = False
    keeps: bool = False  # stays with the band that follows
    head: bool = False  # of a table: shaded, and said again where the table goes on

    @property
    def pad(self) -> float:
        """Return the room above and below the text."""
        return PAD if self.edges else 0.0

    @property
    def height(self) -> float:
        """Return the height with the room above."""
        return self.above + 2 * self.pad + max(cell.height for cell in self.cells)

    @property
    def text(self) -> str:
        """Return what it says."""
        return "\t".join(cell.layout.text() for cell in self.cells).replace("\u2028", "\n")

    def cut(self, room: float) -> tuple["Band", "Band"]:
        """Return what fits into ``room``, and the rest."""
        cuts = [cell.cut(room - self.above - 2 * self.pad) for cell in self.cells]
        fits, rest = (tuple(cut[part] for cut in cuts) for part in (0, 1))
        return replace(self, cells=fits), replace(self, cells=rest, above=0.0)

    def draw(self, painter: QPainter, y: float) -> None:
        """Draw it from ``y`` on."""
        top = y + self.above
        painter.setPen(QPen(LINE, HAIR))
        for left, right in zip(self.edges, self.edges[1:], strict=False):
            box = QRectF(left, top, right - left, self.height - self.above)
            if self.head:
                painter.fillRect(box, SHADE)
            painter.drawRect(box)
        painter.setPen(self.colour)
        for cell in self.cells:
            line_top = top + self.pad
            for line in cell.lines:
                for aside in (0.0, STRIKE) if self.bold else (0.0,):
                    line.draw(painter, QPointF(cell.x + aside, line_top))
                line_top += line.height()


class Placed(NamedTuple):
    """A band and how far below the top of its page it begins."""

    y: float
    band: Band


def font(size: str) -> QFont:
    """Return the type of ``size``, one of SIZES: one unit of the page is one point."""
    made = theme.font("base")
    made.setPixelSize(round(SIZES[size]))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def line(words: str, width: float, size: str, **look: object) -> Band:
    """Return a band of one text over ``width``; ``look`` are the other fields of Band."""
    return Band((_cell(words, width, size, 0.0),), **look)  # type: ignore[arg-type]  # checked by the class


def row(words: Sequence[str], shares: Sequence[int], width: float, **look: object) -> Band:
    """Return a row of a table over ``width`` whose columns have these ``shares``."""
    edges = tuple(width * sum(shares[:place]) / sum(shares) for place in range(len(shares) + 1))
    cells = tuple(
        _cell(one, right - left - 2 * PAD, "text", left + PAD)
        for one, left, right in zip(words, edges, edges[1:], strict=False)
    )
    return Band(cells, edges, **look)  # type: ignore[arg-type]  # checked by the class


def _cell(words: str, width: float, size: str, x: float) -> Cell:
    layout = QTextLayout(words.replace("\n", "\u2028"), font(size))
    option = QTextOption()
    option.setUseDesignMetrics(True)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while (made := layout.createLine()).isValid():
        made.setLineWidth(width)
        made.setPosition(QPointF(0, 0))
    layout.endLayout()
    return Cell(layout, 0, layout.lineCount(), x)


def pages(bands: Iterable[Band], height: float) -> list[list[Placed]]:
    """Return ``bands`` on as many pages of ``height`` as they need."""
    made: list[list[Placed]] = [[]]
    left, y = deque(bands), 0.0
    head: Band | None = None
    while left:
        band = left.popleft()
        head = band if band.head else head if band.edges else None
        if y and y + _needed(band, left, height) > height:
            made.append([])
            y = 0.0
            if head is not None and head is not band:
                made[-1].append(Placed(y, replace(head, above=0.0)))
                y += head.height - head.above
        band = band if y else replace(band, above=0.0)
        if y + band.height > height:
            band, rest = band.cut(height - y)
            left.appendleft(rest)
        made[-1].append(Placed(y, band))
        y += band.height
    return made


def _needed(band: Band, following: Iterable[Band], height: float) -> float:
    """Return the room of ``band`` and of what it stays with; of what is tall a beginning is enough."""
    return sum(min(one.height, height / TALL) for one in _together(band, following))


def _together(band: Band, following: Iterable[Band]) -> Iterator[Band]:
    yield band
    for one in following:
        if not band.keeps:
            return
        yield one
        band = one
