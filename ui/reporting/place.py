"""The field of a report's place: one line for address, code, initials, point; below, how it is understood."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from console.errors import BadInput
from console.intake import spot
from console.intake.spot import UNKNOWN
from console.intake.whereabouts import Reading, Whereabouts
from console.language import say
from console.workflow import Option
from ui.dialogs.offers import ChoiceLine
from ui.dialogs.written import LineField
from ui.directory import Choice, Directory
from ui.texts import label, shown

CANDIDATES = 3
NAMED = 40  # characters of a place in the sentence about it


class PlaceLine(ChoiceLine):
    """Offers villages, townships and grids; an address that is written stays unless an offer is taken."""

    def __init__(self, directory: Directory, parent: QWidget | None = None) -> None:
        super().__init__(lambda: directory.spots, parent)
        self._directory = directory
        self.setMaxLength(400)

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
    """``reading`` is what the line means; ``pointing`` asks for a point of the map."""

    pointing = Signal()

    def __init__(self, option: Option, directory: Directory) -> None:
        self._directory = directory
        super().__init__("report", option)
        self.reading = directory.where.read("")
        self.told = label(role="small", wrap=True, parent=self)
        self.map = QPushButton(say("report.map"), self)
        self.map.setAutoDefault(False)
        self.map.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is nearer than Tab
        self.map.setToolTip(say("report.map_tip"))
        self.map.clicked.connect(self.pointing)
        self.beside(self.map)
        self.column.addWidget(self.told)
        self.column.setSpacing(2)
        self.line.setPlaceholderText(say("report.place"))
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

    def _read(self) -> None:
        self.reading = self._directory.where.read(self.line.text())
        self.told.setText(_told(self.reading, self._directory.where))
        self.told.setVisible(bool(self.line.text().strip()))


def _told(reading: Reading, where: Whereabouts) -> str:
    """Return how a place was understood, in one sentence."""
    words = []
    if reading.organisation:
        place = shown(where.name(reading.grid or reading.organisation))[:NAMED]
        words.append(say("dialogs.found_place", place=place))
        if reading.centre:
            words.append(say("report.centre", centre=shown(where.name(reading.centre))))
    elif reading.candidates:
        names = say("intake.comma").join(map(where.name, reading.candidates[:CANDIDATES]))
        words.append(say("report.several", count=len(reading.candidates), names=shown(names)))
    elif reading.spot.address:
        words.append(say("dialogs.place_open"))
    if reading.spot.point is not None:
        words.append(_point(reading))
    return say("case.dot").join(words)


def _point(reading: Reading) -> str:
    if reading.spot.datum == UNKNOWN:
        return say("report.datum_unknown")
    try:
        reading.spot.args()
    except BadInput as error:
        return error.sentence
    key = "report.point" if reading.grid else "report.point_outside"
    return say(key, datum=reading.spot.datum)
