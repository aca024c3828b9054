"""The field in which a row is looked for."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from console.language import say
from ui.language import language
from ui.theme import theme

PAUSE = 120  # milliseconds without a key before the list follows
LONGEST = 100
WIDTH, NARROWEST = 210, 90


class SearchField(QLineEdit):
    """``searched`` follows the typing after a short pause; ``left`` asks to go on in the list."""

    searched = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(NARROWEST)  # it gives way to what is announced beside it
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text()))
        self.textChanged.connect(self._wait)
        theme.changed.connect(self._dress)
        self._dress()
        language.follow(self, self._retranslate)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the usual size."""
        return QSize(WIDTH, super().sizeHint().height())

    def take_focus(self) -> None:
        """Begin a search."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def show_text(self, text: str) -> None:
        """Show ``text`` as what is searched for already."""
        self.setText(text)
        self._pause.stop()

    def drop(self) -> None:
        """End the search."""
        self.clear()
        self._pause.stop()
        self.searched.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Enter and down go on in the list; Escape ends the search."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.clear()
        if key in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self._pause.stop()
            self.searched.emit(self.text())
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _wait(self, _text: str) -> None:
        self._pause.start()

    def _dress(self) -> None:
        self._sign.setIcon(theme.icon("search", "text3"))

    def _retranslate(self) -> None:
        self.setPlaceholderText(say("queue.search"))
        self.setAccessibleName(say("queue.search_name"))
