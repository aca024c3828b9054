"""What came of an import, a line a fault: what was left out first, then what the map shows, then remarks."""

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from console.errors import Problem
from console.intake.report import Fault, Finding, ImportReport, told
from console.language import say
from ui.saving import ask_where
from ui.texts import shown

PLACE: Final = Qt.ItemDataRole.UserRole
MOST: Final = 500  # lines that are listed; --json tells all
FLAGS: Final = re.compile(r"\s?[（(]--[^（()）]*[)）]")

Place = tuple[float, float]  # degrees


class ReportList(QListWidget):
    """``chosen`` with the place of a line that has one, when it is activated.

    ``saved`` with a sentence when what was left out is saved, ``unsaved`` with one where it could not be.
    """

    chosen = Signal(object)  # Place
    saved = Signal(str)
    unsaved = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: ImportReport | None = None
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(say("importing.report"))
        self.itemActivated.connect(self._activated)

    def show_report(self, report: ImportReport) -> None:
        """List what ``report`` says, the first line current."""
        self.clear()
        self._report = report
        lines: list[tuple[str, Place | None]] = [(words, None) for words, _ in told(report.errors)]
        lines += [(_found(one), one.place) for one in report.findings]
        lines += [(words, None) for words, _ in told(report.remarks)]
        for words, place in lines[:MOST]:
            QListWidgetItem(shown(in_window(words)), self).setData(PLACE, place)
        if len(lines) > MOST:
            QListWidgetItem(say("importing.more", count=len(lines) - MOST), self)
        self.setCurrentRow(0)

    @property
    def lacks_rows(self) -> bool:
        """Return whether what is listed tells of rows that were left out."""
        return self.count() > 0 and self._report is not None and bool(self._report.errors)

    def ask(self) -> None:
        """Ask where to save the rows that were left out."""
        title, name = say("importing.save_errors"), say("importing.errors_file")
        ask_where(self.window(), title, name, "CSV (*.csv)", "csv", self.save)

    def save(self, path: Path) -> None:
        """Save the rows that were left out, each with its line and reason."""
        if self._report is None:
            return
        try:
            self._report.write_errors(path)
        except Problem as problem:
            self.unsaved.emit(problem.sentence)
        else:
            count = len(self._report.errors)
            self.saved.emit(say("importing.saved_errors", count=count, file=str(path)))

    def _activated(self, item: QListWidgetItem) -> None:
        if item.data(PLACE) is not None:
            self.chosen.emit(item.data(PLACE))


def in_window(words: str) -> str:
    """Return a sentence without what only the command line has."""
    return FLAGS.sub("", words)


def _found(one: Finding) -> str:
    ((words, _),) = told([Fault(one.line, one.reason)])
    return words
