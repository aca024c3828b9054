"""A figure large enough to be read across a room: value, what it is taken of, change, and how it went."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from console.indicators import words
from console.indicators.figures import BoardFigures, Figure, Peers
from console.indicators.indicator import Indicator, Kind
from console.language import say
from ui.charts.fitting import fitting, wide
from ui.charts.spark import Spark
from ui.keyboard import PRESSES
from ui.theme import theme

NARROW = 190  # pixels below which the spark line gives way
MARGIN, SMALL_MARGIN = 14, 12
BETWEEN = 12  # pixels
PARTS = {"hit": "", "of": ":of", "miss": ":rest"}


class Tile(QFrame):
    """Shows one figure; a click or Enter asks for what it counts, for a rate after the choice of which."""

    casesRequested = Signal(str)  # noqa: N815  the figure, with ":of" or ":rest" for a rate's other cases

    def __init__(self, indicator: Indicator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.indicator = indicator
        self._figure: Figure | None = None
        self._board: BoardFigures | None = None  # what it is a figure of
        self._peers: Peers | None = None
        self._name, self._value, self._unit, self._parts, self._change = (QLabel(self) for _ in range(5))
        self._place = QLabel(self)
        self._spark = Spark(self)
        self._arrange()

    def _arrange(self) -> None:
        roles = {self._name: "second", self._value: "figure", self._unit: "small", self._parts: "small"}
        roles[self._place] = "small"
        for label, role in roles.items():
            label.setProperty("role", role)
        for label in (*roles, self._change):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(1)  # a long word may be cut, the row of tiles never grows out of the window
        self._lay_out()

    def _lay_out(self) -> None:
        self._value.setFont(theme.font("figure"))
        below = QFontMetrics(theme.font("figure")).descent() - QFontMetrics(theme.font("small")).descent()
        self._unit.setContentsMargins(0, 0, 0, below)  # on one line with its figure
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._value)
        row.addWidget(self._unit, alignment=Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._spark, 1000)
        row.addStretch(1)  # keeps the unit at its figure where the spark line gives way
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 10, MARGIN, 10)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._place)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self._parts)
        column.addWidget(self._change)
        column.addStretch(1)

    def show_figure(self, figure: Figure | None, board: BoardFigures | None) -> bool:
        """Show ``figure`` of ``board``, None while nothing is known; tell whether it reads otherwise now."""
        before = self._told()
        self._figure, self._board = figure, board
        known = self.indicator
        self._value.setText(self._text(figure))
        parts = words.parts_text(known, figure) if figure else ""
        change = self._tell_change()
        self._unit.setText("" if known.kind in {Kind.RATE, Kind.SPAN} else known.unit)
        self._parts.setText(parts)
        self._change.setText(change)
        self._fit()
        self._tell_name()
        self._change.setProperty("role", words.change_role(known, figure) if figure else "small")
        self._change.setStyleSheet(f"font-size: {theme.font('small').pixelSize()}px")
        self._spark.show_values(board.spark(figure) if figure and board else ())
        self._explain(parts, change, self._tell_peers())
        return before != self._told()

    def _told(self) -> list[object]:
        labels = (self._name, self._value, self._unit, self._parts, self._change, self._place)
        role = self._change.property("role")
        return [*(label.text() for label in labels), role, self._spark.values]

    def show_peers(self, peers: Peers | None) -> None:
        """Show how the figure stands among its organisation's peers; None: it is not known."""
        if peers != self._peers:
            self._peers = peers
            self.show_figure(self._figure, self._board)

    def _tell_change(self, length: words.Length = words.Length.FULL) -> str:
        if self._figure is None or self._board is None:
            return ""
        return words.change_text(self.indicator, self._figure, self._board, length)

    def _tell_compared(self) -> str:
        if self._figure is None or self._board is None:
            return ""
        return words.compared_text(self.indicator, self._figure, self._board)

    def _tell_name(self) -> None:
        """Name the figure, cut where the name is too long: the tooltip has it whole."""
        metrics = QFontMetrics(self._name.font())
        wide = max(self._beside_name - 20, 1)
        self._name.setText(metrics.elidedText(self.indicator.name, Qt.TextElideMode.ElideRight, wide))

    def _tell_peers(self) -> str:
        """Show place and median where they have room; return both."""
        known, peers = self.indicator, self._peers
        self._place.setVisible(peers is not None)
        if peers is None or self._figure is None or self._figure.value is None:
            self._place.setText("")
            return ""
        place, both = words.place_text(known, peers), words.peers_text(known, peers)
        metrics = QFontMetrics(theme.font("small"))
        room = self._beside_name - self._name.sizeHint().width() - 24
        fitting = (one for one in (both, place) if metrics.horizontalAdvance(one) <= room)
        self._place.setText(next(fitting, ""))
        return both

    @property
    def _beside_name(self) -> int:
        """Pixels of the name's line that are free for words."""
        return self.width() - 2 * MARGIN

    def _fit(self) -> None:
        self._spark.setVisible(self.width() >= NARROW)
        room = self.contentsRect().width() - 2 * MARGIN
        figure = self._value.sizeHint().width() + 8
        self._unit.setVisible(bool(self._unit.text()) and figure + self._unit.sizeHint().width() <= room)
        if wide(self._parts.text()) > room and self._figure is not None:
            short = (words.short_parts_text(self._figure, brief=brief) for brief in (False, True))
            self._parts.setText(next((one for one in short if wide(one) <= room), ""))
        self._change.setText(fitting(map(self._tell_change, words.ON_LINES), room))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.show_figure(self._figure, self._board)

    def _text(self, figure: Figure | None) -> str:
        if figure is None:
            return say("boards.none")
        return words.figure_text(self.indicator, figure)

    def _explain(self, parts: str, change: str, peers: str) -> None:
        clickable = bool(self._figure and self._figure.counted)
        self.setCursor(Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if clickable else Qt.FocusPolicy.NoFocus)
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


class SmallTile(Tile):
    """A figure of the second rank: name and value, then its parts and the change, on two lines if need be."""

    @override
    def _lay_out(self) -> None:
        self._value.setProperty("role", "strong")
        self._spark.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(SMALL_MARGIN, 6, SMALL_MARGIN, 6)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._name)
        head.addSpacing(4)
        head.addWidget(self._place)
        head.addStretch(1)
        head.addWidget(self._value)
        head.addWidget(self._unit)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(0)
        self._foot.addWidget(self._parts)
        self._foot.addStretch(1)
        self._foot.addWidget(self._change)
        self._change.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        column.addLayout(self._foot)
        column.addStretch(1)

    @property
    @override
    def _beside_name(self) -> int:
        unit = 0 if self._unit.isHidden() else self._unit.sizeHint().width() + 4
        return self.width() - 2 * SMALL_MARGIN - self._value.sizeHint().width() - unit

    @override
    def _fit(self) -> None:
        """Tell parts and change as fully as they have room: the tooltip has all of both."""
        figure = self._figure
        measured = bool(self._unit.text()) and figure is not None and figure.value is not None
        beside = self.width() - 2 * SMALL_MARGIN - self._value.sizeHint().width() - 28
        name = QFontMetrics(self._name.font()).horizontalAdvance(self.indicator.name)
        self._unit.setVisible(measured and name + self._unit.sizeHint().width() <= beside)
        if figure is None:
            return
        room = self.contentsRect().width() - 2 * SMALL_MARGIN
        ways = [words.short_parts_text(figure, brief=brief) for brief in (False, True)]
        full, brief, lines = map(self._tell_change, words.ON_LINES)
        pairs = ((ways[0], full), (ways[0], brief), (ways[1], brief))
        told = next((pair for pair in pairs if sum(map(wide, pair)) <= room - BETWEEN), None)
        parts, change = told or (fitting([*ways, ""], room), fitting((full, brief, lines), room))
        way = QBoxLayout.Direction.LeftToRight if told else QBoxLayout.Direction.TopToBottom
        self._foot.setDirection(way)
        self._parts.setText(parts)
        self._change.setText(change)
