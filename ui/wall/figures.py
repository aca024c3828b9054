"""A figure to be read from eight metres, with the words that say what it counts."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from console.indicators import changes, words
from console.indicators.figures import FEW, BoardFigures, Figure
from console.indicators.indicator import Indicator
from console.language import say
from ui.charts.fitting import fitting
from ui.theme import theme

FIGURES = ("received", "closed", "open", "overdue", "on_time")
PIXELS, TALL = 50, 58  # of a hundred at 1080 lines
LEFT, RIGHT = 14, 8  # pixels beside it
ALARMING = {"overdue": "overdue"}  # in this colour where it is not zero


class WallFigure(QFrame):
    """One figure of the day, large."""

    def __init__(self, indicator: Indicator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._indicator = indicator
        self._board: BoardFigures | None = None
        self.name, self.value, self.note = (QLabel(self) for _ in range(3))
        self.name.setProperty("role", "second")
        self.note.setProperty("role", "small")
        font = theme.font("figure")
        font.setPixelSize(PIXELS)
        self.value.setFont(font)
        self.value.setFixedHeight(TALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT, 4, RIGHT, 4)
        column.setSpacing(0)
        for label in (self.name, self.value, self.note):
            label.setMinimumWidth(1)
            column.addWidget(label)

    def show_board(self, board: BoardFigures | None) -> list[QWidget]:
        """Show the figure of ``board``; return what reads otherwise than before."""
        before = self._words()
        self._board = board
        figure = board.figure(self._indicator.key) if board else None
        self.name.setText(say(f"wall.figure.{self._indicator.key}"))
        self.value.setText(self._value(figure))
        role = ALARMING.get(self._indicator.key, "text") if figure and figure.value else "text"
        self._dress(f"font-size: {PIXELS}px; color: {theme.color(role).name()}")
        self.note.setText(self._counted(board, figure) if board and figure else "")
        return [self] * (before != self._words())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_board(self._board)

    def _words(self) -> list[str]:
        return [label.text() for label in (self.name, self.value, self.note)] + [self.value.styleSheet()]

    def _dress(self, sheet: str) -> None:
        if sheet != self.value.styleSheet():  # to dress takes longer than to draw
            self.value.setStyleSheet(sheet)

    def _value(self, figure: Figure | None) -> str:
        """Return the figure in large; of a few cases no share, which would jump with each of them."""
        if figure is not None and figure.numerator is not None and 0 < (figure.denominator or 0) < FEW:
            return words.short_parts_text(figure, brief=True)
        value = words.value_text(self._indicator, figure.value if figure else None)
        return value.replace("100.0", "100")  # a digit more would not fit

    def _counted(self, board: BoardFigures, figure: Figure) -> str:
        """Return of what ``figure`` is told, so that none of them seems to deny another."""
        unclosed = board.figure("open")
        if self._indicator.key == "overdue" and unclosed is not None:
            return say("wall.overdue_of", open=f"{unclosed.value or 0:,.0f}")
        if self._indicator.key != "on_time":
            ways = (changes.change_text(self._indicator, figure, board, one) for one in changes.ON_A_LINE)
            return fitting(ways, self.contentsRect().width() - LEFT - RIGHT)
        if not figure.denominator:
            return say("wall.nothing_due")
        return say("wall.on_time_of", hit=figure.numerator, of=figure.denominator)
