"""The head of a case: its title, what it is and how it came, and who has it in hand."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.language import say
from console.spoken import channel_label, status_label
from ui.directory import Directory
from ui.moments import DAY, ago, brief, countdown, epoch
from ui.texts import label, shown


class CaseHead(QWidget):
    """Title, meta line, and those who hold it; ``aside``, at their right, has room for who else looks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._urgent = label(role="badge", parent=self)
        self._title = label(role="case", wrap=True, parent=self)
        self._status = label(role="tag", parent=self)
        self._meta = label(role="small", wrap=True, parent=self)
        self._holders = label(role="small", wrap=True, parent=self)
        self.aside = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for mark, words in ((self._urgent, self._title), (self._status, self._meta)):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
            row.addWidget(words, 1)
            column.addLayout(row)
        last = QHBoxLayout()
        last.addWidget(self._holders, 1)
        last.addLayout(self.aside)
        column.addLayout(last)

    def show_case(self, case: dict[str, Any], directory: Directory, now: float) -> None:
        """Show the head of ``case`` as it stands at ``now``."""
        self._urgent.setText(say("case.urgent"))
        self._urgent.setVisible(case["priority"] == 1)
        self._title.setText(say("case.head", number=case["number"], title=shown(case["title"])))
        self._status.setText(status_label(case["status"]))
        self._meta.setText(say("case.dot").join(_meta(case, directory, now)))
        received = epoch(case["received"])
        self._meta.setToolTip("" if received is None else say("case.received", at=brief(received, now)))
        holders = say("case.dot").join(_holders(case, now))
        self._holders.setText(holders)
        self._holders.setVisible(bool(holders))


def _meta(case: dict[str, Any], directory: Directory, now: float) -> Iterator[str]:
    yield class_label(case["class_code"], directory)
    yield say("case.priority", priority=case["priority"])
    yield channel_label(case["channel"])
    received = epoch(case["received"])
    if received is not None:
        told = {"at": brief(received, now), "ago": ago(received, now)}
        yield say("case.received_ago" if now - received < DAY else "case.received", **told)


def class_label(code: str, directory: Directory) -> str:
    """Return a class in words."""
    return next((one.label for one in directory.classes if one.value == code), code)


def _holders(case: dict[str, Any], now: float) -> Iterator[str]:
    until = epoch(case["claim_until"])
    if case["claim_by"] and until and until > now:
        key = "case.claimed_by_me" if case["mine"] else "case.claimed_by"
        facts = {} if case["mine"] else {"name": shown(case["claim_by"])}
        yield say(key, left=countdown(until, now), **facts)
    if case["unit"]:
        yield say("case.in_hand", unit=shown(case["unit"]))
    if case["round"] > 1:
        yield say("case.round", round=case["round"])
    for key in ("restricted", "at_once"):
        if case[key]:
            yield say(f"case.{key}")
