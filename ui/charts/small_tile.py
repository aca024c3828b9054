"""A figure of the second rank: name and value, below them what it is taken of and the change."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from console.indicators.changes import Length
from console.indicators.figures import Figure
from ui.charts.tile import Tile, Way
from ui.growth import growth

CLOSE = 4  # pixels between name, figure and unit, which stand on one line
BESIDE = tuple(Way(length, beside=True) for length in (Length.FULL, Length.BRIEF))


class SmallTile(Tile):
    """Tells parts and change beside each other where all of its row can, else one below the other."""

    WAYS: ClassVar = (*BESIDE, *Tile.WAYS)
    FIGURE: ClassVar = "strong"

    @override
    def _lay_out(self) -> None:
        self._spark.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(CLOSE)
        head.addWidget(self._name)
        head.addStretch(1)
        for label in (self._place, self._value, self._unit):
            head.addWidget(label)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(0)
        self._foot.addWidget(self._parts)
        self._foot.addWidget(self._change, 1)
        self._change.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        column.addLayout(self._foot)
        column.addStretch(1)

    @override
    def tell(self, way: Way, lead: float) -> None:
        across = QBoxLayout.Direction.LeftToRight
        self._foot.setDirection(across if way.beside else QBoxLayout.Direction.TopToBottom)
        super().tell(way, lead)

    @override
    def _ways_of_parts(self, figure: Figure) -> list[str]:
        return super()._ways_of_parts(figure)[1:]

    @override
    def _place_figure(self, lead: float) -> None:
        self._unit.setVisible(bool(self._unit.text()))  # a name too long is cut, the tooltip has it whole

    @property
    @override
    def _unit_gap(self) -> float:
        return CLOSE * growth(self)

    @property
    @override
    def _beside_name(self) -> float:
        return self._room - self.lead - self._unit_gap
