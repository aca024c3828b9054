"""A list of lines with tags: when, what kind, what; one line each, cut where it is too long."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from ui.queue.cells import badge
from ui.theme import theme

LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
GAP, EDGE = 10, 40


@dataclass(frozen=True, slots=True)
class Line:
    """``number``: the case that it is about, if it is; ``tags``: words and the colours of fill and ink."""

    number: int | None
    left: str
    tags: tuple[tuple[str, tuple[str, str]], ...]
    words: str
    right: str = ""

    @property
    def spoken(self) -> str:
        """Return the line as a sentence."""
        parts = (self.left, *(tag for tag, _roles in self.tags), self.words, self.right)
        return " ".join(part for part in parts if part)


class TaggedList(QListWidget):
    """Shows lines, or ``empty`` where there are none; ``line`` is the one that the keys are on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty = ""
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Painter(self))

    def show_lines(self, lines: list[Line]) -> None:
        """Show ``lines``, and stay on the same row as far as there is one."""
        row = max(0, self.currentRow())
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.spoken, self)
            item.setData(LINE, line)
            item.setToolTip("")
        self.setCurrentRow(min(row, len(lines) - 1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count() or not self.empty:
            return
        painter = QPainter(self.viewport())
        try:
            painter.setPen(theme.color("text2"))
            box = self.viewport().rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self.empty)
        finally:
            painter.end()

    @property
    def line(self) -> Line | None:
        """Return the line that the keys are on, None in an empty list."""
        item = self.currentItem()
        found: Line | None = item.data(LINE) if item is not None else None
        return found


class _Painter(QStyledItemDelegate):
    """Draws a line as the queue draws its rows."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.measure("row"))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE)
        self.initStyleOption(option, index)
        option.text = ""
        box: QRect = option.rect
        painter.save()
        try:
            QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter)
            _write(painter, box.adjusted(GAP, 0, -GAP, 0), line)
        finally:
            painter.restore()


def _write(painter: QPainter, box: QRect, line: Line) -> None:
    small, base = theme.font("small"), theme.font("base")
    left = box.x()
    if line.left:
        painter.setFont(small)
        painter.setPen(theme.color("text2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), line.left)
        left += QFontMetrics(small).horizontalAdvance(line.left) + GAP
    for words, roles in line.tags:
        left = badge(painter, left, box, words, roles)
    painter.setFont(small)
    painter.setPen(theme.color("text2"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), line.right)
    right = box.right() - (QFontMetrics(small).horizontalAdvance(line.right) + GAP if line.right else 0)
    painter.setFont(base)
    painter.setPen(theme.color("text"))
    room = QRect(left, box.y(), right - left, box.height())
    words = QFontMetrics(base).elidedText(line.words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
