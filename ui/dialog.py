"""What small dialogs have in common: a title, a column, a foot; gone once they are closed."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.texts import label

EDGES, GAP = (18, 16, 18, 16), 10


class Dialog(QDialog):
    """``column`` takes what stands between title and foot."""

    def __init__(
        self, title: str, parent: QWidget | None = None, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        if size is not None:
            self.resize(*size)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*EDGES)
        self.column.setSpacing(GAP)
        self.column.addWidget(label(title, "title", wrap=True, parent=self))
        self.finished.connect(self.deleteLater)

    def button(self, words: str, act: Callable[[], object], *, main: bool = False) -> QPushButton:
        """Return a button that does ``act``; the ``main`` one by Enter too."""
        made = QPushButton(words, self)
        made.setAutoDefault(main)
        made.setDefault(main)
        made.clicked.connect(act)
        return made

    def foot(self, hint: str, *buttons: QPushButton) -> None:
        """End the column with ``hint`` and ``buttons`` at its right."""
        row = QHBoxLayout()
        row.addWidget(label(hint, "third", wrap=True, parent=self), 1)
        for one in buttons:
            row.addWidget(one)
        self.column.addLayout(row)
