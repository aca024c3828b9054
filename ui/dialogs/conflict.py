"""The card that tells of a case that somebody else changed meanwhile."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.language import say
from console.spoken import action_label, status_label
from ui.moments import epoch, exact
from ui.texts import label, shown
from ui.theme import theme

WORDS_WIDTH = 440  # at least; the form is wider


class Conflict(QFrame):
    """Who changed it, when, what it is now; ``retried`` carries the version to go on with."""

    retried = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflict")
        self._version = 0
        self._title = label(say("dialogs.conflict.title"), "near", parent=self)
        self._who = label(wrap=True, parent=self)
        self._kept = label(say("dialogs.conflict.kept"), "small", wrap=True, parent=self)
        self.retry = QPushButton(say("dialogs.conflict.retry"), self)
        self.retry.setAutoDefault(False)
        self.retry.clicked.connect(lambda: self.retried.emit(self._version))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.retry)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        for widget in (self._title, self._who, self._kept):
            column.addWidget(widget)
        column.addLayout(row)
        edge, ground = theme.color("near").name(), theme.color("raised").name()
        frame = f"border: 1px solid {edge}; border-radius: 6px; background: {ground};"
        self.setStyleSheet(f"QFrame#conflict {{ {frame} }}")
        self.hide()

    def show_facts(self, facts: dict[str, Any]) -> None:
        """Tell the facts of a stale_version refusal."""
        self._version = int(facts["version"])
        at = epoch(facts.get("at"))
        words = say(
            "dialogs.conflict.who",
            by=shown(str(facts.get("by"))),
            at=exact(at) if at else say("case.none"),
            action=action_label(str(facts.get("action"))),
            status=status_label(str(facts["status"])),
            version=facts["version"],
            yours=facts.get("yours"),
        )
        self._who.setText(words)
        self._who.setMinimumHeight(self._who.heightForWidth(WORDS_WIDTH))
        self.show()
        self.retry.setFocus()
