"""The head of a case: its title, and in one line what it is, how it came and who holds it."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from console.language import knows, say
from ui.directory import Directory
from ui.moments import brief, countdown, epoch
from ui.texts import label, shown


class CaseHead(QWidget):
    """Title and meta line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(role="case", wrap=True, parent=self)
        self._meta: QLabel = label(role="small", wrap=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._title)
        column.addWidget(self._meta)

    def show_case(self, case: dict[str, Any], directory: Directory, now: float) -> None:
        """Show the head of ``case`` as it stands at ``now``."""
        self._title.setText(say("case.head", number=case["number"], title=shown(case["title"])))
        self._meta.setText(say("case.dot").join(_meta(case, directory, now)))


def _meta(case: dict[str, Any], directory: Directory, now: float) -> Iterator[str]:
    choice = next((one.label for one in directory.classes if one.value == case["class_code"]), None)
    yield choice or case["class_code"]
    channel = f"dialogs.channel.{case['channel']}"
    yield say(channel) if knows(channel) else case["channel"]
    received = epoch(case["received"])
    if received is not None:
        yield say("case.received", at=brief(received, now))
    if case["round"] > 1:
        yield say("case.round", round=case["round"])
    for key in ("restricted", "at_once"):
        if case[key]:
            yield say(f"case.{key}")
    until = epoch(case["claim_until"])
    if case["claim_by"] and until and until > now:
        key = "case.claimed_by_me" if case["mine"] else "case.claimed_by"
        facts = {} if case["mine"] else {"name": shown(case["claim_by"])}
        yield say(key, left=countdown(until, now), **facts)
