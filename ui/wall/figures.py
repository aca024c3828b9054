"""A figure to be read from eight metres, with the words that say what it counts."""

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from console.indicators import words
from console.indicators.figures import BoardFigures, Figure
from console.indicators.indicator import Indicator
from console.language import say
from ui.theme import theme

FIGURES = ("received", "closed", "open", "overdue", "on_time")
PIXELS, TALL = 50, 58  # of a hundred at 1080 lines
ALARMING = {"overdue": "overdue"}  # in this colour where it is not zero


class WallFigure(QFrame):
    """One figure of the day, large."""

    def __init__(self, indicator: Indicator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._indicator = indicator
        self.name, self.value, self.note = (QLabel(self) for _ in range(3))
        self.name.setProperty("role", "second")
        self.note.setProperty("role", "small")
        font = theme.font("figure")
        font.setPixelSize(PIXELS)
        self.value.setFont(font)
        self.value.setFixedHeight(TALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 4, 8, 4)
        column.setSpacing(0)
        for label in (self.name, self.value, self.note):
            label.setMinimumWidth(1)
            column.addWidget(label)

    def show_board(self, board: BoardFigures | None) -> None:
        """Show the figure of ``board``."""
        figure = board.figure(self._indicator.key) if board else None
        self.name.setText(say(f"wall.figure.{self._indicator.key}"))
        value = words.value_text(self._indicator, figure.value if figure else None)
        self.value.setText(value.replace("100.0", "100"))  # a digit more would not fit
        role = ALARMING.get(self._indicator.key, "text") if figure and figure.value else "text"
        self.value.setStyleSheet(f"font-size: {PIXELS}px; color: {theme.color(role).name()}")
        self.note.setText(self._counted(figure, board.figure("open")) if board and figure else "")

    def _counted(self, figure: Figure, unclosed: Figure | None) -> str:
        """Return of what ``figure`` is told, so that none of them seems to deny another."""
        if self._indicator.key == "overdue" and unclosed is not None:
            return say("wall.overdue_of", open=f"{unclosed.value or 0:,.0f}")
        if self._indicator.key != "on_time":
            return words.change_text(self._indicator, figure)
        if not figure.denominator:
            return say("wall.nothing_due")
        return say("wall.on_time_of", hit=figure.numerator, of=figure.denominator)
