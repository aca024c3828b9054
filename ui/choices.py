"""Trees whose lines stand for something: one is chosen, or entered to see what is behind it."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

from ui.keyboard import ENTER

HELD: Final = Qt.ItemDataRole.UserRole
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Choices(QTreeWidget):
    """A line each, called ``name``; ``chosen``: another one has the keys."""

    chosen = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAccessibleName(name)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit())

    @property
    def held(self) -> Any:  # noqa: ANN401  whatever the lines stand for
        """Return what the line stands for that has the keys, None without one."""
        item = self.currentItem()
        return item.data(0, HELD) if item is not None else None

    @property
    def lines(self) -> list[QTreeWidgetItem]:
        """Return the lines from top to bottom."""
        items = (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
        return [item for item in items if item is not None]

    def settle(self) -> None:
        """Give the keys to the first line that stands for something, unless one has them."""
        first = next((item for item in self.lines if item.data(0, HELD) is not None), None)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first)


class Entries(QTreeWidget):
    """Lines called ``name``; ``entered`` carries what one stands for, by Enter or a click."""

    entered = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.itemClicked.connect(self._enter)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in ENTER and item is not None:
            self._enter(item)
        else:
            super().keyPressEvent(event)

    def _enter(self, item: QTreeWidgetItem) -> None:
        held = item.data(0, HELD)
        if held is not None:
            self.entered.emit(held)
