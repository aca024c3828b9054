"""人房登记: this month's spot checks and the visits to make, each with its results at a key."""

from collections.abc import Coroutine
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from console.clerk import Clerk
from console.errors import Problem
from console.language import say
from console.registry import FIELDS, RESULTS, VISITED, Registry
from ui.dialog import Dialog
from ui.dialogs.registry_words import MOST, cell, state
from ui.dialogs.ticks import TickList
from ui.tasks import tasks
from ui.texts import dress, label, shown

SIZE: Final = (1080, 640)
VIEWS: Final = ("checks", "visits")  # Alt+1, Alt+2
COLUMNS: Final = {
    "checks": ("grid_name", "kind", "code", "fields", "result"),
    "visits": ("due", "grid_name", "code", "fields", "worker", "result"),
}
WIDE: Final = {"grid_name": 180, "kind": 84, "code": 170, "due": 100, "worker": 90, "result": 90}
SIDE: Final = 220
ASK: Final = Qt.ItemDataRole.UserRole
Facts = dict[str, Any]


class RegistryDialog(Dialog):
    """Reads when it is shown and after everything that it writes."""

    def __init__(self, registry: Registry, clerk: Clerk, parent: QWidget | None = None) -> None:
        super().__init__(say("registry.title"), parent, SIZE)
        self._registry, self._clerk = registry, clerk
        self._busy = False
        self.views, self.list = QTabBar(self), QTreeWidget(self)
        self.state = label(role="second", wrap=True, parent=self)
        self.said = label(role="second", wrap=True, parent=self)
        self.reason, self.made = QLineEdit(self), QCheckBox(say("registry.show_made"), self)
        self.fields = TickList([], self)
        self._results: list[QPushButton] = []
        self._arrange()
        self._connect()
        self._show_view()

    @property
    def view(self) -> str:
        """Return which of VIEWS is shown."""
        return VIEWS[self.views.currentIndex()]

    @property
    def chosen(self) -> Facts | None:
        """Return the spot check or visit that has the keys."""
        item = self.list.currentItem()
        found: Facts | None = item.data(0, ASK) if item else None
        return found

    def _arrange(self) -> None:
        for view in VIEWS:
            self.views.addTab(say(f"registry.{view}"))
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        self.views.setAccessibleName(say("registry.title"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.fields.setAccessibleName(say("registry.wrong_fields"))
        self.reason.setAccessibleName(say("registry.reason"))
        self.reason.setPlaceholderText(say("registry.reason"))
        self.refill = self.button("", self._refill)
        self.reveal = self.button(say("registry.reveal"), self._reveal)
        top = QHBoxLayout()
        top.addWidget(self.views)
        top.addWidget(self.state, 1)
        top.addWidget(self.made)
        top.addWidget(self.refill)
        side = QVBoxLayout()
        self._fields_name = label(say("registry.wrong_fields"), "second", parent=self)
        side.addWidget(self._fields_name)
        side.addWidget(self.fields, 1)
        self.fields.setFixedWidth(SIDE)
        both = QHBoxLayout()
        both.addWidget(self.list, 1)
        both.addLayout(side)
        shows = QHBoxLayout()
        shows.addWidget(self.reason, 1)
        shows.addWidget(self.reveal)
        self._answers = QHBoxLayout()
        self._answers.addStretch(1)
        for one in (top, both, self._answers, shows):
            self.column.addLayout(one, 1 if one is both else 0)
        self.column.addWidget(self.said)
        self.bring = self.button(say("registry.import"), self._import)
        self._hint = self.foot("", self.bring, self.button(say("importing.close"), self.reject))

    def _connect(self) -> None:
        for place in range(len(VIEWS)):
            shortcut = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
            shortcut.activated.connect(partial(self.views.setCurrentIndex, place))
        for key in range(max(len(RESULTS), len(VISITED))):
            QShortcut(
                QKeySequence(str(key + 1)), self.list, context=Qt.ShortcutContext.WidgetShortcut
            ).activated.connect(partial(self._press, key))
        ask = QShortcut(QKeySequence("R"), self.list, context=Qt.ShortcutContext.WidgetShortcut)
        ask.activated.connect(self.reason.setFocus)
        self.views.currentChanged.connect(lambda _index: self._show_view())
        self.made.toggled.connect(lambda _on: self.refresh())
        self.reason.returnPressed.connect(self._reveal)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_chosen())

    def _show_view(self) -> None:
        view = self.view
        for button in self._results:
            self._answers.removeWidget(button)
            button.deleteLater()
        self._results = []
        for place, result in enumerate(RESULTS if view == "checks" else VISITED):
            button = self.button(
                f"{place + 1}  {say(f'registry.result.{result}')}", partial(self._answer, result)
            )
            self._answers.insertWidget(place, button)
            self._results.append(button)
        for widget in (self.fields, self._fields_name):
            widget.setVisible(view == "checks")
        self.made.setVisible(view == "visits")
        self.refill.setText(say("registry.draw" if view == "checks" else "registry.plan"))
        self._hint.setText(say(f"registry.hint_{view}"))
        self.list.setColumnCount(len(COLUMNS[view]))
        self.list.setHeaderLabels([say(f"registry.column.{key}") for key in COLUMNS[view]])
        self.list.setAccessibleName(say(f"registry.{view}"))
        header = self.list.header()
        header.setStretchLastSection(False)
        for place, key in enumerate(COLUMNS[view]):
            stretched = key == "fields"
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(place, mode)
            if not stretched:
                header.resizeSection(place, WIDE[key])
        self.list.clear()
        self.refresh()

    def refresh(self) -> None:
        """Read what is shown again."""
        if not self.list.topLevelItemCount():
            self.state.setText(say("case.loading.title"))
        self._start(self._read())

    async def _read(self) -> None:
        view = self.view
        if view == "checks":
            rows = await self._registry.checks(None, limit=MOST)
            figures = await self._registry.figures(None, 31)
        else:
            rows, figures = await self._registry.visits(None, made=self.made.isChecked(), limit=MOST), {}
        if isValid(self) and view == self.view:
            self._fill(rows)
            self.state.setText(state(self.view, rows, figures, made=self.made.isChecked()))

    def _fill(self, rows: list[Facts]) -> None:
        at = self.list.currentIndex().row()
        self.list.clear()
        for row in rows:
            item = QTreeWidgetItem(self.list, [shown(cell(row, key)) for key in COLUMNS[self.view]])
            item.setData(0, ASK, row)
        if rows:
            self.list.setCurrentIndex(self.list.model().index(min(max(at, 0), len(rows) - 1), 0))
            self.list.setFocus()
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.chosen
        done = self.view == "visits" and self.made.isChecked()
        for button in self._results:
            button.setEnabled(chosen is not None and not done and not self._busy)
        self.reveal.setEnabled(chosen is not None and not self._busy)
        self.fields.clear()
        if chosen is not None and self.view == "checks":
            for place, key in enumerate(FIELDS[chosen["kind"]]):
                self.fields.add_line(place, say(f"registry.field.{key}"))
            self.fields.choose(FIELDS[chosen["kind"]].index(key) for key in chosen["wrong"])

    def _press(self, place: int) -> None:
        if place < len(self._results):
            self._results[place].click()

    def _answer(self, result: str) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        if self.view == "visits":
            self._start(self._note(chosen, result, self._registry.finish(chosen["id"], result)))
            return
        keys = FIELDS[chosen["kind"]]
        wrong = [keys[place] for place in self.fields.chosen] if result == "wrong" else []
        if result == "wrong" and not wrong:
            self._say(say("registry.choose_fields"), bad=True)
            self.fields.setFocus()
            return
        self._start(self._note(chosen, result, self._registry.enter(chosen["id"], result, wrong)))

    async def _note(self, chosen: Facts, result: str, work: Coroutine[Any, Any, Facts]) -> None:
        await work
        told = say("registry.entered", code=shown(chosen["code"]), result=say(f"registry.result.{result}"))
        self._say(told)
        await self._read()

    def _refill(self) -> None:
        self._start(self._draw() if self.view == "checks" else self._plan())

    async def _draw(self) -> None:
        told = await self._registry.draw(None)
        self._say(say("registry.drawn", grids=told["grids"], drawn=told["drawn"]))
        await self._read()

    async def _plan(self) -> None:
        self._say(say("registry.planned", count=await self._registry.plan(None)))
        await self._read()

    def _import(self) -> None:
        from ui.dialogs.importing import STREAMED, ImportDialog  # noqa: PLC0415  heavy, and few import

        dialog = ImportDialog(self._clerk, self, STREAMED)
        dialog.finished.connect(lambda _code: self.refresh())
        dialog.open()

    def _reveal(self) -> None:
        if self.chosen is not None:
            self._start(self._show_texts(self.chosen))

    async def _show_texts(self, chosen: Facts) -> None:
        kind = chosen.get("kind", "resident")
        told = await self._registry.reveal(kind, chosen["code"], self.reason.text())
        texts = [str(told[key]) for key in ("name", "phone", "address") if told.get(key)]
        words = say("intake.comma").join(texts) or say("registry.nothing_known")
        self._say(say("registry.in_clear", code=shown(chosen["code"]), texts=shown(words)))
        self.reason.clear()
        self.list.setFocus()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._busy:
            work.close()
            return
        self._busy = True
        tasks.start(self._guarded(work), "the registry").add_done_callback(lambda _done: work.close())

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Problem as problem:
            if isValid(self):
                self._say(problem.sentence, bad=True)
        finally:
            self._busy = False
            if isValid(self):
                self._show_chosen()

    def _say(self, words: str, *, bad: bool = False) -> None:
        dress(self.said, "overdue" if bad else "second")
        self.said.setText(words)
