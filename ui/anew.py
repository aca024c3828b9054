"""Dialogs say the words of when they were made: in another language they are made anew, as they stood."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from ui.language import language
from ui.soon import soon

BUSY: Final = "busy"  # the property of a dialog that waits for an answer: it stays until it has one

Made = TypeVar("Made", bound=QDialog)
# What a hand can leave in a dialog, by the kind of its widgets: read, and written again.
LEFT: Final[tuple[tuple[type[Any], Callable[[Any], Any], Callable[[Any, Any], None]], ...]] = (
    (QLineEdit, QLineEdit.text, QLineEdit.setText),
    (QPlainTextEdit, QPlainTextEdit.toPlainText, QPlainTextEdit.setPlainText),
    (QComboBox, QComboBox.currentIndex, QComboBox.setCurrentIndex),
    (QCheckBox, QCheckBox.isChecked, QCheckBox.setChecked),
    (QListWidget, QListWidget.currentRow, QListWidget.setCurrentRow),
    (QScrollBar, QScrollBar.value, QScrollBar.setValue),
)


class Cursor(NamedTuple):
    """Which widget has the keys, in the order of their making, -1 for none, and where in its text."""

    place: int
    at: int


@runtime_checkable
class Resumes(Protocol):
    """A dialog that goes on by itself as another of its kind was left; else ``carry`` sees to it."""

    def resume(self, before: QDialog) -> None:
        """Stand as ``before``, which is closed and not gone yet."""


def ask(make: Callable[[], Made]) -> Made:
    """Open what ``make`` returns, and after a switch of the language what it returns then."""
    dialog = make()
    _Asked(dialog, make)
    dialog.open()
    return dialog


def wait(dialog: QDialog, *, busy: bool) -> None:
    """Let ``dialog`` stay as it is while it is ``busy``; a switch of the language comes to it later."""
    dialog.setProperty(BUSY, busy)
    asked = dialog.findChild(_Asked)
    if asked is not None and not busy:
        asked.catch_up()


def carry(before: QDialog, now: QDialog) -> None:
    """Leave in ``now`` what a hand has left in ``before``."""
    for kind, read, write in LEFT:
        for old, new in zip(before.findChildren(kind), now.findChildren(kind), strict=False):
            write(new, read(old))


def cursor_in(inside: QWidget) -> Cursor:
    """Return where the keys are."""
    focus = inside.focusWidget()
    place = next((place for place, one in enumerate(_stops(inside)) if one is focus), -1)
    if isinstance(focus, QLineEdit):
        return Cursor(place, focus.cursorPosition())
    return Cursor(place, focus.textCursor().position() if isinstance(focus, QPlainTextEdit) else 0)


def put_cursor(inside: QWidget, cursor: Cursor) -> None:
    """Give the keys to the widget at ``cursor``, if there is one."""
    stops = _stops(inside)
    if not 0 <= cursor.place < len(stops):
        return
    focus = stops[cursor.place]
    focus.setFocus()
    if isinstance(focus, QLineEdit):
        focus.setCursorPosition(cursor.at)
    elif isinstance(focus, QPlainTextEdit):
        there = focus.textCursor()
        there.setPosition(min(cursor.at, len(focus.toPlainText())))
        focus.setTextCursor(there)


class _Asked(QObject):
    """A child of the dialog: Qt ends the connection with it."""

    def __init__(self, dialog: QDialog, make: Callable[[], QDialog]) -> None:
        super().__init__(dialog)
        self._dialog, self._make = dialog, make
        self._behind = False
        language.changed.connect(self._again)

    def catch_up(self) -> None:
        """Follow a switch that came while the dialog was busy, once whoever has answered is done."""
        if self._behind:
            soon(self, self._again)

    def _again(self) -> None:
        before = self._dialog
        self._behind = bool(before.property(BUSY))
        if self._behind or not before.isVisible():
            return
        cursor = cursor_in(before)
        before.reject()
        now = ask(self._make)
        now.move(before.pos())
        if isinstance(now, Resumes):
            now.resume(before)
        else:
            carry(before, now)
        now.activateWindow()
        put_cursor(now, cursor)


def _stops(inside: QWidget) -> list[QWidget]:
    by_tab = Qt.FocusPolicy.TabFocus.value
    return [one for one in inside.findChildren(QWidget) if one.focusPolicy().value & by_tab]
