"""What an import would change, drawn over what stands: each state has a line of its own, not colour alone."""

from typing import Final

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.geography.projection import point_to_plane
from console.intake.changes import STATES, Changes
from console.intake.survey import Shapes
from console.language import say
from ui.map import outlines
from ui.map.canvas import Canvas
from ui.theme import theme

# state: colour, width in pixels, line, filling
LINES: Final = {
    "unchanged": ("text3", 1.0, Qt.PenStyle.SolidLine, Qt.BrushStyle.NoBrush),
    "gone": ("overdue", 2.0, Qt.PenStyle.DotLine, Qt.BrushStyle.BDiagPattern),
    "before": ("text2", 1.4, Qt.PenStyle.DashLine, Qt.BrushStyle.NoBrush),
    "changed": ("near", 2.2, Qt.PenStyle.SolidLine, Qt.BrushStyle.NoBrush),
    "added": ("fine", 2.2, Qt.PenStyle.DashDotLine, Qt.BrushStyle.Dense6Pattern),
}
NEAR: Final = 150.0  # metres of the plane round a place that is looked at
LINE, SAMPLE, EDGE = 22, 34, 12  # pixels of the legend


class PlanMap(Canvas):
    """Shows changes; a hand moves it as it moves the other map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(say("importing.map"))
        self._paths: dict[str, QPainterPath] = {}
        self._counts: dict[str, int] = {}
        self._origin = (0.0, 0.0)
        self._mark: tuple[float, float] | None = None
        theme.changed.connect(self.update)

    def show_changes(self, found: Changes | None) -> None:
        """Draw ``found`` and show all of it; nothing where there is none."""
        self._paths, self._counts, self._mark = {}, {}, None
        if found is not None:
            shapes = np.concatenate([found.shapes[state] for state in STATES])
            if len(shapes):
                west, south, east, north = map(float, shapely.total_bounds(shapes))
                self._origin = ((west + east) / 2, (south + north) / 2)
                self.camera.frame((west, south, east, north))
            self._counts = {state: found.count(state) for state in STATES}
            self._paths = {state: self._path(found.shapes[state]) for state in STATES}
        self.setAccessibleDescription("，".join(self._legend()))
        self.update()

    def look_at(self, place: tuple[float, float]) -> None:
        """Go near a point in degrees, and ring it."""
        x, y = self._mark = point_to_plane(*place)
        self.camera.approach((x - NEAR, y - NEAR, x + NEAR, y + NEAR))
        self.update()

    def _path(self, shapes: Shapes) -> QPainterPath:
        whole = QPainterPath()
        for shape in shapes:
            whole.addPath(outlines.path(shape, *self._origin))
        return whole

    def _legend(self) -> list[str]:
        return [
            say(f"importing.state.{state}", count=count) for state, count in self._counts.items() if count
        ]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.camera.resize(self.width(), self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), theme.color("window"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(painter)
            self._draw_legend(painter)
        finally:
            painter.end()

    def _draw(self, painter: QPainter) -> None:
        view = self.camera.view
        left, top = view.to_pixels(*self._origin)
        painter.save()
        moved = QTransform.fromTranslate(left, top).scale(1 / view.scale, -1 / view.scale)
        painter.setTransform(moved, combine=True)
        for state, path in self._paths.items():
            colour, width, line, filling = LINES[state]
            pen = QPen(theme.color(colour), width, line)
            pen.setCosmetic(True)
            if filling != Qt.BrushStyle.NoBrush:
                brush = QBrush(_faint(theme.color(colour)), filling)
                brush.setTransform(QTransform.fromScale(view.scale, view.scale))
                painter.fillPath(path, brush)
            painter.strokePath(path, pen)
        painter.restore()
        if self._mark is not None:
            painter.setPen(QPen(theme.color("focus"), 3))
            painter.drawEllipse(QPointF(*view.to_pixels(*self._mark)), 18, 18)

    def _draw_legend(self, painter: QPainter) -> None:
        words = self._legend()
        if not words:
            return
        painter.setFont(theme.font("small"))
        metrics = painter.fontMetrics()
        wide = SAMPLE + 3 * EDGE + max(metrics.horizontalAdvance(word) for word in words)
        high = LINE * len(words) + EDGE
        box = QRectF(EDGE, self.height() - high - EDGE, wide, high)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(box, 6, 6)
        states = [state for state, count in self._counts.items() if count]
        for row, (state, word) in enumerate(zip(states, words, strict=True)):
            middle = box.top() + EDGE / 2 + LINE * (row + 0.5)
            colour, width, line, _filling = LINES[state]
            painter.setPen(QPen(theme.color(colour), width, line))
            painter.drawLine(QPointF(box.left() + EDGE, middle), QPointF(box.left() + EDGE + SAMPLE, middle))
            painter.setPen(theme.color("text"))
            painter.drawText(QPointF(box.left() + 2 * EDGE + SAMPLE, middle + metrics.ascent() / 2 - 1), word)


def _faint(colour: QColor) -> QColor:
    colour.setAlphaF(0.5)
    return colour
