"""Other cases named beside this one: a row each, opened by Enter or a click."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.language import say
from ui.keyboard import ENTER, STEPS
from ui.layouts import put_away
from ui.others import Other, standing
from ui.texts import label
from ui.theme import theme

FIRST = 3  # rows at first; the others on demand
HEIGHT, EDGE = 26, 6
LATE = "■"  # begins what a row says about being overdue


class CaseRow(QAbstractButton):
    """One case: number and title at the left, where it stands at the right."""

    def __init__(self, number: int, words: str, standing: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.number, self.words, self.standing = number, words, standing
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(say("case.dot").join((f"{number}", words, standing)))
        self.setToolTip(self.accessibleName())
        self.setMinimumWidth(1)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if event.key() in ENTER:
            self.click()
        elif step is not None:
            self.focusNextPrevChild(step > 0)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus() or self.underMouse():
                painter.setPen(theme.color("accent" if self.hasFocus() else "hover"))
                painter.setBrush(theme.color("hover"))
                painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
            self._paint_words(painter)
        finally:
            painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        box = self.rect().adjusted(EDGE, 0, -EDGE, 0)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font("small"))
        metrics = QFontMetrics(painter.font())
        words, mark, late = self.standing.partition(LATE)
        for part, role in ((mark + late, "overdue"), (words, "text2")):
            painter.setPen(theme.color(role))
            painter.drawText(box, middle | int(Qt.AlignmentFlag.AlignRight), part)
            box.setRight(box.right() - metrics.horizontalAdvance(part))
        box.setRight(box.right() - 12)
        number = f"{self.number}"
        painter.setPen(theme.color("accent"))
        painter.drawText(box, middle, number)
        box.setLeft(box.left() + metrics.horizontalAdvance(number) + 8)
        painter.setPen(theme.color("text"))
        painter.drawText(
            box, middle, metrics.elidedText(self.words, Qt.TextElideMode.ElideRight, box.width())
        )


class CaseList(QWidget):
    """A heading with its count, and rows; ``opened`` carries a case's number."""

    opened = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None, first: int = FIRST) -> None:
        """Say the text ``title`` with the count; show at most ``first`` rows until the others are wanted."""
        super().__init__(parent)
        self._title, self._first = title, first
        self._told: object = None
        self._others: Sequence[tuple[int, str, str]] = ()
        self.rows: list[CaseRow] = []
        self._heading = label(role="third", parent=self)
        self.more = QPushButton(self)
        self.more.setProperty("role", "chip")
        self.more.clicked.connect(self._show_all)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._column.addWidget(self._heading)
        self._column.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_cases(self, others: Sequence[Other], words: Callable[[Other], str], now: float) -> None:
        """Name ``others``, each by ``words``; hidden where there are none."""
        told = [(int(other["number"]), words(other), standing(other, now)) for other in others]
        self.show_rows(say(self._title, count=len(told)), told)

    def show_rows(self, heading: str, told: Sequence[tuple[int, str, str]]) -> None:
        """Show a row of number, words and standing each under ``heading``; hidden where there are none."""
        if (heading, told) == self._told:
            return
        self._told, self._others = (heading, told), told
        self._heading.setText(heading)
        self.setVisible(bool(told))
        self._fill(self._first)

    def forget(self) -> None:
        """Build everything anew next time: the language is another."""
        self._told = None

    def _fill(self, count: int) -> None:
        put_away(self._column, self.rows)
        self.rows = []
        for number, words, where in self._others[:count]:
            row = CaseRow(number, words, where, self)
            row.clicked.connect(partial(self._open, number))
            self._column.insertWidget(len(self.rows) + 1, row)
            self.rows.append(row)
            row.show()  # now, so that it can take the keys
        left = len(self._others) - len(self.rows)
        self.more.setVisible(left > 0)
        self.more.setText(say("case.beside.more", count=left))

    def _show_all(self) -> None:
        seen = len(self.rows)
        self._fill(len(self._others))
        self.rows[seen].setFocus()

    def _open(self, number: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        self.opened.emit(number)
