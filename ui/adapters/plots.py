"""pyqtgraph: a plot with fixed ranges that nobody can drag away. Import it after the window is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph  # type: ignore[import-untyped]
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QGraphicsItem
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

DOT = 6  # pixels across a hollow dot: half of the letters' height
GRID = 0.15  # of the lines across at the ticks
SIDES = ("left", "bottom")
LABEL = 4 / 3  # heights of its letters that half of a label takes
CLIPS = QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape
Values = Sequence[float] | NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """A line ``width`` device pixels thick, filled down to zero in ``fill``."""

    x: Values
    y: Values
    colour: QColor
    width: float = 2
    fill: QColor | None = None
    style: Qt.PenStyle = Qt.PenStyle.SolidLine


class _Axis(pyqtgraph.AxisItem):  # type: ignore[misc]
    """An axis whose first and last label are written, too, though half of each is beside it."""

    @override
    def boundingRect(self) -> QRectF:
        whole: QRectF = super().boundingRect()
        half = LABEL * self.style["tickFont"].pixelSize() if self.style["tickFont"] else 0
        return whole.adjusted(-half, -half, half, half)


class Plot:
    """One chart surface; ``widget`` goes into a layout."""

    def __init__(self) -> None:
        self._plot = pyqtgraph.PlotWidget(axisItems={side: _Axis(side) for side in SIDES})
        self.widget: QWidget = self._plot
        item = self._plot.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.showGrid(x=False, y=True, alpha=GRID)
        item.vb.setFlag(CLIPS, enabled=False)  # a dot at zero is whole
        self._lines: list[Any] = []  # drawn again with other values: to make one takes ten times as long
        self._dots: list[Any] = []
        self._used = self._dotted = 0
        self._dot = DOT

    def look(self, *, background: QColor, text: QColor, line: QColor, font: QFont) -> None:
        """Take the theme's colours and type."""
        self._plot.setBackground(background)
        self._dot = font.pixelSize() // 2
        beside = LABEL * font.pixelSize()
        self._plot.getPlotItem().layout.setContentsMargins(1, 1, beside, 1)  # room for half of the last label
        for side in SIDES:
            axis = self._plot.getPlotItem().getAxis(side)
            axis.setPen(pyqtgraph.mkPen(line))
            axis.setTextPen(pyqtgraph.mkPen(text))
            axis.setStyle(tickFont=font)

    def begin(self) -> None:
        """Draw the series anew from here on."""
        self._used = self._dotted = 0

    def end(self) -> None:
        """Take away what was not drawn anew."""
        for item in (*self._lines[self._used :], *self._dots[self._dotted :]):
            item.hide()

    def set_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show exactly ``x`` by ``y``."""
        self._plot.setRange(xRange=x, yRange=y, padding=0)

    def on_hover(self, tell: Callable[[float, float], None]) -> None:
        """Call ``tell`` with the values under the cursor whenever it moves."""
        self._plot.scene().sigMouseMoved.connect(lambda point: tell(*self._values_at(point)))

    def on_click(self, tell: Callable[[float, float], None]) -> None:
        """Call ``tell`` with the values under a click."""
        self._plot.scene().sigMouseClicked.connect(lambda click: tell(*self._values_at(click.scenePos())))

    def _values_at(self, point: Any) -> tuple[float, float]:  # noqa: ANN401  the library's own point
        values = self._plot.getPlotItem().vb.mapSceneToView(point)
        return values.x(), values.y()

    def add_marker(self) -> Callable[[float, QColor], None]:
        """Make a line down; return how to move it (NaN hides it)."""
        line = pyqtgraph.InfiniteLine(0, angle=90)
        self._plot.addItem(line, ignoreBounds=True)

        def move(x: float, colour: QColor) -> None:
            line.setVisible(not isnan(x))
            line.setValue(0 if isnan(x) else x)
            line.setPen(pyqtgraph.mkPen(colour, width=1))

        return move

    def set_ticks(self, side: str, ticks: Sequence[tuple[float, str]]) -> None:
        """Label ``side`` ("left" or "bottom") with texts at values."""
        self._plot.getPlotItem().getAxis(side).setTicks([list(ticks)])

    def add_curve(self, curve: Curve) -> None:
        """Draw ``curve``."""
        if self._used == len(self._lines):
            self._lines.append(pyqtgraph.PlotCurveItem())
            self._plot.addItem(self._lines[-1], ignoreBounds=True)
        self._lines[self._used].setData(
            np.asarray(curve.x, float),
            np.asarray(curve.y, float),
            pen=pyqtgraph.mkPen(curve.colour, width=curve.width, style=curve.style),
            antialias=True,
            fillLevel=None if curve.fill is None else 0,
            brush=None if curve.fill is None else pyqtgraph.mkBrush(curve.fill),
        )
        self._lines[self._used].show()
        self._used += 1

    def add_dots(self, x: Values, y: Values, colour: QColor) -> None:
        """Draw hollow dots."""
        if not len(x):
            return
        if self._dotted == len(self._dots):
            self._dots.append(pyqtgraph.ScatterPlotItem())
            self._plot.addItem(self._dots[-1], ignoreBounds=True)
        dots = self._dots[self._dotted]
        dots.setData(
            x, y, size=self._dot, pen=pyqtgraph.mkPen(colour, width=1), brush=self._plot.backgroundBrush()
        )
        dots.show()
        self._dotted += 1
