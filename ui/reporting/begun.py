"""The reports that were begun and not sent: a list to go on with one, or to throw one away."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from console.desk.drafts import Key
from console.language import say
from ui.keyboard import ENTER
from ui.moments import brief
from ui.reporting.kept import waiting
from ui.seat import Seat
from ui.texts import label, shown

KEY = Qt.ItemDataRole.UserRole
MOST_ROWS = 6
TITLE = 40  # characters


class BegunList(QListWidget):
    """Enter opens; Delete asks, and a second one removes."""

    opened = Signal(object)  # Key
    removed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._asked: QListWidgetItem | None = None
        self.itemActivated.connect(lambda item: self.opened.emit(item.data(KEY)))
        self.currentItemChanged.connect(self._calm)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and event.key() in ENTER:
            self.opened.emit(item.data(KEY))
        elif item is not None and event.key() == Qt.Key.Key_Delete:
            self._delete(item)
        else:
            super().keyPressEvent(event)

    def _delete(self, item: QListWidgetItem) -> None:
        if item is self._asked:
            self._asked = None
            self.removed.emit(item.data(KEY))
        else:
            self._asked = item
            item.setText(say("report.begun.sure", title=item.text()))

    def _calm(self, _now: object, _before: object) -> None:
        if self._asked is not None:
            self._asked.setText(self._asked.data(KEY + 1))
            self._asked = None


class Begun(QWidget):
    """Hidden while there is none."""

    opened = Signal(object)  # Key

    def __init__(self, seat: Seat, parent: QWidget) -> None:
        super().__init__(parent)
        self._seat = seat
        self._title = label(role="second", parent=self)
        self.list = BegunList(self)
        self.list.opened.connect(self.opened)
        self.list.removed.connect(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self.list)
        column.addWidget(label(say("report.begun.hint"), "third", parent=self))
        self.refresh()

    @property
    def count(self) -> int:
        """Return how many there are."""
        return self.list.count()

    def refresh(self) -> None:
        """Read the drafts again."""
        kept = waiting(self._seat)
        self.list.clear()
        for key, draft in kept:
            item = QListWidgetItem(_line(key, draft, self._seat.bridge.now()), self.list)
            item.setData(KEY, key)
            item.setData(KEY + 1, item.text())
        title = say("report.begun.title", count=len(kept))
        self._title.setText(title)
        self.list.setAccessibleName(title)
        rows = min(len(kept), MOST_ROWS)
        self.list.setFixedHeight(rows * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth() + 4)
        self.list.setCurrentRow(0)
        self.setVisible(bool(kept))

    def _remove(self, key: Key) -> None:
        self._seat.drafts.pop(key, None)
        self.refresh()


def _line(key: Key, draft: Mapping[str, Any], now: float) -> str:
    title = shown(str(draft.get("title") or draft.get("text") or draft.get("place") or ""))[:TITLE]
    at = brief(-float(key[1]), now) if key[1] else ""
    return say("report.begun.line", title=title or say("report.begun.untitled"), at=at)
