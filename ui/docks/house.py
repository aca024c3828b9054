"""How the house arranges the panels, until a person does."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from ui.docks.dock import Dock

RIGHT: Final = Qt.DockWidgetArea.RightDockWidgetArea
ACROSS: Final = Qt.Orientation.Horizontal
FOLDED, WIDE = "folded", "wide"  # width classes of a window
FOLDED_BELOW = 1500  # pixels: map and case become tabs
LEAST = {"map": 320, "case": 400, "report": 400, "around": 360}  # pixels of width
ON_DEMAND: Final = ("report", "around")  # shown while there is something in them
# Of a window's width; the queue has the rest.
SHARES = {WIDE: {"map": 0.41, "case": 0.23}, FOLDED: {"case": 0.43}}


def width_class(pixels: int) -> str:
    """Return the width class of a window that is so wide."""
    return FOLDED if pixels < FOLDED_BELOW else WIDE


def arrange(window: QMainWindow, docks: Mapping[str, Dock], width: str) -> None:
    """Let every dock stand right of the queue in ``window``: side by side, or as tabs where it is folded."""
    case, view = docks["case"], docks["map"]
    for dock in docks.values():
        dock.setFloating(False)
        window.removeDockWidget(dock)
    window.addDockWidget(RIGHT, case)
    if width == WIDE:
        window.addDockWidget(RIGHT, view)
        window.splitDockWidget(view, case, ACROSS)
    else:
        window.tabifyDockWidget(case, view)
    for key in ON_DEMAND:
        window.tabifyDockWidget(view if width == FOLDED else case, docks[key])
    for dock in docks.values():
        dock.setVisible(dock.offered)
    layout = window.layout()
    if layout is not None:
        layout.activate()
    shares = SHARES[width]
    sizes = [round(window.width() * share) for share in shares.values()]
    window.resizeDocks([docks[key] for key in shares], sizes, ACROSS)
    case.raise_()
