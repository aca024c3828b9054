"""Over which days a board is told: the last so many, a month, a week, up to now or to a day that is over."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QPushButton, QWidget

from console.language import say
from console.spoken import CHINA

FIRST: Final = "30"
EARLIEST: Final = QDate(2000, 1, 1)


class Period(NamedTuple):
    """``days`` up to ``until``; None: up to now."""

    days: int
    until: date | None = None


def _last_month(end: date) -> Period:
    over = end.replace(day=1) - timedelta(days=1)
    return Period(over.day, over)


def _last_week(end: date) -> Period:
    return Period(7, end - timedelta(days=end.weekday() + 1))


PERIODS: Final[dict[str, Callable[[date], Period]]] = {  # by the day up to which one looks
    "1": lambda end: Period(1, end),
    "7": lambda end: Period(7, end),
    "30": lambda end: Period(30, end),
    "392": lambda end: Period(392, end),  # 56 weeks
    "month": lambda end: Period(end.day, end),
    "last_month": _last_month,
    "last_week": _last_week,
}
OVER: Final = {"last_month": "month", "last_week": "7"}  # with another last day they are like these


class PeriodPicker(QWidget):
    """Chips and a last day; ``clock`` tells the present in seconds since 1970. ``chosen``: another period."""

    chosen = Signal()

    def __init__(self, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.period = Period(int(FIRST))
        self._key = FIRST
        self._chips = {key: QPushButton(self) for key in PERIODS}
        self._upto, self.last = QLabel(self), QDateEdit(self)
        self.last.setCalendarPopup(True)
        self.last.setDisplayFormat("yyyy-MM-dd")
        self.last.setMinimumDate(EARLIEST)
        self.last.setKeyboardTracking(False)  # a day counts once it is typed
        self._upto.setProperty("role", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for key, chip in self._chips.items():
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            chip.setAutoDefault(False)  # in a dialog Enter is not its own
            chip.clicked.connect(lambda _on=False, one=key: self.choose(one))
            row.addWidget(chip)
        row.addSpacing(8)
        row.addWidget(self._upto)
        row.addWidget(self.last)
        self._show_day()
        self.last.dateChanged.connect(self._choose_day)

    @property
    def today(self) -> date:
        """Return the present day in China."""
        return datetime.fromtimestamp(self._clock(), UTC).astimezone(CHINA).date()

    @property
    def stops(self) -> list[QWidget]:
        """Return what takes the keys, from left to right."""
        return [*self._chips.values(), self.last]

    @property
    def chosen_chip(self) -> QPushButton:
        """Return the chip of the period that is shown."""
        return self._chips[self._key]

    @property
    def key(self) -> str:
        """Return which of PERIODS is shown."""
        return self._key

    def choose(self, key: str) -> None:
        """Show the period ``key`` of PERIODS, up to the present."""
        self._use(key, self.today)

    def _choose_day(self, day: QDate) -> None:
        self._use(OVER.get(self._key, self._key), date(day.year(), day.month(), day.day()))

    def _use(self, key: str, end: date) -> None:
        days, until = PERIODS[key](end)
        self._key = key
        self.period = Period(days, until if until != self.today else None)
        self._show_day()
        self.chosen.emit()

    def _show_day(self) -> None:
        for key, chip in self._chips.items():  # no group of buttons: of those Tab comes to one alone
            chip.setChecked(key == self._key)
        _quiet = QSignalBlocker(self.last)
        today = self.today
        self.last.setMaximumDate(_of(today))
        self.last.setDate(_of(self.period.until or today))

    def tell(self) -> None:
        """Say everything again; where now is meant, the last day is today."""
        for key, chip in self._chips.items():
            chip.setText(say(f"boards.days.{key}"))
            chip.setAccessibleName(f"{say('boards.choose_period')} {chip.text()}")
        self._upto.setText(say("boards.upto"))
        self.last.setAccessibleName(say("boards.choose_last_day"))
        self.last.setToolTip(say("boards.choose_last_day"))
        if not self.last.hasFocus():
            self._show_day()


def _of(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
