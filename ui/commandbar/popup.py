"""The completions of the command line as a list above it; the keys stay with the line."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListWidget, QWidget

from console.language import say
from ui.commandbar.completion import Completion
from ui.texts import shown

NEAR = 4  # pixels above the bar
WIDTH, LEFT = 560, 34


class Popup(QListWidget):
    """Hidden while there is nothing to offer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(say("words.offered"))
        self.setObjectName("offers")
        self.hide()

    def offer(self, found: Sequence[Completion], bar: QWidget) -> None:
        """Show ``found`` above ``bar``, none marked."""
        self.clear()
        for one in found:
            self.addItem("   ".join(part for part in (shown(one.label), shown(one.hint)) if part))
        self.setVisible(bool(found))
        room = self.parentWidget()
        if found and room is not None:
            height = sum(self.sizeHintForRow(row) for row in range(len(found))) + 2 * self.frameWidth() + 2
            left = bar.mapTo(room, QPoint(LEFT, 0))
            self.setGeometry(left.x(), left.y() - height - NEAR, min(WIDTH, bar.width() - LEFT), height)
            self.raise_()

    def mark(self, place: int) -> None:
        """Mark the completion at ``place``."""
        self.setCurrentRow(place)
