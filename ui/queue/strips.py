"""A row of the queue as a picture: painted once, shown until something in it changes."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF

from console.feed.board import Grade
from console.feed.board_row import Row
from ui.queue.cells import GRADE_ROLES, PAINTERS, Face
from ui.queue.columns import MARK_WIDTH, Cell
from ui.theme import theme

KEPT = 400  # strips, some ten screens
MARK = 9


class Strips:
    """Pictures of rows, the last used ones kept."""

    def __init__(self) -> None:
        self.made = 0  # how many were ever painted
        self._kept: OrderedDict[Face, QPixmap] = OrderedDict()
        self._cells: list[Cell] = []
        self._size = QSize()
        self._ratio = 1.0

    def set_shape(self, cells: list[Cell], size: QSize, ratio: float) -> None:
        """Paint rows of ``size`` with ``cells`` from now on; forget the others. Once more after a switch."""
        self._cells, self._size, self._ratio = cells, size, ratio
        self._kept.clear()

    def strip(self, face: Face, read: Callable[[], Row]) -> QPixmap:
        """Return the picture of ``face``, painting it if need be."""
        kept = self._kept.get(face)
        if kept is None:
            self.made += 1
            kept = self._kept[face] = self._paint(face, read())
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(face)
        return kept

    def _paint(self, face: Face, row: Row) -> QPixmap:
        pixmap = QPixmap(self._size * self._ratio)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(_background(face))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            self._frame(painter, face)
            draw_mark(painter, QPointF(MARK_WIDTH / 2 + 1, self._size.height() / 2), face.grade)
            for cell in self._cells:
                box = QRect(cell.x, 0, cell.width, self._size.height() - 1)
                PAINTERS[cell.column.name](painter, box, row, face)
        finally:
            painter.end()  # a painter left open when something failed would end the process
        return pixmap

    def _frame(self, painter: QPainter, face: Face) -> None:
        width, height = self._size.width(), self._size.height()
        faint = theme.color("line")
        faint.setAlphaF(0.55)
        painter.fillRect(0, height - 1, width, 1, faint)
        if face.marked:
            painter.fillRect(0, 0, 3, height - 1, theme.color("accent"))
        if face.selected and (face.focused or not face.marked):
            painter.setPen(theme.color("accent"))
            painter.drawRect(QRectF(0.5, 0.5, width - 1, height - 2))


def draw_mark(painter: QPainter, centre: QPointF, grade: Grade) -> None:
    """Draw how a case stands, by shape as well as colour: square overdue, triangle near, circle fine."""
    colour, half = theme.color(GRADE_ROLES[grade]), MARK / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    x, y = centre.x(), centre.y()
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


def _background(face: Face) -> QColor:
    return theme.color("selected" if face.marked else "hover" if face.hovered or face.selected else "panel")
