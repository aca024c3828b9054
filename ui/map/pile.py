"""What stands in one place, which no view takes apart: a list to choose from."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from console.language import say
from ui.queue.chips import escaped

MOST = 20  # listed


def open_pile(
    owner: QWidget, at: QPoint, cases: Sequence[tuple[int, str]], chosen: Callable[[int], object]
) -> None:
    """Offer numbered cases, or things by their rows, in their words, at a pixel of ``owner``."""
    menu = QMenu(owner)
    menu.aboutToHide.connect(menu.deleteLater)
    for number, words in cases[:MOST]:
        menu.addAction(escaped(words)).triggered.connect(lambda _checked, number=number: chosen(number))
    if len(cases) > MOST:
        menu.addAction(say("map.pile_more", count=len(cases) - MOST)).setEnabled(False)
    menu.popup(owner.mapToGlobal(at))
    menu.setActiveAction(menu.actions()[0])
