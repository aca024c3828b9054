"""How old the data is, in words, with a mark whose shape and colour say the same."""

from enum import Enum
from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.language import say
from ui import shapes
from ui.language import language
from ui.theme import theme

STALE_SECONDS = 5.0
MINUTE, HOUR = 60, 3600


class Health(Enum):
    """How the data on the screen stands; the value is the colour's role."""

    LOADING = "text3"
    LIVE = "fine"
    STALE = "near"
    LOST = "overdue"


def health(link: str, age: float | None) -> Health:
    """Return how data of ``age`` seconds stands over ``link`` (a Link's name)."""
    found = Health[link]
    return Health.STALE if found is Health.LIVE and (age or 0) > STALE_SECONDS else found


class DataAge(QWidget):
    """Shows what it is told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._health, self._age, self._brief = Health.LOADING, 0.0, False
        theme.changed.connect(self.update)
        language.follow(self, self._retranslate)

    @property
    def health(self) -> Health:
        """Return what is shown."""
        return self._health

    @property
    def text(self) -> str:
        """Return the words that are shown."""
        return self._said(self._health, self._age)

    def _said(self, health: Health, age: float) -> str:
        key = f"window.age.{'brief_' if self._brief else ''}{health.name.lower()}"
        whole = max(1, ceil(age))  # tenths would flicker all day
        return say(key, seconds=whole) if health is Health.LIVE else say(key, span=span(age))

    def show_age(self, health: Health, age: float) -> None:
        """Show that the data is ``age`` seconds old."""
        self._health, self._age = health, age
        self._retranslate()

    def set_brief(self, *, brief: bool) -> None:
        """Take less room."""
        if brief != self._brief:
            self._brief = brief
            self._retranslate()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("small"))
        widest = max(metrics.horizontalAdvance(text) for text in (self._said(Health.LIVE, 8.8), self.text))
        return QSize(20 + widest, 30)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour = theme.color(self._health.value)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            said = Health.LIVE if self._health is Health.LOADING else self._health
            shapes.draw(painter, QPointF(6, self.height() / 2), said.value, 4)
            calm = self._health in {Health.LIVE, Health.LOADING}
            painter.setPen(theme.color("text2") if calm else colour)
            painter.setFont(theme.font("small"))
            painter.drawText(self.rect().adjusted(16, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text)
        finally:
            painter.end()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.text)
        self.setToolTip(say("window.age.hint"))
        self.updateGeometry()
        self.update()


def span(seconds: float) -> str:
    """Return a length of time in its largest unit."""
    if seconds < 2 * MINUTE:
        return say("window.age.seconds", n=int(seconds))
    if seconds < 2 * HOUR:
        return say("window.age.minutes", n=int(seconds // MINUTE))
    return say("window.age.hours", n=int(seconds // HOUR))
