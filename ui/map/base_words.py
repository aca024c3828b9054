"""The words of the base map in the corner of the map: always whose it is, and what is wrong with it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from console.geography.view import View
from ui.map import furniture
from ui.theme import theme

SPARE = 40  # pixels between this and the legend
LEAST = 150  # pixels that are written on at least
LONGEST = 300  # letters of one line
_FLAGS = Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextWrapAnywhere


def draw(painter: QPainter, view: View, words: Sequence[str], fault: str, legend: QRectF) -> None:
    """Write the fault, then the words, right above the scale bar: plain, and nothing to click."""
    lines = [(fault, "near")] * bool(fault) + [(word, "text2") for word in words]
    if not lines:
        return
    scale = furniture.scale_box(view, legend)
    width = max(scale.right() - legend.right() - SPARE, LEAST)
    room = QRectF(scale.right() - width, 0, width, view.height)
    painter.setFont(theme.font("small"))
    boxes = [painter.boundingRect(room, _FLAGS, line[:LONGEST]) for line, _ in lines]
    height = sum(box.height() for box in boxes)
    top = scale.top() - 14 - height
    widest = max(box.width() for box in boxes)
    furniture.plate(painter, QRectF(scale.right() - widest, top, widest, height))
    for box, (line, role) in zip(boxes, lines, strict=True):
        painter.setPen(theme.color(role))
        painter.drawText(QRectF(room.left(), top, width, box.height()), _FLAGS, line[:LONGEST])
        top += box.height()
