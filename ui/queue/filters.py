"""What the queue shows, as chips: the frequent conditions always there, the others when they are set."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from console.feed.board import Board
from console.feed.board_filter import Filter, tallies
from console.grade import Grade
from console.language import say
from ui.language import language
from ui.layouts import put_away
from ui.queue.chips import Chip, dress
from ui.queue.conditions import Condition, Namer, filter_of, named, plain
from ui.queue.flow import FlowLayout
from ui.theme import theme

__all__ = ["Condition", "FilterBar"]

LINES = 2  # of chips; what has no room is counted on one more
QUICK = {
    "mine": Condition("mine", value=True),
    "urgent": Condition("priority", 1),
    "overdue": Condition("grade", Grade.OVERDUE),
    "near": Condition("grade", Grade.NEAR),
    "callback": Condition("callback", value=True),
}


class FilterBar(QWidget):
    """Chips of the conditions; ``changed`` carries the Filter that they make."""

    changed = Signal(object)
    text_dropped = Signal()  # the chip of the searched text was taken away
    wanted = Signal()  # more filters are to be offered

    def __init__(self, board: Board, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board, self._clock = board, clock
        self._conditions: list[Condition] = []
        self._text = ""
        self.namer: Namer = plain
        self._layout = FlowLayout(self)
        self._quick = {key: self._quick_chip(condition) for key, condition in QUICK.items()}
        self._chips: list[Chip] = []
        self._rest, self.more = QPushButton(self), QPushButton(self)
        self._beside: list[QWidget] = []  # what is no filter
        for button in (self._rest, self.more):
            dress(button)
            button.clicked.connect(self.wanted)
            self._layout.addWidget(button)
        language.follow(self, self._retranslate)
        theme.changed.connect(self.show_chips)

    def stand(self, widget: QWidget) -> None:
        """Give ``widget``, which is no filter, the room behind the chips."""
        self._beside.append(widget)
        self._layout.addWidget(widget)
        self._fit()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions that are set."""
        return tuple(self._conditions)

    @property
    def text(self) -> str:
        """Return the text that is searched for."""
        return self._text

    @property
    def filter(self) -> Filter:
        """Return the filter that conditions and text make."""
        return filter_of(self._conditions, self._text)

    def set_conditions(self, conditions: Iterable[Condition]) -> None:
        """Show what meets ``conditions``: one accepted value of each named facet, and none refused."""
        self._conditions = list(dict.fromkeys(conditions))
        self._tell()

    def search(self, conditions: Iterable[Condition], text: str) -> None:
        """Show what meets ``conditions`` and has the words of ``text``."""
        self._text = text.strip()
        self.set_conditions(conditions)

    def set_text(self, text: str) -> None:
        """Show what has the words of ``text``."""
        if text.strip() != self._text:
            self._text = text.strip()
            self._tell()

    def toggle(self, condition: Condition) -> None:
        """Set ``condition`` in place of its contrary, or take it away."""
        held = [one for one in self._conditions if one not in (condition, condition.other)]
        self.set_conditions(held if condition in self._conditions else [*held, condition])

    def drop_last(self) -> None:
        """Take the last condition away."""
        self.set_conditions(self._conditions[:-1])

    def count(self) -> None:
        """Write on the frequent chips how many rows each would show."""
        facets = {condition.facet for condition in QUICK.values()}
        found = tallies(self._board, self.filter, self._clock(), facets)
        for key, condition in QUICK.items():
            number = found[condition.facet].get(condition.value, 0)
            name = say(f"queue.quick.{key}")
            self._quick[key].setText(say("queue.counted", name=name, count=number) if number else name)

    def show_chips(self) -> None:
        """Show a chip for each condition and for the text, and the focus where it was."""
        focus = next((place for place, chip in enumerate(self._chips) if chip.hasFocus()), None)
        put_away(self._layout, self._chips)
        for key, condition in QUICK.items():
            self._quick[key].setChecked(condition in self._conditions)
        rare = [one for one in self._conditions if one not in QUICK.values()]
        self._chips = [self._condition_chip(one) for one in rare]
        if self._text:
            chip = Chip(say("filters.text", text=self._text), self)
            chip.removed.connect(self.text_dropped)
            self._chips.append(chip)
        last = (self._rest, self.more, *self._beside)
        for widget in last:
            self._layout.removeWidget(widget)
        for widget in (*self._chips, *last):
            self._layout.addWidget(widget)
        self._fit()
        if focus is not None:
            near = [chip for chip in self._chips if chip.isVisibleTo(self)][: focus + 1]
            (near[-1] if near else self.more).setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out as many of the last chips as do not fit into LINES; say how many."""
        fixed, beside = [*self._quick.values()], [one for one in self._beside if not one.isHidden()]
        for left_out in range(len(self._chips) + 1):
            kept = self._chips[: len(self._chips) - left_out]
            tail = [*([self._rest] if left_out else []), self.more, *beside]
            self._rest.setText(say("filters.more", count=left_out))
            if self._layout.lines([*fixed, *kept, *tail], self.width()) <= LINES:
                break
        self._rest.setAccessibleName(say("filters.more_name", count=left_out))
        self._rest.setVisible(bool(left_out))
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(kept))
        self._layout.leave_out({*self._chips[len(kept) :], *([] if left_out else [self._rest])})
        self.updateGeometry()

    def _tell(self) -> None:
        self.show_chips()
        self.changed.emit(self.filter)
        self.count()

    def _quick_chip(self, condition: Condition) -> QPushButton:
        chip = QPushButton(self)
        dress(chip)
        chip.setCheckable(True)
        chip.clicked.connect(lambda: self.toggle(condition))
        self._layout.addWidget(chip)
        return chip

    def _condition_chip(self, condition: Condition) -> Chip:
        chip = Chip(named(condition, self.namer), self)
        chip.removed.connect(lambda: self.toggle(condition))
        return chip

    def _retranslate(self) -> None:
        self.more.setText(say("filters.open"))
        self.count()
        self.show_chips()
