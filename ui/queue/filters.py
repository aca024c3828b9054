"""What the queue shows, as chips: the frequent conditions always there, the others when they are set."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from console.feed.board import Board, Grade
from console.feed.board_filter import Filter
from console.language import knows, say
from console.spoken import status_label
from ui.language import language
from ui.layouts import put_away
from ui.queue.flow import FlowLayout
from ui.texts import shown
from ui.theme import theme

MENU_LENGTH = 30  # values of a facet, the frequent ones


@dataclass(frozen=True, slots=True)
class Condition:
    """One accepted value of a column, or of "grade"."""

    facet: str
    value: Any


QUICK = {
    "mine": Condition("mine", value=True),
    "urgent": Condition("priority", 1),
    "overdue": Condition("grade", Grade.OVERDUE),
    "near": Condition("grade", Grade.NEAR),
}
FACETS = (
    "status",
    "priority",
    "class_name",
    "unit",
    "township",
    "community",
    "centre",
    "channel",
    "claim_by",
)


class FilterBar(QWidget):
    """Chips of the conditions; ``changed`` carries the Filter that they make."""

    changed = Signal(object)

    def __init__(self, board: Board, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board, self._clock = board, clock
        self._conditions: list[Condition] = []
        self._text = ""
        self._layout = FlowLayout(self)
        self._quick = {key: self._quick_chip(condition) for key, condition in QUICK.items()}
        self._more = _chip(self)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._more.setMenu(self._menu)
        self._chips: list[QPushButton] = []
        self._layout.addWidget(self._more)
        language.follow(self, self._retranslate)
        theme.changed.connect(self._show_chips)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions that are set."""
        return tuple(self._conditions)

    def set_conditions(self, conditions: Iterable[Condition]) -> None:
        """Show what meets ``conditions``: one value of each named facet."""
        self._conditions = list(dict.fromkeys(conditions))
        self._tell()

    def set_text(self, text: str) -> None:
        """Show what has the words of ``text``."""
        self._text = text
        self._tell()

    def toggle(self, condition: Condition) -> None:
        """Set ``condition``, or take it away."""
        held = [one for one in self._conditions if one != condition]
        self.set_conditions(held if len(held) < len(self._conditions) else [*held, condition])

    def count(self) -> None:
        """Write the present counts on the frequent chips."""
        counts = self._board.counts(self._clock())
        counted = {
            "mine": counts.mine,
            "urgent": self._board.tally("priority").get(1, 0),
            "overdue": counts.by_grade[Grade.OVERDUE],
            "near": counts.by_grade[Grade.NEAR],
        }
        for key, number in counted.items():
            name = say(f"queue.quick.{key}")
            self._quick[key].setText(say("queue.counted", name=name, count=number) if number else name)

    def _tell(self) -> None:
        self._show_chips()
        self.changed.emit(self._filter())

    def _filter(self) -> Filter:
        within: dict[str, frozenset[Any]] = {}
        for condition in self._conditions:
            within[condition.facet] = within.get(condition.facet, frozenset()) | {condition.value}
        return Filter(within=within, text=self._text)

    def _show_chips(self) -> None:
        put_away(self._layout, self._chips)
        for key, condition in QUICK.items():
            self._quick[key].setChecked(condition in self._conditions)
        frequent = set(QUICK.values())
        self._layout.removeWidget(self._more)
        self._chips = [self._condition_chip(one) for one in self._conditions if one not in frequent]
        self._layout.addWidget(self._more)
        self.updateGeometry()

    def _quick_chip(self, condition: Condition) -> QPushButton:
        chip = _chip(self)
        chip.setCheckable(True)
        chip.clicked.connect(lambda: self.toggle(condition))
        self._layout.addWidget(chip)
        return chip

    def _condition_chip(self, condition: Condition) -> QPushButton:
        chip = _chip(self)
        chip.setText(_escaped(_named(condition)))
        chip.setIcon(theme.icon("close"))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setToolTip(say("queue.remove_filter"))
        chip.clicked.connect(lambda: self.toggle(condition))
        self._layout.addWidget(chip)
        chip.show()
        return chip

    def _fill_menu(self) -> None:
        self._menu.clear()
        for facet in FACETS:
            values = [(value, number) for value, number in self._board.tally(facet).items() if value != ""]
            if values:
                self._fill_facet(self._menu.addMenu(say(f"queue.facet.{facet}")), facet, values[:MENU_LENGTH])
        self._menu.addSeparator()
        clear = self._menu.addAction(say("queue.clear"))
        clear.setEnabled(bool(self._conditions))
        clear.triggered.connect(lambda: self.set_conditions([]))

    def _fill_facet(self, menu: QMenu, facet: str, values: list[tuple[object, int]]) -> None:
        for value, number in values:
            condition = Condition(facet, value)
            name = say("queue.counted", name=_value(condition), count=number)
            action = menu.addAction(_escaped(name))
            action.setCheckable(True)
            action.setChecked(condition in self._conditions)
            action.triggered.connect(lambda _checked, chosen=condition: self.toggle(chosen))

    def _retranslate(self) -> None:
        self._more.setText(say("queue.more_filters"))
        self.count()
        self._show_chips()


def _chip(parent: QWidget) -> QPushButton:
    chip = QPushButton(parent)
    chip.setProperty("role", "chip")
    chip.setAutoDefault(False)
    return chip


def _named(condition: Condition) -> str:
    return say("queue.condition", facet=say(f"queue.facet.{condition.facet}"), value=_value(condition))


def _value(condition: Condition) -> str:
    if isinstance(condition.value, Grade):
        return say(f"queue.grade.{condition.value.name.lower()}")
    if condition.facet == "status":
        return status_label(condition.value)
    text = shown(str(condition.value))
    key = f"queue.{condition.facet}.{text}"
    return say(key) if knows(key) else text


def _escaped(text: str) -> str:
    return text.replace("&", "&&")  # Qt would take what follows a single one for a key
