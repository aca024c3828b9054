"""The painted side of the list: what each line shows now, and only what changed painted again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from console.feed.board import Grade
from console.feed.board_row import Row
from console.feed.board_view import BoardView
from ui.language import language
from ui.queue.cells import Face
from ui.queue.columns import arrange
from ui.queue.place import Place
from ui.queue.selection import Selection
from ui.queue.strips import Strips
from ui.queue.times import due_told
from ui.theme import theme

GHOST_OPACITY = 0.35


class Surface(QAbstractScrollArea):
    """Paints the rows of a board view at their places, each from a strip."""

    arranged = Signal(object)  # list[Cell]: where the columns stand

    def __init__(self, view: BoardView, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.place = Place(theme.measure("row"))
        self.place.count = len(view)
        self.selected: int | None = None
        self.selection = Selection(view, self)
        self.hovered: int | None = None
        self._clock = clock
        self._largest = 0
        self.strips = Strips()
        self._painted: dict[int, tuple[Face, QPixmap]] = {}  # by number, as last shown
        self._ghost_picture = QPixmap()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.arrange)
        language.changed.connect(self.arrange)

    def arrange(self) -> None:
        """Lay the columns out anew: another width, theme, language or longer numbers."""
        self._largest = self._largest_number()
        self.place.row = theme.measure("row")
        width = self.viewport().width()
        cells = arrange(width, QFontMetrics(theme.font("base")), self._largest)
        self.strips.set_shape(cells, QSize(width, self.place.row), self.devicePixelRatioF())
        self._painted.clear()
        self.arranged.emit(cells)
        self.viewport().update()

    def refresh(self) -> None:
        """Repaint the lines whose words changed with time."""
        for line, face in self._faces():
            if face.number not in self._painted or self._painted[face.number][0] != face:
                self.update_line(line)

    def update_line(self, line: int) -> None:
        """Repaint ``line``."""
        self.viewport().update(QRect(0, self.place.y(line), self.viewport().width(), self.place.row))

    def number_on(self, line: int) -> int | None:
        """Return the incident on ``line``; a ghost's too."""
        index = self.place.index(line)
        if index is None:
            return None if self.place.ghost is None else self.place.ghost.number
        return self.view.number_at(index) if index < len(self.view) else None

    def keep_picture(self, number: int) -> None:
        """Keep what ``number`` looked like, for its ghost."""
        self._ghost_picture = self._painted.get(number, (None, QPixmap()))[1]

    def check_numbers(self) -> None:
        """Make room where longer numbers arrived."""
        if len(str(self._largest_number())) > len(str(self._largest)):
            self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Fit rows to the new size."""
        super().resizeEvent(event)
        self.place.page = self.viewport().height()
        self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Show the strips of the lines that are seen."""
        painted: dict[int, tuple[Face, QPixmap]] = {}
        painter = QPainter(self.viewport())
        try:
            painter.fillRect(event.rect(), theme.color("panel"))
            for line, face in self._faces():
                picture = self.strips.strip(face, partial(self._row, face.number))
                painted[face.number] = (face, picture)
                painter.drawPixmap(0, self.place.y(line), picture)
            if self.place.ghost is not None:
                painter.setOpacity(GHOST_OPACITY)
                painter.drawPixmap(0, self.place.y(self.place.ghost.index), self._ghost_picture)
        finally:
            painter.end()  # left open, a failure here would end the process
        self._painted = painted

    def _faces(self) -> list[tuple[int, Face]]:
        """Return what every visible line shows now, but the ghost's."""
        lines = [line for line in self.place.visible() if self.place.index(line) is not None]
        slots = self.view.order[[index for line in lines if (index := self.place.index(line)) is not None]]
        now, board = self._clock(), self.view.board
        grades, dues = board.grades(now, slots).tolist(), board.floats("due")[slots].tolist()
        numbers, stamps = board.numbers[slots].tolist(), board.stamps[slots].tolist()
        claimed, focused = board.claimed(now, slots).tolist(), self.hasFocus()
        marks = self.selection if len(self.selection) else {self.selected}
        return [
            (
                line,
                Face(
                    number=number,
                    stamp=stamp,
                    grade=Grade(grade),
                    due=due_told(due, now),
                    held=held,
                    hovered=number == self.hovered,
                    selected=number == self.selected,
                    marked=number in marks,
                    focused=focused,
                ),
            )
            for line, number, stamp, grade, due, held in zip(
                lines, numbers, stamps, grades, dues, claimed, strict=True
            )
        ]

    def _row(self, number: int) -> Row:
        row = self.view.board.row(number)
        if row is None:
            raise LookupError(number)
        return row

    def _largest_number(self) -> int:
        return int(self.view.board.numbers.max(initial=0))
