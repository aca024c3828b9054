"""How a case stands against its limit, as a mark: by shape as well as colour."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from console.grade import Grade
from ui import shapes
from ui.theme import theme

MARK = 9
GRADE_ROLES = {Grade.NONE: "text3", Grade.FINE: "fine", Grade.NEAR: "near", Grade.OVERDUE: "overdue"}


def draw_mark(painter: QPainter, centre: QPointF, grade: Grade) -> None:
    """Draw how a case stands, by shape as well as colour: square overdue, triangle near, circle fine."""
    role = GRADE_ROLES[grade]
    colour, half = theme.color(role), MARK / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if grade is Grade.NONE:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(colour)
        painter.drawEllipse(centre, half - 1, half - 1)
    else:
        shapes.draw(painter, centre, role, half)
