"""Handovers as they were given and signed, to be read and printed."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.language import say
from ui.moments import brief, epoch, exact
from ui.notices.notices import Notices
from ui.printing import Section, Sheet, deliver
from ui.tasks import tasks
from ui.texts import label, paragraph, shown
from ui.together.lists import Group, Lists, groups_of, outcome_of
from ui.together.sign import titled

HEIGHT = 168  # pixels of the list
WIDTHS = (10, 52, 38)
FACTS = Qt.ItemDataRole.UserRole
Facts = dict[str, Any]


class StoredPane(QWidget):
    """Shows one that was stored, and prints it; ``notices`` tell what became of that."""

    def __init__(self, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices, self._now = notices, 0.0
        self.list, self.lists, self.print = QListWidget(self), Lists(self), QPushButton(self)
        self.head: QLabel = label(role="second", wrap=True, parent=self)
        self._empty = label(role="second", wrap=True, parent=self)
        self._arrange()
        self.list.currentItemChanged.connect(lambda _item, _before: self._show())
        self.list.itemActivated.connect(lambda _item: self.lists.enter())
        self.print.clicked.connect(self._print)

    def show_handovers(self, handovers: list[Facts], now: float) -> None:
        """List ``handovers`` (see desk.handovers); the one that is read stays chosen."""
        self._now = now
        chosen = self._chosen()
        self.list.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.list.clear()
        for one in handovers:
            item = QListWidgetItem(say("case.dot").join((titled(one, now), state_of(one, now))), self.list)
            item.setData(FACTS, one)
            if chosen is not None and one["id"] == chosen["id"]:
                self.list.setCurrentItem(item)
        if handovers and self.list.currentItem() is None:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)  # noqa: FBT003
        self._show()

    def _chosen(self) -> Facts | None:
        item = self.list.currentItem()
        found: Facts | None = item.data(FACTS) if item is not None else None
        return found

    def _show(self) -> None:
        one = self._chosen()
        for part in (self.list, self.head, self.lists, self.print):
            part.setVisible(one is not None)
        self._empty.setVisible(one is None)
        if one is not None:
            self.head.setText(paragraph(one["note"]) or say("seats.no_note"))
            self.lists.show_groups(_groups(one, self._now))

    def _print(self) -> None:
        one = self._chosen()
        if one is not None:
            name = say("seats.paper.file", id=one["id"])
            tasks.start(deliver(sheet(one), name, self, self._notices), "printing a handover")

    def retranslate(self) -> None:
        """Say everything anew: the language is another."""
        self.list.setAccessibleName(say("seats.shift.stored"))
        self.print.setText(say("seats.shift.print"))
        self._empty.setText(say("seats.shift.none_stored"))

    def _arrange(self) -> None:
        self.list.setFixedHeight(HEIGHT)
        self.setFocusProxy(self.list)
        line = QHBoxLayout()
        line.addWidget(self.head, 1)
        line.addWidget(self.print, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list)
        column.addWidget(self._empty, alignment=Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(self.lists, 1)
        shortcut = QShortcut(QKeySequence("Ctrl+P"), self)
        shortcut.activated.connect(self._print)


def state_of(handover: Facts, now: float) -> str:
    """Return whether it waits, is signed, was replaced, or does not bear its own seal."""
    if not handover["intact"]:
        return say("seats.shift.broken")
    if handover["withdrawn_at"]:
        return say("together.withdrawn")
    if not handover["signed_at"]:
        return say("seats.shift.waiting")
    at = brief(epoch(handover["signed_at"]) or 0.0, now)
    return say("seats.shift.signed_by", name=shown(handover["signed_by"] or ""), at=at)


def _groups(handover: Facts, now: float) -> list[Group]:
    return [*outcome_of(handover), *groups_of(handover["content"], now, handover["from"])]


def sheet(handover: Facts) -> Sheet:
    """Return ``handover`` for paper, with its seal and a line to sign on."""
    at = epoch(handover["at"]) or 0.0
    head = [say(f"seats.paper.{name}") for name in ("number", "case", "standing")]
    sections = [Section("", [paragraph(handover["note"]) or say("seats.no_note")])]
    sections += [
        Section(
            group.heading,
            (),
            head,
            [(str(line.number), line.words, line.standing) for line in group.lines],
            WIDTHS,
        )
        for group in _groups(handover, at)
    ]
    sections.append(Section("", [say("seats.paper.signatures")]))
    lead = [exact(at), state_of(handover, at), say("seats.paper.seal", digest=handover["digest"])]
    return Sheet(say("seats.paper.title", of=titled(handover, at)), lead, sections, say("window.product"))
