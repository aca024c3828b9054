"""Asks for a name; one that cannot be is told in place."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from console.errors import Problem
from console.language import say
from ui.dialog import Dialog
from ui.texts import label

WIDTH, LONGEST = 380, 80


class Naming(Dialog):
    """``keep`` takes the name and raises a Problem where it cannot be; ``kept`` carries what it returned."""

    kept = Signal(object)

    def __init__(
        self, title: str, hint: str, name: str, keep: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self._keep = keep
        self.line = QLineEdit(name, self)
        self.error = label(role="overdue", wrap=True, parent=self)
        self._arrange(title, hint)
        self.line.selectAll()
        self.line.setFocus()

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
        self.setMinimumWidth(WIDTH)
        self.line.setMaxLength(LONGEST)
        self.line.setAccessibleName(title)
        self.error.hide()
        for widget in (self.line, self.error, label(hint, "small", wrap=True, parent=self)):
            self.column.addWidget(widget)
        keep = self.button(say("views.keep"), self.accept, main=True)
        self.foot("", self.button(say("dialogs.cancel"), self.reject), keep)
