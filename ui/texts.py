"""Text of people on the screen: always plain, never longer than a label can bear."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from console.language import say

LONGEST_LINE = 200  # characters of one line that can ever be seen
LONGEST = 3000  # characters; a label with a megabyte freezes


def shown(text: str) -> str:
    """Return ``text`` as one harmless line: no control, no direction characters, no more than can be seen."""
    cut = text[:LONGEST_LINE]
    return cut if cut.isprintable() else "".join(c if c.isprintable() else " " for c in cut)


def paragraph(text: str) -> str:
    """Return ``text`` with its lines, without what cannot be seen, cut where a label would suffer."""
    cut = text[:LONGEST]
    clean = "".join(c if c.isprintable() or c == "\n" else " " for c in cut)
    return clean if len(text) <= LONGEST else say("case.cut", text=clean, length=len(text))


def label(text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """Return a label that shows ``text`` as it is."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def dress(shown: QLabel, role: str) -> None:
    """Give ``shown`` the look of ``role``."""
    if shown.property("role") != role:
        shown.setProperty("role", role)
        shown.style().unpolish(shown)
        shown.style().polish(shown)
