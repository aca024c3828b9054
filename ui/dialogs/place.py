"""The field of a place: one line for address, code, initials, point; below, how it is understood."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from console.geography.datum import DATUMS
from console.intake import spot
from console.language import say
from console.workflow import Option
from ui.dialogs import place_words
from ui.dialogs.offers import ChoiceLine
from ui.dialogs.written import LineField
from ui.directory import Choice, Directory
from ui.queue.flow import FlowLayout
from ui.texts import label

NEXT, STRAIGHT = "Alt+Z", "Alt+X"  # the next datum; longitude before latitude
SAME: Final = "CGCS2000"
PLACED: Final = frozenset({"report", "classify"})  # actions whose place this field holds, with its point


class PlaceLine(ChoiceLine):
    """Offers villages, townships and grids; an address that is written stays unless an offer is taken."""

    def __init__(self, directory: Directory, parent: QWidget | None = None) -> None:
        super().__init__(lambda: directory.spots, parent)
        self._directory = directory
        self.setMaxLength(spot.LONGEST)

    @override
    def _show(self, choice: Choice) -> None:
        self._taken = ("", "")
        self.setText(self._directory.where.name(choice.value))

    @override
    def _decide(self, event: QKeyEvent) -> bool:
        """Let Tab take an offer only where initials or a code stand, which are no address."""
        if event.key() == Qt.Key.Key_Tab and not self.text().isascii():
            self._list.hide()
            self.focusNextPrevChild(True)  # noqa: FBT003  Qt's signature
            return True
        return super()._decide(event)


class PlaceField(LineField):
    """``reading`` is what the line means; ``pointing`` asks for a point of the map.

    Everything is in the line itself: a datum that is chosen is written behind the point.
    """

    pointing = Signal()

    def __init__(self, action: str, option: Option, directory: Directory) -> None:
        self._directory = directory
        super().__init__(action, option)
        self.reading = directory.where.read("")
        self.told = label(role="small", wrap=True, parent=self)
        self._choices = QWidget(self)
        flow = FlowLayout(self._choices)
        first, *others = DATUMS
        self.datums = {first: self._chip(flow, partial(self.choose, first))}
        self.straight = self._chip(flow, self.straighten)
        self.datums |= {datum: self._chip(flow, partial(self.choose, datum)) for datum in others}
        self.map = QPushButton(say("report.map"), self)
        self.map.setAutoDefault(False)
        self.map.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is nearer than Tab
        self.map.setToolTip(say("report.map_tip"))
        self.map.clicked.connect(self.pointing)
        self.beside(self.map)
        self.column.addWidget(self.told)
        self.column.addWidget(self._choices)
        self.column.setSpacing(2)
        self.line.setPlaceholderText(say("report.place"))
        for keys, act in ((NEXT, self.turn), (STRAIGHT, self.straighten)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.edited.connect(self._read)
        self._read()

    @override
    def _made_line(self) -> ChoiceLine:
        return PlaceLine(self._directory, self)

    @override
    def args(self) -> dict[str, object]:
        if self.reading.spot.address:
            self.cleaned(self.reading.spot.address)
        return self.reading.args()

    def point(self, lon: float, lat: float) -> None:
        """Take a point of the map, in WGS-84, beside the address that stands there."""
        self.line.setText(spot.written(self.reading.spot.address, lon, lat))
        self.line.setFocus()

    def choose(self, datum: str) -> None:
        """Say in which datum the point is that stands in the line."""
        found = self.reading.spot
        if found.point is not None:
            self.line.setText(spot.kept(found.address, found.point, datum))

    def turn(self) -> None:
        """Take the next datum for the point."""
        known = [*DATUMS]
        now = self.reading.spot.datum
        self.choose(known[(known.index(now) + 1) % len(known)] if now in known else known[0])

    def straighten(self) -> None:
        """Write longitude before latitude, where they stand the other way."""
        found = self.reading.spot
        if found.swapped and found.point is not None:
            self.line.setText(spot.kept(found.address, found.point, found.datum))

    def _chip(self, flow: FlowLayout, act: Callable[[], None]) -> QPushButton:
        made = QPushButton(self._choices)
        made.setProperty("role", "chip")
        made.setAutoDefault(False)
        made.clicked.connect(lambda _checked: act())
        flow.addWidget(made)
        return made

    def _read(self) -> None:
        where = self._directory.where
        self.reading = where.read(self.line.text())
        self.told.setText("\n".join(place_words.told(self.reading, where)))
        self.told.setVisible(bool(self.line.text().strip()))
        found = self.reading.spot
        self._choices.setVisible(found.point is not None)
        for datum, chip in self.datums.items():
            chip.setText(place_words.datum(datum, self.reading, where))
            chip.setCheckable(True)
            chip.setChecked(datum == found.datum)
        self.datums[SAME].setHidden(found.datum == spot.UNKNOWN)  # it leads where WGS-84 does
        self.straight.setVisible(found.swapped)
        self.straight.setText(say("place.straighten", key=STRAIGHT))
