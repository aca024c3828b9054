"""A short notice that goes by itself, or at a click; it stands where there is neither a control nor a row."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from ui.texts import label, paragraph
from ui.theme import theme

SHOWN = 6000  # milliseconds
READ = 60  # milliseconds a character
LONGEST = 400
EDGE = 12


class Toast(QFrame):
    """Stands in the rectangle that ``room`` names in its parent; never takes the focus."""

    def __init__(self, parent: QWidget, room: Callable[[], QRect]) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._room = room
        self._said = ""
        self._text = label(role="small", wrap=True, parent=self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, 0, EDGE, 0)
        row.addWidget(self._text)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def text(self) -> str:
        """Return what is said, "" while nothing is."""
        return "" if self.isHidden() else self._said

    def show_notice(self, sentence: str) -> None:
        """Say ``sentence`` for as long as it takes to read."""
        clean = paragraph(sentence)
        self._said = clean if len(clean) <= LONGEST else clean[:LONGEST] + "…"
        self._timer.start(max(SHOWN, READ * len(self._said)))
        self.show()
        self.place()
        self.raise_()

    def place(self) -> None:
        """Stand in the room there is now; what does not fit is in the tooltip."""
        if self.isHidden():
            return
        room = self._room()
        self.setGeometry(room)
        metrics = QFontMetrics(theme.font("small"))
        shown = fitted(self._said, room.size() - QSize(2 * EDGE + 2, 2), metrics)
        self._text.setText(shown)
        self.setToolTip("" if shown == self._said else self._said)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def _dress(self) -> None:
        ground, edge = theme.color("raised").name(), theme.color("edge").name()
        self.setStyleSheet(
            f"QFrame#toast {{ background: {ground}; border: 1px solid {edge}; border-radius: 8px; }}"
            f"QLabel {{ color: {theme.color('text').name()}; }}"
        )


def fitted(text: str, room: QSize, metrics: QFontMetrics) -> str:
    """Return as much of ``text`` as has room when it is wrapped, with an ellipsis where it is cut."""

    def fits(words: str) -> bool:
        wrap = int(Qt.TextFlag.TextWordWrap)
        return metrics.boundingRect(QRect(0, 0, room.width(), 10_000), wrap, words).height() <= room.height()

    if fits(text):
        return text
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if fits(text[:middle] + "…"):
            least = middle
        else:
            most = middle - 1
    return text[:least] + "…"
