"""One notice as it is seen: what was said, how often, and the way back while there is one."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from console.language import say
from ui.keyboard import ENTER
from ui.notices.notices import Kind, Notice
from ui.texts import label
from ui.theme import theme

WIDTH = 440
LINES = 3
MARKS = {
    Kind.SAID: ("info", "text2"),
    Kind.FAILED: ("warning", "overdue"),
    Kind.UNDOABLE: ("check", "fine"),
}
PICTURE = 16
ANSWERS = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape})


class Card(QFrame):
    """Shows ``notice``; takes the keys only when somebody goes to it."""

    opened = Signal(int)  # the case it is about is wanted
    answered = Signal(object)  # the Notice has been seen
    undoing = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.notice: Notice | None = None
        self._mark = QLabel(self)
        self._mark.setFixedSize(PICTURE, PICTURE)
        self._text: QLabel = label(wrap=True, parent=self)
        self._count: QLabel = label(role="tag", parent=self)
        self.back, self.close_ = _button("chip", self), _button("flat", self)
        self.back.clicked.connect(self.undoing)
        self.close_.clicked.connect(self._answer)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 6, 7)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        for widget in (self._count, self.back, self.close_):
            row.addWidget(widget)

    @property
    def held(self) -> bool:
        """Tell whether somebody is at it, so that it may not go."""
        return self.underMouse() or self.hasFocus()

    def show_notice(self, notice: Notice, seconds: int) -> None:
        """Show ``notice``; ``seconds`` are left to take it back, 0 where it cannot be."""
        self.notice = notice
        icon, role = MARKS[notice.kind]
        self._mark.setPixmap(theme.icon(icon, role).pixmap(PICTURE, PICTURE))
        self._count.setText(say("notices.count", count=notice.count))
        self._count.setVisible(notice.count > 1)
        self.back.setText(say("window.undo", seconds=seconds))
        self.back.setVisible(notice.kind is Kind.UNDOABLE and seconds > 0)
        self.close_.setIcon(theme.icon("close", "text2"))
        self.close_.setAccessibleName(say("notices.answer"))
        self.close_.setToolTip(say("notices.answer"))
        self._fit(notice.sentence)
        self.setAccessibleName(spoken(notice))
        if self.property("kind") != notice.kind.value:
            self.setProperty("kind", notice.kind.value)
            self.style().unpolish(self)
            self.style().polish(self)

    def _fit(self, sentence: str) -> None:
        """Say as much of ``sentence`` as has room; the whole is in the tooltip and in the list."""
        beside = [one for one in (self._count, self.back, self.close_) if not one.isHidden()]
        taken = sum(one.sizeHint().width() + 8 for one in beside) + PICTURE + 8 + 18
        metrics = QFontMetrics(theme.font("base"))
        room = QSize(WIDTH - taken - 4, LINES * metrics.lineSpacing() + 2)
        said = fitted(sentence, room, metrics)
        self._text.setText(said)
        self._text.setToolTip("" if said == sentence else sentence)

    def _answer(self) -> None:
        self.answered.emit(self.notice)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ANSWERS:
            self._answer()
        elif event.key() in ENTER:
            self._open()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._open()

    def _open(self) -> None:
        if self.notice is not None and self.notice.number is not None:
            self.opened.emit(self.notice.number)


def spoken(notice: Notice) -> str:
    """Return ``notice`` for those who listen."""
    words = notice.sentence if notice.kind is not Kind.FAILED else say("notices.failed", text=notice.sentence)
    return words if notice.count == 1 else f"{words} {say('notices.count', count=notice.count)}"


def fitted(text: str, room: QSize, metrics: QFontMetrics) -> str:
    """Return as much of ``text`` as has room when it is wrapped, with an ellipsis where it is cut."""

    def fits(words: str) -> bool:
        wrap = int(Qt.TextFlag.TextWordWrap)
        return metrics.boundingRect(QRect(0, 0, room.width(), 10_000), wrap, words).height() <= room.height()

    if fits(text):
        return text
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if fits(text[:middle] + "…"):
            least = middle
        else:
            most = middle - 1
    return text[:least] + "…"


def _button(role: str, parent: QWidget) -> QPushButton:
    made = QPushButton(parent)
    made.setProperty("role", role)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each has its key
    return made
