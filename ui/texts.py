"""Text of people on the screen: always plain, never longer than a label can bear."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from console.language import say

LONGEST_LINE = 200  # characters of one line that can ever be seen
LONGEST, MOST_LINES = 3000, 80  # characters and lines; a label with a megabyte freezes
UNBROKEN = re.compile(
    r"[^\s\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]{20}"
)  # Latin words and numbers, not Chinese
KEPT = "\n\u00a0"  # what is not printable and yet harmless: a line's end, a space that does not break
BREAK = "\u200b"  # where a line may end, unseen


class Label(QLabel):
    """A label that shows text as it is. A word longer than its line goes on in the next one."""

    _told = ""

    @override
    def setText(self, text: str) -> None:
        self._told = text
        broken = UNBROKEN.sub(lambda part: part[0] + BREAK, text) if self.wordWrap() else text
        super().setText(broken)

    @override
    def text(self) -> str:
        return self._told


def shown(text: str) -> str:
    """Return ``text`` as one harmless line: no control, no direction characters, no more than can be seen."""
    cut = text[:LONGEST_LINE]
    return cut if cut.isprintable() else "".join(c if c.isprintable() else " " for c in cut)


def paragraph(text: str) -> str:
    """Return ``text`` with its lines, without what cannot be seen, cut where a label would suffer."""
    cut = "\n".join(text[:LONGEST].split("\n", MOST_LINES)[:MOST_LINES])
    clean = "".join(c if c.isprintable() or c in KEPT else " " for c in cut)
    return say("case.cut", text=clean, length=len(text)) if too_long(text) else clean


def too_long(text: str) -> bool:
    """Tell whether ``paragraph`` leaves some of ``text`` out."""
    return len(text) > LONGEST or text.count("\n") >= MOST_LINES


def label(text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """Return a label that shows ``text`` as it is."""
    made = Label(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setText(text)
    if role:
        made.setProperty("role", role)
    return made


def dress(shown: QLabel, role: str) -> None:
    """Give ``shown`` the look of ``role``."""
    if shown.property("role") != role:
        shown.setProperty("role", role)
        shown.style().unpolish(shown)
        shown.style().polish(shown)
