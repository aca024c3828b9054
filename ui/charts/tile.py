"""A figure large enough to be read across a room: value, what it is taken of, change, and how it went."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import ClassVar, NamedTuple

from PySide6.QtCore import QEvent, QMargins, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from console.indicators import changes, words
from console.indicators.figures import BoardFigures, Figure, Peers
from console.indicators.indicator import Indicator, Kind
from console.language import say
from ui.charts.fitting import fitting, wide
from ui.charts.spark import Spark
from ui.growth import grown, growth
from ui.keyboard import PRESSES
from ui.texts import dress

NARROWEST = 48  # pixels below which a spark line gives way
GAP = 8  # pixels between a figure, its unit and its spark line
PARTS = {"hit": "", "of": ":of", "miss": ":rest"}


class Way(NamedTuple):
    """How a tile tells its change: how fully, and whether on one line with what the figure is taken of."""

    length: changes.Length
    beside: bool = False


class Tile(QFrame):
    """Shows one figure; a click or Enter asks for what it counts, for a rate after the choice of which."""

    casesRequested = Signal(str)  # noqa: N815  the figure, with ":of" or ":rest" for a rate's other cases
    WAYS: ClassVar = tuple(Way(length) for length in changes.ON_LINES)  # the fullest first
    FIGURE: ClassVar = "figure"  # the type of the value

    def __init__(self, indicator: Indicator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.indicator = indicator
        # The tiles beside each other, this one among them: they read alike.
        self.row: Sequence[Tile] = (self,)
        self._figure: Figure | None = None
        self._board: BoardFigures | None = None  # what it is a figure of
        self._peers: Peers | None = None
        self._name, self._value, self._unit, self._parts, self._change = (QLabel(self) for _ in range(5))
        self._place = QLabel(self)
        self._spark = Spark(self)
        self._arrange()

    def _arrange(self) -> None:
        roles = {self._name: "second", self._value: self.FIGURE, self._change: "small second"}
        roles |= dict.fromkeys((self._unit, self._parts, self._place), "small")
        for label, role in roles.items():
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(1)  # a long word may be cut, the row of tiles never grows out of the window
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._value)
        row.addWidget(self._unit, alignment=Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addWidget(self._spark)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._place)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self._parts)
        column.addWidget(self._change)
        column.addStretch(1)

    def show_figure(self, figure: Figure | None, board: BoardFigures | None) -> list[QWidget]:
        """Show ``figure`` of ``board``, None: not known yet; return what of its row reads otherwise."""
        self._figure, self._board = figure, board
        return settle(self.row)

    @property
    def told(self) -> list[object]:
        """Return all that is seen of it."""
        labels = (self._name, self._value, self._unit, self._parts, self._change, self._place)
        role = self._change.property("role")
        return [*(label.text() for label in labels), role, self._spark.values, self._spark.width()]

    def show_peers(self, peers: Peers | None) -> None:
        """Show how the figure stands among its organisation's peers; None: it is not known."""
        if peers != self._peers:
            self._peers = peers
            settle(self.row)

    def fits(self, way: Way) -> bool:
        """Tell whether ``way`` has room."""
        change, parts = self._wide(self._tell_change(way.length)), 0.0
        if way.beside and self._figure is not None:
            parts = self._wide(words.short_parts_text(self._figure)) + self._gap
        return change + parts <= self._room

    def tell(self, way: Way, lead: float) -> None:
        """Tell everything, the change in this ``way``; figures of the row take ``lead`` pixels."""
        figure, known = self._figure, self.indicator
        self._value.setText(self._text(figure))
        self._unit.setText(self._unit_text)
        change = self._tell_change(way.length)
        self._change.setText(change)
        self._parts.setText(self._tell_parts(self._room - (self._wide(change) + self._gap) * way.beside))
        line = QFontMetricsF(grown(self, "small")).height()
        self._parts.setMinimumHeight(ceil(line))  # even if it is empty
        dress(self._change, f"small {changes.change_role(known, figure)}" if figure else "small")
        self._spark.show_values(self._board.spark(figure) if figure and self._board else ())
        self._place_figure(lead)
        self._tell_name()
        self._explain(words.parts_text(known, figure) if figure else "", self._tell_peers())

    def _place_figure(self, lead: float) -> None:
        """Give the spark line what the figures of the row leave of the room, the unit what its own does."""
        rest = int(self._room - lead - GAP * growth(self))
        self._spark.setVisible(rest >= NARROWEST * growth(self))
        self._spark.setFixedWidth(max(rest, 1))
        self._unit.setVisible(bool(self._unit.text()) and self.lead <= self._room)
        below = QFontMetrics(grown(self, "figure")).descent() - QFontMetrics(grown(self, "small")).descent()
        self._unit.setContentsMargins(0, 0, 0, below)  # on one line with its figure

    @property
    def lead(self) -> float:
        """Pixels that the figure takes, with its unit."""
        unit = self._unit_gap + self._wide(self._unit_text) if self._unit_text else 0.0
        return self._wide(self._text(self._figure), self.FIGURE) + unit

    @property
    def _unit_text(self) -> str:
        """Return the unit where there is a figure of it that does not say it itself."""
        value = self._figure.value if self._figure else None
        if value is None or self.indicator.kind in {Kind.RATE, Kind.SPAN}:
            return ""
        return self.indicator.unit_of(value)

    def _wide(self, text: str, role: str = "small") -> float:
        return wide(text, growth(self), role)

    @property
    def _gap(self) -> float:
        """Pixels between words that stand beside each other."""
        return 1.5 * GAP * growth(self)

    @property
    def _unit_gap(self) -> float:
        """Pixels between a figure and its unit."""
        return self._gap

    @property
    def _room(self) -> int:
        """Pixels of a line."""
        layout = self.layout()
        margins = layout.contentsMargins() if layout else QMargins()
        return self.contentsRect().marginsRemoved(margins).width()

    def _tell_parts(self, room: float) -> str:
        """Return what the figure is taken of, as fully as it has room."""
        return fitting((*self._ways_of_parts(self._figure), ""), room, growth(self)) if self._figure else ""

    def _ways_of_parts(self, figure: Figure) -> list[str]:
        short = [words.short_parts_text(figure, brief=brief) for brief in (False, True)]
        return [words.parts_text(self.indicator, figure), *short]

    def _tell_change(self, length: changes.Length = changes.Length.FULL) -> str:
        if self._figure is None or self._board is None:
            return ""
        return changes.change_text(self.indicator, self._figure, self._board, length)

    def _tell_compared(self) -> str:
        if self._figure is None or self._board is None:
            return ""
        return changes.compared_text(self.indicator, self._figure, self._board)

    def _tell_name(self) -> None:
        """Name the figure, cut where the name is too long: the tooltip has it whole."""
        metrics = QFontMetrics(self._name.font())
        room = max(self._beside_name - 4 * growth(self), 1)
        self._name.setText(metrics.elidedText(self.indicator.name, Qt.TextElideMode.ElideRight, int(room)))

    def _tell_peers(self) -> str:
        """Show place and median where they have room; return both."""
        known, peers = self.indicator, self._peers
        self._place.setVisible(peers is not None)
        if peers is None or self._figure is None or self._figure.value is None:
            self._place.setText("")
            return ""
        place, both = words.place_text(known, peers), words.peers_text(known, peers)
        room = self._beside_name - self._name.sizeHint().width() - GAP * growth(self)
        self._place.setText(fitting((both, place, ""), room, growth(self)))
        return both

    @property
    def _beside_name(self) -> float:
        """Pixels of the name's line that are free for words."""
        return self._room

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            settle(self.row)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            settle(self.row)

    def _text(self, figure: Figure | None) -> str:
        if figure is None:
            return say("boards.none")
        return words.figure_text(self.indicator, figure)

    def _explain(self, parts: str, peers: str) -> None:
        clickable = bool(self._figure and self._figure.counted)
        self.setCursor(Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if clickable else Qt.FocusPolicy.NoFocus)
        change = self._tell_change()
        note = "，".join(filter(None, (parts, change, peers))) or say("boards.none")
        self.setAccessibleName(
            say("boards.spoken", name=self.indicator.name, value=self._value.text(), note=note)
        )
        lines = [
            *([self.indicator.name] if self._name.text() != self.indicator.name else []),
            *filter(None, (parts, change, self._tell_compared(), peers)),
            self.indicator.formula,
            *([say(f"boards.{'cases' if self.indicator.cases else 'records'}_hint")] if clickable else []),
        ]
        self.setToolTip("\n".join(lines))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activate()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in PRESSES:
            self.activate()
        else:
            super().keyPressEvent(event)

    def activate(self) -> None:
        """Ask for the cases; of a rate, let the person choose which."""
        if self._figure is None or not self._figure.counted:
            return
        choices = self.choices()
        if len(choices) == 1:
            self.casesRequested.emit(choices[0][0])
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for request, text in choices:
            menu.addAction(text).triggered.connect(lambda _=False, one=request: self.casesRequested.emit(one))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def choices(self) -> list[tuple[str, str]]:
        """Return what a click may ask for: request and words with the number of cases."""
        figure, known = self._figure, self.indicator
        if figure is None or known.kind is not Kind.RATE:
            return [(known.key, known.name)]
        hits, whole = figure.numerator or 0, figure.denominator or 0
        counts = {"hit": hits, "of": whole, "miss": whole - hits}
        words = "counted" if known.cases else "counted_records"
        return [
            (known.key + suffix, say(f"boards.{words}", name=known.part(part), count=counts[part]))
            for part, suffix in PARTS.items()
            if part != "miss" or known.misses
        ]


def settle(row: Iterable[Tile]) -> list[QWidget]:
    """Let all tiles of ``row`` tell their change in the fullest way that each has room for.

    Return which read otherwise than before.
    """
    tiles = list(row)
    before = [tile.told for tile in tiles]
    ways = tiles[0].WAYS
    way = next((way for way in ways if all(tile.fits(way) for tile in tiles)), ways[-1])
    lead = max(tile.lead for tile in tiles)
    for tile in tiles:
        tile.tell(way, lead)
    return [tile for tile, told in zip(tiles, before, strict=True) if tile.told != told]
