"""A strip over the page while the database is away, the data is old, or something came back refused."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from console.language import say
from ui.data_age import Health, span
from ui.growth import growth_in
from ui.texts import label
from ui.theme import theme

AWAY = frozenset({Health.LOST, Health.STALE})
FAR = 26 / 1080  # of a screen's lines: letters that are read from eight metres
BUTTONS = ("retry", "outbox", "print_left")


class Banner(QFrame):
    """Hidden while all is well; ``chosen`` carries one of BUTTONS, which are keys of the window's menu."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._text = label(wrap=True, parent=self)
        self.buttons = {key: QPushButton(self) for key in BUTTONS}
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 8, 7)
        row.addWidget(self._text, 1)
        for key, button in self.buttons.items():
            button.clicked.connect(partial(self._choose, key))
            row.addWidget(button)
        self._tone = ""
        self._far = False
        self.hide()

    @property
    def text(self) -> str:
        """Return what is said, "" while nothing is."""
        return "" if self.isHidden() else self._text.text()

    def show_health(self, health: Health, age: float, at: str, waiting: int = 0, refused: int = 0) -> None:
        """Say how old the data of ``at`` is (seconds), and what the outbox has; hide where all is well."""
        away = health in AWAY
        if away:
            self._text.setText(say(f"window.banner.{health.name.lower()}", **_facts(health, age, at)))
        elif refused:
            self._text.setText(say("outage.refused", count=refused))
        self._dress(health.value if away else "near")
        self.buttons["retry"].setText(say("outage.retry"))
        self.buttons["print_left"].setText(say("outage.print_left"))
        self.buttons["outbox"].setText(say("outage.outbox_of", count=waiting + refused))
        self.buttons["outbox"].setVisible(bool(waiting or refused) and not self._far)
        for key in ("retry", "print_left"):
            self.buttons[key].setVisible(health is Health.LOST and not self._far)
        self.setVisible(away or bool(refused))

    def fit(self, size: QSize, *, far: bool) -> None:
        """Say it in letters for a window of ``size``: as its page has them, or, from ``far``, no buttons."""
        self._far = far
        usual = theme.font("base").pixelSize()
        pixels = max(round(size.height() * FAR), usual) if far else round(growth_in(size) * usual)
        self.setStyleSheet(f"QWidget {{ font-size: {pixels}px; }}" if pixels != usual else "")
        for button in self.buttons.values():
            button.setVisible(button.isVisibleTo(self) and not self._far)

    def _choose(self, key: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        self.chosen.emit(key)

    def _dress(self, tone: str) -> None:
        if tone != self._tone:
            self._tone = tone
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


def _facts(health: Health, age: float, at: str) -> dict[str, str]:
    return {"span": span(age)} | ({"at": at} if health is Health.LOST else {})
