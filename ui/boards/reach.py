"""A board by keys alone: Tab goes on as one reads, and four keys lead to what a board is chosen by."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QScrollArea, QWidget

from ui.boards.period import PeriodPicker
from ui.boards.sheet import BoardSheet

NEAR = 60  # pixels that are shown around what has the keys


def by_keys(
    page: QWidget,
    area: QScrollArea,
    centre: QComboBox,
    picker: PeriodPicker,
    buttons: Sequence[QWidget],
    body: BoardSheet,
) -> None:
    """Let Tab go through choices and ``body``, which ``area`` of ``page`` shows; Alt and a letter lead."""
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Page Up and Down reach it from whatever has the keys
    for one, other in pairwise((centre, *picker.stops, *buttons, *body.stops)):
        QWidget.setTabOrder(one, other)
    _on(page, "Alt+O", partial(_open, area, centre))
    _on(page, "Alt+P", lambda: picker.chosen_chip.setFocus(Qt.FocusReason.ShortcutFocusReason))
    _on(page, "Alt+M", partial(_go, area, body.areas.map))
    _on(page, "Alt+R", partial(_open, area, body.rank_by))


def _on(page: QWidget, keys: str, lead: Callable[[], None]) -> None:
    shortcut = QShortcut(QKeySequence(keys), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(lead)


def _go(area: QScrollArea, there: QWidget) -> None:
    there.setFocus(Qt.FocusReason.ShortcutFocusReason)
    area.ensureWidgetVisible(there, NEAR, NEAR)


def _open(area: QScrollArea, choice: QComboBox) -> None:
    """Lead to ``choice`` and offer what there is."""
    if not choice.isVisible():
        return
    choice.setFocus(Qt.FocusReason.ShortcutFocusReason)
    if area.isAncestorOf(choice):
        area.ensureWidgetVisible(choice, NEAR, NEAR)
    choice.showPopup()
