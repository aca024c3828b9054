"""The notices that were said last, the newest on top; the one that the keys are on is told whole below."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QLabel, QWidget

from console.language import say
from ui.dialog import Dialog
from ui.moments import local
from ui.notices.notices import Kind, Notice, Notices
from ui.tagged import Line, TaggedList
from ui.texts import label

SIZE = (620, 460)
WHOLE = 54  # pixels: three lines


class NoticeList(Dialog):
    """``opened`` carries the case that is wanted."""

    opened = Signal(int)

    def __init__(self, notices: Notices, parent: QWidget) -> None:
        super().__init__(say("notices.title"), parent, SIZE)
        self._kept = [*reversed(notices.kept)]
        self.list = TaggedList(self)
        self.list.setAccessibleName(self.windowTitle())
        self.whole: QLabel = label(role="second", wrap=True, parent=self)
        self.whole.setMinimumHeight(WHOLE)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.whole)
        self.list.empty = say("notices.none")
        self.foot(say("notices.hint" if self._kept else "dialogs.closes"))
        self.list.currentRowChanged.connect(self._tell)
        self.list.activated.connect(self._open)
        self.list.show_lines([line(notice) for notice in self._kept])

    def _tell(self, row: int) -> None:
        self.whole.setText(self._kept[row].sentence if row >= 0 else "")

    def _open(self, index: QModelIndex) -> None:
        number = self._kept[index.row()].number
        if number is not None:
            self.accept()
            self.opened.emit(number)


def line(notice: Notice) -> Line:
    """Return ``notice`` as a line: its time, whether it failed, how often it was said, its case."""
    tags = [(say("notices.failed_tag"), ("", "overdue"))] if notice.kind is Kind.FAILED else []
    if notice.count > 1:
        tags.append((say("notices.count", count=notice.count), ("", "text2")))
    number = str(notice.number) if notice.number is not None else ""
    words = notice.sentence.replace("\n", " ")
    return Line(notice.number, f"{local(notice.at):%H:%M:%S}", tuple(tags), words, number)
