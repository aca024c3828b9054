"""A text that is too long for the case panel, whole: read, selected, copied, never changed."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from console.language import say
from ui.texts import label, shown

BLOCK = 500  # characters; a line of a megabyte would be laid out at once
SIZE = (640, 560)


class Whole(QDialog):
    """Shows ``text`` under ``title``; Esc closes."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(*SIZE)
        self.edit = QPlainTextEdit(self)
        self.edit.setReadOnly(True)
        self.edit.setAccessibleName(title)
        self.edit.setPlainText("\n".join(blocks(text)))
        close = QPushButton(say("keys.close"), self)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(label(say("case.whole.length", length=f"{len(text):,}"), "third", parent=self), 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(label(shown(title), "title", wrap=True, parent=self))
        column.addWidget(self.edit, 1)
        column.addLayout(foot)
        self.edit.setFocus()
        self.finished.connect(self.deleteLater)


def blocks(text: str) -> list[str]:
    """Return the lines of ``text``, none longer than a block, without what cannot be seen."""
    found: list[str] = []
    for line in text.split("\n"):
        clean = line if line.isprintable() else "".join(c if c.isprintable() else " " for c in line)
        found += [clean[start : start + BLOCK] for start in range(0, len(clean), BLOCK)] or [""]
    return found
