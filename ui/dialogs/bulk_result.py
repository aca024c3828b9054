"""What became of each of many cases, line by line while it happens; what failed is tried again from here."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QProgressBar, QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

from console.desk.bulk import Bulk, Line, State
from console.language import say
from console.spoken import status_label
from ui import steps
from ui.dialog import Dialog
from ui.language import language
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import label, paragraph, shown
from ui.theme import theme

SIZE = (720, 460)
ROLES = {State.DONE: "fine", State.REFUSED: "overdue", State.UNKNOWN: "near"}
WIDTHS = (34, 78, 190)  # mark, number, title


class BulkResult(Dialog):
    """Runs ``bulk`` and shows it; ``ended`` each time it has come to an end, ``chosen`` numbers to select."""

    ended = Signal()
    chosen = Signal(object)  # list[int]

    def __init__(
        self,
        seat: Seat,
        bulk: Bulk,
        heading: Callable[[], str],
        titles: Mapping[int, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent, SIZE)
        self._seat, self.bulk, self._heading = seat, bulk, heading
        bulk.tell = self._tell
        self.list, self._bar = QTreeWidget(self), QProgressBar(self)
        self._said = label(role="second", parent=self)
        self._whole = label(role="small", wrap=True, parent=self)  # the marked line's answer
        self.choose, self.retry = self.button("", self._choose), self.button("", self._again)
        self.shut = self.button("", self.reject)
        self._items = {line.number: self._item(line, titles) for line in bulk.lines}
        self._arrange()
        language.follow(self, self._rewrite)
        theme.changed.connect(self._rewrite)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_whole())
        seat.settled.connect(bulk.settle)
        seat.bridge.facts.connect(self._hear)
        self._start()

    @override
    def reject(self) -> None:
        """While it runs, send no more; else close."""
        if self.bulk.running:
            self.bulk.stop()
        else:
            super().reject()

    def _start(self) -> None:
        self.bulk.running = True
        self._show()
        tasks.start(self._run(), "performing many")

    async def _run(self) -> None:
        try:
            await self.bulk.run()
        finally:
            self.bulk.running = False
        self._show()
        failed = self.bulk.undone
        if failed:
            self.list.setCurrentItem(self._items[failed[0].number])
        (self.retry if failed else self.shut).setDefault(True)
        (self.list if failed else self.shut).setFocus()  # Enter in the list presses the default
        self.ended.emit()

    def _again(self) -> None:
        self.bulk.try_again(self._seat.version)
        self._start()

    def _choose(self) -> None:
        self.chosen.emit(self._selectable())
        self.accept()

    def _selectable(self) -> list[int]:
        """Return what failed and stands in the queue; a report under another case does not."""
        board = self._seat.console.board
        return [line.number for line in self.bulk.undone if line.number in board]

    def _hear(self, _numbers: object) -> None:
        self._show()  # what can be selected is what the board holds now

    def _tell(self, line: Line) -> None:
        self._write(line)
        if line.state is State.SENT:
            self.list.scrollToItem(self._items[line.number])
        self._show()
        self._show_whole()

    def _write(self, line: Line) -> None:
        item, role = self._items[line.number], ROLES.get(line.state, "text3")
        item.setText(0, say(f"bulk.mark.{line.state.value}"))
        item.setText(3, outcome(line))
        for column in (0, 3):
            item.setForeground(column, theme.color(role))

    def _rewrite(self) -> None:
        """Say everything anew: the language or the look is another."""
        self.entitle(self._heading())
        self.list.setAccessibleName(say("bulk.rows"))
        for line in self.bulk.lines:
            self._write(line)
        self._show()
        self._show_whole()

    def _show_whole(self) -> None:
        item = self.list.currentItem()
        line = next((one for one in self.bulk.lines if self._items[one.number] is item), None)
        told = line.problem.sentence if line is not None and line.problem is not None else ""
        self._whole.setText(paragraph(told) or (item.text(3) if item is not None else ""))

    def _show(self) -> None:
        bulk, running = self.bulk, self.bulk.running
        counts = {state.value: bulk.count(state) for state in (State.DONE, State.REFUSED, State.UNKNOWN)}
        waiting = bulk.count(State.WAITING, State.SENT)
        failed, selectable = len(bulk.undone), len(self._selectable())
        self._said.setText(say("bulk.summary", **counts, waiting=waiting))
        self._bar.setValue(len(bulk.lines) - waiting)
        self.retry.setText(say("bulk.retry", count=failed))
        self.choose.setText(say("bulk.choose", count=selectable))
        for button, count in ((self.retry, failed), (self.choose, selectable)):
            button.setEnabled(bool(count) and not running)  # a hidden one could still be clicked by its key
            button.setVisible(button.isEnabled())
        self.shut.setText(say("bulk.stop" if running else "bulk.close"))

    def _item(self, line: Line, titles: Mapping[int, str]) -> QTreeWidgetItem:
        title = shown(titles.get(line.number, ""))
        item = QTreeWidgetItem(self.list, ["", str(line.number), title, ""])
        item.setToolTip(2, title)
        return item

    def _arrange(self) -> None:
        self.list.setColumnCount(4)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QTreeWidget.SelectionMode.SingleSelection)
        for place, width in enumerate(WIDTHS):
            self.list.setColumnWidth(place, width)
        self.list.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self._bar.setRange(0, len(self.bulk.lines))
        self._bar.setTextVisible(False)
        for keys, button in (("Alt+R", self.retry), ("Alt+S", self.choose)):  # a new text ends a button's own
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        for widget in (self._said, self._bar):
            self.column.addWidget(widget)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self._whole)
        self.foot("", self.choose, self.retry, self.shut)


def outcome(line: Line) -> str:
    """Return what became of ``line``, as a sentence."""
    if line.state is State.REFUSED and line.problem is not None:
        return shown(line.problem.sentence)
    status = str(line.answer.get("status", ""))
    stays = line.state is State.DONE and not steps.moves(line.command.action)
    return say(
        "bulk.state.stays" if stays else f"bulk.state.{line.state.value}",
        status=status_label(status) if status else "",
    )
