"""Choosing the queue's columns: tick what is wanted, draw or push it where it belongs; the list follows."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from console.language import say
from ui.dialog import Dialog
from ui.keyboard import STEPS
from ui.queue.arrangement import Arrangement
from ui.queue.columns import COLUMNS, Chosen
from ui.texts import label

NAME = Qt.ItemDataRole.UserRole
SIZE = (360, 600)


class ColumnList(QListWidget):
    """Every column, the shown ones first and ticked; Ctrl with an arrow pushes one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Push the column under the keys up or down."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.push(step)
        else:
            super().keyPressEvent(event)

    def push(self, step: int) -> None:
        """Move the current column by ``step`` places."""
        row = self.currentRow()
        if 0 <= row + step < self.count():
            item = self.takeItem(row)
            self.insertItem(row + step, item)
            self.setCurrentRow(row + step)

    def ticked(self) -> list[str]:
        """Return the names of the columns that are wanted, in order."""
        items = [self.item(row) for row in range(self.count())]
        return [str(item.data(NAME)) for item in items if item.checkState() is Qt.CheckState.Checked]


class ColumnsDialog(Dialog):
    """The columns of ``arrangement``; every change shows at once."""

    def __init__(self, arrangement: Arrangement, parent: QWidget | None = None) -> None:
        super().__init__(say("columns.dialog.title"), parent, SIZE)
        self._arrangement = arrangement
        self.list = ColumnList(self)
        self.list.setAccessibleName(say("columns.dialog.title"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.column.addWidget(label(say("columns.dialog.hint"), "small", wrap=True, parent=self))
        self.column.addWidget(self.list, 1)
        close = self.button(say("columns.dialog.close"), self.accept, main=True)
        self.foot("", self.button(say("columns.menu.usual"), self._usual), close)
        self._fill()
        self.list.itemChanged.connect(self._follow)
        self.list.model().rowsInserted.connect(self._follow)

    def _fill(self) -> None:
        shown = self._arrangement.chosen.shown
        self.list.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.list.clear()
        for name in [*shown, *(name for name in COLUMNS if name not in shown)]:
            item = QListWidgetItem(say(f"columns.name.{name}"), self.list)
            item.setData(NAME, name)
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)  # noqa: FBT003

    def _follow(self) -> None:
        chosen = self._arrangement.chosen.with_names(self.list.ticked())
        if chosen != self._arrangement.chosen:
            self._arrangement.choose(chosen)

    def _usual(self) -> None:
        self._arrangement.choose(Chosen())
        self._fill()
