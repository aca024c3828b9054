"""The chips of a filter: small buttons that keys press and take away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from console.language import say
from ui.theme import theme

AWAY = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})


class Chip(QPushButton):
    """A chip with ``words``; ``removed`` by a click on it, Delete or Backspace."""

    removed = Signal()

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(escaped(words), parent)
        dress(self)
        self.setIcon(theme.icon("close"))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the sign of closing stands at the end
        self.setToolTip(say("queue.remove_filter"))
        self.setAccessibleName(say("filters.chip_name", words=words))
        self.clicked.connect(self.removed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in AWAY:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


def dress(button: QPushButton) -> None:
    """Give ``button`` the look of a chip."""
    button.setProperty("role", "chip")
    button.setAutoDefault(False)


def escaped(text: str) -> str:
    """Return ``text`` as a button shows it; what follows a single & would be taken for a key."""
    return text.replace("&", "&&")
