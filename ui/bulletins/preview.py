"""The pages of a bulletin as they will be printed, below each other on the screen."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from console.bulletins.marks import Box, Dot, Mark, Path, Words
from console.bulletins.paper import HEIGHT, WIDTH, colour
from console.bulletins.typeface import POINT
from console.language import say
from ui.theme import theme

TENTHS: Final = 10.0  # of a millimetre: the units that pages are painted in, for fonts have whole sizes
ALIGN: Final = {"L": Qt.AlignmentFlag.AlignLeft, "C": Qt.AlignmentFlag.AlignHCenter,
                "R": Qt.AlignmentFlag.AlignRight}  # fmt: skip
SET: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
STRONG: Final = 0.008  # millimetres by which a point of strong type is thicker
GAP: Final = 12  # pixels between two pages


class Page(QWidget):
    """One sheet of A4, as wide as there is room; its words are its accessible description."""

    def __init__(self, marks: Sequence[Mark], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks = marks
        self.words = [mark.text for mark in marks if isinstance(mark, Words)]
        self.setAccessibleDescription("\n".join(self.words))

    def fit(self, width: int) -> None:
        """Be ``width`` pixels wide."""
        self.setFixedSize(QSize(width, round(width * HEIGHT / WIDTH)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            scale = self.width() / (WIDTH * TENTHS)
            painter.scale(scale, scale)
            for mark in self._marks:
                _paint(painter, mark)
        finally:
            painter.end()


def _paint(painter: QPainter, mark: Mark) -> None:
    hue = QColor(colour(mark.role))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hue)
    match mark:
        case Words():
            painter.setPen(hue)
            painter.setFont(_font(mark))
            align = int(ALIGN[mark.align] | SET)
            rect = _rect(mark.at, (mark.width, mark.tall))
            painter.drawText(rect, align, mark.text)
            if mark.strong:  # as the PDF does: the typeface has no bold
                painter.drawText(rect.translated(mark.size * STRONG * TENTHS, 0), align, mark.text)
        case Path():
            style = Qt.PenStyle.DotLine if mark.dotted else Qt.PenStyle.SolidLine
            painter.setPen(QPen(hue, mark.wide * TENTHS, style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([QPointF(x * TENTHS, y * TENTHS) for x, y in mark.points]))
        case Dot():
            radius = mark.radius * TENTHS
            painter.drawEllipse(QPointF(mark.at[0] * TENTHS, mark.at[1] * TENTHS), radius, radius)
        case Box():
            painter.drawRoundedRect(_rect(mark.at, mark.size), mark.round_by * TENTHS, mark.round_by * TENTHS)


def _rect(at: tuple[float, float], size: tuple[float, float]) -> QRectF:
    return QRectF(at[0] * TENTHS, at[1] * TENTHS, size[0] * TENTHS, size[1] * TENTHS)


def _font(mark: Words) -> QFont:
    font = QFont(theme.font("base"))
    font.setPixelSize(max(round(mark.size * POINT * TENTHS), 1))
    return font


class Preview(QScrollArea):
    """Pages below each other; arrows and PgUp, PgDn move through them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages: list[Page] = []
        self.setAccessibleName(say("bulletins.window.preview"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_pages(self, pages: Sequence[Sequence[Mark]], *, stay: bool = False) -> None:
        """Show ``pages``, from the first or, where one is to ``stay``, from where one was."""
        at = self.verticalScrollBar().value() if stay else 0
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        self.pages = [Page(marks, inside) for marks in pages]
        for page in self.pages:
            column.addWidget(page)
        self._fit()
        self.setWidget(inside)
        inside.show()
        self.verticalScrollBar().setValue(at)

    def _fit(self) -> None:
        width = max(self.viewport().width() - 2 * GAP, 100)
        for page in self.pages:
            page.fit(width)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside, bar = self.widget(), self.verticalScrollBar()
        if inside is None:
            return
        share = bar.value() / max(bar.maximum(), 1)
        self._fit()
        inside.adjustSize()
        bar.setValue(round(share * bar.maximum()))
