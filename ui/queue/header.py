"""Names of the columns; a click sorts."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from console.feed.board_view import Sort
from console.language import say
from ui.queue.columns import Cell
from ui.theme import theme

HEIGHT = 26
ARROWS = {False: "↑", True: "↓"}


class Header(QWidget):
    """Stands over the list, its names over their columns."""

    sorted_by = Signal(object)  # Sort

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[Cell] = []
        self._sort = Sort()
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    def arrange(self, cells: list[Cell]) -> None:
        """Stand over ``cells``."""
        self._cells = cells
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's names here and below
        """Draw the names; the sorted one with an arrow."""
        painter = QPainter(self)
        try:
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
            painter.setFont(theme.font("small"))
            for cell in self._cells:
                ours = cell.column.sorts_by == self._sort.column
                text = say(f"queue.column.{cell.column.name}")
                side = Qt.AlignmentFlag.AlignRight if cell.column.right else Qt.AlignmentFlag.AlignLeft
                painter.setPen(theme.color("text2" if ours else "text3"))
                painter.drawText(
                    QRect(cell.x, 0, cell.width, self.height()),
                    int(side | Qt.AlignmentFlag.AlignVCenter),
                    f"{text} {ARROWS[self._sort.descending]}" if ours else text,
                )
        finally:
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Sort by the column under the pointer; again turns the order round."""
        cell = self._cell_at(event.position().toPoint().x())
        if cell is None:
            return
        column = cell.column.sorts_by
        turned = column == self._sort.column and not self._sort.descending
        self._sort = Sort(column, descending=turned)
        self.update()
        self.sorted_by.emit(self._sort)

    def event(self, event: QEvent) -> bool:
        """Say what a click does."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            on_column = self._cell_at(event.pos().x()) is not None
            QToolTip.showText(event.globalPos(), say("queue.sort_hint") if on_column else "", self)
            return True
        return super().event(event)

    def _cell_at(self, x: int) -> Cell | None:
        return next((cell for cell in self._cells if cell.x <= x < cell.x + cell.width), None)
