"""A part of the replay in its frame: above it, always, what moment it shows and that this is not now."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from console.language import say
from ui.moments import local
from ui.texts import label


def mark(at: float) -> str:
    """Return the words that stand on every part."""
    return say("replay.mark", at=f"{local(at):%Y-%m-%d %H:%M}")


class Part(QFrame):
    """Holds ``shown`` under its mark; ``name`` is the end of a key of replay.toml."""

    def __init__(self, name: str, shown: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("past")
        self._name = name
        self.mark = label(role="past", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addWidget(self.mark)
        column.addWidget(shown, 1)

    def show_moment(self, at: float) -> None:
        """Mark the part with another moment."""
        self.mark.setText(mark(at))
        self.mark.setToolTip(say("replay.untold"))
        self.setAccessibleName(say("case.dot").join((say(f"replay.{self._name}"), mark(at))))
