"""How a case stands against its limit, as a mark: by shape as well as colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from console.feed.board import Grade
from ui.theme import theme

MARK = 9
GRADE_ROLES = {Grade.NONE: "text3", Grade.FINE: "fine", Grade.NEAR: "near", Grade.OVERDUE: "overdue"}


def draw_mark(painter: QPainter, centre: QPointF, grade: Grade) -> None:
    """Draw how a case stands, by shape as well as colour: square overdue, triangle near, circle fine."""
    x, y = centre.x(), centre.y()
    colour, half = theme.color(GRADE_ROLES[grade]), MARK / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if grade is Grade.OVERDUE:
        painter.drawRect(QRectF(x - half, y - half, MARK, MARK))
    elif grade is Grade.NEAR:
        corners = [QPointF(x, y - half - 1), QPointF(x + half + 1, y + half), QPointF(x - half - 1, y + half)]
        painter.drawPolygon(QPolygonF(corners))
    elif grade is Grade.FINE:
        painter.drawEllipse(centre, half - 0.5, half - 0.5)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(colour)
        painter.drawEllipse(centre, half - 1, half - 1)
