"""The outbox: what waits to be sent, and a card for each action that came back refused."""

from collections.abc import Iterator, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from console.desk.command import Command
from console.desk.journal import Entry
from console.language import say
from console.spoken import action_label
from console.workflow import actions
from ui.dialog import Dialog
from ui.dialogs.conflict import Choices, Table
from ui.dialogs.differing import Words, differing
from ui.layouts import put_away
from ui.moments import brief
from ui.seat import Seat
from ui.texts import label, paragraph, shown

SIZE = (720, 560)
KEYS = {"again": "S", "draft": "E", "discard": "Del"}


class Card(QFrame):
    """One entry; ``chosen`` carries one of KEYS, which a refused one offers."""

    chosen = Signal(str)

    def __init__(self, seat: Seat, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setObjectName("card")
        self.setProperty("refused", entry.refusal is not None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        head = _head(seat, entry)
        self.setAccessibleName(head)
        column.addWidget(label(head, "near" if entry.refusal else "", wrap=True, parent=self))
        for name, words in _lines(seat, entry):
            column.addWidget(label(name, "small", parent=self))
            if words:
                column.addWidget(label(paragraph(words), wrap=True, parent=self))
        if entry.refusal is not None:
            column.addWidget(self._table(seat))
            column.addWidget(self._choices())

    def _table(self, seat: Seat) -> Table:
        """Return the case as it is now beside what was sent."""
        command, table = self.entry.command, Table(self)
        row = seat.console.board.row(command.number) if command.number is not None else None
        said = self.entry.typed or command.args
        table.show_lines([] if row is None else differing(seat, command.action, row._asdict(), said))
        return table

    def _choices(self) -> Choices:
        choices = Choices(self, len(KEYS), self)
        choices.offer({key: (say(f"outage.box.{key}"), chord) for key, chord in KEYS.items()})
        choices.chosen.connect(self.chosen)
        return choices


class Outbox(Dialog):
    """Follows the outbox while it is open; ``chosen`` carries a refused Entry and one of KEYS."""

    chosen = Signal(object, str)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__("", parent, SIZE)
        self._seat = seat
        self.cards: list[Card] = []
        self._empty = label(role="second", wrap=True, parent=self)
        page = QWidget(self)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(8)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self._empty, 99)
        self._column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setAccessibleName(say("window.outbox"))
        self._area.setWidgetResizable(True)
        self._area.setWidget(page)
        self.column.addWidget(self._area, 1)
        self.foot(say("outage.box.hint"))
        for signal in (seat.settled, seat.posted):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self, *_told: object) -> None:
        """Show what there is now, the refused ones first; the keys stay where they are."""
        here = next((place for place, card in enumerate(self.cards) if card is self.focusWidget()), 0)
        put_away(self._column, self.cards)
        entries = sorted(self._seat.console.outbox, key=lambda entry: entry.refusal is None)
        self.cards = [Card(self._seat, entry, self) for entry in entries]
        for index, card in enumerate(self.cards):
            card.chosen.connect(partial(self.chosen.emit, card.entry))
            card.installEventFilter(self)
            self._column.insertWidget(index, card)
            card.show()
        refused = sum(entry.refusal is not None for entry in entries)
        self.entitle(say("outage.box.title", waiting=len(entries) - refused, refused=refused))
        self._empty.setText(say("outage.box.empty"))
        self._empty.setVisible(not entries)
        if self.cards:
            self.cards[min(here, len(self.cards) - 1)].setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in step:
            here = next(index for index, card in enumerate(self.cards) if card is watched)
            there = self.cards[(here + step[Qt.Key(event.key())]) % len(self.cards)]
            there.setFocus()
            self._area.ensureWidgetVisible(there)
            return True
        return super().eventFilter(watched, event)


def subject(seat: Seat, command: Command) -> str:
    """Return what a command is about: action, number, title as far as they are known."""
    row = seat.console.board.row(command.number) if command.number is not None else None
    title = row.title if row is not None else str(command.args.get("title", ""))
    number = "" if command.number is None else str(command.number)
    told = say("outage.box.subject", action=action_label(command.action), number=number, title=shown(title))
    return " ".join(told.split())


def _head(seat: Seat, entry: Entry) -> str:
    key = "outage.box.refused" if entry.refusal else "outage.box.waiting"
    since = brief(entry.at, seat.bridge.now())
    return say(key, subject=subject(seat, entry.command), since=since)


def _lines(seat: Seat, entry: Entry) -> Iterator[tuple[str, str]]:
    sent = [say("outage.box.line", label=name, words=words) for name, words in told(seat, entry)]
    if sent:
        yield say("outage.box.sent"), "\n".join(sent)
    number = entry.command.number
    if entry.refusal is not None:
        yield say("outage.box.why"), entry.refusal.sentence
        if number is not None:
            yield say("outage.box.now"), "" if number in seat.console.board else say("outage.box.gone")


def told(seat: Seat, entry: Entry) -> list[tuple[str, str]]:
    """Return what an entry says, option by option, as it was typed where that is known."""
    options = {option.name: option for option in actions()[entry.command.action].options}
    facts: Mapping[str, object] = entry.typed or entry.command.args
    words = Words(seat)
    return [
        (options[name].label, words.of(options[name].kind, value))
        for name, value in facts.items()
        if name in options and value
    ]
