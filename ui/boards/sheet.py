"""A whole board: main figures, the others in a strip, every chart, the ranking by a figure one chooses."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget
from typing_extensions import override

from console.indicators.figures import BoardFigures, Peers
from console.indicators.indicator import Kind, indicators
from console.language import say
from ui.boards.areas import AreaPanel
from ui.boards.ask import of_place
from ui.boards.body import MAIN, BoardBody
from ui.boards.panel import Panel
from ui.charts.small_tile import SmallTile
from ui.growth import growth

WIDTHS = ((2400, 4), (1600, 3), (0, 2))  # from so many pixels on so many columns of charts
THREE = 3
PARTS = 12  # of the width: two, three and four columns alike
LEAST = 250  # pixels of a row of panels
NARROWEST = 200  # pixels of a figure in the strip


class Cell(NamedTuple):
    """Where a panel stands on the grid, and how much of it it takes."""

    row: int
    column: int
    rows: int
    columns: int


class BoardSheet(BoardBody):
    """As BoardBody; ``rankingChosen`` tells by which figure to rank."""

    rankingChosen = Signal(str)  # noqa: N815  a figure
    nothing = "boards.empty.title"
    whole = True

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        self._strip = QGridLayout()
        self._strip.setSpacing(8)
        self.rank_by, self.areas = QComboBox(), AreaPanel()
        self._laid, self._across = (0, 1.0), 0  # columns of charts and their growth; small figures in a row
        super().__init__(key, parent)
        self.rank_by.activated.connect(lambda _index: self.rankingChosen.emit(self.rank_by.currentData()))

    @override
    def _arrange(self) -> None:
        self.tiles |= {one.key: SmallTile(one, self) for one in self.known[MAIN:]}
        super()._arrange()
        self._column.insertLayout(1, self._strip)
        self.ranking.add(self.rank_by)
        self.areas.asked.connect(lambda one: self._offer(of_place(one), self.areas))
        for panel in self.panels:
            panel.open()

    @property
    def panels(self) -> list[Panel]:
        """Return everything with a title, in order: the map, the charts, the ranking."""
        return [self.areas, *self.charts.values(), self.ranking]

    @property
    def stops(self) -> list[QWidget]:
        """Return what takes the keys, in the order in which one reads."""
        return [*self.tiles.values(), *(one for panel in self.panels for one in panel.stops)]

    @override
    def _place(self) -> None:
        self._place_strip()
        width, count = self._usual_width, len(self.charts)
        columns = next(columns for least, columns in WIDTHS if width >= least and _filled(columns, count))
        if (columns, growth(self)) == self._laid:
            return
        self._laid = columns, growth(self)
        for panel in self.panels:
            self._grid.removeWidget(panel)
        cells = _cells(columns, len(self.charts))
        for panel, cell in zip(self.panels, cells, strict=True):
            self._grid.addWidget(panel, *cell)
        rows = max(cell.row + cell.rows for cell in cells)
        for column in range(PARTS):
            self._grid.setColumnStretch(column, 1)
        for row in range(len(self.panels)):
            self._grid.setRowStretch(row, int(row < rows))
            self._grid.setRowMinimumHeight(row, round(LEAST * growth(self)) if row < rows else 0)

    @property
    def _usual_width(self) -> float:
        """Pixels of width, were everything as large as usual."""
        return self.width() / growth(self)

    def _place_strip(self) -> None:
        """Lay the small figures out in rows of about the same length."""
        small = [self.tiles[one.key] for one in self.known[MAIN:]]
        most = max(int(self._usual_width) // NARROWEST, 1)
        across = -(-len(small) // max(-(-len(small) // most), 1)) if small else 0
        if across == self._across:
            return
        self._across = across
        for tile in small:
            self._strip.removeWidget(tile)
        for place, tile in enumerate(small):
            first = place // across * across
            tile.row = small[first : first + across]
            self._strip.addWidget(tile, place // across, place % across)
        for column in range(len(small)):
            self._strip.setColumnStretch(column, int(column < across))

    @override
    def show_board(self, board: BoardFigures) -> None:
        super().show_board(board)
        self.areas.show_board(board)

    def show_peers(self, peers: Mapping[str, Peers]) -> None:
        """Show in every tile how its figure stands among peers."""
        for key, tile in self.tiles.items():
            tile.show_peers(peers.get(key))

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.areas.retranslate()

    @override
    def _show_ranking(self, board: BoardFigures | None) -> list[QWidget]:
        changed = super()._show_ranking(board)
        if board is not None:
            self._offer_ranks(board)
        return changed

    def _offer_ranks(self, board: BoardFigures) -> None:
        """Let one choose among the figures that places can be ranked by."""
        offered = [figure.key for figure in board.figures if indicators()[figure.key].kind is not Kind.SPAN]
        if [self.rank_by.itemData(index) for index in range(self.rank_by.count())] != offered:
            self.rank_by.clear()
            for key in offered:
                self.rank_by.addItem("", key)
        for index, key in enumerate(offered):
            self.rank_by.setItemText(index, indicators()[key].name)
        self.rank_by.setCurrentIndex(self.rank_by.findData(board.ranking.figure))
        self.rank_by.setAccessibleName(say("boards.choose_ranking"))
        self.rank_by.setToolTip(say("boards.choose_ranking"))


def _filled(columns: int, charts: int) -> bool:
    """Tell whether there are charts enough that map and ranking need not stand as high as the page."""
    return columns <= THREE or charts > 2 * (columns - 2) + 1


def _cells(columns: int, charts: int) -> list[Cell]:
    """Return where the map, the charts and the ranking stand.

    The map is at the left and the ranking at the right of the first rows, as many charts as have room between
    them, one that is left over below the map; all others follow in rows of about the same length.
    """
    wide, rows = PARTS // columns, 2 if columns > 2 else 1  # noqa: PLR2004  two: map and ranking side by side
    between = min(charts, rows * (columns - 2))
    left_over = charts - between == 1 and rows > 1
    found = []
    for column in range(columns - 2):
        held = between // (columns - 2) + int(column >= columns - 2 - between % (columns - 2))
        tall = rows // max(held, 1)
        found += [Cell(place * tall, (column + 1) * wide, tall, wide) for place in range(held)]
    if left_over:
        found.append(Cell(rows - 1, 0, 1, wide))
    rest = charts - len(found)
    lines = -(-rest // columns)
    for line in range(lines):
        held = rest // lines + int(line < rest % lines)
        found += [Cell(rows + line, place * PARTS // held, 1, PARTS // held) for place in range(held)]
    return [
        Cell(0, 0, rows - int(left_over), wide),
        *found,
        Cell(0, PARTS - wide, rows, wide),
    ]
