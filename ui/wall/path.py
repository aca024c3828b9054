"""One case's way through the stages, as far as it has come: when it reached each. Nobody is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from console.feed.board_row import Row
from console.language import say
from ui.moments import ago, brief
from ui.theme import theme
from ui.wall.rows import write

STAGES = ("reported", "accepted", "dispatched", "handling", "handled", "verified", "closed")
HEIGHT, MARGIN, DOT = 58, 14, 5.0
NAMED = 0.26  # of the width that tells which case it is


@dataclass(frozen=True, slots=True)
class Way:
    """A case in words that a public screen may show, and when it came to each stage (epoch seconds)."""

    number: int
    what: str
    where: str
    unit: str
    reached: Mapping[str, float]


def reached(timeline: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return when a case last came to each of its stages; what it went back behind is not reached.

    Whatever it begins at, it has been reported: one that was settled at once begins at what is handled.
    """
    found: dict[str, float] = {}
    for entry in timeline:
        stage = entry["to_status"]
        if stage in STAGES and stage != entry["from_status"]:
            found = {one: at for one, at in found.items() if STAGES.index(one) < STAGES.index(stage)}
            at = entry["at"]
            found[stage] = at.timestamp() if isinstance(at, datetime) else float(at)
            if entry["from_status"] is None:
                found[STAGES[0]] = found[stage]
    return found


def traced(rows: Sequence[Row], turn: int) -> Row | None:
    """Return the case to follow: of the few that have come farthest, another at every ``turn``."""
    placed = [row for row in rows if row.status in STAGES]
    placed.sort(key=lambda row: (-STAGES.index(row.status), -row.received, row.number))
    few = placed[:5]
    return few[turn % len(few)] if few else None


class WayStrip(QFrame):
    """Draws a Way from left to right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedHeight(HEIGHT)
        self.way: Way | None = None
        self.read = False  # whether it is known which case to follow, if any
        self._now = 0.0

    def show_way(self, way: Way | None, now: float) -> bool:
        """Show ``way`` at ``now``; tell whether it reads otherwise than before."""
        before = self.words()
        self.way, self._now = way, now
        words = self.words()
        self.setAccessibleName(say("wall.way"))
        self.setAccessibleDescription("\n".join(words))
        self.update()
        return words != before

    def words(self) -> list[str]:
        """Return what it says, from left to right."""
        way = self.way
        if way is None:
            return [say("wall.way"), say("wall.way_none" if self.read else "boards.loading.title")]
        times = [time for one in STAGES if (time := self._time(way, one))]
        return [self._title(way), self._where(way), *times, self._since(way)]

    def _title(self, way: Way) -> str:
        return say("wall.way_of", number=way.number, what=way.what)

    def _where(self, way: Way) -> str:
        return say("wall.way_by", where=way.where, unit=way.unit) if way.unit else way.where

    def _time(self, way: Way, stage: str) -> str:
        """Return when it came to ``stage``, or that it went on without; "" where it is yet to come."""
        if stage in way.reached:
            return brief(way.reached[stage], self._now)
        last = max((STAGES.index(one) for one in way.reached), default=-1)
        return say("wall.way_spared") if STAGES.index(stage) < last else ""

    def _since(self, way: Way) -> str:
        return ago(max(way.reached.values(), default=self._now), self._now)

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(painter)
        finally:
            painter.end()

    def _draw(self, painter: QPainter) -> None:
        words, half = self.words(), self.height() / 2
        wide = self.width() * NAMED - MARGIN
        for place, (text, font, role) in enumerate(
            ((words[0], "title", "text"), (words[1], "base", "text2"))
        ):
            write(painter, QRectF(MARGIN, 5 + place * (half - 5), wide, half - 5), text, font, role)
        if self.way is not None:
            self._draw_stages(painter, self.way)

    def _draw_stages(self, painter: QPainter, way: Way) -> None:
        left, step = self.width() * NAMED + MARGIN, self.width() * (1 - NAMED) / len(STAGES)
        at = [QPointF(left + place * step + DOT, 19.0) for place in range(len(STAGES))]
        last = max((STAGES.index(one) for one in way.reached), default=-1)
        for place, stage in enumerate(STAGES):
            here, come = at[place], stage in way.reached
            role = "fine" if come and stage == "closed" else "accent" if come else "line"
            name = say(f"wall.stage.{stage}")
            wide = QFontMetricsF(theme.font("base")).horizontalAdvance(name) + DOT + 6
            if place + 1 < len(STAGES):
                painter.setPen(QPen(theme.color("accent" if place < last else "line"), 2))
                painter.drawLine(here + QPointF(wide + 8, 0), at[place + 1] - QPointF(DOT + 6, 0))
            painter.setPen(QPen(theme.color(role), 2))
            painter.setBrush(theme.color(role) if come else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(here, DOT, DOT)
            box = QRectF(here.x() + DOT + 5, 8, step - DOT, 22)
            write(painter, box, name, "base", "text" if come else "text3")
            time = self._time(way, stage)
            write(painter, box.translated(0, 21), time, "small", "text2")
            if place == last and stage != "closed":
                shift = QFontMetricsF(theme.font("small")).horizontalAdvance(time) + 8
                since, words = box.translated(shift, 21).adjusted(0, 0, -shift, 0), self._since(way)
                if QFontMetricsF(theme.font("small")).horizontalAdvance(words) <= since.width():
                    write(painter, since, words, "small", "accent")
