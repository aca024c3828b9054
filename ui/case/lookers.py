"""Who else looks at the case that is open."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from console.language import say
from ui.company import Facts, lookers_told
from ui.language import language
from ui.moments import MINUTE, epoch
from ui.seat import Seat
from ui.texts import label, shown

TICK = 15_000  # milliseconds


class Lookers(QWidget):
    """Hidden while nobody else looks."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self.words: QLabel = label(role="tag", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words)
        row.addStretch(1)  # a tag is as wide as what it says
        seat.company.changed.connect(self.refresh)
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        language.follow(self, self.refresh)

    def refresh(self) -> None:
        """Say who looks now, and since when."""
        number = self._seat.company.number
        looking = self._seat.company.around.at(number) if number is not None else []
        self.setVisible(bool(looking))
        if looking:
            each = [self._said(one) for one in looking]
            several = lookers_told([one["name"] for one in looking])
            self.words.setText(each[0] if len(each) == 1 else several)
            self.words.setToolTip("\n".join(each))
            self.words.setAccessibleName(self.words.text())

    def _said(self, one: Facts) -> str:
        since = epoch(one["since"]) or 0.0
        minutes = int((self._seat.bridge.now() - since) // MINUTE)
        key = "seats.looking_for" if minutes > 0 else "seats.looking"
        return say(key, name=shown(one["name"]), minutes=minutes)
