"""What the map shows, from directory and board: grids by open cases, cases as points, townships' names."""

import asyncio
from collections import defaultdict

import numpy as np
import shapely
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout
from typing_extensions import override

from console.desk.reads import GridShape
from console.feed.board import Board, Grade
from ui.directory import Directory
from ui.map.widget import MapView
from ui.seat import Seat
from ui.tasks import tasks

PAUSE = 400  # milliseconds between two pictures at most
GRADES = {Grade.NONE: 0, Grade.FINE: 0, Grade.NEAR: 1, Grade.OVERDUE: 2}  # the map's
SHADES_BY_GRADE = np.array([GRADES[grade] for grade in Grade], np.int64)


class MapFeed(QObject):
    """Keeps ``view`` true to the seat's board."""

    def __init__(self, seat: Seat, view: MapView) -> None:
        super().__init__(view)
        self._seat, self._view = seat, view
        self._index: dict[str, int] = {}
        self._due = False
        view.installEventFilter(self)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.refresh)
        seat.bridge.facts.connect(self._soon)
        seat.bridge.reloaded.connect(self._soon)

    def show_grids(self) -> None:
        """Draw the directory's grids and what the board has on them; once the map is seen, for its size."""
        self._due = True
        self._draw_if_seen()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            QTimer.singleShot(0, self, self._draw_if_seen)
        return super().eventFilter(watched, event)

    def _draw_if_seen(self) -> None:
        if self._due and self._view.isVisible():
            self._due = False
            tasks.start(self._draw(), "drawing the grids")

    def refresh(self) -> None:
        """Show the board as it is now."""
        board = self._seat.console.board
        slots = board.all_slots()
        grades = SHADES_BY_GRADE[board.grades(self._seat.bridge.now(), slots)]
        lons, lats = board.floats("lon")[slots], board.floats("lat")[slots]
        self._view.set_incidents(board.numbers[slots].tolist(), lons, lats, grades.tolist())
        if self._index:
            self._view.set_values(counts_by_grid(board, self._index))

    def community_of(self, code: str) -> str:
        """Return the name of the community that the grid ``code`` belongs to, "" if it has none."""
        directory = self._seat.directory
        owner = next((grid.organisation for grid in directory.grids if grid.code == code), "")
        return directory.places[owner].name if owner in directory.places else ""

    async def _draw(self) -> None:
        grids = [grid for grid in self._seat.directory.grids if grid.outline]
        self._index = {grid.code: place for place, grid in enumerate(grids)}
        codes, names = list(self._index), [grid.name for grid in grids]
        self._view.set_grids(codes, names, [grid.outline for grid in grids])
        if grids:
            self._view.set_labels(await asyncio.to_thread(township_labels, grids, self._seat.directory))
        self.refresh()

    def _soon(self) -> None:
        if not self._pause.isActive():
            self._pause.start()


def framed(view: MapView) -> QFrame:
    """Return ``view`` in the frame of a panel."""
    frame = QFrame()
    frame.setObjectName("panel")
    column = QVBoxLayout(frame)
    column.setContentsMargins(3, 3, 3, 3)
    column.addWidget(view)
    return frame


def counts_by_grid(board: Board, index: dict[str, int]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the open cases of each grid, in the order of ``index``."""
    values = np.zeros(len(index), np.float64)
    for code, count in board.tally("grid_code").items():
        place = index.get(str(code))
        if place is not None:
            values[place] = count
    return values


def township_labels(grids: list[GridShape], directory: Directory) -> list[tuple[str, float, float]]:
    """Return name, longitude and latitude for each township: the mean of its grids' middles."""
    middles: dict[str, list[tuple[float, float]]] = defaultdict(list)
    shapes = shapely.from_wkb([grid.outline for grid in grids], on_invalid="ignore")
    for grid, middle in zip(grids, shapely.centroid(shapes), strict=True):
        town = _township(grid.organisation, directory)
        if town and middle is not None and not middle.is_empty:
            middles[town].append((middle.x, middle.y))
    return [
        (name, float(np.mean([x for x, _ in points])), float(np.mean([y for _, y in points])))
        for name, points in sorted(middles.items(), key=lambda one: -len(one[1]))
    ]


def _township(code: str, directory: Directory) -> str:
    while code in directory.places:
        place = directory.places[code]
        if place.level == "township":
            return place.alias or place.name
        code = place.parent
    return ""
