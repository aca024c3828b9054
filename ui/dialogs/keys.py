"""The sheet of all keys."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from console.language import keys, say
from console.workflow import actions
from ui.dialog import EDGES, GAP
from ui.layouts import room
from ui.texts import label
from ui.theme import theme

COLUMNS = 5
LARGEST = QSize(1240, 600)  # on a small screen
BESIDE = QSize(44, 90)  # what stands around the columns
BETWEEN, LINE_GAP, HEADING_GAP = 26, 3, 8
SCROLLS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
ELSEWHERE = frozenset({"report", "undo"})  # actions that stand among the window's keys


@dataclass(frozen=True, slots=True)
class Line:
    """A key and what it does; a heading has no key."""

    key: str
    words: str


class KeySheet(QDialog):
    """Every key by where it works, the actions' own last, in columns; typing leaves those that fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("keys.title"))
        close = QPushButton(say("keys.close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        self.line = QLineEdit(self)
        self.line.setMaxLength(60)
        self.line.setPlaceholderText(say("keys.find"))
        self.line.setAccessibleName(say("keys.find"))
        self.line.textChanged.connect(self._show)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(label(say("keys.title"), "title", parent=self))
        top.addWidget(self.line)
        top.addWidget(label(say("keys.hint"), "small", wrap=True, parent=self), 1)
        top.addWidget(close)
        self._area = QScrollArea(self)
        self._area.setAccessibleName(say("keys.title"))
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*EDGES)
        whole.setSpacing(GAP)
        whole.addLayout(top)
        whole.addWidget(self._area)
        self._show("")
        self.line.setFocus()
        self.resize(self.sizeHint())  # Qt would take two thirds of the screen at most
        self.finished.connect(self.deleteLater)

    @override
    def sizeHint(self) -> QSize:
        """Return room for everything, as far as the window has it."""
        return (self._inner.sizeHint() + self._around()).boundedTo(self._room())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in SCROLLS:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + SCROLLS[Qt.Key(event.key())] * bar.pageStep())
        else:
            super().keyPressEvent(event)

    def _room(self) -> QSize:
        window = self.parentWidget()
        if window is None:
            return LARGEST
        return LARGEST.expandedTo(window.window().size() - BESIDE).boundedTo(room(self))

    def _around(self) -> QSize:
        return BESIDE + QSize(self._area.verticalScrollBar().sizeHint().width(), 0)

    def _show(self, typed: str) -> None:
        """Show what fits ``typed`` in as many columns as are seen whole."""
        sections, room = fitting(listed(), typed), self._room() - self._around()
        for count in range(COLUMNS, 0, -1):
            self._inner = self._laid(columns(sections, count))
            if self._inner.sizeHint().width() <= room.width():
                break
        if not sections:
            self._inner = _nothing()
        self._area.setWidget(self._inner)

    def _laid(self, found: list[list[Line]]) -> QWidget:
        inner = QWidget()
        across = QHBoxLayout(inner)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(BETWEEN)
        for lines in found:
            across.addLayout(self._column(lines, inner))
        across.addStretch(1)
        return inner

    def _column(self, lines: list[Line], inner: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(LINE_GAP)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(lines):
            if line.key:
                chord = label(line.key, "second", parent=inner)
                grid.addWidget(chord, row, 0, Qt.AlignmentFlag.AlignRight)
                grid.addWidget(label(line.words, parent=inner), row, 1)
            else:
                heading = label(line.words, parent=inner)
                heading.setFont(theme.font("strong"))
                heading.setContentsMargins(0, HEADING_GAP if row else 0, 0, 0)
                grid.addWidget(heading, row, 0, 1, 2)
        grid.setRowStretch(len(lines), 1)
        return grid


def _nothing() -> QWidget:
    told = label(say("keys.nothing"), "second", wrap=True)
    told.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return told


def listed() -> list[list[Line]]:
    """Return the sections with their headings: the table of keys, then the actions of the open case."""
    names = [key.removeprefix("keys.section.") for key in keys() if key.startswith("keys.section.")]
    return [[Line("", say(f"keys.section.{name}")), *_own(name), *_actions(name)] for name in names]


def fitting(sections: list[list[Line]], typed: str) -> list[list[Line]]:
    """Return the sections with the lines that have every word of ``typed``; empty ones are left out."""
    words = typed.lower().split()

    def fits(line: Line) -> bool:
        return all(word in f"{line.key} {line.words}".lower() for word in words)

    found = [[heading, *filter(fits, lines)] for heading, *lines in sections]
    return [section for section in found if len(section) > 1]


def columns(sections: list[list[Line]], count: int = COLUMNS) -> list[list[Line]]:
    """Return the lines in ``count`` columns of about the same height, each under its heading, said again."""
    height = -(-sum(map(len, sections)) // count)
    while len(found := _cut(sections, height)) > count:
        height += 1
    return found


def _cut(sections: list[list[Line]], height: int) -> list[list[Line]]:
    found: list[list[Line]] = [[]]
    for section in sections:
        for line in section:
            if len(found[-1]) >= height and found[-1][-1].key:
                found.append([section[0]] if line.key else [])
            found[-1].append(line)
    return found


def _own(section: str) -> list[Line]:
    prefix = f"keys.{section}."
    return [Line(key.removeprefix(prefix), say(key)) for key in keys() if key.startswith(prefix)]


def _actions(section: str) -> list[Line]:
    if section != "case":
        return []
    table = [action for action in actions().values() if action.key not in ELSEWHERE]
    return [Line(QKeySequence(action.shortcut).toString(), action.label) for action in table]
