"""A whole board: main figures, the others in a strip, every chart, the ranking by a figure one chooses."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget
from typing_extensions import override

from console.indicators.figures import BoardFigures
from console.indicators.indicator import Kind, indicators
from console.language import say
from ui.charts.tile import SmallTile
from ui.panels.boards_body import MAIN, BoardBody
from ui.panels.boards_panel import Panel

WIDTHS = ((2800, 4), (1600, 3), (0, 2))  # from so many pixels on so many columns of charts
LEAST = 250  # pixels of a row of panels
NARROWEST = 200  # pixels of a figure in the strip


class BoardSheet(BoardBody):
    """As BoardBody; ``rankingChosen`` tells by which figure to rank."""

    rankingChosen = Signal(str)  # noqa: N815  a figure
    whole = True

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        self._strip = QGridLayout()
        self._strip.setSpacing(8)
        self.rank_by = QComboBox()
        self._columns = self._across = 0
        super().__init__(key, parent)
        self.rank_by.activated.connect(lambda _index: self.rankingChosen.emit(self.rank_by.currentData()))

    @override
    def _arrange(self) -> None:
        self.tiles |= {one.key: SmallTile(one, self) for one in self.known[MAIN:]}
        super()._arrange()
        self._column.insertLayout(1, self._strip)
        self.ranking.add(self.rank_by)
        for panel in (*self.charts.values(), self.ranking):
            panel.more.show()

    @override
    def _place(self) -> None:
        self._place_strip()
        columns = next(count for width, count in WIDTHS if self.width() >= width)
        if columns == self._columns:
            return
        self._columns = columns
        panels: list[Panel] = list(self.charts.values())
        for panel in (*panels, self.ranking):
            self._grid.removeWidget(panel)
        beside = columns - 1  # the ranking has the last column of the first rows
        rows = min(2 if columns > 2 else 1, -(-len(panels) // beside))  # noqa: PLR2004  two columns: one row
        cells = [(row, column) for row in range(rows) for column in range(beside)]
        further = -(-max(len(panels) - len(cells), 0) // columns)
        cells += [(rows + row, column) for row in range(further) for column in range(columns)]
        self._grid.addWidget(self.ranking, 0, beside, rows, 1)
        for place, panel in enumerate(panels):
            row, column = cells[place]
            free = [cell for cell in cells[place:] if cell[0] == row] if place == len(panels) - 1 else [()]
            self._grid.addWidget(panel, row, column, 1, len(free))
        for column in range(max(count for _width, count in WIDTHS)):
            self._grid.setColumnStretch(column, int(column < columns))
        for row in range(len(panels) + 1):
            self._grid.setRowStretch(row, int(row < rows + further))
            self._grid.setRowMinimumHeight(row, LEAST if row < rows + further else 0)

    def _place_strip(self) -> None:
        """Lay the small figures out in rows of about the same length."""
        small = [self.tiles[one.key] for one in self.known[MAIN:]]
        most = max(self.width() // NARROWEST, 1)
        across = -(-len(small) // max(-(-len(small) // most), 1)) if small else 0
        if across == self._across:
            return
        self._across = across
        for tile in small:
            self._strip.removeWidget(tile)
        for place, tile in enumerate(small):
            self._strip.addWidget(tile, place // across, place % across)
        for column in range(len(small)):
            self._strip.setColumnStretch(column, int(column < across))

    @override
    def _show_ranking(self, board: BoardFigures) -> None:
        super()._show_ranking(board)
        offered = [
            figure.key
            for figure in board.figures
            if figure.cases and indicators()[figure.key].kind in {Kind.COUNT, Kind.RATE}
        ]
        if [self.rank_by.itemData(index) for index in range(self.rank_by.count())] != offered:
            self.rank_by.clear()
            for key in offered:
                self.rank_by.addItem("", key)
        for index, key in enumerate(offered):
            self.rank_by.setItemText(index, indicators()[key].name)
        self.rank_by.setCurrentIndex(self.rank_by.findData(board.ranking.figure))
        self.rank_by.setAccessibleName(say("boards.choose_ranking"))
        self.rank_by.setToolTip(say("boards.choose_ranking"))
