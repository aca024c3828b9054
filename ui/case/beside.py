"""Other cases named beside this one: a line each, opened by Enter or a click."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.language import say
from ui.lines import FIRST, Lines, Said
from ui.others import Other, standing


class CaseList(Lines):
    """Lines of number, title and standing; ``opened`` carries a case's number."""

    opened = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None, first: int = FIRST) -> None:
        """Say the text ``title`` with the count."""
        super().__init__(parent, first)
        self._title = title
        self.chosen.connect(self.opened.emit)

    def show_cases(self, others: Sequence[Other], words: Callable[[Other], str], now: float) -> None:
        """Name ``others``, each by ``words``; hidden where there are none."""
        told = [(int(other["number"]), words(other), standing(other, now)) for other in others]
        self.show_rows(say(self._title, count=len(told)), told)

    def show_rows(self, heading: str, told: Sequence[tuple[int, str, str]]) -> None:
        """Show a line of number, words and standing each under ``heading``; hidden where there are none."""
        self.show_lines(heading, [Said(number, f"{number}", words, where) for number, words, where in told])
