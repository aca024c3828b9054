"""Which figure colours the grids: found by typing, by which areas, over which period, in which steps."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QWidget
from typing_extensions import override

from console.feed.board_search import initials
from console.indicators.indicator import board_name, indicators
from console.language import say
from ui.layers.choice import AREAS, DAYS, STEPS
from ui.layers.figure import Wanted


class FigureFields(QWidget):
    """``changed`` carries the Wanted; ``left`` when Esc is pressed."""

    changed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.figure, self.area, self.days, self.steps = (QComboBox(self) for _ in range(4))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.addWidget(self.figure, 0, 0, 1, 2)
        grid.addWidget(self.area, 1, 0, 1, 2)
        grid.addWidget(self.days, 2, 0)
        grid.addWidget(self.steps, 2, 1)
        self.figure.setEditable(True)
        self.figure.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for box in self._boxes:
            box.activated.connect(self._tell)
            box.installEventFilter(self)
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @property
    def _boxes(self) -> tuple[QComboBox, ...]:
        return self.figure, self.area, self.days, self.steps

    def show_wanted(self, wanted: Wanted) -> None:
        """Offer everything in the spoken language, and show what is wanted."""
        offers = [("", say("layers.live"))]
        for key, one in indicators().items():
            offers.append((key, say("layers.board_figure", name=one.name, board=board_name(one.board))))
        self._fill(self.figure, offers, wanted.key)
        areas = [(area, say("layers.by", area=say(f"layers.area.{area}"))) for area in AREAS]
        self._fill(self.area, areas, wanted.area)
        self._fill(self.days, [(days, say(f"layers.days.{days}")) for days in DAYS], wanted.days)
        self._fill(self.steps, [(steps, say(f"layers.steps.{steps}")) for steps in STEPS], wanted.steps)
        self._find_by_words()
        self._rest(wanted.key)
        for box, name in zip(self._boxes, ("colour", "by_area", "over", "in_steps"), strict=True):
            box.setAccessibleName(say(f"layers.{name}"))
        self.figure.setToolTip(say("layers.colour"))

    def _fill(self, box: QComboBox, offers: Iterable[tuple[object, str]], chosen: object) -> None:
        box.clear()
        for value, words in offers:
            box.addItem(words, value)
        box.setCurrentIndex(max(box.findData(chosen), 0))

    def _find_by_words(self) -> None:
        """Let any part of a name find a figure, or its initials."""
        names = [self.figure.itemText(place) for place in range(self.figure.count())]
        completer = QCompleter([f"{name} {initials(name)}" for name in names], self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.figure.setCompleter(completer)
        completer.activated.connect(self._take)

    def _take(self, text: str) -> None:
        place = next(n for n in range(self.figure.count()) if text.startswith(self.figure.itemText(n)))
        self.figure.setCurrentIndex(place)
        self._tell()

    def _tell(self) -> None:
        key = self.figure.currentData()
        self._rest(key)
        one = indicators().get(key)
        if one is not None and not one.by_grid and self.area.currentData() == "grid":
            self.area.setCurrentIndex(self.area.findData("township"))
        area, days, steps = (box.currentData() for box in (self.area, self.days, self.steps))
        self.changed.emit(Wanted(key, area, days, steps))

    def _rest(self, key: str) -> None:
        """Offer only what changes something."""
        one = indicators().get(key)
        self.area.setEnabled(one is not None)
        self.days.setEnabled(one is not None and not one.present)
        self.steps.setEnabled(one is not None and one.goal is None)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
            event.accept()
            return True
        return super().eventFilter(watched, event)
