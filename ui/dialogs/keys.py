"""The sheet of all keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from console.language import keys, say
from console.workflow import actions
from ui.texts import label
from ui.theme import theme

COLUMNS = 3
LISTED_ALREADY = frozenset({"report", "reveal", "undo"})


class KeySheet(QDialog):
    """Every action with its key, in three columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("dialogs.keys"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        pairs = listed()
        rows = -(-len(pairs) // COLUMNS)
        for place, (key, words) in enumerate(pairs):
            column, row = divmod(place, rows)
            chord = label(key, "second", parent=self)
            chord.setFont(theme.font("strong"))
            grid.addWidget(chord, row, 2 * column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(words, parent=self), row, 2 * column + 1)
            grid.setColumnMinimumWidth(2 * column + 1, 170)
        close = QPushButton(say("dialogs.close"), self)
        close.clicked.connect(self.accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(label(say("dialogs.keys"), "title", parent=self))
        whole.addWidget(label(say("dialogs.keys_hint"), "small", wrap=True, parent=self))
        whole.addLayout(grid)
        whole.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        self.finished.connect(self.deleteLater)


def listed() -> list[tuple[str, str]]:
    """Return keys and what they do, the window's own first."""
    prefix = "dialogs.keys_general."
    general = [
        (key.removeprefix(prefix).replace("-", "+"), say(key)) for key in keys() if key.startswith(prefix)
    ]
    return [
        *general,
        *(
            (QKeySequence(action.shortcut).toString(), action.label)
            for action in actions().values()
            if action.key not in LISTED_ALREADY
        ),
    ]
