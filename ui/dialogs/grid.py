"""The fields of a form in rows: names at the left, short fields beside each other."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from console.language import say
from console.workflow import Option
from ui.dialogs.field import Field
from ui.texts import label

BESIDE = {"phone": "reporter", "handled": "restricted"}  # stands at the right of the other
NAME_HEIGHT = 28


def grid(fields: Mapping[str, Field], parent: QWidget) -> QGridLayout:
    """Return ``fields`` with their names, in their order."""
    made = QGridLayout()
    made.setHorizontalSpacing(12)
    made.setVerticalSpacing(10)
    for column in (1, 3):
        made.setColumnStretch(column, 1)
    paired = {name for name, left in BESIDE.items() if name in fields and left in fields}
    halved = paired | {BESIDE[name] for name in paired}
    row = -1
    for name, field in fields.items():
        beside = name in paired
        row += not beside
        made.addWidget(name_of(field.option, parent), row, 2 if beside else 0, Qt.AlignmentFlag.AlignTop)
        made.addWidget(field, row, 3 if beside else 1, 1, 1 if name in halved else 3)
    return made


def name_of(option: Option, parent: QWidget) -> QLabel:
    """Return the name of ``option``, at the height of a line."""
    made = label(option.label + (" *" if option.required else ""), "second", parent=parent)
    made.setMinimumHeight(NAME_HEIGHT)
    made.setToolTip(say("dialogs.required" if option.required else "dialogs.optional"))
    return made
