"""What a colleague said when this case was passed on: stands with the case until it is seen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.errors import Problem
from console.language import say
from ui.company import Facts
from ui.language import language
from ui.moments import brief, epoch
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import label, paragraph, shown
from ui.theme import theme


class Handed(QFrame):
    """Hidden unless the open case was passed to this seat with a note that is not seen yet."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("handed")
        self._seat, self._ids = seat, list[int]()
        self._head, self.note = label(role="small", wrap=True, parent=self), label(wrap=True, parent=self)
        self.seen = QPushButton(self)
        self.seen.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.seen.clicked.connect(lambda: tasks.start(self._read(self._ids), "reading the note"))
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._head)
        column.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.addLayout(column, 1)
        row.addWidget(self.seen)
        seat.company.changed.connect(self.refresh)
        theme.changed.connect(self._dress)
        self._dress()
        language.follow(self, self.refresh)

    def refresh(self) -> None:
        """Show the notes that go with the case that is open."""
        number = self._seat.console.presence.number
        notes = [one for one in self._seat.company.around.messages if _goes_with(one, number)]
        self._ids = [int(one["id"]) for one in notes]
        self.setVisible(bool(notes))
        if notes:
            last = notes[-1]
            at = brief(epoch(last["at"]) or 0.0, self._seat.bridge.now())
            self._head.setText(say("seats.handed", name=shown(last["from"]), at=at))
            self.note.setText("\n".join(paragraph(one["text"] or say("seats.no_note")) for one in notes))
            self.seen.setText(say("seats.seen"))

    async def _read(self, ids: list[int]) -> None:
        try:
            await self._seat.console.together.read(ids)
        except Problem as problem:
            self._head.setText(problem.sentence)

    def _dress(self) -> None:
        ground, line, edge = (theme.color(role).name() for role in ("raised", "line", "accent"))
        frame = f"border: 1px solid {line}; border-left: 3px solid {edge}; border-radius: 6px;"
        self.setStyleSheet(f"QFrame#handed {{ background: {ground}; {frame} }}")


def _goes_with(one: Facts, number: int | None) -> bool:
    return one["kind"] == "transfer" and number is not None and one["number"] == number
