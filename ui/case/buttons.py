"""The steps that a case offers, as buttons with their keys; what does not fit stands under "more"."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QWidget
from typing_extensions import override

from console.language import say
from console.workflow import actions
from ui import steps
from ui.casefile import CaseFile
from ui.dialogs.many_form import title

MOST, ROWS = 4, 2  # columns at most
NARROW = 2  # columns from which on there is a row more
GAP = 8
MORE = "F10"  # the key of what stands under "more"


class Buttons(QWidget):
    """``asked`` carries the key of the action that is wanted."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: list[str] = []
        self._main: str | None = None
        self._file: CaseFile | None = None
        self._count = 0  # of the cases that the steps are for, when they are several
        self.menu = QMenu(self)
        self.buttons: list[QPushButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        for _place in range(MOST * ROWS):
            self._make()

    def show_file(self, file: CaseFile | None) -> None:
        """Offer what ``file`` allows; nothing while there is none."""
        self._file = file
        if not self._count:
            able = steps.offered(file.incident) if file else []
            self._offered = [key for key in able if key not in steps.INLINE]
            self._main = steps.main_step(file.incident) if file else None
        self.refresh()

    def show_many(self, keys: list[str], count: int) -> None:
        """Offer ``keys`` for ``count`` cases, with the count on every button; 0: for the open one again."""
        self._count, self._offered, self._main = count, keys, None
        self.show_file(self._file)

    def refresh(self) -> None:
        """Say everything anew, in as many columns as show every word whole."""
        for columns in range(MOST, 0, -1):
            self._fill(columns)
            seen = [button for button in self.buttons if not button.isHidden()]
            widest = max((button.sizeHint().width() for button in seen), default=0)
            if columns * (widest + GAP) - GAP <= self.width():
                break

    def _fill(self, columns: int) -> None:
        room = columns * (ROWS if columns > NARROW else ROWS + 1)
        more = self._offered[room - 1 :] if len(self._offered) > room else []
        first = self._offered[: room - 1] if more else self._offered
        for place, button in enumerate(self.buttons):
            self._grid.addWidget(button, place // columns, place % columns)
            if place < len(first):
                self._show(button, first[place])
            else:
                button.setVisible(bool(more) and place == room - 1)
        for column in range(MOST):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        if more:
            self._show_more(self.buttons[room - 1], more)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.refresh()

    def show_more(self) -> None:
        """Open the menu of what has no button."""
        button = next((one for one in self.buttons if not one.isHidden() and one.menu()), None)
        if button is not None and self.isEnabled():
            button.showMenu()

    @property
    def offered(self) -> list[str]:
        """Return the actions on the buttons and in the menu."""
        return list(self._offered)

    def _make(self) -> None:
        button = QPushButton(self)
        button.setMinimumHeight(34)
        button.setMinimumWidth(1)  # fewer columns come before a word is cut
        button.clicked.connect(partial(self._press, button))
        button.hide()
        self.buttons.append(button)

    def _press(self, button: QPushButton, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        key = button.property("action")
        if key:
            self.asked.emit(key)

    def _show(self, button: QPushButton, key: str) -> None:
        action = actions()[key]
        button.setMenu(None)  # type: ignore[arg-type]  # Qt takes a null pointer
        button.setProperty("action", key)
        words = said(key, self._count)
        button.setText(words)
        button.setAccessibleName(title(key, self._count) if self._count else action.label)
        button.setToolTip(words)
        role = "primary" if key == self._main else ""
        if button.property("role") != role:
            button.setProperty("role", role)
            button.style().unpolish(button)
            button.style().polish(button)
        button.show()

    def _show_more(self, button: QPushButton, more: list[str]) -> None:
        self.menu.clear()
        for key in more:
            # Made here: PySide may take one that Qt made for what was at its address before (a layout item).
            entry = QAction(actions()[key].label.replace("&", "&&"), self.menu)
            self.menu.addAction(entry)
            entry.setShortcut(QKeySequence(actions()[key].shortcut))
            entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown here, heard by the window
            entry.triggered.connect(partial(self._choose, key))
        button.setProperty("action", "")
        button.setProperty("role", "")
        button.setText(say("case.with_key", action=say("case.more"), key=MORE))
        button.setAccessibleName(say("case.more"))
        button.setToolTip("")
        button.setMenu(self.menu)
        button.show()

    def _choose(self, key: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        self.asked.emit(key)


def said(key: str, count: int = 0) -> str:
    """Return an action's name with its key, and for how many cases it is when they are several."""
    action = actions()[key]
    shortcut = QKeySequence(action.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    sign = SIGNS.get(shortcut, shortcut)
    if count:
        return say("bulk.button", action=action.label, count=count, key=sign)
    return say("case.with_key", action=action.label, key=sign)


SIGNS = {"Backspace": "⌫"}
