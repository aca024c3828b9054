"""A figure of the top bar that is a button: a word and how many."""

from enum import Enum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from console.language import counted, say
from ui.language import language
from ui.theme import theme

GAP = 7
HEIGHT = {False: 34, True: 42}  # stacked or not


class Shape(Enum):
    """How much room a counter takes; the value is the padding at its sides."""

    WIDE = 9
    BRIEF = 5
    STACKED = 4  # the word above its figure
    TIGHT = 1  # so too, closer together


class Counter(QAbstractButton):
    """Text ``key`` and a figure in the colour ``role`` (grey while it is nothing)."""

    def __init__(self, key: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._role = key, role
        self._figure: int | None = None
        self._shape = Shape.WIDE
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)
        language.follow(self, self._retranslate)

    @property
    def figure(self) -> int | None:
        """Return what is shown; None while nothing is known."""
        return self._figure

    def set_figure(self, figure: int | None) -> None:
        """Show ``figure``; None shows a dash."""
        if figure != self._figure:
            self._figure = figure
            self._retranslate()

    @property
    def stacked(self) -> bool:
        """Tell whether the word stands above the figure."""
        return self._shape in {Shape.STACKED, Shape.TIGHT}

    def set_shape(self, shape: Shape) -> None:
        """Take as much room as ``shape`` says."""
        if shape is not self._shape:
            self._shape = shape
            self.updateGeometry()
            self.update()

    @override
    def nextCheckState(self) -> None:
        """Leave the mark to whoever filters."""

    @override
    def sizeHint(self) -> QSize:
        wide = "88" if self._figure is None or self._figure < 100 else self._shown()  # noqa: PLR2004
        figure = QFontMetrics(theme.font("counter")).horizontalAdvance(wide)
        word = self._word_width()
        width = max(word, figure) if self.stacked else word + GAP + figure
        return QSize(width + 2 * self._shape.value, HEIGHT[self.stacked])

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_frame(painter)
            box = self.rect().adjusted(self._shape.value, 0, -self._shape.value, 0)
            if self.stacked:
                self._write(painter, box.adjusted(0, 3, 0, 0), box.adjusted(0, 0, 0, -1))
            else:
                figure = QRect(box.left() + self._word_width() + GAP, 0, box.width(), box.height() - 2)
                self._write(painter, box, figure)
        finally:
            painter.end()

    def _write(self, painter: QPainter, word: QRect, figure: QRect) -> None:
        """Write the word and the figure: beside each other, or one at the top and one at the bottom."""
        flag = Qt.AlignmentFlag
        sides = (flag.AlignLeft | flag.AlignVCenter,) * 2
        if self.stacked:
            sides = (flag.AlignHCenter | flag.AlignTop, flag.AlignHCenter | flag.AlignBottom)
        painter.setFont(self._word_font())
        painter.setPen(theme.color("text2"))
        painter.drawText(word, int(sides[0]), say(self._key))
        painter.setFont(theme.font("counter"))
        painter.setPen(theme.color(self._role if self._figure else "text3"))
        painter.drawText(figure, int(sides[1]), self._shown())

    def _paint_frame(self, painter: QPainter) -> None:
        marked = self.isChecked() or self.underMouse() or self.hasFocus()
        painter.setPen(theme.color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("selected" if self.isChecked() else "hover"))
        if marked:
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)

    def _word_font(self) -> QFont:
        return theme.font("small" if self.stacked else "base")

    def _word_width(self) -> int:
        return QFontMetrics(self._word_font()).horizontalAdvance(say(self._key))

    def _shown(self) -> str:
        return "—" if self._figure is None else counted(self._figure)

    def _retranslate(self) -> None:
        self.setAccessibleName(f"{say(self._key)} {self._shown()}")
        self.setToolTip(say("window.counter_hint", name=say(self._key)))
        self.updateGeometry()
        self.update()
