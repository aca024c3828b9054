"""Finding a filter by typing: every facet and value of the board with its count, by keys alone."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from console.feed.board import Board
from console.feed.board_filter import tallies
from console.feed.board_search import initials
from console.language import say
from ui.keyboard import ENTER, WALKING
from ui.language import language
from ui.queue.conditions import FACETS, Condition, sayable, value_label
from ui.queue.filters import QUICK, FilterBar
from ui.texts import label
from ui.theme import theme

OFFERED, OF_EACH = 80, 6  # rows at most; of each facet while nothing is typed
WIDTH, HEIGHT, EDGE, LONGEST = 430, 430, 12, 60
CONDITION = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Offer:
    """A condition that may be set, in words, with the rows that it stands for."""

    condition: Condition
    value: str
    facet: str
    count: int
    also: str  # what it is called beside the chip that always stands

    def fit(self, typed: list[str]) -> int | None:
        """Return how well the words ``typed`` (lower case) name it, 0 best; None: not at all."""
        value, whole = self.value.lower(), f"{self.value} {self.facet} {self.also}".lower()
        found_by = f"{whole} {initials(whole)}"
        if not all(word in found_by for word in typed):
            return None
        begins = [
            any(name.startswith(typed[0]) for name in (text, initials(text)))
            for text in (value, self.facet.lower())
        ]
        return 0 if begins[0] else 1 if begins[1] else 2


class FilterPicker(QFrame):
    """Stands over its parent below ``bar``. Enter takes or drops what is marked, Shift+Enter excludes it."""

    closed = Signal()

    def __init__(self, board: Board, clock: Callable[[], float], bar: FilterBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("picker")
        self._board, self._clock, self._bar = board, clock, bar
        self._offers: list[Offer] = []
        self.line, self.list = QLineEdit(self), QTreeWidget(self)
        self._hint = label(role="small", wrap=True, parent=self)
        self._arrange()
        self.line.textChanged.connect(lambda _text: self._offer(first=True))
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(self._click)
        bar.changed.connect(lambda _filter: self.refresh())
        theme.changed.connect(self._dress)
        language.follow(self, self._retranslate)
        self._dress()
        self.hide()

    def begin(self) -> None:
        """Open with an empty line."""
        self.line.clear()
        self.show()
        self.raise_()
        self.refresh()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Count anew, while it is seen; what is marked stays so."""
        if not self.isHidden():
            self._offers = self._counted()
            self._offer()
            self._place()

    @property
    def marked(self) -> Condition | None:
        """Return what Enter takes."""
        item = self.list.currentItem()
        found = item.data(0, CONDITION) if item is not None else None
        return found if isinstance(found, Condition) else None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decide what keys mean while the line has the cursor, and close once it has not."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._decide(event):
            return True
        left = event.type() == QEvent.Type.FocusOut
        if left and isinstance(event, QFocusEvent) and event.reason() not in KEPT_OPEN:
            self._close()
        return super().eventFilter(watched, event)

    def _decide(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in WALKING:
            self.list.keyPressEvent(event)
        elif key in ENTER:
            self._take(refused=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Backspace and not self.line.text():
            self._bar.drop_last()
        elif key == Qt.Key.Key_Escape:
            self._close()
            self.closed.emit()
        else:
            return False
        return True

    def _take(self, *, refused: bool) -> None:
        """Set what is marked, or take it away; what is typed next looks for another."""
        found = self.marked
        if found is not None:
            self.line.selectAll()
            self._bar.toggle(Condition(found.facet, found.value, refused))

    def _click(self) -> None:
        self._take(refused=bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier))

    def _close(self) -> None:
        self.hide()

    def _counted(self) -> list[Offer]:
        standing = {one.facet for one in QUICK.values()}
        found = tallies(self._board, self._bar.filter, self._clock(), {*FACETS, *standing})
        offers = [
            self._named(Condition(facet, value), count)
            for facet in FACETS
            for value, count in found[facet].items()
            if sayable(Condition(facet, value))
        ]
        counted = {(one.condition.facet, one.condition.value) for one in offers}
        rare = [one for one in QUICK.values() if (one.facet, one.value) not in counted]
        offers += [self._named(one, found[one.facet].get(one.value, 0)) for one in rare]
        counted |= {(one.facet, one.value) for one in rare}
        gone = [one for one in self._bar.conditions if (one.facet, one.value) not in counted]
        return [*(self._named(Condition(one.facet, one.value), 0) for one in gone), *offers]

    def _named(self, condition: Condition, count: int) -> Offer:
        value = value_label(condition, self._bar.namer)
        key = next((key for key, one in QUICK.items() if one == condition), "")
        name = say(f"queue.quick.{key}") if key else value
        return Offer(condition, name, say(f"queue.facet.{condition.facet}"), count, also=value)

    def _offer(self, *, first: bool = False) -> None:
        """List what fits the line; mark the first, else what was marked before."""
        typed = self.line.text().lower().split()
        before = None if first else self.marked
        fitting = self._fitting(typed) if typed else self._usual()
        self.list.clear()
        items = {offer.condition: self._item(offer) for offer in fitting[:OFFERED]}
        marked = items.get(before) if before is not None else None
        if items:
            self.list.setCurrentItem(marked or next(iter(items.values())))
        self._hint.setText(say("filters.hint" if items else "filters.nothing"))

    def _fitting(self, typed: list[str]) -> list[Offer]:
        ranked = [
            (fit, -offer.count, place)
            for place, offer in enumerate(self._offers)
            if (fit := offer.fit(typed)) is not None
        ]
        return [self._offers[place] for _, _, place in sorted(ranked)]

    def _usual(self) -> list[Offer]:
        """Return what is set, then the frequent values of each facet."""
        held = [offer for offer in self._offers if self._mark(offer.condition)]
        usual = []
        for facet in FACETS:
            free = (one for one in self._offers if one.condition.facet == facet and one not in held)
            usual += [one for one in free if one.count][:OF_EACH]
        return held + usual

    def _mark(self, condition: Condition) -> str:
        if condition in self._bar.conditions:
            return say("filters.accepted_mark")
        return say("filters.refused_mark") if condition.other in self._bar.conditions else ""

    def _item(self, offer: Offer) -> QTreeWidgetItem:
        mark = self._mark(offer.condition)
        accepted = any(one.facet == offer.condition.facet and not one.refused for one in self._bar.conditions)
        count = say("filters.adds", count=offer.count) if accepted and not mark else str(offer.count)
        item = QTreeWidgetItem(self.list, [mark, offer.value, offer.facet, count])
        item.setData(0, CONDITION, offer.condition)
        item.setForeground(0, theme.color("accent"))
        item.setForeground(2, theme.color("text2"))
        item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            top = self._bar.geometry().bottom() + 6
            room = parent.height() - top - EDGE
            self.setGeometry(EDGE, top, min(WIDTH, parent.width() - 2 * EDGE), min(HEIGHT, room))

    def _arrange(self) -> None:
        self.line.setMaxLength(LONGEST)
        self.list.setColumnCount(4)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(0)
        self.list.setUniformRowHeights(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for place, width in ((0, 30), (2, 108), (3, 60)):
            self.list.setColumnWidth(place, width)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        column.addWidget(self._hint)

    def _dress(self) -> None:
        edge, ground = theme.color("edge").name(), theme.color("raised").name()
        self.setStyleSheet(
            f"QFrame#picker {{ background: {ground}; border: 1px solid {edge}; border-radius: 8px; }}"
            f"QTreeWidget {{ background: {ground}; }}"
        )

    def _retranslate(self) -> None:
        self.line.setPlaceholderText(say("filters.find"))
        self.line.setAccessibleName(say("filters.find_name"))
        self.list.setAccessibleName(say("filters.offers"))
        self.refresh()


KEPT_OPEN = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})
