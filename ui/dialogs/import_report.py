"""What came of an import, a line a fault: what was left out first, then what the map shows, then remarks."""

import re
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from console.intake.report import Fault, Finding, ImportReport, told
from console.language import say
from ui.texts import shown

PLACE: Final = Qt.ItemDataRole.UserRole
MOST: Final = 500  # lines that are listed; --json tells all
FLAGS: Final = re.compile(r"\s?[（(]--[^（()）]*[)）]")

Place = tuple[float, float]  # degrees


class ReportList(QListWidget):
    """``chosen`` with the place of a line that has one, when it is activated."""

    chosen = Signal(object)  # Place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(say("importing.report"))
        self.itemActivated.connect(self._activated)

    def show_report(self, report: ImportReport) -> None:
        """List what ``report`` says, the first line current."""
        self.clear()
        lines: list[tuple[str, Place | None]] = [(words, None) for words, _ in told(report.errors)]
        lines += [(_found(one), one.place) for one in report.findings]
        lines += [(words, None) for words, _ in told(report.remarks)]
        for words, place in lines[:MOST]:
            QListWidgetItem(shown(in_window(words)), self).setData(PLACE, place)
        if len(lines) > MOST:
            QListWidgetItem(say("importing.more", count=len(lines) - MOST), self)
        self.setCurrentRow(0)

    def _activated(self, item: QListWidgetItem) -> None:
        if item.data(PLACE) is not None:
            self.chosen.emit(item.data(PLACE))


def in_window(words: str) -> str:
    """Return a sentence without what only the command line has."""
    return FLAGS.sub("", words)


def _found(one: Finding) -> str:
    ((words, _),) = told([Fault(one.line, one.reason)])
    return words
