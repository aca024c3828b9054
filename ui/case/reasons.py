"""Why this deadline: every clock of the round with the spans that counted."""

from typing import Any

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from console.language import say
from ui.casefile import CaseFile
from ui.moments import amount, brief, epoch
from ui.texts import label

SPANS = 6  # of a clock, before the middle ones are left out


def explain(file: CaseFile, now: float) -> list[tuple[str, list[str]]]:
    """Return a line for each running clock, and its spans."""
    clocks = [clock for clock in file.clocks if clock["stopped"] is None]
    return [(_line(clock, now), _spans(clock, now)) for clock in clocks]


def _line(clock: dict[str, Any], now: float) -> str:
    start, due = epoch(clock["started"]), epoch(clock["due"])
    told = {
        "stage": say(f"case.stage.{clock['stage']}"),
        "amount": amount(clock["seconds"], clock["clock"]),
        "from": brief(start, now) if start else "",
    }
    line = say("case.clock.line", due=brief(due, now), **told) if due else say("case.clock.line_open", **told)
    return say("case.dot").join((line, say("case.clock.suspended"))) if clock["suspended"] else line


def _spans(clock: dict[str, Any], now: float) -> list[str]:
    lines = [_span(segment, clock["clock"], now) for segment in clock["segments"]]
    if len(lines) <= SPANS:
        return lines
    half = SPANS // 2
    return [*lines[:half], say("case.clock.more", count=len(lines) - 2 * half), *lines[-half:]]


def _span(segment: dict[str, Any], clock: str, now: float) -> str:
    start, end = epoch(segment["from"]), epoch(segment["to"])
    told = {"from": brief(start, now) if start else "", "to": brief(end, now) if end else ""}
    return say("case.clock.segment", amount=amount(segment["seconds"], clock), **told)


class Reasons(QWidget):
    """Shut at first; ``toggle`` stands where its parent puts it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: list[tuple[str, list[str]]] = []
        self.toggle = QPushButton(parent)
        self.toggle.setProperty("role", "chip")
        self.toggle.setCheckable(True)
        self._body = QWidget(self)
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._body)
        self.hide()
        self.toggle.toggled.connect(self.setVisible)

    def show_file(self, file: CaseFile, now: float) -> None:
        """Explain the clocks of ``file``; there is nothing to open where none runs."""
        told = explain(file, now)
        self.toggle.setVisible(bool(told))
        self.setVisible(bool(told) and self.toggle.isChecked())
        self.toggle.setText(say("case.why"))
        if told != self._told:
            self._told = told
            self._rebuild()

    def _rebuild(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line, spans in self._told:
            self._lines.addWidget(label(line, wrap=True, parent=self._body))
            for span in spans:
                self._lines.addWidget(label("    " + span, "small", wrap=True, parent=self._body))
