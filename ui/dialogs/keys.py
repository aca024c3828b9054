"""The sheet of all keys."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.language import keys, say
from console.workflow import actions
from ui.texts import label
from ui.theme import theme

COLUMNS = 5
LEAST = 4  # lines of a part of the actions
GAP, LINE_GAP, HEADING_GAP = 26, 3, 8
ELSEWHERE = frozenset({"report", "undo"})  # actions that stand among the window's keys


@dataclass(frozen=True, slots=True)
class Line:
    """A key and what it does; a heading has no key."""

    key: str
    words: str


BLANK = Line("", "")


class KeySheet(QDialog):
    """Every key by where it works, the actions' own last, in columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("keys.title"))
        close = QPushButton(say("keys.close"), self)
        close.clicked.connect(self.accept)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(label(say("keys.title"), "title", parent=self))
        top.addWidget(label(say("keys.hint"), "small", parent=self), 1)
        top.addWidget(close)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        for lines in columns(listed()):
            across.addLayout(self._column(lines))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 20, 16)
        whole.setSpacing(10)
        whole.addLayout(top)
        whole.addLayout(across)
        self.finished.connect(self.deleteLater)

    def _column(self, lines: list[Line]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(LINE_GAP)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(lines):
            if line.key:
                chord = label(line.key, "second", parent=self)
                grid.addWidget(chord, row, 0, Qt.AlignmentFlag.AlignRight)
                grid.addWidget(label(line.words, parent=self), row, 1)
            else:
                heading = label(line.words, parent=self)
                heading.setFont(theme.font("strong"))
                heading.setContentsMargins(0, HEADING_GAP if row else 0, 0, 0)
                grid.addWidget(heading, row, 0, 1, 2)
        grid.setRowStretch(len(lines), 1)
        return grid


def listed() -> list[list[Line]]:
    """Return the sections with their headings: the table of keys, then the actions of the open case."""
    names = [key.removeprefix("keys.section.") for key in keys() if key.startswith("keys.section.")]
    return [[Line("", say(f"keys.section.{name}")), *_own(name), *_actions(name)] for name in names]


def columns(sections: list[list[Line]]) -> list[list[Line]]:
    """Return the sections below each other in COLUMNS, as low as may be: each whole, but for the last."""
    height = -(-sum(map(len, sections)) // COLUMNS)
    while len(packed := _packed(sections, height)) > COLUMNS:
        height += 1
    return packed


def _packed(sections: list[list[Line]], height: int) -> list[list[Line]]:
    *others, (heading, *lines) = sections
    filled: list[list[Line]] = [[]]
    for section in others:
        if filled[-1] and len(filled[-1]) + len(section) > height:
            filled.append([])
        filled[-1] += section
    if height - len(filled[-1]) < LEAST:
        filled.append([])
    filled[-1].append(heading)
    while lines:
        room = height - len(filled[-1])
        filled[-1] += lines[:room]
        lines = lines[room:]
        if lines:
            filled.append([BLANK])
    return filled


def _own(section: str) -> list[Line]:
    prefix = f"keys.{section}."
    return [Line(key.removeprefix(prefix), say(key)) for key in keys() if key.startswith(prefix)]


def _actions(section: str) -> list[Line]:
    if section != "case":
        return []
    table = [action for action in actions().values() if action.key not in ELSEWHERE]
    return [Line(QKeySequence(action.shortcut).toString(), action.label) for action in table]
