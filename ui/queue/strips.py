"""A row of the queue as a picture: painted once, shown until something in it changes."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap

from console.feed.board_row import Row
from ui.queue.cells import Face, draw_cells
from ui.queue.columns import MARK_WIDTH, Cell
from ui.queue.grade_mark import draw_mark
from ui.queue.headings import HeadingFace, draw_heading
from ui.theme import theme

KEPT = 400  # strips, some ten screens


class Strips:
    """Pictures of rows, the last used ones kept."""

    def __init__(self) -> None:
        self.made = 0  # how many were ever painted
        self._kept: OrderedDict[Face | HeadingFace, QPixmap] = OrderedDict()
        self._cells: list[Cell] = []
        self._size = QSize()
        self._ratio = 1.0

    def set_shape(self, cells: list[Cell], size: QSize, ratio: float) -> None:
        """Paint rows of ``size`` with ``cells`` from now on; forget the others. Once more after a switch."""
        self._cells, self._size, self._ratio = cells, size, ratio
        self._kept.clear()

    def strip(self, face: Face | HeadingFace, read: Callable[[], Row]) -> QPixmap:
        """Return the picture of ``face``, painting it if need be."""
        kept = self._kept.get(face)
        if kept is None:
            self.made += 1
            kept = self._kept[face] = self._paint(face, read)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(face)
        return kept

    def _paint(self, face: Face | HeadingFace, read: Callable[[], Row]) -> QPixmap:
        pixmap = QPixmap(self._size * self._ratio)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(_background(face))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            self._frame(painter, face)
            if isinstance(face, HeadingFace):
                draw_heading(painter, face, self._size.height())
            else:
                self._draw_row(painter, face, read())
        finally:
            painter.end()  # a painter left open when something failed would end the process
        return pixmap

    def _draw_row(self, painter: QPainter, face: Face, row: Row) -> None:
        draw_mark(painter, QPointF(MARK_WIDTH / 2 + 1, self._size.height() / 2), face.grade)
        draw_cells(painter, self._cells, self._size.height() - 1, row, face)

    def _frame(self, painter: QPainter, face: Face | HeadingFace) -> None:
        width, height = self._size.width(), self._size.height()
        faint = theme.color("line")
        faint.setAlphaF(0.55)
        painter.fillRect(0, height - 1, width, 1, faint)
        if face.marked:
            painter.fillRect(0, 0, 3, height - 1, theme.color("accent"))
        if face.selected and (face.focused or not face.marked):
            painter.setPen(theme.color("accent"))
            painter.drawRect(QRectF(0.5, 0.5, width - 1, height - 2))


def _background(face: Face | HeadingFace) -> QColor:
    if face.marked:
        return theme.color("selected")
    if face.hovered or face.selected:
        return theme.color("hover")
    return theme.color("raised" if isinstance(face, HeadingFace) else "panel")
