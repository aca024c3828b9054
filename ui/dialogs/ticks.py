"""A list to tick: Space ticks the line that has the keys, Ctrl+A all, once more none."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

NUMBER = Qt.ItemDataRole.UserRole
Ticked = Qt.CheckState


class TickList(QListWidget):
    """Lines by number; ``ticked`` whenever another set of them is."""

    ticked = Signal()

    def __init__(self, lines: Iterable[tuple[int, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for number, words in lines:
            self.add_line(number, words)
        self.setCurrentRow(0)
        self.itemChanged.connect(lambda _item: self.ticked.emit())

    def add_line(self, number: int, words: str) -> None:
        """Add a line that is not ticked."""
        item = QListWidgetItem(words)
        item.setData(NUMBER, number)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Ticked.Unchecked)
        self.addItem(item)

    @property
    def chosen(self) -> list[int]:
        """Return the numbers of the ticked lines, in their order."""
        return [item.data(NUMBER) for item in self._items() if item.checkState() is Ticked.Checked]

    def choose(self, numbers: Iterable[int]) -> None:
        """Tick the lines of ``numbers`` and no others."""
        wanted = {*numbers}
        self.blockSignals(True)  # noqa: FBT003  Qt's signature
        for item in self._items():
            item.setCheckState(Ticked.Checked if item.data(NUMBER) in wanted else Ticked.Unchecked)
        self.blockSignals(False)  # noqa: FBT003
        self.viewport().update()
        self.ticked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.SelectAll):
            every = [item.data(NUMBER) for item in self._items()]
            self.choose([] if len(self.chosen) == len(every) else every)
        else:
            super().keyPressEvent(event)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]
