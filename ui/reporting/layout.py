"""How the parts of a new report stand: rows of named fields, more of them on demand, a part that scrolls."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.field import Field
from ui.dialogs.grid import name_of

ROWS = (("text",), ("place",), ("phone", "reporter"), ("class",), ("title",))
MORE = (("priority",), ("restricted", "handled"), ("photo",))
ORDER = tuple(name for names in (*ROWS, *MORE) for name in names)  # of Tab
CHANNEL_WIDTH = 104  # pixels
LEAST_SCROLLED = 48  # pixels

Rows = Sequence[Sequence[str]]


def grid(fields: Mapping[str, Field], rows: Rows, parent: QWidget) -> QGridLayout:
    """Return the fields of ``rows`` with their names, two beside each other where a row has two."""
    made = QGridLayout()
    made.setHorizontalSpacing(10)
    made.setVerticalSpacing(6)
    made.setContentsMargins(0, 0, 0, 0)
    for column in (1, 3):
        made.setColumnStretch(column, 1)
    for row, names in enumerate(rows):
        for place, name in enumerate(names):
            field = fields[name]
            made.addWidget(name_of(field.option, parent), row, 2 * place, Qt.AlignmentFlag.AlignTop)
            made.addWidget(field, row, 2 * place + 1, 1, 3 if len(names) == 1 else 1)
    return made


class More(QWidget):
    """The fields that few calls need, put away until they are asked for."""

    def __init__(self, fields: Mapping[str, Field], parent: QWidget) -> None:
        super().__init__(parent)
        self._fields = fields
        self.setLayout(grid(fields, MORE, self))
        self.hide()

    def turn(self) -> None:
        """Show them and go there, or put them away."""
        self.setVisible(self.isHidden())
        if self.isVisible():
            self._fields[MORE[0][0]].setFocus()


def row(*parts: QWidget | None) -> QHBoxLayout:
    """Return ``parts`` beside each other; None takes the room that is left."""
    made = QHBoxLayout()
    made.setSpacing(8)
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made


def button(text: str, act: Callable[[], Any], parent: QWidget, role: str = "") -> QPushButton:
    """Return a button that no Enter elsewhere presses."""
    made = QPushButton(text, parent)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked: act())
    if role:
        made.setProperty("role", role)
    return made


def scrolled(parts: Sequence[QWidget], parent: QWidget) -> QScrollArea:
    """Return ``parts`` below each other where they may be longer than the room."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumHeight(LEAST_SCROLLED)
    area.setWidget(holder)
    holder.setAutoFillBackground(False)  # setWidget fills it; the panel shows through
    return area


def rule(parent: QWidget) -> QFrame:
    """Return a thin line across."""
    line = QFrame(parent)
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


def chain(*parts: QWidget) -> None:
    """Let Tab lead through ``parts`` in this order."""
    for before, after in pairwise(parts):
        QWidget.setTabOrder(before, after)


def hear(keys: Mapping[str, Callable[[], Any]], parent: QWidget) -> None:
    """Let ``keys`` work while the cursor is in ``parent``."""
    for key, act in keys.items():
        shortcut = QShortcut(QKeySequence(key), parent)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
