"""The dock in which one sheet at a time is shown, and from which the keys go back to where they were."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from ui.around.sheet import Sheet
from ui.docks.area import Docks

DOCK = "around"


class Room(QObject):
    """Hidden until a sheet is shown; ``left`` follows every way of closing it."""

    left = Signal()

    def __init__(self, docks: Docks) -> None:
        super().__init__(docks)
        self.docks = docks
        self._dock, self._stack = docks.docks[DOCK], QStackedWidget()
        self._from: QWidget | None = None  # where the keys were
        docks.hold({DOCK: self._stack})
        docks.closed.connect(self._closed)

    def hold(self, sheet: Sheet) -> None:
        """Have ``sheet`` ready to be shown."""
        self._stack.addWidget(sheet)
        sheet.left.connect(self.leave)

    def show(self, sheet: Sheet) -> None:
        """Show ``sheet`` and give it the keys."""
        if not self._dock.has_keys:
            self._from = QApplication.focusWidget()
        self._stack.setCurrentWidget(sheet)
        self._dock.offered = True
        self.docks.enter(DOCK)

    def seen(self, sheet: Sheet) -> bool:
        """Tell whether ``sheet`` is what is seen."""
        return self._dock.seen and self._stack.currentWidget() is sheet

    def leave(self) -> None:
        """Put the sheet away; the keys go back to where they were."""
        before = self._from
        self._put_away()
        if before is not None and isValid(before) and before.isVisible():
            before.window().activateWindow()
            before.setFocus()
        else:
            self.docks.leave()

    def _closed(self, dock: str) -> None:
        if dock == DOCK:
            self._put_away()

    def _put_away(self) -> None:
        self._from = None
        self._dock.offered = False
        self.docks.put_away(DOCK)
        self.left.emit()
