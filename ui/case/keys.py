"""Keys that lead into the open case from anywhere on the page."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.case.buttons import MORE
from ui.case.panel import CasePanel
from ui.docks.area import Docks
from ui.layouts import tab_stops

INTO, STORY, GRID, AROUND = "F2", "F4", "Ctrl+G", "Ctrl+R"


def install(page: QWidget, case: CasePanel, docks: Docks) -> Callable[[str], None]:
    """Let ``page`` hear the keys; ``docks`` hold the case, seen or not.

    Return what gives the cursor to the line for notes ("note") or call records ("call").
    """
    into: dict[str, Callable[[], None]] = {
        INTO: lambda: _enter(case),
        STORY: case.timeline.enter,
        MORE: case.buttons.show_more,
    }

    def go(step: Callable[[], None]) -> None:
        if case.file is not None:
            docks.bring("case")
            case.activateWindow()
            step()

    QShortcut(QKeySequence(GRID), page).activated.connect(case.look_at_grid)
    QShortcut(QKeySequence(AROUND), page).activated.connect(case.look_around)
    for keys, step in into.items():
        QShortcut(QKeySequence(keys), page).activated.connect(lambda step=step: go(step))
    return lambda kind: go(lambda: case.write(kind))


def _enter(case: CasePanel) -> None:
    """Give the keys to the first part of the case that takes them."""
    first = next((stop for stop in tab_stops(case.body.inner) if stop.isVisible()), None)
    if first is not None:
        first.setFocus(Qt.FocusReason.TabFocusReason)
        case.body.area.ensureWidgetVisible(first, 0, 8)
