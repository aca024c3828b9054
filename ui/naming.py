"""Asks for a name; one that cannot be is told in place."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.errors import Problem
from console.language import say
from ui.texts import label

WIDTH, LONGEST = 380, 80


class Naming(QDialog):
    """``keep`` takes the name and raises a Problem where it cannot be; ``kept`` carries what it returned."""

    kept = Signal(object)

    def __init__(
        self, title: str, hint: str, name: str, keep: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self.line = QLineEdit(name, self)
        self.error = label(role="overdue", wrap=True, parent=self)
        self._arrange(title, hint)
        self.line.selectAll()
        self.line.setFocus()
        self.finished.connect(self.deleteLater)

    @override
    def accept(self) -> None:
        try:
            kept = self._keep(self.line.text())
        except Problem as problem:
            self.error.setText(problem.sentence)
            self.error.show()
            self.line.setFocus()
            return
        super().accept()
        self.kept.emit(kept)

    def _arrange(self, title: str, hint: str) -> None:
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.line.setMaxLength(LONGEST)
        self.line.setAccessibleName(title)
        self.error.hide()
        cancel, save = QPushButton(say("dialogs.cancel"), self), QPushButton(say("views.keep"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        save.setDefault(True)
        save.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        for widget in (label(title, "title", parent=self), self.line, self.error):
            column.addWidget(widget)
        column.addWidget(label(hint, "small", wrap=True, parent=self))
        column.addLayout(foot)
