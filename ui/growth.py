"""How many times as large as usual a page is drawn where the screen is large: letters, frames and gaps alike.

Half of the room that a window has beyond USUAL goes into larger letters, the other half into more of them. A
page hands its letters on to all that stands on it; what is drawn by hand is as much larger as they are.
"""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget
from typing_extensions import override

from ui.theme import theme

USUAL: Final = QSize(1920, 1000)  # pixels of a page up to which nothing grows
KEPT: Final = "usual"  # a layout's own margins and spacings


def growth_in(size: QSize) -> float:
    """Return the growth of a page of ``size``: by whole pixels of its letters."""
    room = min(size.width() / USUAL.width(), size.height() / USUAL.height())
    pixels = theme.font("base").pixelSize()
    return round(pixels * (1 + max(room, 1.0)) / 2) / pixels


def growth(widget: QWidget) -> float:
    """Return how many times as large as usual ``widget`` is drawn."""
    return widget.font().pixelSize() / theme.font("base").pixelSize()


def grown(widget: QWidget, role: str) -> QFont:
    """Return the type of ``role`` as large as ``widget`` writes it."""
    return theme.font(role, growth(widget))


class Growing(QWidget):
    """A page that grows with its window, and all that stands on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.changed.connect(self._dress)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if growth_in(self.size()) != growth(self):
            self._grow(growth_in(self.size()))

    def _dress(self) -> None:
        self._grow(growth(self))

    def _grow(self, factor: float) -> None:
        letters = f"QWidget {{ font-size: {theme.font('base', factor).pixelSize()}px; }}"
        self.setStyleSheet(f"{letters}\n{theme.sheet(factor)}" if factor != 1 else "")
        for layout in self.findChildren(QLayout):
            _spread(layout, factor)


def _spread(layout: QLayout, factor: float) -> None:
    """Let the gaps of ``layout`` be ``factor`` times as wide as they were at first."""
    usual = layout.property(KEPT) or _gaps(layout)
    layout.setProperty(KEPT, usual)
    left, top, right, bottom, across, along = (round(gap * factor) for gap in usual)
    layout.setContentsMargins(left, top, right, bottom)
    if isinstance(layout, QGridLayout):
        layout.setHorizontalSpacing(across)
        layout.setVerticalSpacing(along)
    else:
        layout.setSpacing(across)


def _gaps(layout: QLayout) -> list[int]:
    edges, across, along = layout.contentsMargins(), layout.spacing(), layout.spacing()
    if isinstance(layout, QGridLayout):
        across, along = layout.horizontalSpacing(), layout.verticalSpacing()
    return [edges.left(), edges.top(), edges.right(), edges.bottom(), across, along]
