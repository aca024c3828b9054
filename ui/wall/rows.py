"""Lines of a list that is read from afar: a heading, columns, a shape that tells the urgency."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from console.language import say
from ui import shapes
from ui.theme import theme

MARGIN, GAP, HEAD = 12, 12, 26
SHAPE = 4.5  # half of a shape's width
SCREEN_SECONDS = 8
MOST, LARGER = 1.5, 1.25  # times as tall a line that grows may be, and its letters as large


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its share of the room that is left, or as wide as its widest text; ``right`` aligned."""

    share: float = 0.0
    right: bool = False
    role: str = "text"  # colour; "" takes that of the line


@dataclass(frozen=True, slots=True)
class Line:
    """The texts of a line, and how urgent it is: "overdue", "near", "fine", or "" for no shape."""

    cells: tuple[str, ...]
    grade: str = ""


def screen(count: int, room: int, second: int) -> tuple[slice, str]:
    """Return which of ``count`` lines are the list's next screenful, and which it is of how many.

    All are about as long: a last one with two lines would be an empty wall.
    """
    screens = max(-(-count // room), 1)
    at = second // SCREEN_SECONDS % screens
    note = say("wall.screens", place=at + 1, of=screens, count=count) if count else ""
    return slice(count * at // screens, count * (at + 1) // screens), note


def widths(shares: Sequence[float], wants: Sequence[float], room: float) -> list[float]:
    """Return how wide columns are: without a share as wide as each wants, the others by their shares.

    Where there is room for all, one whose share is too little is as wide as it wants, too.
    """
    roomy = sum(wants) <= room
    held = {place for place, share in enumerate(shares) if not share}
    while True:
        rest = max(room - sum(wants[place] for place in held), 0.0)
        whole = sum(share for place, share in enumerate(shares) if place not in held) or 1.0
        found = [
            want if place in held else rest * share / whole
            for place, (share, want) in enumerate(zip(shares, wants, strict=True))
        ]
        short = {place for place, width in enumerate(found) if width < wants[place]} - held
        if not short or not roomy:
            return found
        held |= short


class Rows(QFrame):
    """Draws as many lines as there is room for, ``row`` pixels each."""

    def __init__(
        self,
        columns: Sequence[Column],
        least: int,
        parent: QWidget | None = None,
        *,
        row: int = 20,
        grows: bool = False,
    ) -> None:
        """Keep room for ``least`` lines of ``row`` pixels; one that ``grows`` fills its room with fewer."""
        super().__init__(parent)
        self.setObjectName("panel")
        self._columns, self._least, self._row, self._grows = tuple(columns), least, row, grows
        self.names: tuple[str, ...] = ()  # of the columns, where they are told
        self.heading = self.note = self.none = ""
        self.lines: tuple[Line, ...] = ()
        self._role = "text"

    @property
    def room(self) -> int:
        """How many lines fit."""
        return max(int(self._tall // self._row), 1)

    @property
    def _tall(self) -> int:
        """Pixels that the lines have together."""
        return self.height() - self._top - MARGIN + 6

    @property
    def _growth(self) -> float:
        """How many times as large as they need the lines are drawn."""
        filled = self._tall / (self._row * max(len(self.lines), 1))
        return min(max(filled, 1.0), MOST) if self._grows else 1.0

    @property
    def _top(self) -> int:
        return HEAD + 6 + (HEAD - 4 if self.names else 0)

    def show_lines(
        self, heading: str, lines: Sequence[Line], none: str, *, note: str = "", role: str = "text"
    ) -> bool:
        """Show ``lines``, ``none`` where there are none; tell whether it is anything new."""
        told = (heading, tuple(lines), none, note, role)
        if told == (self.heading, self.lines, self.none, self.note, self._role):
            return False
        self.heading, self.lines, self.none, self.note, self._role = told
        self.setAccessibleName(heading)
        self.setAccessibleDescription("\n".join(" ".join(line.cells) for line in self.lines) or none)
        self.update()
        return True

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, HEAD + MARGIN + self._row * self._least)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_head(painter)
            shown, tall = self.lines[: self.room], self._row * self._growth
            boxes = self._boxes(shown)
            for place, line in enumerate(shown):
                self._draw(painter, line, boxes, QRectF(0, self._top + place * tall, 0, tall))
            for column, name, (left, width) in zip(self._columns, self.names, boxes, strict=False):
                head = QRectF(left, HEAD + 2, width, HEAD - 4)
                write(painter, head, name, "small", "text3", right=column.right)
        finally:
            painter.end()

    def _draw_head(self, painter: QPainter) -> None:
        head = QRectF(MARGIN, 6, self.width() - 2 * MARGIN, HEAD - 4)
        write(painter, head, self.heading, "title", self._role if self.lines else "text")
        write(painter, head, self.note, "small", "text2", right=True)
        if not self.lines:
            write(painter, head.translated(0, HEAD), self.none, "base", "text2")

    def _boxes(self, shown: Sequence[Line]) -> list[tuple[float, float]]:
        """Return left edge and width of every column."""
        wide = [self._widest(shown, place) for place in range(len(self._columns))]
        left = MARGIN + (3 * SHAPE + 4 if any(line.grade for line in shown) else 0.0)
        room = self.width() - MARGIN - left - GAP * (len(wide) - 1)
        boxes = []
        for width in widths([column.share for column in self._columns], wide, room):
            boxes.append((left, width))
            left += width + GAP
        return boxes

    def _widest(self, shown: Sequence[Line], place: int) -> float:
        metrics = QFontMetricsF(_font("base", self._growth))
        texts = [line.cells[place] for line in shown] + list(self.names[place : place + 1])
        return max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + 1

    def _draw(self, painter: QPainter, line: Line, boxes: Sequence[tuple[float, float]], row: QRectF) -> None:
        if line.grade:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(line.grade))
            shapes.draw(painter, QPointF(MARGIN + SHAPE + 1, row.center().y()), line.grade, SHAPE)
        for column, text, (left, width) in zip(self._columns, line.cells, boxes, strict=True):
            box = QRectF(left, row.top(), width, row.height())
            role = column.role or line.grade or "text"
            write(painter, box, text, "base", role, right=column.right, growth=self._growth)


def write(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: str,
    role: str,
    *,
    right: bool = False,
    growth: float = 1.0,
) -> None:
    """Write ``text`` in a line of ``box``, cut where it is too long; ``growth`` times as large as usual."""
    painter.setFont(_font(font, growth))
    painter.setPen(theme.color(role))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    told = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 1)
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, told)


def _font(role: str, growth: float) -> QFont:
    font = theme.font(role)
    font.setPixelSize(round(font.pixelSize() * min(growth, LARGER)))
    return font
