"""Whose figures a board shows: an organisation of those that are offered."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from console.desk.reads import Place

INDENT = "\u2003"


class PlacePicker(QComboBox):
    """Names what is shown, even where it does not offer it; ``chosen`` carries the code of another one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.activated.connect(lambda _index: self.chosen.emit(self.currentData()))

    def offer(self, places: Sequence[Place]) -> None:
        """Let one choose among ``places``, parents first."""
        self.clear()
        depths: dict[str, int] = {}
        for place in places:
            depths[place.code] = depths.get(place.parent, -1) + 1
            self.addItem(f"{INDENT * depths[place.code]}{place.alias or place.name}", place.code)
        self.setVisible(len(places) > 1)

    def mark(self, code: str | None, name: str = "") -> None:
        """Mark what is shown; what is not offered stands at the end once its ``name`` is known."""
        if name and self.findData(code) < 0:
            self.addItem(name, code)
        self.setCurrentIndex(self.findData(code))
