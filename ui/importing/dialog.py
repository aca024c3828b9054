"""Importing a map file: chosen, its columns named, tried and drawn over what stands, then taken in."""

import asyncio
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from console.clerk import Clerk, Trial
from console.errors import Problem
from console.geography.datum import DATUMS
from console.intake import frame
from console.intake.report import ImportReport
from console.intake.table import Table
from console.language import say
from ui.anew import wait
from ui.dialog import Dialog
from ui.importing.columns import ColumnsForm
from ui.importing.plan import PlanMap
from ui.importing.report import ReportList, in_window
from ui.tasks import tasks
from ui.texts import dress, label, shown

KINDS: Final = ("grids", "outlines", "resources")  # those that are drawn
STREAMED: Final = ("houses", "households", "residents")  # those of which a file has millions of rows
SIZE, PLAIN, FORM = (1180, 700), (440, 640), 400


class ImportDialog(Dialog):
    """Writes what was tried; the map of every console hears of it as of any change.

    Of other ``kinds`` than those of maps it is a table that comes, and nothing is drawn.
    """

    _stepped = Signal(str, int, int)  # from the thread that works

    def __init__(self, clerk: Clerk, parent: QWidget | None = None, kinds: Sequence[str] = KINDS) -> None:
        self._kinds, self._drawn = kinds, not {*kinds}.isdisjoint(KINDS)
        title = say("importing.title" if self._drawn else "importing.table")
        super().__init__(title, parent, SIZE if self._drawn else PLAIN)
        self._clerk = clerk
        self._table: Table | None = None
        self._trial: Trial | None = None
        self._work: asyncio.Task[Any] | None = None
        self._make()
        self._lay()
        self._stepped.connect(self._step)
        self._show_state()

    def _make(self) -> None:
        self.kind, self.layer, self.datum = (QComboBox(self) for _ in range(3))
        for kind in self._kinds:
            self.kind.addItem(say(f"importing.kinds.{kind}"), kind)
        self.datum.addItem(say("importing.datum_told"), "")
        for datum in DATUMS:
            self.datum.addItem(datum, datum)
        self.datum.setEditable(True)
        self.line, self.columns, self.map = QLineEdit(self), ColumnsForm(self), PlanMap(self)
        self.list, self.bar = ReportList(self), QProgressBar(self)
        first = say("importing.first" if self._drawn else "importing.first_table")
        self.said = label(first, "second", wrap=True, parent=self)
        self.end_gone = QCheckBox(self)
        self.choose = self.button(say("importing.choose"), self._browse)
        self.try_ = self.button(say("importing.attempt"), self.attempt)
        self.take = self.button(say("importing.take"), self._take)
        self.close_ = self.button(say("importing.close"), self.reject)
        self.save = self.button(say("importing.save_errors"), self.list.ask)
        self.list.saved.connect(self._say)
        self.list.unsaved.connect(lambda words: self._say(words, bad=True))
        names = {self.kind: "kind", self.layer: "layer", self.datum: "datum", self.line: "file"}
        for widget, name in names.items():
            widget.setAccessibleName(say(f"importing.{name}"))
        self.bar.setAccessibleName(say("importing.busy"))
        self.line.editingFinished.connect(self._open_typed)
        for box in (self.kind, self.layer, self.datum):
            box.activated.connect(lambda _index: self._open())
        self.columns.edited.connect(self._edited)
        self.list.chosen.connect(self.map.look_at)

    def _lay(self) -> None:
        file = QHBoxLayout()
        file.addWidget(self.line, 1)
        file.addWidget(self.choose)
        form = QFormLayout()
        form.addRow(label(say("importing.kind"), parent=self), self.kind)
        form.addRow(label(say("importing.file"), parent=self), file)
        self._layer_name = label(say("importing.layer"), parent=self)
        form.addRow(self._layer_name, self.layer)
        datum_name = label(say("importing.datum"), parent=self)
        form.addRow(datum_name, self.datum)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addWidget(self.columns)
        for widget in (self.said, self.list, self.save, self.end_gone, self.bar):
            left.addWidget(widget, 1 if widget is self.list else 0)
        side = QWidget(self)
        side.setLayout(left)
        side.setFixedWidth(FORM)
        left.setContentsMargins(0, 0, 0, 0)
        both = QHBoxLayout()
        both.addWidget(side)
        both.addWidget(self.map, 1)
        self.column.addLayout(both, 1)
        of_maps: tuple[QWidget, ...] = (datum_name, self.datum, self.map)
        for one in of_maps:
            one.setVisible(self._drawn)
        self.foot(say("importing.hint") if self._drawn else "", self.try_, self.take, self.close_)
        self.line.setFocus()

    @property
    def chosen(self) -> str:
        """Return the kind that is to be imported."""
        return str(self.kind.currentData())

    def open_file(self, path: Path) -> None:
        """Read the file at ``path`` and try it."""
        self.line.setText(str(path))
        self.layer.clear()
        self._open()

    def attempt(self) -> None:
        """Try what is chosen; nothing is written."""
        if self._table is None:
            self._open()
            return
        lacking = self.columns.lacking(self.chosen)
        if lacking:
            self._say(say("importing.lacking", columns=say("intake.comma").join(lacking)), bad=True)
            return
        self._start(self._attempt(self._table))

    def _open_typed(self) -> None:
        if self.line.isModified():
            self.line.setModified(False)
            self.layer.clear()
            self._open()

    def _open(self) -> None:
        self._table = None
        self._forget()
        self.columns.clear()
        if self.line.text().strip():
            self._start(self._read(Path(self.line.text().strip())))

    async def _read(self, path: Path) -> None:
        text = str(self.datum.currentData() or "") if self.datum.currentIndex() >= 0 else ""
        typed = self.datum.currentText().strip()
        if self.datum.findText(typed) < 0:
            text = typed
        meant = frame.asked(text) if text else None
        if self.chosen in STREAMED:
            self._table = await self._clerk.look(path, meant)
        else:
            self._table = await self._clerk.read(path, self.layer.currentData(), meant)
        self.columns.offer(self._table, self.chosen, self._clerk.choices.of(self._table, self.chosen))
        lacking = self.columns.lacking(self.chosen)
        if lacking:
            self._say(say("importing.lacking", columns=say("intake.comma").join(lacking)), bad=True)
        else:
            await self._attempt(self._table)

    async def _attempt(self, table: Table) -> None:
        self._trial = await self._clerk.attempt(table, self.chosen, self.columns.choice, self._stepped.emit)
        self._tell(self._trial.report, dry_run=True)
        self.map.show_changes(self._trial.changes)
        gone = self._gone()
        self.end_gone.setText(say("importing.end_gone", count=len(gone)))
        self.end_gone.setChecked(False)

    def _gone(self) -> list[str]:
        changes = self._trial.changes if self._trial and self.chosen == "grids" else None
        return changes.codes["gone"] if changes else []

    def _take(self) -> None:
        if self._table is not None and self._trial is not None:
            self._start(self._taking(self._table))

    async def _taking(self, table: Table) -> None:
        ended = self._gone() if self.end_gone.isChecked() else []
        report = await self._clerk.take(table, self.chosen, self.columns.choice, self._stepped.emit, ended)
        self._trial = None
        self._tell(report, dry_run=False)

    def _tell(self, report: ImportReport, *, dry_run: bool) -> None:
        counts = {
            name: getattr(report, name) for name in ("read", "added", "updated", "unchanged", "refused")
        }
        heading = report.heading(dry_run=dry_run)
        self._say(f"{heading}\n{say('intake.summary.counts', **counts)}", bad=bool(report.refused))
        self.list.show_report(report)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        if self._work is not None:
            work.close()
            return
        self._say(say("importing.busy"))
        self._work = tasks.start(self._guarded(work), "importing a map file")
        self._work.add_done_callback(lambda _done: work.close())  # also where the window goes before it began
        self._show_state()

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except asyncio.CancelledError:
            self._say(say("importing.cut" if self.chosen in STREAMED else "importing.cancelled"), bad=True)
            raise
        except Problem as problem:
            self._offer_layers(problem)
            self._say(in_window(problem.sentence), bad=True)
        finally:
            self._work = None
            self._show_state()
            self._lead()

    def _lead(self) -> None:
        """Bring the keys to what is to be done next."""
        if self.layer.count() and self.layer.currentData() is None:
            self.layer.setFocus()
        elif (box := self.columns.open_box(self.chosen)) is not None:
            box.setFocus()
        elif self.take.isEnabled():
            self.list.setFocus()
        else:
            self.line.setFocus()

    def _offer_layers(self, problem: Problem) -> None:
        names = problem.facts.get("names")
        if problem.code == "layer_needed" and isinstance(names, list):
            self.layer.addItem(say("importing.missing"), None)
            for name in map(str, names):
                self.layer.addItem(shown(name), name)

    def _step(self, stage: str, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setAccessibleDescription(say(f"intake.progress.{stage}", done=done, total=total))

    def _edited(self) -> None:
        self._forget()
        self._say(say("importing.edited"))

    def _forget(self) -> None:
        """Let a trial of other choices count no more."""
        self._trial = None
        self.map.show_changes(None)
        self.list.clear()
        self._show_state()

    def _say(self, words: str, *, bad: bool = False) -> None:
        dress(self.said, "overdue" if bad else "second")
        self.said.setText(words)

    def _show_state(self) -> None:
        busy = self._work is not None
        wait(self, busy=busy)
        self.bar.setVisible(busy)
        self.bar.setRange(0, 0)
        for widget in (self.kind, self.line, self.choose, self.layer, self.datum, self.columns):
            widget.setEnabled(not busy)
        for one in (self.layer, self._layer_name):
            one.setVisible(self.layer.count() > 0)
        report = self._trial.report if self._trial else None
        self.end_gone.setVisible(bool(self._gone()))
        self.save.setVisible(self.list.lacks_rows and not busy)
        self.try_.setEnabled(not busy)
        self.take.setEnabled(
            not busy and report is not None and report.added + report.updated + len(self._gone()) > 0
        )
        self.close_.setText(say("importing.cancel" if busy else "importing.close"))

    @override
    def reject(self) -> None:
        if self._work is not None:
            self._work.cancel()
        else:
            super().reject()

    def _browse(self) -> None:
        dialog = QFileDialog(
            self, say("importing.choose"), "", say("importing.filter" if self._drawn else "importing.tables")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.open_file(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
