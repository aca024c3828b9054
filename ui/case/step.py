"""One step of a case's story: when and what, what was said; opened, everything that is kept of it."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.language import say
from ui import anew
from ui.case.story import Told
from ui.dialogs.whole import Whole
from ui.keyboard import PRESSES
from ui.moments import ago, brief, exact
from ui.soon import soon
from ui.texts import dress, label
from ui.theme import theme

RAIL = 18


class Rail(QWidget):
    """The line at the left with the step's dot: filled in the accent where it is the newest."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.first, self.last, self.moved = False, False, False
        self.setFixedWidth(RAIL)
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("line"))
            x, y = 7, 12
            painter.drawLine(
                QPointF(x, y if self.first else 0), QPointF(x, y if self.last else self.height())
            )
            role = "accent" if self.last else "text3"
            painter.setPen(theme.color(role))
            painter.setBrush(theme.color(role if self.moved or self.last else "panel"))
            painter.drawEllipse(QPointF(x, y), 3.5, 3.5)
        finally:
            painter.end()


class Step(QWidget):
    """A step that Enter opens and shuts; ``walked`` carries how many steps further the keys go."""

    walked = Signal(int)
    entered = Signal()  # it has the keys now

    def __init__(self, told: Told, parent: QWidget) -> None:
        super().__init__(parent)
        self.told, self.open = told, False
        self.rail = Rail(self)
        self.rail.moved = told.moved
        self._time = label(role="third", parent=self)
        self._time.setToolTip(exact(told.at))
        title = label(told.title, wrap=True, parent=self)
        title.setFont(theme.font("strong"))
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(title, 1)
        top.addWidget(self._time, alignment=Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 2, 6, 8)
        self._column.setSpacing(2)
        self._column.addLayout(top)
        self._lines = [self._line(line) for line in told.lines]
        self._details: list[QWidget] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.rail)
        row.addLayout(self._column, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        spoken = say("case.dot").join((told.title, exact(told.at), *told.lines))
        self.setAccessibleName(spoken[:400])

    def pass_time(self, now: float, *, relative: bool) -> None:
        """Say when it was, as it is said now."""
        self._time.setText(ago(self.told.at, now) if relative else brief(self.told.at, now))

    def words(self) -> list[str]:
        """Return every text that is shown."""
        return [one.text() for one in self.findChildren(QLabel) if not one.isHidden()]

    def toggle(self) -> None:
        """Open it, or shut it."""
        self.open = not self.open
        if self.open and not self._details:
            self._unfold()
        for line, short, whole in zip(self._lines, self.told.lines, self.told.whole, strict=True):
            line.setText(whole if self.open else short)
        for widget in self._details:
            widget.setVisible(self.open)
        soon(self, self.entered.emit)  # once it has its height, let it be seen

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in PRESSES:
            self.toggle()
        elif event.key() in WALKS:
            self.walked.emit(WALKS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self.toggle()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.hasFocus():
            return
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("accent"))
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(RAIL + 0.5, 0.5, -0.5, -2.5), 5, 5)
        finally:
            painter.end()

    def _line(self, text: str) -> QLabel:
        words = label(text, "small", wrap=True, parent=self)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        words.setContentsMargins(2, 0, 0, 0)
        self._column.addWidget(words)
        return words

    def _unfold(self) -> None:
        for line in self.told.details:
            words = self._line(line)
            dress(words, "detail")
            self._details.append(words)
        for number, text in enumerate(self.told.texts):
            more = QPushButton(say("case.whole.open", length=len(text)), self)
            more.setProperty("role", "chip")
            more.setProperty("text", number)
            more.clicked.connect(self._read_whole)
            self._column.addWidget(more, alignment=Qt.AlignmentFlag.AlignLeft)
            self._details.append(more)

    def _read_whole(self) -> None:
        text = self.told.texts[int(self.sender().property("text"))]
        title, window = self.told.title, self.window()  # another language makes this step anew
        anew.ask(lambda: Whole(title, text, window))


WALKS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -5,
    Qt.Key.Key_PageDown: 5,
    Qt.Key.Key_Home: -100_000,
    Qt.Key.Key_End: 100_000,
}
