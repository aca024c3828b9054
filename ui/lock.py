"""The lock: while nobody sits there, nothing of a case is seen and no key reaches what is behind."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from console.errors import OutOfReach
from console.language import say
from ui.attention import attention
from ui.language import language
from ui.menu import KEYS
from ui.moments import local
from ui.preferences import preferences
from ui.soon import soon
from ui.tasks import tasks
from ui.texts import dress, label, shown

if TYPE_CHECKING:
    from ui.seat import Seat

Recognises = Callable[[str], Awaitable[bool]]
TICK = 1000  # milliseconds
TRIES, WAIT = 3, 30  # wrong ones, then seconds
WIDTH = 420
FLEETING = frozenset({Qt.WindowType.Popup, Qt.WindowType.ToolTip})  # a menu or a tip is not shown again
LONGEST = 200  # characters of a password


class LockScreen(QDialog):
    """Asks who is there; ``opened`` once it is who locked it. ``recognises``: None where Enter does."""

    opened = Signal()
    leaving = Signal()

    def __init__(self, name: str, at: str, recognises: Recognises | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._recognises = recognises
        self._wrong = self._left = 0
        self._name, self._at = shown(name), at
        self._says: tuple[str, dict[str, object]] = (
            ("lock.ask", {"name": self._name}) if recognises else ("lock.open", {})
        )
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.line = QLineEdit(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(LONGEST)
        self.line.setVisible(recognises is not None)
        self._title, self._who = label(role="case", parent=self), label(role="second", wrap=True, parent=self)
        self.told = label(role="second", wrap=True, parent=self)
        self.alarm = label(role="near", wrap=True, parent=self)
        self.alarm.hide()
        self.unlock, self.leave = QPushButton(self), QPushButton(self)
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._pass)
        self._arrange()
        language.follow(self, self._retranslate)
        self.unlock.clicked.connect(self._try)
        self.leave.clicked.connect(self.leaving)
        QShortcut(QKeySequence(KEYS["leave"]), self).activated.connect(self.leave.click)

    def show_alarm(self, sentence: str) -> None:
        """Say which kind of alarm sounds; "" takes it back. Nothing of a case belongs here."""
        self.alarm.setText(sentence)
        self.alarm.setVisible(bool(sentence))

    @override
    def reject(self) -> None:
        """Stay: Esc opens nothing."""

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.leaving.emit()

    def _try(self) -> None:
        if self._recognises is None:
            self.opened.emit()
        elif not self._left and self.unlock.isEnabled():
            self._say("lock.checking", "second", busy=True)
            tasks.start(self._check(self._recognises, self.line.text()), "unlocking")

    async def _check(self, recognises: Recognises, password: str) -> None:
        try:
            known = await recognises(password)
        except OutOfReach:
            self._say("lock.away", "near")
            return
        self.line.clear()
        if known:
            self.opened.emit()
            return
        self._wrong += 1
        if self._wrong % TRIES:
            self._say("lock.wrong", "overdue", left=TRIES - self._wrong % TRIES)
        else:
            self._left = WAIT
            self._timer.start()
            self._tell_wait()

    def _pass(self) -> None:
        self._left -= 1
        if self._left:
            self._tell_wait()
        else:
            self._timer.stop()
            self._say("lock.wrong", "second", left=TRIES)

    def _tell_wait(self) -> None:
        self._say("lock.wait", "overdue", busy=True, tries=self._wrong, seconds=self._left)

    def _say(self, key: str, role: str, *, busy: bool = False, **facts: object) -> None:
        self._says = key, facts
        dress(self.told, role)
        self.told.setText(say(key, **facts))
        self.unlock.setEnabled(not busy)
        self.line.setReadOnly(busy)  # disabled it would hand the keys to "sign out"
        if not busy:
            self.line.setFocus()

    def _retranslate(self) -> None:
        self.setWindowTitle(say("lock.window"))
        self._title.setText(say("lock.title"))
        self._who.setText(say("lock.who", name=self._name, at=self._at))
        key, facts = self._says
        self.told.setText(say(key, **facts))
        self.line.setAccessibleName(say("lock.password"))
        self.unlock.setText(say("lock.unlock"))
        self.leave.setText(say("lock.leave"))

    def _arrange(self) -> None:
        self.unlock.setProperty("role", "primary")
        self.unlock.setDefault(True)
        self.leave.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.leave)
        row.addStretch(1)
        row.addWidget(self.unlock)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        for widget in (self._title, self._who, self.alarm, self.line, self.told):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addLayout(row)
        self.setFixedWidth(WIDTH)
        (self.line if self._recognises else self.unlock).setFocus()


class Lock(QObject):
    """Locks ``window`` when asked, or after as long without input as preferences say.

    While it is locked the window's page and every other window are hidden; input counts for nothing.
    """

    changed = Signal(bool)  # locked or not
    leaving = Signal()

    def __init__(self, window: QWidget, page: QWidget) -> None:
        super().__init__(window)
        self._window, self._page = window, page
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None
        self.screen: LockScreen | None = None
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._pass)
        self._timer.start()
        self.due: Callable[[], bool] = lambda: False  # whether an idle window is to be locked at all
        self.seat: Seat | None = None  # whose it is; nothing is locked where nobody has signed in

    @property
    def locked(self) -> bool:
        """Tell whether the screen is locked."""
        return self.screen is not None

    def lock(self) -> None:
        """Hide everything until whoever sits here is recognised."""
        if self.locked or self.seat is None:
            return
        attention.heeding = False
        self.seat.company.hide(hidden=True)
        self._focus = QApplication.focusWidget()
        screen = self.screen = _screen(self.seat, self._window)
        screen.opened.connect(self.unlock)
        screen.leaving.connect(self.leaving)
        self._page.hide()
        self._hide_others()
        self._watch(watch=True)
        self.changed.emit(True)  # noqa: FBT003  Qt's signature
        screen.show()

    def give_up(self) -> None:
        """Forget whose seat it is."""
        self.seat = None
        self.unlock()

    def show_alarms(self, sentence: str) -> None:
        """Say at the lock which kinds of alarms stand, and how many."""
        if self.screen is not None:
            self.screen.show_alarm(sentence)

    def unlock(self) -> None:
        """Show everything again as it was; also when the person leaves."""
        screen, self.screen = self.screen, None
        if screen is None:
            return
        self._watch(watch=False)
        screen.hide()
        screen.deleteLater()
        attention.heeding = True
        if self.seat is not None:
            self.seat.company.hide(hidden=False)
        attention.notice()
        self._page.show()
        hidden, self._hidden = self._hidden, []
        for widget in filter(isValid, hidden):
            widget.show()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self._focus = None
        self.changed.emit(False)  # noqa: FBT003  Qt's signature

    def _watch(self, *, watch: bool) -> None:
        application = QApplication.instance()
        if application is not None:
            (application.installEventFilter if watch else application.removeEventFilter)(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide what opens by itself while it is locked, before it is painted; Qt wants to show it first."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            soon(self, self._hide_others)
        return False

    def _pass(self) -> None:
        """Let a second pass."""
        minutes = preferences.settings.lock_minutes
        if not self.locked and minutes and attention.idle >= 60 * minutes and self.due():
            self.lock()

    def _hide_others(self) -> None:
        if not self.locked:
            return
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and widget not in {self._window, self.screen}:
                widget.hide()
                if widget.windowType() not in FLEETING:
                    self._hidden.append(widget)


def _screen(seat: "Seat", window: QWidget) -> LockScreen:
    console = seat.console
    at = f"{local(seat.bridge.now()):%H:%M}"
    recognises = console.recognises if console.asks_password else None
    return LockScreen(str(console.me["name"]), at, recognises, window)
