"""pyqtgraph: a plot with fixed ranges that nobody can drag away. Import it after the window is shown."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph  # type: ignore[import-untyped]
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Values = Sequence[float] | NDArray[np.float64]


class Plot:
    """One chart surface; ``widget`` goes into a layout."""

    def __init__(self) -> None:
        self._plot = pyqtgraph.PlotWidget()
        self.widget: QWidget = self._plot
        item = self._plot.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)

    def look(self, *, background: QColor, text: QColor, line: QColor, font: QFont) -> None:
        """Take the theme's colours and type."""
        self._plot.setBackground(background)
        for side in ("left", "bottom"):
            axis = self._plot.getPlotItem().getAxis(side)
            axis.setPen(pyqtgraph.mkPen(line))
            axis.setTextPen(pyqtgraph.mkPen(text))
            axis.setStyle(tickFont=font)

    def clear(self) -> None:
        """Take every series away."""
        self._plot.clear()

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

    def add_marker(self, x: float, colour: QColor) -> Callable[[float], None]:
        """Draw a line down at ``x``; return how to move it (NaN hides it)."""
        line = pyqtgraph.InfiniteLine(x, angle=90, pen=pyqtgraph.mkPen(colour, width=1))
        self._plot.addItem(line, ignoreBounds=True)
        return lambda value: line.setVisible(value == value) or line.setValue(0 if value != value else value)  # noqa: PLR0124

    def set_ticks(self, side: str, ticks: Sequence[tuple[float, str]]) -> None:
        """Label ``side`` ("left" or "bottom") with texts at values."""
        self._plot.getPlotItem().getAxis(side).setTicks([list(ticks)])

    def show_grid(self, *, x: bool, y: bool, strength: float = 0.15) -> None:
        """Draw lines across at the ticks."""
        self._plot.showGrid(x=x, y=y, alpha=strength)

    def add_line(
        self,
        x: Values,
        y: Values,
        colour: QColor,
        width: float = 2,
        fill: QColor | None = None,
        *,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        """Draw a line, filled down to zero in ``fill``."""
        pen = pyqtgraph.mkPen(colour, width=width, style=style)
        options = {} if fill is None else {"fillLevel": 0, "brush": pyqtgraph.mkBrush(fill)}
        self._plot.plot(np.asarray(x, float), np.asarray(y, float), pen=pen, antialias=True, **options)
