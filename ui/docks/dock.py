"""One panel that can be moved, tabbed, floated and closed, under a title bar in our own look."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.language import say
from ui.docks.keys import with_key
from ui.language import language
from ui.layouts import tab_stops
from ui.texts import label
from ui.theme import theme

HEIGHT, ICON, BUTTON = 26, 14, 22  # pixels
MARGIN = 8  # of what floats


class Title(QWidget):
    """The name of a dock, and buttons at the right that float and close it; its keys do so too."""

    def __init__(self, dock: "Dock") -> None:
        super().__init__(dock)
        self.dock = dock
        self.words = label(role="second", parent=self)
        self.float, self.close_ = _button(self), _button(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 2, 0)
        row.setSpacing(2)
        row.addWidget(self.words, 1)
        row.addWidget(self.float)
        row.addWidget(self.close_)
        self._folded = False
        self.float.clicked.connect(dock.turn)
        self.close_.clicked.connect(dock.close)

    def fold(self, *, folded: bool) -> None:
        """Take no room while the name stands on a tab."""
        if folded != self._folded:
            self._folded = folded
            for part in (self.words, self.float, self.close_):
                part.setVisible(not folded)
            self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(0, 0 if self._folded else HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Dock(QDockWidget):
    """The panel ``key``. What it holds is hidden while its tab is behind, so that no key walks into it."""

    closed = Signal(bool)  # by hand; whether the cursor was in here

    def __init__(self, key: str, least: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.key, self.seen = key, False
        self.offered = True  # whether there is anything to show
        self.setObjectName(key)
        self.setMinimumWidth(least)
        self._inner, frame = QWidget(self), QWidget(self)
        self._around = QVBoxLayout(frame)
        self._around.setContentsMargins(0, 0, 0, 0)
        self._around.addWidget(self._inner)
        self._within = QVBoxLayout(self._inner)
        self._within.setContentsMargins(0, 0, 0, 0)
        self.title = Title(self)
        self.setTitleBarWidget(self.title)
        self.setWidget(frame)
        self.visibilityChanged.connect(self._see)
        self.topLevelChanged.connect(self._dress)
        theme.changed.connect(self._dress)
        self._dress()
        language.follow(self, self._retranslate)

    def hold(self, content: QWidget) -> None:
        """Show ``content`` from now on, beside nothing else."""
        self._within.addWidget(content)

    @property
    def has_keys(self) -> bool:
        """Tell whether the cursor is in here."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def enter(self) -> None:
        """Give the keys to the first part that takes them."""
        if self.isFloating():
            self.activateWindow()
        if not self.has_keys:
            first = next((stop for stop in tab_stops(self._inner) if stop.isVisible()), self)
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def turn(self) -> None:
        """Float, or come back into the window; the cursor stays in here."""
        had_keys = self.has_keys
        self.setFloating(not self.isFloating())
        if had_keys:
            self.enter()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        had_keys = self.has_keys
        super().closeEvent(event)
        self.closed.emit(had_keys)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.isFloating():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), theme.color("window"))
            painter.setPen(theme.color("edge"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        finally:
            painter.end()

    def _see(self, seen: bool) -> None:  # noqa: FBT001  Qt's signature
        self.seen = seen
        self._inner.setVisible(seen)

    def _dress(self) -> None:
        margin = MARGIN if self.isFloating() else 0
        self._around.setContentsMargins(margin, 0, margin, margin)
        self.title.float.setIcon(theme.icon("float"))
        self.title.close_.setIcon(theme.icon("close"))
        self._retranslate()

    def _retranslate(self) -> None:
        name = say(f"panels.{self.key}")
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        self.title.words.setText(name)
        floats = say("panels.unfloat" if self.isFloating() else "panels.float", name=name)
        closes = say("panels.close", name=name)
        for button, words, key in (
            (self.title.float, floats, "float"),
            (self.title.close_, closes, "arrange"),  # whose menu closes it, too
        ):
            button.setToolTip(with_key(words, key, " "))
            button.setAccessibleName(words)


def _button(parent: QWidget) -> QToolButton:
    """Return a small button for the mouse; for the keys there are keys."""
    button = QToolButton(parent)
    button.setProperty("role", "tiny")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setIconSize(QSize(ICON, ICON))
    button.setFixedSize(BUTTON, BUTTON)
    return button
