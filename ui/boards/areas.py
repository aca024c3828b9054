"""The map on a board: the figure that is ranked, by the areas below; each asks for exactly what it counts."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget
from shiboken6 import isValid

from console.errors import Problem
from console.geography.areas import merged
from console.geography.atlas import Atlas
from console.indicators.areas import AreaFigures
from console.indicators.figures import BoardFigures
from console.indicators.indicator import Indicator, indicators
from console.indicators.words import scale_unit
from console.language import say
from ui.boards.panel import Panel
from ui.charts.areas import AreaMap
from ui.directory import Directory
from ui.layers.figure import Wanted, figures, scale_row
from ui.map.shading import Figures
from ui.tasks import tasks

LEVELS: Final = ("province", "city", "county", "township", "community", "grid")  # each within the one before
WHOLE: Final = "grid"
FIRST: Final = 2  # of LEVELS: the widest areas that a map is told by
Read = Callable[[str, str, str | None, int, date | None], Awaitable[AreaFigures]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the map shows of ``figure``, by the areas of a level; ``name`` names one by its code."""

    figure: str
    area: str
    atlas: Atlas
    figures: Figures
    told: AreaFigures
    name: Callable[[str], str]


def offered(level: str, figure: Indicator) -> tuple[str, ...]:
    """Return by which areas a figure is told of a ``level``; records open by organisation, not by grid."""
    below = LEVELS[max(LEVELS.index(level) + 1 if level in LEVELS else FIRST, FIRST) :]
    by_grid = figure.by_grid and not figure.sums
    return tuple(area for area in below if by_grid or area != WHOLE)


class Areas:
    """Where maps of boards are read: ``read`` is Reads.board_map; ``directory`` is asked anew each time."""

    def __init__(self, read: Read, directory: Callable[[], Directory]) -> None:
        self._read, self._directory = read, directory
        self._whole: Atlas | None = None  # what was kept is made of
        self._kept: dict[tuple[str | None, str], Atlas] = {}

    async def drawn(self, board: BoardFigures, area: str) -> Drawn:
        """Return the ranked figure of ``board`` by ``area``."""
        figure = board.ranking.figure
        told = await self._read(figure, area, board.code, board.days, board.until)
        directory = self._directory()
        atlas = await self._atlas(directory, board.code, area)
        wanted = Wanted(figure, area, board.days)
        found = await asyncio.to_thread(figures, wanted, told, atlas, directory)
        return Drawn(figure, area, atlas, found, told, partial(_name, atlas, directory))

    async def _atlas(self, directory: Directory, top: str | None, area: str) -> Atlas:
        whole, key = directory.atlas, (top, area)
        if whole is not self._whole:
            self._whole, self._kept = whole, {}
        if key not in self._kept:
            inside = _areas(directory, top, area)
            if inside == whole.codes:
                self._kept[key] = whole
                return whole
            names = {place.code: place.alias or place.name for place in directory.places.values()}
            if area == WHOLE:
                names = dict(zip(whole.codes, whole.names, strict=True))
            self._kept[key] = await asyncio.to_thread(merged, whole, inside, names)
        return self._kept[key]


def _areas(directory: Directory, top: str | None, area: str) -> list[str]:
    """Return the area of every grid, "" for those outside ``top``."""
    atlas, places = directory.atlas, directory.places
    inside: Mapping[str, str] = {
        code: directory.at_level(code, area)
        for code in {*atlas.organisations}
        if top is None or (code in places and directory.within(places[code], top))
    }
    if area == WHOLE:
        return [
            code if at in inside else "" for code, at in zip(atlas.codes, atlas.organisations, strict=True)
        ]
    return [inside.get(at, "") for at in atlas.organisations]


def _name(atlas: Atlas, directory: Directory, code: str) -> str:
    if code in atlas.index:
        return atlas.names[atlas.index[code]]
    place = directory.places.get(code)
    return code if place is None else place.alias or place.name


def _note(known: Indicator, found: Figures) -> str:
    """Return in what the steps are told; where there is no figure at all, what the hatching means."""
    if not np.isfinite(found.values).any():
        why = scale_row(known, found).unknown
        return say("boards.map.hatched", why=why) if why else ""
    unit, _one = scale_unit(known, max(found.classes.edges, default=0.0))
    return say("boards.map.unit", unit=unit)


class AreaPanel(Panel):
    """Shows the map of a board; ``asked`` carries what a bar of the ranking would ask for."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.map, self.area = AreaMap(), QComboBox()
        super().__init__(self.map, parent)
        self.areas: Areas | None = None
        self._board: BoardFigures | None = None
        self._reading = self._again = False
        self._fault = ""
        self.drawn: Drawn | None = None
        self.add(self.area)
        self.area.activated.connect(lambda _index: self._begin())
        self.map.requested.connect(self._ask)

    def lay(self, areas: Areas) -> None:
        """Read maps from ``areas``, now that it is known what grids there are."""
        self.areas = areas
        self._begin()

    def show_board(self, board: BoardFigures) -> None:
        """Show the figure by which ``board`` is ranked."""
        self._board = board
        self._offer(board)
        self._begin()

    def _offer(self, board: BoardFigures) -> None:
        wanted = offered(board.level, indicators()[board.ranking.figure])
        if [self.area.itemData(index) for index in range(self.area.count())] != [*wanted]:
            self.area.clear()
            for one in wanted:
                self.area.addItem("", one)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again, in the spoken language."""
        for index in range(self.area.count()):
            words = say("layers.by", area=say(f"layers.area.{self.area.itemData(index)}"))
            self.area.setItemText(index, words)
        self.area.setVisible(self.area.count() > 1)
        self.area.setAccessibleName(say("boards.map.choose"))
        self.area.setToolTip(say("boards.map.choose"))
        if self._board is None:
            self.say(say("boards.map.title", figure=""))
            return
        known = indicators()[self._board.ranking.figure]
        none = self._fault or ("" if self.area.count() else say("boards.map.none"))
        note = ""
        if self.drawn is not None:
            note = _note(known, self.drawn.figures)
            self.map.tell_steps(scale_row(indicators()[self.drawn.figure], self.drawn.figures))
        self.say(say("boards.map.title", figure=known.name), note, none)

    def _begin(self) -> None:
        """Read; while one reading is on its way, another follows it."""
        if self.areas is None or self._board is None or not self.area.count():
            return
        if self._reading:
            self._again = True
            return
        self._reading = True
        tasks.start(self._read(self.areas, self._board), f"map of board {self._board.board}")

    async def _read(self, areas: Areas, board: BoardFigures) -> None:
        try:
            drawn = await areas.drawn(board, str(self.area.currentData()))
        except Problem as problem:
            if isValid(self):
                self._fault = problem.sentence
        else:
            if isValid(self):
                self._fault = ""
                self._show(drawn)
        finally:
            self._reading = False
        if isValid(self):
            self.retranslate()
            if self._again:
                self._again = False
                self._begin()

    def _show(self, drawn: Drawn) -> None:
        self.drawn = drawn
        known = indicators()[drawn.figure]
        self.map.show_areas(drawn.atlas, drawn.figures, scale_row(known, drawn.figures))

    def _ask(self, code: str) -> None:
        drawn = self.drawn
        if drawn is not None and any(drawn.told.row(code)[1:]):
            self.asked.emit(
                f"{drawn.figure}/grid={code}" if drawn.area == WHOLE else f"{drawn.figure}@{code}"
            )
