"""A list of any length in a dialog: read as one goes down it, searched, sorted, saved whole."""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from console.desk.behind import Listed, Note, View
from console.errors import Problem
from console.language import say
from console.lists.saving import save_list
from ui.anew import wait
from ui.dialog import Dialog
from ui.lists.rows import Column, PagedRows, looked_for
from ui.saving import ask_where
from ui.tasks import tasks
from ui.texts import dress, label, shown

SIZE: Final = (1200, 660)
PAUSE: Final = 250  # milliseconds without a key until what is typed is looked for
NAMED: Final = 60  # letters of a name that a file is called by at first: a path holds 255 bytes
LONGEST: Final = 100  # characters that are looked for
FILES: Final = ("csv", "xlsx")
WIDER: Final = 1.8  # times as wide as meant a column may be for its words
SEEN, PADDING = 50, 24  # rows for which a column has room, and pixels round a word


class PagedList(Dialog):
    """``name`` is what it is a list of; ``chosen`` carries the row that is activated."""

    chosen = Signal(dict)

    def __init__(
        self, name: str, listed: Listed, columns: Sequence[Column], words: str, parent: QWidget | None = None
    ) -> None:
        """Say of it what stands under ``words``: title, none, hint, find."""
        super().__init__(shown(name), parent, SIZE)
        self._name, self._words = shown(name), words
        self.rows = PagedRows(listed, columns, self)
        self.list, self.search = QTreeView(self), QLineEdit(self)
        self.told = label(role="second", wrap=True, parent=self)
        self._typing = QTimer(self, singleShot=True, interval=PAUSE)
        self._saving: asyncio.Task[None] | None = None
        self._called_off = self._widened = False
        self.note: Note | None = None
        self._make()
        self._lay()
        self._connect()
        self._look()

    def _make(self) -> None:
        self.list.setModel(self.rows)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setAccessibleName(self._name)
        self.search.setPlaceholderText(say(f"{self._words}.find"))
        self.search.setAccessibleName(say(f"{self._words}.find"))
        self.search.setMaxLength(LONGEST)
        self.search.setClearButtonEnabled(True)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(True)
        for place, column in enumerate(self.rows.columns):
            modes = QHeaderView.ResizeMode
            header.setSectionResizeMode(place, modes.Interactive if column.width else modes.Stretch)
            if column.width:
                header.resizeSection(place, column.width)

    def _lay(self) -> None:
        way = QHBoxLayout()
        self.bar = QProgressBar(self, textVisible=False)
        self.bar.setFixedHeight(4)
        self.bar.setAccessibleName(say("lists.saving"))
        self.stop = self.button(say("lists.stop"), self._call_off)
        way.addWidget(self.bar, 1)
        way.addWidget(self.stop)
        self.column.addWidget(self.search)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.told)
        self.column.addLayout(way)
        self._savers = [self.button(say(f"lists.{kind}"), partial(self._ask, kind)) for kind in FILES]
        for button, key in zip(self._savers, ("Alt+C", "Alt+X"), strict=True):
            button.setShortcut(key)
        close = self.button(say("importing.close"), self.reject)
        self.hint = self.foot(say(f"{self._words}.hint"), *self._savers, close)
        for shown_while_saving in (self.bar, self.stop):
            shown_while_saving.hide()
        self.list.setFocus()

    def _connect(self) -> None:
        self.rows.told.connect(self._tell)
        self.rows.failed.connect(partial(self._say, bad=True))
        self.list.activated.connect(self._activate)
        self.list.header().sectionClicked.connect(self.sort)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._look)
        self.search.returnPressed.connect(self.list.setFocus)
        self._typing.timeout.connect(self._look)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._to_search)
        for place in range(len(self.rows.columns)):
            shortcut = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
            shortcut.activated.connect(partial(self.sort, place))

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _look(self) -> None:
        """Look for what is typed, if that is not what is shown."""
        self._typing.stop()
        view = self.rows.view._replace(find=looked_for(self.search.text()))
        if view != self.rows.view or self.rows.total is None or self.rows.failing:
            self._begin(view)

    def sort(self, place: int) -> None:
        """Sort by a column; once more the other way, then as the rows come."""
        column, now = self.rows.columns[place], self.rows.view
        if not column.sorts:
            return
        again = now.sort == column.key
        view = now._replace(sort="" if again and now.down else column.key, down=again and not now.down)
        self._begin(view)

    def _begin(self, view: View) -> None:
        self._say(say("lists.reading"))
        self.rows.begin(view)

    def _tell(self) -> None:
        """Say how many there are and how far they are listed."""
        total, listed = self.rows.total or 0, len(self.rows.rows)
        found = self.rows.view.find
        if not self._widened:
            self._widen()
        if not found:
            self.entitle(say(f"{self._words}.title", name=self._name, count=total))
        if not total:
            self._say(say("lists.not_found") if found else say(f"{self._words}.none"))
        else:
            told = self._count(total)
            self._say(told + say("lists.listed", shown=listed) if listed < total else told)
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.rows.index(0, 0))

    def _widen(self) -> None:
        """Give each column what the words of the first rows need; later it is as a hand has made it."""
        first, metrics = self.rows.rows[:SEEN], self.list.fontMetrics()
        self._widened = bool(first)
        for place, column in enumerate(self.rows.columns):
            if column.width and first:
                wanted = max(metrics.horizontalAdvance(column.says(row)) for row in first) + PADDING
                self.list.setColumnWidth(place, min(max(column.width, wanted), round(WIDER * column.width)))

    def _count(self, total: int) -> str:
        return say("lists.found" if self.rows.view.find else "lists.total", total=total)

    def _activate(self, index: QModelIndex) -> None:
        self.chosen.emit(dict(self.rows.rows[index.row()]))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the line above go down into the list."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _ask(self, kind: str) -> None:
        """Ask where to save the list, as it is searched and sorted, whole."""
        files = f"{kind.upper()} (*.{kind})"
        ask_where(self, say(f"lists.{kind}"), self._name[:NAMED], files, kind, self.save)

    def save(self, path: Path) -> None:
        """Save every row of the list to ``path``, whose ending says as what."""
        if self._saving is None or self._saving.done():
            self._called_off = False
            self._show_saving(saving=True)
            self._saving = tasks.start(self._guarded(path), "saving a list")

    def _show_saving(self, *, saving: bool) -> None:
        wait(self, busy=saving)
        for button in self._savers:
            button.setEnabled(not saving)
        self.bar.setRange(0, 0)
        self.bar.setVisible(saving)
        self.stop.setVisible(saving)

    async def _guarded(self, path: Path) -> None:
        try:
            saved = await self._save(path)
        except Problem as problem:
            words, bad = problem.sentence, True
        else:
            words = (
                say("lists.called_off") if saved is None else say("lists.saved", count=saved, file=str(path))
            )
            bad = False
        if isValid(self):
            self._show_saving(saving=False)
            self._say(words, bad=bad)

    async def _save(self, path: Path) -> int | None:
        """Return how many rows were saved, None where it was called off: then there is no file."""
        about = path, self.rows.columns, self.rows.listed, self.rows.view
        return await save_list(*about, note=self.note, goes_on=self._goes_on)

    def _goes_on(self, count: int, total: int) -> bool:
        if self._called_off or not isValid(self):
            return False
        self._show_progress(count, total)
        return True

    def _show_progress(self, count: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(count)
        self._say(say("lists.saving_on", done=count, total=total))

    def _call_off(self) -> None:
        self._called_off = True

    @override
    def reject(self) -> None:
        """Close; while it is being saved, call that off first."""
        if self._saving is not None and not self._saving.done():
            self._call_off()
        else:
            super().reject()

    def _say(self, words: str, *, bad: bool = False) -> None:
        dress(self.told, "overdue" if bad else "second")
        self.told.setText(words)
