"""Lines over time: fixed ranges, values under the cursor, nothing to drag out of place."""

from collections.abc import Callable, Sequence
from math import isnan, nan

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolTip, QVBoxLayout, QWidget
from typing_extensions import override

from console.indicators.figures import Line, Run, strokes, unbroken
from console.language import say
from ui import shapes
from ui.adapters.plots import Curve, Plot
from ui.charts.surface import Surface
from ui.growth import grown, growth
from ui.keyboard import PRESSES
from ui.theme import theme

TICKS_APART = 14  # pixels between two labels of the axis
FILL = 30  # of 255, under the first line
STEPS = (1, 1.2, 1.6, 2, 2.4, 2.8, 3.2, 4, 4.8, 6, 8, 10)
STROKES = {"solid": Qt.PenStyle.SolidLine, "dash": Qt.PenStyle.DashLine}
SIGNS = {Qt.PenStyle.SolidLine: "━━━", Qt.PenStyle.DashLine: "━ ━"}
NOWHERE = -1
SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
ALONE = 0.2  # of a step, from the middle of a lone value to either end of its stroke
LEAST = 90  # pixels of height
HEADROOM = 1.06  # so that the topmost label is whole


class Graph(QWidget):
    """Draws one or two ``lines`` over ``labels``; a click or Enter on a step asks for it by its number."""

    requested = Signal(int)

    def __init__(self, parent: QWidget | None = None, surface: Plot | Surface | None = None) -> None:
        super().__init__(parent)
        self._at = NOWHERE  # the step that the keys are at
        self._percent = False
        self._cut: frozenset[int] = frozenset()
        self._weight = 2.0  # device pixels of a line
        self._shown: object = None  # what was told last
        self._labels: tuple[str, ...] = ()
        self._names: tuple[str, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._named: list[tuple[str, tuple[QColor, Qt.PenStyle]]] = []
        self._plot = surface or Plot()
        self._plot.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._keys = QHBoxLayout()
        self._keys.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._keys)
        column.addWidget(self._plot.widget, 1)
        self._marker: Callable[[float, QColor], None] = _nowhere
        if isinstance(self._plot, Plot):
            self._plot.on_hover(self._hover)
            self._plot.on_click(self._click)
            self._marker = self._plot.add_marker()
        theme.changed.connect(self._draw)

    def show_lines(
        self,
        labels: Sequence[str],
        lines: Sequence[Line],
        names: Sequence[str],
        *,
        percent: bool = False,
        cut: frozenset[int] = frozenset(),
    ) -> bool:
        """Draw ``lines``, one value a label and a name each; where they are shares, in percent.

        Steps that are ``cut`` tell of less than the others. Tell whether it looks otherwise than before.
        """
        told = (tuple(labels), tuple(lines), tuple(names), percent, cut)
        if told == self._shown:
            return False
        self._shown = told
        self._labels, self._names = tuple(labels), tuple(names)
        self._percent, self._cut = percent, cut
        self._lines = tuple(_times(line, 100) for line in lines) if percent else tuple(lines)
        self._at = min(self._at, len(self._labels) - 1)
        self._draw()
        return True

    def set_weight(self, weight: float) -> None:
        """Draw lines this many device pixels thick."""
        if weight != self._weight:
            self._weight = weight
            self._draw()

    def _draw(self) -> None:
        plot = self._plot
        plot.begin()
        plot.look(
            background=theme.color("panel"),
            text=theme.color("text2"),
            line=theme.color("line"),
            font=grown(self, "small"),
        )
        plot.widget.setMinimumHeight(round(LEAST * growth(self)))
        most = max((value or 0 for line in self._lines for value in line.values), default=0)
        top = 100.0 if self._percent else _ceiling(most)
        plot.set_range((-0.5, max(len(self._labels), 1) - 0.5), (0, top * HEADROOM))
        plot.set_ticks("left", [(top * share / 4, self._told(top * share / 4)) for share in range(5)])
        for place, line in enumerate(self._lines):
            self._add(line, *_look(place))
        plot.end()
        self._move(nan)
        self._label_axis()
        self._name_lines()

    def _move(self, x: float) -> None:
        self._marker(x, theme.color("edge"))

    def _add(self, line: Line, colour: QColor, style: Qt.PenStyle) -> None:
        """Draw a line through what is told of enough cases, and hollow dots where they are too few."""
        first = line is self._lines[0]
        fill = QColor(colour.red(), colour.green(), colour.blue(), FILL) if first else None
        weight = self._weight * growth(self)
        for run in unbroken(line.sound):
            whole, ends = strokes(run, self._cut)
            if whole:
                self._plot.add_curve(Curve(*_stroke(whole), colour, weight, fill, style))
            for end in ends:
                self._plot.add_curve(Curve(*_stroke(end), colour, weight, style=Qt.PenStyle.DotLine))
        dots = [
            (float(step), value)
            for step, value in enumerate(line.values)
            if line.few(step) and value is not None
        ]
        self._plot.add_dots([x for x, _ in dots], [y for _, y in dots], colour)

    def _label_axis(self) -> None:
        metrics, larger = QFontMetrics(grown(self, "small")), growth(self)
        widest = max((metrics.horizontalAdvance(label) for label in self._labels), default=0)
        widest += round(TICKS_APART * larger)
        room = max(self.width() - round(60 * larger), 60)
        every = max(1, -(-len(self._labels) * widest // room))
        ticks = [(float(step), label) for step, label in enumerate(self._labels) if step % every == 0]
        self._plot.set_ticks("bottom", ticks)

    def _name_lines(self) -> None:
        named = [(self._names[place], _look(place)) for place in range(len(self._lines))]
        if named == self._named:
            return
        self._named = named
        while self._keys.count():
            item = self._keys.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if len(named) > 1:
            for name, (colour, style) in named:
                key = QLabel(f"{SIGNS[style]} {name}", self)
                key.setStyleSheet(f"color: {colour.name()}")
                self._keys.addWidget(key)
                key.show()
        self._keys.addStretch(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("panel"))
        painter.end()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._draw()

    def resizeEvent(self, event: object) -> None:  # noqa: N802, ARG002  Qt's name
        """Let the axis have as many labels as fit."""
        self._label_axis()

    def _step(self, x: float) -> int | None:
        step = round(x) if not isnan(x) else -1
        return step if 0 <= step < len(self._labels) else None

    def _hover(self, x: float, _y: float) -> None:
        step = self._step(x)
        self._move(nan if step is None else float(step))
        if step is not None:
            QToolTip.showText(QCursor.pos() + QPoint(12, 12), self.words_at(step), self)

    def words_at(self, step: int) -> str:
        """Return what the cursor is told at ``step``."""
        label = self._labels[step]
        told = [say("boards.point_cut", label=label) if step in self._cut else label]
        for name, line in zip(self._names, self._lines, strict=True):
            value = line.values[step] if step < len(line.values) else None
            text = say("boards.none") if value is None else self._told(round(value, 1))
            if line.few(step) and value is not None:
                told.append(say("boards.point_few", label=name, value=text, count=int(line.of[step] or 0)))
            else:
                told.append(say("boards.point", label=name, value=text))
        return "\n".join(told)

    def _told(self, value: float) -> str:
        return f"{value:g} %" if self._percent else f"{value:,g}"

    def _click(self, x: float, _y: float) -> None:
        step = self._step(x)
        if step is not None:
            self.requested.emit(step)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = SIDEWAYS.get(Qt.Key(event.key()))
        if move is not None and self._labels:
            last = len(self._labels) - 1
            self._at = last if self._at == NOWHERE else min(max(self._at + move, 0), last)
            self._move(float(self._at))
            self.setAccessibleDescription(self.words_at(self._at))
            corner = self._plot.widget.mapToGlobal(QPoint(60, 12))
            QToolTip.showText(corner, self.words_at(self._at), self)
        elif event.key() in PRESSES and self._at != NOWHERE:
            self.requested.emit(self._at)
        else:
            super().keyPressEvent(event)


def _nowhere(_x: float, _colour: QColor) -> None:
    """Mark no step: nobody points at a wall."""


def _stroke(run: Run) -> tuple[list[float], list[float]]:
    """Return the line through ``run``; one value alone is a short stroke, or nothing would be seen."""
    steps, values = [float(step) for step, _ in run], [value for _, value in run]
    if len(steps) != 1:
        return steps, values
    return [steps[0] - ALONE, steps[0] + ALONE], values * 2


def _times(line: Line, factor: float) -> Line:
    values = tuple(None if value is None else value * factor for value in line.values)
    return Line(line.key, values, line.of)


def _look(place: int) -> tuple[QColor, Qt.PenStyle]:
    """Return the colour and the stroke of a line by its place: either tells it from the others."""
    return theme.color(f"category{place}"), STROKES[shapes.strokes()[place]]


def _ceiling(value: float) -> float:
    """Return a round number at or above ``value``, that four lines divide."""
    if value <= 4:  # noqa: PLR2004  whole cases on four lines
        return 4.0
    unit = 10.0 ** (len(str(int(value))) - 1)
    tops = (round(unit * step, 1) for step in (*STEPS, 20))
    return next(top for top in tops if top >= value and top % 4 == 0)
