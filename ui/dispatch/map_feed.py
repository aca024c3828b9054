"""What the map shows from the board: grids by open cases, and as points the cases that the queue shows."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout
from typing_extensions import override

from console.catalogue import icons
from console.feed.board import Board
from console.feed.board_slots import Slots
from console.feed.board_view import BoardView
from console.geography.atlas import Atlas
from console.geography.projection import CHINA, to_plane
from console.geography.view import Bounds, surrounding
from console.grade import Grade
from console.language import say
from ui.language import language
from ui.map.legend import Words
from ui.map.widget import MapView
from ui.seat import Seat
from ui.soon import soon

PAUSE = 400  # milliseconds between two pictures at most
TOWN = 10_000.0  # metres of the plane that are shown at least where there is no grid
GRADES = {Grade.NONE: 0, Grade.FINE: 0, Grade.NEAR: 1, Grade.OVERDUE: 2}  # the map's
SHADES_BY_GRADE = np.array([GRADES[grade] for grade in Grade], np.int64)
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Cases:
    """(cases,) columns of those that are shown, NaN where a case has no point."""

    numbers: NDArray[np.int64]
    lons: Numbers
    lats: Numbers
    grades: NDArray[np.int64]
    icons: list[str]

    @property
    def placed(self) -> int:
        """How many have a point."""
        return int(np.count_nonzero(np.isfinite(self.lons) & np.isfinite(self.lats)))


def cases(board: Board, slots: Slots, now: float) -> Cases:
    """Return what the map shows of the cases in ``slots`` at ``now``."""
    codes = board.names("class_code")
    by_code = [icons().get(code.partition("/")[0], "") for code in codes.names]
    return Cases(
        board.numbers[slots],
        board.floats("lon")[slots],
        board.floats("lat")[slots],
        SHADES_BY_GRADE[board.grades(now, slots)],
        [by_code[code] for code in codes.codes[slots].tolist()],
    )


class MapFeed(QObject):
    """Keeps ``view`` true to the seat's board, or to the queue's at the time of its ``clock``.

    ``queue``: the rows that are shown as points, None: all.
    """

    shown = Signal(object, object)  # longitudes and latitudes of the queue's cases

    def __init__(
        self,
        seat: Seat,
        view: MapView,
        queue: BoardView | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        super().__init__(view)
        self._seat, self._view, self._queue = seat, view, queue
        self._board = seat.console.board if queue is None else queue.board
        self._clock = clock or seat.bridge.now
        self._atlas: Atlas | None = None  # nothing is known yet
        self._told = (0, 0)
        self._wanted: Atlas | None = None
        self._colours = True  # the grids by their open cases
        view.installEventFilter(self)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.refresh)
        for live in (seat.bridge.facts, seat.bridge.reloaded) if self._board is seat.console.board else ():
            live.connect(self.soon)
        language.follow(self, self._tell)

    def show_grids(self, atlas: Atlas) -> None:
        """Draw these grids and what the board has on them; once the map is seen, for its size."""
        self._wanted = atlas
        self._draw_if_seen()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            soon(self, self._draw_if_seen)
        return super().eventFilter(watched, event)

    def _draw_if_seen(self) -> None:
        if self._wanted is not None and self._view.isVisible():
            atlas, self._wanted = self._wanted, None
            first = self._atlas is None
            if atlas is not self._atlas:
                self._lay(atlas)
            self.refresh()
            if first and self._view.selected is not None:
                self._view.show_incident(self._view.selected)

    def _lay(self, atlas: Atlas) -> None:
        stay = self._atlas is not None and self._atlas.bounds is not None
        self._atlas = atlas
        self._view.set_grids(atlas, stay=stay)
        own = self._seat.directory.own_bounds(self._seat.console.me)
        if own is not None:
            (self._view.camera.know if stay else self._view.camera.frame)(own)

    def refresh(self) -> None:
        """Show board and queue as they are now; the selected case even where the queue does not show it."""
        board, now = self._board, self._clock()
        rows = board.all_slots() if self._queue is None else self._queue.order
        found = cases(board, rows, now)
        self._told = len(rows), found.placed
        self.shown.emit(found.lons, found.lats)
        self._tell()
        chosen = board.slot(self._view.selected) if self._view.selected is not None else None
        if chosen is not None and chosen not in rows:
            found = cases(board, np.append(rows, chosen), now)
        self._view.set_incidents(found.numbers, found.lons, found.lats, found.grades, found.icons)
        if self._atlas is None:
            return
        if self._atlas.bounds is None:
            self._view.camera.expect(self._whole(found))
        elif self._colours:
            self._view.set_values(self._counts(board, self._atlas))

    def show(self, number: int) -> None:
        """Ring a case and bring it into sight, also one that the queue does not show."""
        self._view.select(number)
        if self._view.place_of(number) is None:
            self.refresh()
        self._view.show_incident(number)

    def _whole(self, found: Cases) -> Bounds:
        """Return what to look at while no grid is drawn: the county, else the cases, else the country."""
        x, y = to_plane(found.lons, found.lats)
        return self._seat.directory.bounds or surrounding(x, y, TOWN) or CHINA

    def _counts(self, board: Board, atlas: Atlas) -> Numbers:
        if atlas is self._seat.directory.atlas:
            return counts_by_grid(board, atlas)
        slots = board.all_slots()
        return atlas.counts(*to_plane(board.floats("lon")[slots], board.floats("lat")[slots]))

    def _tell(self) -> None:
        """Say in the legend how many of the queue's cases are on the map."""
        if self._queue is not None:
            rows, placed = self._told
            told = say("layers.queue", placed=placed, missing=rows - placed)
            self._view.scene.legend.put("queue", Words(told))

    def leave_colours(self, left: bool) -> None:  # noqa: FBT001  carried by a signal
        """Leave the colours of the grids to somebody else, or colour them by their open cases."""
        self._colours = not left
        if not left:
            self.refresh()

    def soon(self) -> None:
        """Refresh in a moment."""
        if not self._pause.isActive():
            self._pause.start()


def framed(view: MapView, margin: int = 3) -> QFrame:
    """Return ``view`` in the frame of a panel, which it leaves so many pixels of."""
    frame = QFrame()
    frame.setObjectName("panel")
    column = QVBoxLayout(frame)
    column.setContentsMargins(margin, margin, margin, margin)
    column.addWidget(view)
    return frame


def counts_by_grid(board: Board, atlas: Atlas) -> Numbers:
    """Return the open cases of each grid, in the order of ``atlas``."""
    column, values = board.names("grid_code"), np.zeros(len(atlas), np.float64)
    found = np.bincount(column.codes[board.all_slots()], minlength=len(column.names))
    for code in np.flatnonzero(found).tolist():
        grid = atlas.index.get(column.names[code])
        if grid is not None:
            values[grid] = found[code]
    return values
