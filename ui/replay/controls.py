"""What moves a replay: the moment typed, buttons, pace and the slider of the day."""

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.intake import instants
from console.language import say
from console.spoken import action_label
from ui.elided import Elided
from ui.language import language
from ui.moments import local
from ui.replay.day import DaySlider
from ui.replay.part import mark
from ui.replay.player import PACES, Player
from ui.texts import label, shown

ENTRY: Final = 168  # pixels of a date and a time
DAY_WORDS: Final = frozenset("今昨前明后yt")  # how a day that is counted from now begins
ROOMY, NARROWEST = 1200, 900  # pixels of width: for every button, and for those without a key of their own


class Controls(QWidget):
    """Hands for ``player``; ``meant`` carries an instant, ``refused`` why a text is none."""

    meant = Signal(float)
    refused = Signal(str)
    left = Signal()
    blinded = Signal(bool)

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self.mark, self.state = label(role="past", parent=self), Elided("small", 0, self)
        self.entry, self.pace, self.day = QLineEdit(self), QComboBox(self), DaySlider(self)
        self.buttons = {
            key: QPushButton(self) for key in ("day_back", "back", "play", "on", "day_on", "blind", "now")
        }
        self.buttons["blind"].setCheckable(True)
        self.buttons["now"].setProperty("role", "primary")
        self.buttons["day_back"].setText("‹")
        self.buttons["day_on"].setText("›")
        for pressed in (*self.buttons.values(), self.pace):
            pressed.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Space plays on after a click
        self.entry.setMaxLength(40)
        self.entry.setFixedWidth(ENTRY)
        for pace in PACES:
            self.pace.addItem("", pace)
        self.pace.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._arrange()
        self._connect()
        language.follow(self, self.retell)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.mark)
        row.addSpacing(6)
        row.addWidget(self.buttons["day_back"])
        row.addWidget(self.entry)
        row.addWidget(self.buttons["day_on"])
        row.addSpacing(6)
        for key in ("back", "play", "on"):
            row.addWidget(self.buttons[key])
        row.addWidget(self.pace)
        row.addWidget(self.buttons["blind"])
        row.addWidget(self.state, 1)
        row.addWidget(self.buttons["now"])
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.day)

    def _connect(self) -> None:
        buttons, player = self.buttons, self._player
        buttons["play"].clicked.connect(player.toggle)
        buttons["back"].clicked.connect(partial(player.step, -1))
        buttons["on"].clicked.connect(partial(player.step, 1))
        buttons["blind"].toggled.connect(self.blinded)
        buttons["now"].clicked.connect(self.left)
        self.entry.returnPressed.connect(self._read)
        self.pace.activated.connect(self._choose_pace)
        player.turned.connect(self.show_state)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for spared in (*(self.buttons[key] for key in ("day_back", "day_on", "blind")), self.pace):
            spared.setVisible(self.width() >= ROOMY)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def show_moment(self, at: float) -> bool:
        """Show the moment; tell whether its day is another."""
        self.mark.setText(mark(at))
        self.mark.setMinimumWidth(self.mark.sizeHint().width())  # it is never the one to give way
        self.show_state()
        if not self.entry.hasFocus():
            self.entry.setText(f"{local(at):%Y-%m-%d %H:%M}")
        return self.day.show_moment(at)

    def show_state(self) -> None:
        """Show whether it plays, reads, and at which pace."""
        playing = self._player.playing
        self.buttons["play"].setText(say("replay.pause" if playing else "replay.play"))
        self.state.show_text(say("replay.loading") if self._player.busy else self._happened())
        self.pace.setCurrentIndex(PACES.index(self._player.pace))

    def _happened(self) -> str:
        """Return what happened last, "" where that is not known."""
        fact = self._player.past.last
        if fact is None:
            return ""
        told = {"actor": shown(fact.actor), "action": action_label(fact.action), "number": fact.row.number}
        return say("replay.happened", at=f"{local(fact.at):%H:%M}", **told)

    def retell(self) -> None:
        """Say everything in the spoken language."""
        for key in ("back", "on", "blind", "now"):
            self.buttons[key].setText(say(f"replay.{key}"))
        for key in ("day_back", "day_on"):
            self.buttons[key].setToolTip(say(f"replay.{key}"))
            self.buttons[key].setAccessibleName(say(f"replay.{key}"))
        self.buttons["blind"].setToolTip(say("replay.blind_hint"))
        for widget, key in ((self.entry, "at"), (self.pace, "speed")):
            widget.setToolTip(say(f"replay.{key}"))
            widget.setAccessibleName(say(f"replay.{key}"))
        for place, pace in enumerate(PACES):
            self.pace.setItemText(place, say(f"replay.pace.{pace}"))
        self.day.retell()
        self.show_state()

    def _choose_pace(self, place: int) -> None:
        self._player.quicken(place - PACES.index(self._player.pace))
        self.pace.clearFocus()

    def _read(self) -> None:
        """Go where the text says: a clock time alone is of the day that is shown."""
        text = self.entry.text().strip()
        near = self._player.now() if text[:1] in DAY_WORDS else self._player.at
        try:
            at = instants.coming(text, local(near)).timestamp()
        except (ValueError, OverflowError):
            self.refused.emit(say("replay.unread", text=shown(text)))
            return
        self.entry.clearFocus()
        self.meant.emit(at)

    def take_focus(self) -> None:
        """Let the moment be typed."""
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.entry.selectAll()
