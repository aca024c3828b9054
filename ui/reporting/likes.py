"""The open cases that a report would repeat: why each looks the same, and one key to join the marked one."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.language import say
from console.spoken import status_label
from ui.elided import Elided
from ui.keyboard import ENTER, STEPS
from ui.reporting.reasons import like_words
from ui.texts import label, shown

SHOWN = 3  # cases; the likeliest

Like = dict[str, Any]


class LikeRow(QFrame):
    """One case: number, title and score; below, where it stands and why."""

    chosen = Signal()
    entered = Signal()
    stepped = Signal(int)

    def __init__(self, like: Like, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("like")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        title = say("report.like.head", number=like["number"], title=shown(like["title"]))
        score = say("report.like.score", score=round(100 * like["score"]))
        why = say("case.dot").join([status_label(like["status"]), like_words(like)])
        self.setAccessibleName(say("case.dot").join([title, score, why]))
        self._head = Elided("strong", 6, self)
        self._head.show_text(title)
        top = QHBoxLayout()
        top.addWidget(self._head, 1)
        top.addWidget(label(score, "near", parent=self))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 5, 10, 5)
        column.setSpacing(1)
        column.addLayout(top)
        self.why: QLabel = label(why, "small", wrap=True, parent=self)
        column.addWidget(self.why)

    def mark(self, *, marked: bool) -> None:
        """Show whether this is the one that the key means."""
        self.setProperty("marked", marked)
        self.style().unpolish(self)
        self.style().polish(self)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ENTER and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.entered.emit()
        elif key in STEPS:
            self.stepped.emit(STEPS[key])
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit()


class Likes(QWidget):
    """The likeliest cases, the marked one first meant; ``attaching`` carries what it told of it."""

    attaching = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._likes: Sequence[Like] = ()
        self._rows: list[LikeRow] = []
        self._marked: int | None = None  # the number of the case
        self.attach = QPushButton(self)
        self.attach.setAutoDefault(False)
        self.attach.clicked.connect(self.take)
        self._title = label(role="second", parent=self)
        self._other = label(say("report.like.other"), "third", parent=self)
        foot = QHBoxLayout()
        foot.addWidget(self._title)
        foot.addStretch(1)
        foot.addWidget(self._other)
        foot.addWidget(self.attach)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(foot)

    @property
    def marked(self) -> Like | None:
        """Return the case that the key means."""
        return next((one for one in self._likes if one["number"] == self._marked), None)

    def show_likes(self, likes: Sequence[Like]) -> None:
        """Show these; the one that was marked stays so, else the likeliest is."""
        self._likes = likes[:SHOWN]
        if self.marked is None:
            self._marked = self._likes[0]["number"] if self._likes else None
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(place, like) for place, like in enumerate(self._likes)]
        self._title.setText(say("report.ahead.likes" if self._likes else "report.ahead.no_likes"))
        self._other.setVisible(len(self._likes) > 1)
        self._show_mark()

    def step(self, by: int) -> None:
        """Mark the next or the one before."""
        if self._likes:
            place = next(n for n, one in enumerate(self._likes) if one["number"] == self._marked)
            self._mark((place + by) % len(self._likes))

    def take(self) -> None:
        """Put the report under the marked case."""
        like = self.marked
        if like is not None and like.get("attachable", True):
            self.attaching.emit(like)

    def _row(self, place: int, like: Like) -> LikeRow:
        row = LikeRow(like, self)
        row.chosen.connect(partial(self._mark, place))
        row.entered.connect(self.take)
        row.stepped.connect(self._walk)
        self._column.addWidget(row)
        return row

    def _walk(self, by: int) -> None:
        self.step(by)
        self._rows[[one["number"] for one in self._likes].index(self._marked)].setFocus()

    def _mark(self, place: int) -> None:
        self._marked = self._likes[place]["number"]
        self._show_mark()

    def _show_mark(self) -> None:
        like = self.marked
        self.attach.setVisible(like is not None)
        if like is not None:
            able = like.get("attachable", True)
            self.attach.setEnabled(able)
            key = "report.like.attach" if able else "report.like.not_attachable"
            self.attach.setText(say(key, number=like["number"]))
        for row, one in zip(self._rows, self._likes, strict=True):
            row.mark(marked=one["number"] == self._marked)
