"""What dialogs have in common: a title, a column, a foot; gone once they are closed."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui.layouts import room
from ui.texts import label

EDGES, GAP = (18, 16, 18, 16), 10


class Dialog(QDialog):
    """``column`` takes what stands between title and foot. ``lasting``: it may be closed and shown again."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        size: tuple[int, int] | None = None,
        *,
        lasting: bool = False,
    ) -> None:
        super().__init__(parent)
        if size is not None:
            self.resize(*size)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*EDGES)
        self.column.setSpacing(GAP)
        self._headline = label(role="title", wrap=True, parent=self)
        self.column.addWidget(self._headline)
        self.entitle(title)
        if not lasting:
            self.finished.connect(self.deleteLater)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self.resize(self.size().boundedTo(room(self)))  # at 250 % a screen is small
        super().showEvent(event)

    def entitle(self, title: str) -> None:
        """Go by ``title``, in the window's frame and in the dialog itself."""
        self.setWindowTitle(title)
        self._headline.setText(title)

    def button(self, words: str, act: Callable[[], object], *, main: bool = False) -> QPushButton:
        """Return a button that does ``act``; the ``main`` one by Enter too."""
        made = QPushButton(words, self)
        made.setAutoDefault(main)
        made.setDefault(main)
        made.clicked.connect(act)
        return made

    def foot(self, hint: str, *buttons: QPushButton) -> QLabel:
        """End the column with ``hint`` and ``buttons`` at its right; return what shows the hint."""
        row, told = QHBoxLayout(), label(hint, "third", wrap=True, parent=self)
        row.addWidget(told, 1)
        for one in buttons:
            row.addWidget(one)
        self.column.addLayout(row)
        return told
