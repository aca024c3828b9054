"""A text that is too long for the case panel, whole: read, selected, copied, never changed."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from console.language import say
from ui.dialog import Dialog
from ui.texts import shown

BLOCK = 500  # characters; a line of a megabyte would be laid out at once
SIZE = (640, 560)


class Whole(Dialog):
    """Shows ``text`` under ``title``; Esc closes."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(shown(title), parent, SIZE)
        self.edit = QPlainTextEdit(self)
        self.edit.setReadOnly(True)
        self.edit.setAccessibleName(title)
        self.edit.setPlainText("\n".join(blocks(text)))
        self.column.addWidget(self.edit, 1)
        close = self.button(say("keys.close"), self.accept)
        self.foot(say("case.whole.length", length=len(text)), close)
        self.edit.setFocus()


def blocks(text: str) -> list[str]:
    """Return the lines of ``text``, none longer than a block, without what cannot be seen."""
    found: list[str] = []
    for line in text.split("\n"):
        clean = line if line.isprintable() else "".join(c if c.isprintable() else " " for c in line)
        found += [clean[start : start + BLOCK] for start in range(0, len(clean), BLOCK)] or [""]
    return found
