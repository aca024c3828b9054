"""Names of the columns: a click sorts, a drag moves a column or its edge, the other button asks for more."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from console.feed.board_view import Sort
from console.language import say
from ui.queue.columns import COLUMNS, GAP, Cell
from ui.theme import theme

HEIGHT = 26
ARROWS = {False: "↑", True: "↓"}
GRIP = 5  # pixels on each side of an edge
FAR = 12  # pixels: from here on a press is a drag


class Header(QWidget):
    """Stands over the list, its names over their columns."""

    sorted_by = Signal(str)  # a column of the board
    moved = Signal(str, str)  # a column, and the one whose place it takes
    sized = Signal(str, int)  # a column's width by hand, in pixels
    fitted = Signal(str)  # a column is to be as wide as what it shows
    asked = Signal(QPoint)  # the menu of the list, at a place of the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[Cell] = []
        self._shift = 0
        self._sort = Sort()
        self._pressed: tuple[Cell, int] | None = None
        self._edge: Cell | None = None  # the column whose right edge is in the hand
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    def arrange(self, cells: list[Cell], shift: int = 0) -> None:
        """Stand over ``cells``, of which ``shift`` pixels are hidden at the left."""
        self._cells, self._shift = cells, shift
        self.update()

    def show_sort(self, sort: Sort) -> None:
        """Show by what the list is sorted."""
        self._sort = sort
        self.update()

    @property
    def unseen(self) -> str:
        """Return by what the list is sorted where no column says it, else ""."""
        if any(cell.column.sorts_by == self._sort.column for cell in self._cells):
            return ""
        name = next(column.name for column in COLUMNS.values() if column.sorts_by == self._sort.column)
        return f"{say(f'columns.name.{name}')} {ARROWS[self._sort.descending]}"

    def box(self, name: str) -> QRect:
        """Return where the name of column ``name`` stands."""
        cell = next(cell for cell in self._cells if cell.column.name == name)
        return QRect(cell.x - self._shift, 0, cell.width, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's names here and below
        """Draw the names; the sorted one with an arrow."""
        painter = QPainter(self)
        try:
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
            painter.setFont(theme.font("small"))
            for cell in self._cells:
                self._draw(painter, cell)
        finally:
            painter.end()

    def _draw(self, painter: QPainter, cell: Cell) -> None:
        ours = cell.column.sorts_by == self._sort.column
        text = say(f"columns.name.{cell.column.name}")
        text = f"{text} {ARROWS[self._sort.descending]}" if ours else text
        side = Qt.AlignmentFlag.AlignRight if cell.column.right else Qt.AlignmentFlag.AlignLeft
        box = self.box(cell.column.name)
        painter.setPen(theme.color("text2" if ours else "text3"))
        text = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), text)
        if self._edge is not None or self.underMouse():
            painter.fillRect(box.right() + GAP // 2, 7, 1, self.height() - 14, theme.color("line"))

    def enterEvent(self, event: QEvent) -> None:  # noqa: N802
        """Show the edges while the pointer is here."""
        super().enterEvent(event)  # type: ignore[arg-type]  # the stubs want more than Qt gives
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Hide the edges again."""
        super().leaveEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take an edge or a name into the hand."""
        if event.button() == Qt.MouseButton.LeftButton:
            x = event.position().toPoint().x()
            self._edge, cell = self._edge_at(x), self._cell_at(x)
            self._pressed = None if cell is None or self._edge is not None else (cell, x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw the edge in the hand, or show where there is one."""
        x = event.position().toPoint().x()
        if self._edge is not None:
            self.sized.emit(self._edge.column.name, x + self._shift - GAP // 2 - self._edge.x)
        else:
            over = self._edge_at(x) is not None
            self.setCursor(Qt.CursorShape.SplitHCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Sort by the column that was pressed, or put it where it was drawn to."""
        x, pressed = event.position().toPoint().x(), self._pressed
        self._edge = self._pressed = None
        cell = self._cell_at(x)
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if abs(x - pressed[1]) < FAR:
            self.sorted_by.emit(pressed[0].column.sorts_by)
        elif cell is not None and cell.column != pressed[0].column:
            self.moved.emit(pressed[0].column.name, cell.column.name)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Fit the column at whose edge the pointer is; elsewhere it is a second click."""
        edge = self._edge_at(event.position().toPoint().x())
        if edge is not None:
            self.fitted.emit(edge.column.name)
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for the list's menu."""
        self.asked.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Say what a click does."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            on_column = self._cell_at(event.pos().x()) is not None
            QToolTip.showText(event.globalPos(), say("columns.hint") if on_column else "", self)
            return True
        return super().event(event)

    def _cell_at(self, x: int) -> Cell | None:
        x += self._shift
        return next((cell for cell in self._cells if cell.x <= x < cell.x + cell.width), None)

    def _edge_at(self, x: int) -> Cell | None:
        x += self._shift - GAP // 2
        return next((cell for cell in self._cells if abs(cell.x + cell.width - x) <= GRIP), None)
