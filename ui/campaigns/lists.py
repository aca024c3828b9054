"""Campaigns as a list with what each tells at a glance, and every figure of one with its numbers."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QHeaderView, QTreeWidgetItem, QWidget

from console.campaigns import Campaign
from console.indicators import changes, words
from console.indicators.figures import BoardFigures, Figure
from console.indicators.indicator import Indicator, Kind, indicators
from console.language import say
from ui.choices import HELD, RIGHT, Choices, Entries
from ui.texts import shown
from ui.theme import theme

GLANCE: Final = ("received", "closed", "overdue", "on_time")
HEAD: Final = ("name", "days", "state")
PARTS: Final = {"hit": "hit", "of": "of", "miss": "rest"}  # of a rate, as figures are asked for


class CampaignList(Choices):
    """The latest first, with its main figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("campaigns.window.title"), parent)
        names = [indicators()[key].name for key in GLANCE]
        heads = [say(f"campaigns.column.{key}") for key in HEAD]
        self.setHeaderLabels(
            [*heads, *names, *(say(f"campaigns.column.{key}") for key in ("target", "classes"))]
        )
        for column in range(len(HEAD), len(HEAD) + len(GLANCE)):
            self.headerItem().setTextAlignment(column, RIGHT)

    @property
    def campaign(self) -> Campaign | None:
        """Return the one that has the keys."""
        found: Campaign | None = self.held
        return found

    def show_campaigns(self, found: Sequence[Campaign], today: date, choose: str = "") -> None:
        """Show ``found``; ``choose`` has the keys, else whatever had them."""
        before = choose or (self.campaign.name if self.campaign else "")
        self.clear()
        for one in found:
            state, classes = say(f"campaigns.state.{one.state(today)}"), say("boards.comma").join(one.classes)
            cells = [shown(one.name), one.days, state, *("…" for _ in GLANCE), one.aim, shown(classes)]
            item = QTreeWidgetItem(self, cells)
            item.setData(0, HELD, one)
            for column in range(len(HEAD), len(HEAD) + len(GLANCE)):
                item.setTextAlignment(column, RIGHT)
            if one.name == before:
                self.setCurrentItem(item)
        self.settle()

    def show_figures(self, name: str, board: BoardFigures | None) -> None:
        """Show what the campaign ``name`` tells; None: nothing yet."""
        item = next((one for one in self.lines if one.data(0, HELD).name == name), None)
        for column, key in enumerate(GLANCE, len(HEAD)):
            figure = board.figure(key) if board else None
            value = words.figure_text(indicators()[key], figure) if figure else say("boards.none")
            if item is not None:
                item.setText(column, value)


class FigureTree(Entries):
    """A row a figure, of a rate its parts below it; a row that is entered gives what finds its cases."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("campaigns.window.figures"), parent)
        self.setColumnCount(3)
        self.setHeaderLabels([say(f"campaigns.window.{key}") for key in ("figure", "value", "change")])
        self.headerItem().setTextAlignment(1, RIGHT)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def show_board(self, board: BoardFigures | None) -> None:
        """Show every figure of ``board``."""
        self.clear()
        for figure in board.figures if board else ():
            known = indicators()[figure.key]
            top = self._row(self.invisibleRootItem(), known.name, words.figure_text(known, figure))
            if board is not None:
                top.setText(2, changes.change_text(known, figure, board))
            if known.kind is Kind.COUNT:
                self._offer(top, figure.key)
            for name, count, asked in _parts(known, figure):
                self._offer(self._row(top, name, say("campaigns.window.cases", count=count)), asked)
            top.setExpanded(figure.key in GLANCE)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def _row(self, under: QTreeWidgetItem, name: str, value: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(under, [name, value])
        item.setTextAlignment(1, RIGHT)
        return item

    def _offer(self, item: QTreeWidgetItem, asked: str) -> None:
        item.setData(0, HELD, asked)
        item.setForeground(1, theme.color("accent"))


def _parts(known: Indicator, figure: Figure) -> Iterator[tuple[str, int, str]]:
    """Yield name, number and question of what a rate or a length of time is taken of."""
    if known.kind is Kind.RATE and figure.numerator is not None and figure.denominator is not None:
        whole, met = figure.denominator, figure.numerator
        counts = {"hit": met, "of": whole, "miss": whole - met}
        for part in PARTS if known.misses else ("hit", "of"):
            yield known.part(part), counts[part], f"{known.key}:{PARTS[part]}"
    elif known.kind is Kind.SPAN and figure.numerator:
        yield say("campaigns.window.measured"), figure.numerator, known.key
