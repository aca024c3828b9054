"""What a form asks and how it looks: a title, fields, what is wrong, a foot. What is typed outlives it."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.desk.drafts import Key
from console.language import say
from console.workflow import actions
from ui.dialog import EDGES, GAP
from ui.dialogs.conflict import Conflict
from ui.dialogs.field import Field
from ui.dialogs.fields import fields, hold_apart
from ui.dialogs.form_words import tell_default, under_words
from ui.dialogs.grid import grid
from ui.seat import Draft, Seat
from ui.texts import dress, label, shown

WIDTH = 520


class Asking(QDialog):
    """Asks for what ``action`` needs on a case."""

    def __init__(
        self, seat: Seat, action: str, case: Mapping[str, Any] | None, parent: QWidget | None = None
    ) -> None:
        """Make the form; ``case`` has number, version, title and status, None for a report."""
        super().__init__(parent)
        self._seat, self._action, self._case = seat, actions()[action], case
        self.number = int(case["number"]) if case and "number" in case else None
        self.fields: dict[str, Field] = {one.option.name: one for one in self._asked(case)}
        self.error = label(role="overdue", wrap=True, parent=self)
        self._wrong: tuple[Callable[[], str], str] = (str, "")  # what is said there, in whatever language
        self.conflict = Conflict(seat, action, self)
        self._cancel, self.submit = QPushButton(self), QPushButton(self)
        self._title = label(self._heading(case), "title", wrap=True, parent=self)
        tell_default(self.fields, self.action, self._seat.directory, case)
        hold_apart(self.fields)
        self._arrange()

    @property
    def action(self) -> str:
        """Return the key of the action."""
        return self._action.key

    @property
    def draft_key(self) -> Key:
        """Return under which key what is typed here is kept."""
        return self.action, self.number

    def typed(self) -> Draft:
        """Return what is filled in, option by option."""
        return {name: kept for name, one in self.fields.items() if (kept := one.draft())}

    def keep(self) -> None:
        """Keep what is filled in as a draft; nothing filled in keeps none."""
        kept = self.typed()
        if kept:
            self._seat.drafts[self.draft_key] = kept
        else:
            self._seat.drafts.pop(self.draft_key, None)

    def fill(self, draft: Draft) -> None:
        """Fill in ``draft``, option by option."""
        for name, value in draft.items():
            if name in self.fields and value:
                self.fields[name].restore(value)

    @override
    def sizeHint(self) -> QSize:
        """Return the height of the very lines that the form's width makes."""
        layout = self.layout()
        return QSize(WIDTH, layout.totalHeightForWidth(WIDTH)) if layout else super().sizeHint()

    def _asked(self, case: Mapping[str, Any] | None) -> list[Field]:
        """Return the fields, in their order."""
        return fields(self._seat, self.action, case)

    def _complain(self, words: Callable[[], str], role: str = "overdue") -> None:
        self._wrong = words, role
        dress(self.error, role)
        self.error.setText(words())
        self.error.setMinimumHeight(self.error.heightForWidth(WIDTH - 40))
        self.error.show()

    def _heading(self, case: Mapping[str, Any] | None) -> str:
        if case is None:
            return say("dialogs.title_report")
        subject = shown(case["title"])
        return say("dialogs.title", action=self._action.label, number=case["number"], subject=subject)

    def _submit_text(self) -> str:
        return say("dialogs.submit", action=self._action.label)

    def _arrange(self) -> None:
        self.setWindowTitle(self._title.text())
        self.setMinimumWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(*EDGES)
        column.setSpacing(GAP)
        column.addWidget(self._title)
        if told := under_words(self.action, self._case):
            column.addWidget(label(told, "second", wrap=True, parent=self))
        column.addLayout(grid(self.fields, self))
        column.addWidget(self.error)
        column.addWidget(self.conflict)
        column.addLayout(self._foot())
        self.error.hide()

    def _foot(self) -> QHBoxLayout:
        self._cancel.setText(say("dialogs.cancel"))
        self._cancel.setAutoDefault(False)
        self.submit.setText(self._submit_text())
        self.submit.setProperty("role", "primary")
        self.submit.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(label(say("dialogs.draft"), "third", parent=self), 1)
        row.addWidget(self._cancel)
        row.addWidget(self.submit)
        return row

    def _take_cursor(self) -> None:
        if self.fields:
            next(iter(self.fields.values())).setFocus()
        else:
            self.submit.setFocus()
