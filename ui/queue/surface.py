"""The painted side of the list: what each line shows now, and only what changed painted again."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import floor

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from console.feed.board_outline import Outline
from console.feed.board_row import Row
from console.feed.board_slots import Slots
from console.feed.board_view import BoardView
from console.grade import Grade
from console.language import say
from ui.language import language
from ui.queue.cells import PASSED, TIMED, Face, said
from ui.queue.columns import COLUMNS, Cell, Chosen, arrange, content_width
from ui.queue.headings import HeadingFace
from ui.queue.place import Place
from ui.queue.selection import Selection
from ui.queue.strips import Strips
from ui.queue.times import due_told, passed_told
from ui.theme import theme

GHOST_OPACITY = 0.35


class Surface(QAbstractScrollArea):
    """Paints the rows of a board view at their places, each from a strip."""

    arranged = Signal(object, int)  # list[Cell]: where the columns stand; pixels hidden at the left

    def __init__(self, view: BoardView, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.place = Place(theme.measure("row"))
        self.lines = Outline(view)
        self.place.count = len(self.lines)
        self.selected: int | None = None
        self.heading: int | None = None  # where the keys are, if not on the selected row
        self.selection = Selection(self.lines, self)
        self.hovered: int | None = None
        self.lookers: Mapping[int, Sequence[str]] = {}  # names of other seats, by the case they look at
        self._clock = clock
        self._largest = 0
        self._chosen = Chosen()
        self.cells: list[Cell] = []
        self.strips = Strips()
        self._painted: dict[int, tuple[Face | HeadingFace, QPixmap]] = {}  # by number, as last shown
        self._ghost_picture = QPixmap()
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing under it is painted
        self.horizontalScrollBar().valueChanged.connect(self._shifted)
        theme.changed.connect(self.arrange)
        language.changed.connect(self.arrange)

    def arrange(self) -> None:
        """Lay the columns out anew: another width, theme, language, other columns or longer numbers."""
        self._largest = self._largest_number()
        self.place.resize_rows(theme.measure("row"))
        width = self.viewport().width()
        self.cells = arrange(width, QFontMetrics(theme.font("base")), self._largest, self._chosen)
        whole = max(width, content_width(self.cells))
        self.horizontalScrollBar().setRange(0, whole - width)
        self.horizontalScrollBar().setPageStep(width)
        self.strips.set_shape(self.cells, QSize(whole, self.place.row), self.devicePixelRatioF())
        self._painted.clear()
        self.arranged.emit(self.cells, self.shift)
        self.viewport().update()

    def show_columns(self, chosen: Chosen) -> None:
        """Show these columns from now on."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.arrange()

    def _shifted(self) -> None:
        self.arranged.emit(self.cells, self.shift)
        self.viewport().update()

    @property
    def shift(self) -> int:
        """Return how many pixels of a row are hidden at the left."""
        return self.horizontalScrollBar().value()

    def widest(self, column: str) -> int:
        """Return how wide ``column`` must be for the rows that are seen."""
        metrics = QFontMetrics(theme.font("base"))
        faces = [face for _line, face in self._faces() if isinstance(face, Face)]
        texts = [said(column, self._row(face.number), face)[0] for face in faces]
        return max(map(metrics.horizontalAdvance, [*texts, say(f"columns.name.{column}") + " ↑"])) + 2

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
        return self.lines.number_at(index) if index < len(self.lines) else None

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
        painted: dict[int, tuple[Face | HeadingFace, QPixmap]] = {}
        painter = QPainter(self.viewport())
        try:
            painter.fillRect(event.rect(), theme.color("panel"))
            for line, face in self._faces():
                picture = self.strips.strip(face, partial(self._row, face.number))
                painted[face.number] = (face, picture)
                painter.drawPixmap(-self.shift if face.number > 0 else 0, self.place.y(line), picture)
            if self.place.ghost is not None:
                painter.setOpacity(GHOST_OPACITY)
                painter.drawPixmap(-self.shift, self.place.y(self.place.ghost.index), self._ghost_picture)
        finally:
            painter.end()  # left open, a failure here would end the process
        self._painted = painted

    def _faces(self) -> list[tuple[int, Face | HeadingFace]]:
        """Return what every visible line shows now, but the ghost's."""
        places = [
            (line, index) for line in self.place.visible() if (index := self.place.index(line)) is not None
        ]
        entries = self.lines.order[[index for _line, index in places]]
        now, focused = floor(self._clock()), self.hasFocus()  # a second's words are made once
        rows = iter(self._row_faces(entries[entries >= 0], now, focused=focused))
        return [
            (line, self._heading_face(entry, now, focused=focused) if entry < 0 else next(rows))
            for (line, _index), entry in zip(places, entries.tolist(), strict=True)
        ]

    def _heading_face(self, number: int, now: float, *, focused: bool) -> HeadingFace:
        return HeadingFace(
            number=number,
            group=self.lines.group(number, now),
            column=self.lines.column,
            hovered=number == self.hovered,
            selected=number == self.heading,
            focused=focused,
        )

    def _row_faces(self, slots: Slots, now: float, *, focused: bool) -> list[Face]:
        board = self.view.board
        grades, claimed = board.grades(now, slots).tolist(), board.claimed(now, slots).tolist()
        numbers, stamps = board.numbers[slots].tolist(), board.stamps[slots].tolist()
        marks = self.selection if len(self.selection) else {self.selected}
        here = self.selected if self.heading is None else None
        return [
            Face(
                number=number,
                stamp=stamp,
                grade=Grade(grade),
                told=told,
                held=held,
                lookers=len(self.lookers.get(number, ())),
                hovered=number == self.hovered,
                selected=number == here,
                marked=number in marks,
                focused=focused,
            )
            for number, stamp, grade, told, held in zip(
                numbers, stamps, grades, self._told(slots, now), claimed, strict=True
            )
        ]

    def _told(self, slots: Slots, now: float) -> list[tuple[str, ...]]:
        """Return, for each of ``slots``, the times of TIMED in words, as far as their columns are shown."""
        shown = {cell.column.name for cell in self.cells}
        nothing = [""] * len(slots)
        return list(
            zip(*[self._times(name, slots, now) if name in shown else nothing for name in TIMED], strict=True)
        )

    def _times(self, name: str, slots: Slots, now: float) -> list[str]:
        tell = passed_told if name in PASSED else due_told
        return [tell(at, now) for at in self.view.board.floats(COLUMNS[name].sorts_by)[slots].tolist()]

    def _row(self, number: int) -> Row:
        row = self.view.board.row(number)
        if row is None:
            raise LookupError(number)
        return row

    def _largest_number(self) -> int:
        return int(self.view.board.numbers.max(initial=0))
