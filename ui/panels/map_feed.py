"""What the map shows from the board: grids by open cases, cases as points."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout
from typing_extensions import override

from console.feed.board import Board, Grade
from console.geography.atlas import NOTHING, Atlas
from console.geography.projection import to_plane
from ui.map.widget import MapView
from ui.seat import Seat

PAUSE = 400  # milliseconds between two pictures at most
GRADES = {Grade.NONE: 0, Grade.FINE: 0, Grade.NEAR: 1, Grade.OVERDUE: 2}  # the map's
SHADES_BY_GRADE = np.array([GRADES[grade] for grade in Grade], np.int64)


class MapFeed(QObject):
    """Keeps ``view`` true to the seat's board."""

    def __init__(self, seat: Seat, view: MapView) -> None:
        super().__init__(view)
        self._seat, self._view = seat, view
        self._atlas = NOTHING
        self._wanted: Atlas | None = None
        view.installEventFilter(self)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.refresh)
        seat.bridge.facts.connect(self._soon)
        seat.bridge.reloaded.connect(self._soon)

    def show_grids(self, atlas: Atlas) -> None:
        """Draw these grids and what the board has on them; once the map is seen, for its size."""
        self._wanted = atlas
        self._draw_if_seen()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            QTimer.singleShot(0, self, self._draw_if_seen)
        return super().eventFilter(watched, event)

    def _draw_if_seen(self) -> None:
        if self._wanted is not None and self._view.isVisible():
            atlas, self._wanted = self._wanted, None
            self._draw(atlas)

    def refresh(self) -> None:
        """Show the board as it is now."""
        board = self._seat.console.board
        slots = board.all_slots()
        grades = SHADES_BY_GRADE[board.grades(self._seat.bridge.now(), slots)]
        lons, lats = board.floats("lon")[slots], board.floats("lat")[slots]
        self._view.set_incidents(board.numbers[slots], lons, lats, grades)
        if len(self._atlas):
            own = self._atlas is self._seat.directory.atlas
            counted = counts_by_grid(board, self._atlas) if own else self._atlas.counts(*to_plane(lons, lats))
            self._view.set_values(counted)

    def _draw(self, atlas: Atlas) -> None:
        stay, self._atlas = len(self._atlas) > 0, atlas
        self._view.set_grids(atlas, stay=stay)
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


def counts_by_grid(board: Board, atlas: Atlas) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the open cases of each grid, in the order of ``atlas``."""
    values = np.zeros(len(atlas), np.float64)
    for code, count in board.tally("grid_code").items():
        grid = atlas.index.get(str(code))
        if grid is not None:
            values[grid] = count
    return values
