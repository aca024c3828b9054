"""The layers of one person's map: what the panel says is read, drawn, and kept true."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from console.errors import Problem
from console.geography.atlas import Atlas, surveyed
from console.geography.borders import Borders
from console.geography.density import Heat
from console.indicators.areas import AreaFigures
from console.language import say
from ui.language import language
from ui.layers import supply
from ui.layers.choice import BORDER, GRID, GROUND, HEAT, LIVE, NAME, RESOURCE, STAFF, Choice, Memory, table
from ui.layers.figure import figures
from ui.layers.names import names
from ui.layers.panel import LayersPanel
from ui.map.legend import Lines, Row, Sample, Words
from ui.map.widget import MapView
from ui.seat import Seat
from ui.tasks import tasks
from ui.theme import theme

AGAIN = 60_000  # milliseconds after which workers' places are read again
T = TypeVar("T")
Work = Callable[[], Coroutine[None, None, None]]


class Layers(QObject):
    """Fills ``view``; ``ground`` when other grids are to be coloured."""

    ground = Signal(object)  # an Atlas
    coloured = Signal(bool)  # by a figure of the boards, not by open cases

    def __init__(self, seat: Seat, view: MapView, memory: QSettings) -> None:
        super().__init__(view)
        self._seat, self._view = seat, view
        self._turn = asyncio.Lock()
        self._memory = Memory(memory, str(seat.console.me["login"]))
        self.panel = LayersPanel(view, self._memory.kept())
        self._grids: dict[str, Atlas] = {}
        self._outlines: dict[str, Atlas | None] = {}
        self._told_figure: AreaFigures | None = None
        self._points = np.empty(0), np.empty(0)
        self._heat: Heat | None = None
        self._borders: list[tuple[Sample, Borders]] = []
        view.scene.legend.seen = self._seen_rows
        self._shown = Choice(frozenset())
        self._by = LIVE  # what the grids are coloured by
        self._figure = QTimer(self, interval=5 * AGAIN)
        self._figure.timeout.connect(self._count_again)
        self._figure.start()
        view.laid.connect(self._colour)
        self._staff = QTimer(self, interval=AGAIN)
        self._staff.timeout.connect(self._look_again)
        self._staff.start()
        self.panel.changed.connect(self._choose)
        self.panel.left.connect(view.setFocus)
        theme.changed.connect(self._draw_borders)
        language.follow(self, self._draw_borders)
        seat.bridge.reloaded.connect(self._show_anew)

    @property
    def choice(self) -> Choice:
        """What is shown."""
        return self.panel.choice

    def show_grids(self) -> None:
        """Begin anew with the directory's grids."""
        directory = self._seat.directory
        self.panel.offer(Counter(place.level for place in directory.places.values()))
        if self.choice.ground == GROUND:
            self.ground.emit(directory.atlas)
        self._begin(self._read_anew)

    async def _read_anew(self) -> None:
        directory = self._seat.directory
        self._grids, self._outlines, self._shown = {GROUND: directory.atlas}, {}, Choice(frozenset())
        self._by = LIVE  # what was coloured were other grids
        await self._show()

    def _show_anew(self) -> None:
        self._begin(self._show)

    def _look_again(self) -> None:
        if STAFF in self._shown.on and self._view.isVisible():
            self._begin(self._show_staff)

    def _count_again(self) -> None:
        if self._shown.figure.key and self._view.isVisible():
            self._begin(self._show_figure)

    def _choose(self, choice: Choice) -> None:
        self._memory.keep(choice)
        self._begin(self._show)

    def _begin(self, work: Work) -> None:
        tasks.start(self._told(work), "showing layers of the map")

    async def _told(self, work: Work) -> None:
        """Say on the panel what could not be read; the layer is there as soon as it can.

        In turns: what was asked for first may be answered last, and would stay on the map.
        """
        async with self._turn:
            try:
                await work()
            except Problem as problem:
                self._shown = Choice(frozenset())
                self.panel.tell(problem.sentence)
            else:
                self.panel.tell("")

    async def _show(self) -> None:
        before, choice = self._shown, self.choice
        self._shown = choice
        for kind in {choice.ground, *choice.has(GRID)}:
            await self._keep(self._grids, kind, self._seat.console.atlases.of)
        for level in choice.has(BORDER):
            await self._keep(self._outlines, level, self._given)
        if choice.ground != before.ground:
            self.ground.emit(self._grids[choice.ground])
        self._draw_borders()
        self._view.set_labels(names(choice.has(NAME), self._seat.directory))
        if choice.figure != self._by or choice.ground != before.ground:
            await self._show_figure()
        if choice.has(RESOURCE) != before.has(RESOURCE):
            await self._show_resources(choice.has(RESOURCE))
        if (STAFF in choice.on) != (STAFF in before.on):
            await self._show_staff()

    async def _keep(
        self, kept: dict[str, T], key: str, read: Callable[[str], Coroutine[None, None, T]]
    ) -> None:
        if key not in kept:
            kept[key] = await read(key)

    async def _given(self, level: str) -> Atlas | None:
        """Return the outlines that were given for organisations of a level, None where none was."""
        found = await self._seat.console.reads.around.outlines(level)
        if not found:
            return None
        codes, wkb = [one.code for one in found], [one.outline for one in found]
        return await asyncio.to_thread(surveyed, codes, [one.name for one in found], codes, wkb)

    async def _show_figure(self) -> None:
        """Read the figure that is wanted, and colour by it; or leave the colours to the board."""
        wanted, reads = self._shown.figure, self._seat.console.reads
        told = await reads.board_map(wanted.key, wanted.area, None, wanted.days) if wanted.key else None
        self._told_figure, self._by = told, wanted
        self.coloured.emit(told is not None)
        self._colour()

    def _colour(self) -> None:
        atlas, told = self._grids.get(self._shown.ground), self._told_figure
        if told is not None and atlas is not None and atlas is self._view.atlas:
            self._view.show_figures(figures(self._shown.figure, told, atlas, self._seat.directory))
        self._draw_borders()

    def _draw_borders(self) -> None:
        choice, directory = self._shown, self._seat.directory
        own = choice.ground == GROUND
        grids = [kind for kind in reversed(table("grid")) if kind in self._grids and kind != choice.ground]
        above = [kind for kind in grids if GRID + kind in choice.on]
        levels = [level for level in table("organisation") if BORDER + level in choice.on]
        self._borders = [
            (
                supply.sample("organisation", level, say(f"layers.level.{level}")),
                supply.organisation_borders(level, self._outlines.get(level), directory, drawn=own),
            )
            for level in levels
        ]
        self._borders += [
            (
                supply.sample("grid", kind, say(f"places.grid.{kind}")),
                supply.grid_borders(kind, self._grids[kind]),
            )
            for kind in above
        ]
        self._lay()

    def _lay(self) -> None:
        """Lay hatching, heat and borders over the grids."""
        unknown = np.isnan(self._view.values) if self._told_figure is not None else np.zeros(0, bool)
        hatch = [supply.hatch(unknown)] if unknown.any() else []
        self._heat = supply.heat(*self._points) if HEAT in self._shown.on else None
        warm = [] if self._heat is None else [self._heat]
        self._view.scene.above.show([*hatch, *warm, *(borders for _, borders in self._borders)])

    def warm(self, lons: supply.Numbers, lats: supply.Numbers) -> None:
        """Know where the cases of the queue are, NaN for nowhere."""
        before, self._points = self._points, (lons, lats)
        moved = not all(
            np.array_equal(*pair, equal_nan=True) for pair in zip(before, self._points, strict=True)
        )
        if moved and HEAT in self._shown.on:
            self._lay()

    def _seen_rows(self) -> tuple[Row, ...]:
        """Say what the heat means, name the lines that are drawn, then those that are too fine."""
        view = self._view.camera.view
        scale = view.scale / self._view.devicePixelRatioF()
        drawn = tuple(sample for sample, borders in reversed(self._borders) if borders.seen(scale))
        fine = [sample.text for sample, borders in reversed(self._borders) if not borders.seen(scale)]
        return (
            *(() if self._heat is None else supply.heat_rows(self._heat, view)),
            *([Lines(drawn)] if drawn else []),
            *(
                Words(say("layers.nearer", names=say("layers.and").join(fine[place : place + 2])))
                for place in range(0, len(fine), 2)
            ),
        )

    async def _show_resources(self, wanted: list[str]) -> None:
        found = await self._seat.console.reads.around.resources(wanted) if wanted else []
        self._view.set_pins("resources", supply.resource_things(found) if found else None)
        counts = Counter(one.kind for one in found)
        self.panel.count({RESOURCE + kind: counts[kind] for kind in wanted})

    async def _show_staff(self) -> None:
        wanted = STAFF in self._shown.on
        found = await self._seat.console.reads.around.staff_places() if wanted else []
        things = supply.staff_things(found, self._seat.directory, self._seat.bridge.now()) if found else None
        self._view.set_pins("staff", things)
        if wanted:
            self.panel.count({STAFF: len(found)})
