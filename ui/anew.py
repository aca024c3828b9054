"""Dialogs say the words of when they were made: in another language they are made anew, as they stood."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLineEdit, QListWidget, QPlainTextEdit, QWidget

from ui.language import language

BUSY: Final = "busy"  # the property of a dialog that waits for an answer: it stays until it has one

Made = TypeVar("Made", bound=QDialog)
# What a hand can leave in a dialog, by the kind of its widgets: read, and written again.
LEFT: Final[tuple[tuple[type[Any], Callable[[Any], Any], Callable[[Any, Any], None]], ...]] = (
    (QLineEdit, QLineEdit.text, QLineEdit.setText),
    (QPlainTextEdit, QPlainTextEdit.toPlainText, QPlainTextEdit.setPlainText),
    (QComboBox, QComboBox.currentIndex, QComboBox.setCurrentIndex),
    (QCheckBox, QCheckBox.isChecked, QCheckBox.setChecked),
    (QListWidget, QListWidget.currentRow, QListWidget.setCurrentRow),
)


def ask(make: Callable[[], Made], *, keeps: bool = False) -> Made:
    """Open what ``make`` returns, and after a switch of the language what it returns then.

    ``keeps``: what is filled in is kept by the dialog itself when it is left, and found by the next one.
    """
    dialog = make()
    _Asked(dialog, make, keeps=keeps)
    dialog.open()
    return dialog


def place_of_cursor(inside: QWidget) -> int:
    """Return which of the widgets inside has the cursor, in the order of their making; -1 for none."""
    return next((place for place, one in enumerate(_stops(inside)) if one is inside.focusWidget()), -1)


def put_cursor(inside: QWidget, place: int) -> None:
    """Give the cursor to the widget at ``place``, if there is one."""
    stops = _stops(inside)
    if 0 <= place < len(stops):
        stops[place].setFocus()


class _Asked(QObject):
    """A child of the dialog: Qt ends the connection with it."""

    def __init__(self, dialog: QDialog, make: Callable[[], QDialog], *, keeps: bool) -> None:
        super().__init__(dialog)
        self._dialog, self._make, self._keeps = dialog, make, keeps
        language.changed.connect(self._again)

    def _again(self) -> None:
        before = self._dialog
        if not before.isVisible() or before.property(BUSY):
            return
        kinds = [] if self._keeps else LEFT
        left = [[read(one) for one in before.findChildren(kind)] for kind, read, _ in kinds]
        cursor = place_of_cursor(before)
        before.reject()
        now = ask(self._make, keeps=self._keeps)
        for (kind, _, write), values in zip(kinds, left, strict=True):
            for one, value in zip(now.findChildren(kind), values, strict=False):
                write(one, value)
        now.activateWindow()
        put_cursor(now, cursor)


def _stops(inside: QWidget) -> list[QWidget]:
    by_tab = Qt.FocusPolicy.TabFocus.value
    return [one for one in inside.findChildren(QWidget) if one.focusPolicy().value & by_tab]
