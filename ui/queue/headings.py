"""The heading over a group of rows: its name, how many they are, how many of them overdue."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFontMetrics, QPainter

from console.feed.board_outline import Group
from console.grade import Grade
from console.language import say
from ui.queue.cells import CENTRED
from ui.queue.columns import MARK_WIDTH
from ui.queue.grade_mark import GRADE_ROLES, draw_mark
from ui.texts import shown
from ui.theme import theme

GAP = 12
CHEVRON = 12


@dataclass(frozen=True, slots=True)
class HeadingFace:
    """What a heading's strip looks like; ``number`` is negative."""

    number: int
    group: Group
    column: str
    hovered: bool
    selected: bool
    focused: bool
    marked: bool = False


def draw_heading(painter: QPainter, face: HeadingFace, height: int) -> None:
    """Draw the heading of ``face`` from the left of a row ``height`` high."""
    chevron = theme.icon("right" if face.group.closed else "down")
    chevron.paint(painter, (MARK_WIDTH - CHEVRON) // 2 + 1, (height - CHEVRON) // 2, CHEVRON, CHEVRON)
    x = _words(painter, MARK_WIDTH, height, heading_name(face.group, face.column), ("strong", "text"))
    x = _words(painter, x, height, say("columns.group.count", count=face.group.count), ("small", "text2"))
    if face.group.overdue:
        draw_mark(painter, QPointF(x + 5, height / 2), Grade.OVERDUE)
        words = say("columns.group.overdue", count=face.group.overdue)
        _words(painter, x + 14, height, words, ("small", GRADE_ROLES[Grade.OVERDUE]))


def heading_name(group: Group, column: str) -> str:
    """Return the name of ``group``; rows without one have a name too."""
    return shown(group.name) or say(f"columns.group.no_{column}")


def spoken_heading(group: Group, column: str) -> str:
    """Return a heading as a sentence for those who listen."""
    key = "columns.group.spoken_closed" if group.closed else "columns.group.spoken_open"
    return say(key, name=heading_name(group, column), count=group.count, overdue=group.overdue)


def _words(painter: QPainter, x: int, height: int, text: str, look: tuple[str, str]) -> int:
    font = theme.font(look[0])
    width = QFontMetrics(font).horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(theme.color(look[1]))
    painter.drawText(QRect(x, 0, width + 1, height - 1), CENTRED, text)
    return x + width + GAP
