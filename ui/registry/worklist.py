"""The list of spot checks or visits that is worked through: which month, grid and words, and the rows."""

from typing import Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from console.desk.behind import View
from console.errors import Problem
from console.language import say
from console.registry import Registry
from ui.lists.rows import PagedRows, looked_for
from ui.registry.words import columns, grids, months, state
from ui.tasks import tasks

PAUSE: Final = 250  # milliseconds without a key until what is typed is looked for
LONGEST: Final = 100  # characters that are looked for
Facts = dict[str, Any]


class Worklist(QWidget):
    """``moved``: another row has the keys; ``told``: how far it is; ``failed``: why nothing could be read."""

    moved = Signal()
    told = Signal(str)
    failed = Signal(str)

    def __init__(self, registry: Registry, parent: QWidget) -> None:
        super().__init__(parent)
        self._registry = registry
        self._figures: Facts = {}
        self.view = "checks"
        self.month, self.grid, self.search = QComboBox(self), QComboBox(self), QLineEdit(self)
        self.made = QCheckBox(say("registry.show_made"), self)
        self.list = QTreeView(self)
        self.rows = PagedRows(registry.visit_list(made=False), (), self)  # until a view is shown
        self._typing = QTimer(self, singleShot=True, interval=PAUSE)
        self._make()
        self._connect()

    @property
    def chosen(self) -> Facts | None:
        """Return the spot check or visit that has the keys."""
        at = self.list.currentIndex().row()
        return self.rows.rows[at] if 0 <= at < len(self.rows.rows) else None

    @property
    def past(self) -> bool:
        """Tell whether it is of a month that is over."""
        return self.view == "checks" and self.month.currentIndex() > 0

    def _make(self) -> None:
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setAllColumnsShowFocus(True)
        self.list.header().setStretchLastSection(False)
        self.month.addItem(say("registry.this_month"), None)
        self.grid.addItem(say("registry.all_grids"), None)
        self.grid.setMaxVisibleItems(20)
        self.search.setMaxLength(LONGEST)
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(say("registry.find"))
        for name, widget in {"month": self.month, "grid": self.grid, "find": self.search}.items():
            widget.setAccessibleName(say(f"registry.{name}"))
        pick, column = QHBoxLayout(), QVBoxLayout(self)
        pick.addWidget(self.month)
        pick.addWidget(self.grid, 2)
        pick.addWidget(self.search, 3)
        pick.addWidget(self.made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(pick)
        column.addWidget(self.list, 1)

    def _connect(self) -> None:
        QShortcut(QKeySequence("Ctrl+F"), self.window()).activated.connect(self.search.setFocus)
        self.made.toggled.connect(lambda _on: self.refresh())
        for box in (self.month, self.grid):
            box.currentIndexChanged.connect(lambda _index: self.refresh())
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self.list.setFocus)
        self._typing.timeout.connect(lambda: self.rows.begin(self._wanted))

    @property
    def _wanted(self) -> View:
        return View(looked_for(self.search.text()))

    def show_view(self, view: str) -> None:
        """Show "checks" or "visits"."""
        self.view = view
        for box in (self.month, self.grid):
            box.setVisible(view == "checks")
        self.made.setVisible(view == "visits")
        self.list.setAccessibleName(say(f"registry.{view}"))
        self.refresh()

    def refresh(self) -> None:
        """Read what is shown anew, from its first row."""
        if self.view == "checks":
            listed = self._registry.check_list(self.month.currentData(), self.grid.currentData())
        else:
            listed = self._registry.visit_list(made=self.made.isChecked())
        self.rows.deleteLater()
        self.rows = PagedRows(listed, columns(self.view), self)
        self.list.setModel(self.rows)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self.moved.emit())
        self.rows.told.connect(self._listed)
        self.rows.failed.connect(self.failed)
        header = self.list.header()
        for place, column in enumerate(self.rows.columns):
            modes = QHeaderView.ResizeMode
            header.setSectionResizeMode(place, modes.Interactive if column.width else modes.Stretch)
            if column.width:
                header.resizeSection(place, column.width)
        self.told.emit(say("case.loading.title"))
        self.moved.emit()
        self.rows.begin(self._wanted)
        if self.view == "checks":
            tasks.start(self.read_state(), "how far spot checks are")

    def _listed(self) -> None:
        """Give the first row the keys, unless somebody types or picks."""
        if self.rows.rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.rows.index(0, 0))
            if not any(one.hasFocus() for one in (self.search, self.month, self.grid)):
                self.list.setFocus()
        self._tell()
        self.moved.emit()

    def _tell(self) -> None:
        if self.rows.total is not None and (self._figures or self.view == "visits"):
            self.told.emit(state(self.view, self.rows, self._figures, made=self.made.isChecked()))

    async def read_state(self) -> None:
        """Read how far the month is, by grid."""
        month = self.month.currentData()
        try:
            figures = await self._registry.check_state(month)
        except Problem as problem:
            self.failed.emit(problem.sentence)
            return
        if not isValid(self) or month != self.month.currentData():
            return
        self._figures = figures
        first = figures["month"] if month is None else None
        self._offer(self.grid, grids(figures))
        if first is not None:
            self._offer(self.month, months(first))
        self._tell()

    def _offer(self, box: QComboBox, offered: list[tuple[str, Any]]) -> None:
        chosen = box.currentData()
        box.blockSignals(True)  # noqa: FBT003  Qt's signature
        box.clear()
        for words, value in offered:
            box.addItem(words, value)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        box.blockSignals(False)  # noqa: FBT003

    def go_on(self, told: Facts) -> None:
        """Write ``told`` into the row that has the keys, and go to the next."""
        at, chosen = self.list.currentIndex().row(), self.chosen
        if chosen is not None:
            self.rows.change(chosen["id"], told)
            self.list.setCurrentIndex(self.rows.index(min(at + 1, len(self.rows.rows) - 1), 0))
            self.list.setFocus()
            self.moved.emit()
