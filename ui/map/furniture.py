"""What lies over the map: scale bar, chips, the card under the cursor."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from console.geography.projection import ground_metres
from console.geography.view import View
from console.language import say
from ui.map.markers import glyph
from ui.map.stamps import Stamps
from ui.theme import theme

KILOMETRE = 1000  # metres
EDGE = 14  # pixels from the window's edge
LONGEST = 96  # pixels of the scale bar
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def scale_box(view: View, legend: QRectF) -> QRectF:
    """Return where the scale bar lies: in its corner, on a narrow map above the legend."""
    corner = QRectF(view.width - EDGE - LONGEST, view.height - EDGE - 26, LONGEST, 26)
    return corner if corner.left() > legend.right() + EDGE else corner.translated(0, -legend.height() - 16)


def scale_bar(painter: QPainter, view: View, stamps: Stamps, legend: QRectF) -> None:
    """Draw a round length on the ground, true in the middle of the window."""
    metres, pixels = round_length(view)
    box = scale_box(view, legend)
    write = partial(_scale_bar, metres, round(pixels), box.size())
    stamps.press(painter, box.center(), ("scale", metres, round(pixels)), _with_plate(box), write)


def _scale_bar(metres: float, pixels: int, size: QSizeF, painter: QPainter, middle: QPointF) -> None:
    box = _around(middle, size)
    plate(painter, box)
    right, foot = box.right(), box.bottom() - 4
    painter.setPen(QPen(theme.color("text2"), 1.2))
    painter.drawPolyline(
        [
            QPointF(right - pixels, foot - 5),
            QPointF(right - pixels, foot),
            QPointF(right, foot),
            QPointF(right, foot - 5),
        ]
    )
    painter.setFont(theme.font("small"))
    aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
    painter.drawText(box.adjusted(0, 0, 0, -8), aligned, length_in_words(metres))


def length_in_words(metres: float) -> str:
    """Return a round length in words."""
    if metres < KILOMETRE:
        return say("map.metres", length=f"{metres:g}")
    return say("map.kilometres", length=f"{metres / KILOMETRE:g}")


def round_length(view: View) -> tuple[float, float]:
    """Return the longest of 1, 2, 5, 10 … metres that fits, and its pixels."""
    pixel = view.scale * ground_metres(view.y)
    unit = 10.0 ** (len(str(int(LONGEST * pixel))) - 1)
    metres = max(unit * step for step in (0.1, 0.2, 0.5, 1, 2, 5) if unit * step <= LONGEST * pixel)
    return metres, metres / pixel


def chip(painter: QPainter, view: View, text: str) -> None:
    """Draw a short warning in the upper right corner."""
    font = theme.font("small")
    text = _cut(text, font, view.width - 2 * EDGE - 36)
    width = QFontMetricsF(font).horizontalAdvance(text) + 36
    box = QRectF(view.width - EDGE - width, EDGE, width, 24)
    painter.setBrush(theme.color("raised"))
    painter.setPen(QPen(theme.color("near"), 1))
    painter.drawRoundedRect(box, 12, 12)
    glyph(painter, QPointF(box.left() + 14, box.center().y() + 0.5), "near", 4.5)
    painter.setFont(font)
    painter.setPen(theme.color("near"))
    painter.drawText(box.adjusted(26, 0, 0, 0), _LEFT, text)


def _cut(text: str, font: QFont, width: float) -> str:
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))


def banner(painter: QPainter, view: View, text: str) -> None:
    """Draw what the keys do now, or what was measured, at the top of the map: all of it, in lines."""
    painter.setFont(theme.font("base"))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    room = QRectF(EDGE + 14, 0, view.width - 2 * EDGE - 28, view.height)
    if QFontMetricsF(painter.font()).horizontalAdvance(text) > room.width():
        text = text.replace(" · ", "\n", 1)
    size = painter.boundingRect(room, flags, text).size() + QSizeF(28, 12)
    box = QRectF(QPointF((view.width - size.width()) / 2, EDGE + 30), size)
    painter.setBrush(theme.color("selected"))
    painter.setPen(QPen(theme.color("accent"), 1))
    painter.drawRoundedRect(box, theme.measure("control_radius"), theme.measure("control_radius"))
    painter.setPen(theme.color("text"))
    painter.drawText(box.adjusted(13, 0, -13, 0), flags, text)


def ring(painter: QPainter, around: QRect) -> None:
    """Show that the map has the keys."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("focus"), 2))
    painter.drawRect(QRectF(around).adjusted(1, 1, -1, -1))


def _around(middle: QPointF, size: QSizeF) -> QRectF:
    return QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)


def _with_plate(box: QRectF) -> QSizeF:
    return box.size() + QSizeF(16, 12)


def plate(painter: QPainter, box: QRectF) -> None:
    """Dim the map under writing that does not belong to it."""
    veil = theme.color("panel")
    veil.setAlphaF(0.92)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil)
    painter.drawRoundedRect(box.adjusted(-8, -6, 8, 6), 6, 6)


def card(painter: QPainter, lines: Sequence[str], at: QPointF, view: View, growth: float = 1.0) -> None:
    """Draw lines, the first one the heading, beside a point, on the side where there is room.

    They are ``growth`` times as large as usual.
    """
    painter.save()
    painter.scale(growth, growth)
    _card(painter, lines, at / growth, QSizeF(view.width, view.height) / growth)
    painter.restore()


def _card(painter: QPainter, lines: Sequence[str], at: QPointF, whole: QSizeF) -> None:
    fonts = [theme.font("strong"), *(theme.font("small") for _ in lines[1:])]
    lines = [_cut(line, font, whole.width() - 40) for font, line in zip(fonts, lines, strict=True)]
    widths = [QFontMetricsF(font).horizontalAdvance(line) for font, line in zip(fonts, lines, strict=True)]
    width, height = max(widths) + 24, 12 + 20 * len(lines)
    left = at.x() + 16 if at.x() + 16 + width < whole.width() else at.x() - 16 - width
    top = min(max(at.y() - height / 2, 8), whole.height() - height - 8)
    box = QRectF(max(left, 8), top, width, height)
    painter.setBrush(theme.color("raised"))
    painter.setPen(QPen(theme.color("edge"), 1))
    painter.drawRoundedRect(box, theme.measure("control_radius"), theme.measure("control_radius"))
    for row, (font, line) in enumerate(zip(fonts, lines, strict=True)):
        painter.setFont(font)
        painter.setPen(theme.color("text2" if row else "text"))
        painter.drawText(QRectF(box.left() + 12, box.top() + 6 + 20 * row, width - 24, 20), _LEFT, line)
