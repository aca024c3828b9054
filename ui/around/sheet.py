"""A panel about one place: what it is, what can be done with it, and below what is known of it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from console.language import say
from ui.layouts import in_tab_order, scroll
from ui.queue.flow import FlowLayout
from ui.texts import dress, label

EDGE, GAP = 14, 10
ROLES = {"red": "counter overdue", "yellow": "counter near", "green": "counter fine"}


class Sheet(QFrame):
    """``chips`` are laid out below the head, ``column`` takes the rest; Esc leaves."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.title, self.sub = (
            label(role="title", wrap=True, parent=self),
            label(role="second", wrap=True, parent=self),
        )
        self.told = label(role="near", wrap=True, parent=self)
        self._chips, self.inner = QWidget(self), QWidget(self)
        self.chips = FlowLayout(self._chips)
        self.hint = label(role="third", wrap=True, parent=self)
        self.column = QVBoxLayout(self.inner)
        self.column.setContentsMargins(EDGE, 4, EDGE, EDGE)
        self.column.setSpacing(GAP)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 12, 1, 8)
        whole.setSpacing(8)
        whole.addLayout(_indented(self.title, self.sub, self.told, self._chips))
        whole.addWidget(self._area(), 1)
        whole.addLayout(_indented(self.hint))
        self.tell("")

    def chip(self, act: Callable[[], object]) -> QPushButton:
        """Return a new button below the head."""
        made = QPushButton(self._chips)
        made.setProperty("role", "chip")
        made.clicked.connect(lambda _checked: act())
        self.chips.addWidget(made)
        return made

    def tell(self, sentence: str, role: str = "near") -> None:
        """Say ``sentence`` below the head; "" takes it back."""
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
        dress(self.told, role)

    def settle(self) -> None:
        """Let Tab walk through what was made since, as it stands."""
        in_tab_order(self._chips, self.inner)

    def _area(self) -> QScrollArea:
        area = QScrollArea(self)
        scroll(area, self.inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _indented(*parts: QWidget) -> QVBoxLayout:
    """Return the parts below each other; a style given anew would forget margins of their own."""
    column = QVBoxLayout()
    column.setContentsMargins(EDGE, 0, EDGE, 0)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part)
    return column


class Figures(QWidget):
    """A row of figures, each above its name."""

    def __init__(self, keys: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._heading = label(role="third", parent=self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._heading, 0, 0, 1, len(keys))
        self._values = {key: label(role="counter", parent=self) for key in keys}
        self._names = {key: label(role="small", parent=self) for key in keys}
        for place, key in enumerate(keys):
            grid.addWidget(self._values[key], 1, place)
            grid.addWidget(self._names[key], 2, place)
            grid.setColumnStretch(place, 1)

    def show_figures(self, heading: str, told: dict[str, str]) -> None:
        """Show the figures by key under ``heading``."""
        self._heading.setText(heading)
        for key, value in told.items():
            self._values[key].setText(value)
            dress(self._values[key], ROLES.get(key, "counter") if value != "0" else "counter")
            self._names[key].setText(say(f"around.figure.{key}"))
