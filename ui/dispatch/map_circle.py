"""What is around a case or a point of the map: asked by key, drawn, kept true, a filter of the queue."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.around import Spot
from console.errors import Problem
from console.feed.board_circle import Circle
from console.feed.board_filter import CIRCLE
from console.geography.projection import plane_to_point
from console.language import say
from ui.around.circle import RADII, CircleSheet
from ui.around.room import Room
from ui.around.said import way
from ui.dispatch.map_around import MapAround
from ui.dispatch.map_work import MapWork
from ui.language import language
from ui.queue.conditions import Condition
from ui.seat import Seat
from ui.tasks import tasks

PAUSE = 2000  # milliseconds between two looks at what has changed within
FIRST = RADII[1]


class MapCircle(QObject):
    """Shows in ``room`` what lies within a radius; ``picked`` carries a case to open."""

    picked = Signal(object)

    def __init__(self, seat: Seat, work: MapWork, around: MapAround, room: Room) -> None:
        super().__init__(room)
        self._seat, self._work, self._around, self._room = seat, work, around, room
        self._spot: Spot | None = None
        self._metres, self._found = FIRST, dict[str, Any]()
        self.sheet = CircleSheet(seat)
        self.only = self.sheet.chip(self._filter)
        room.hold(self.sheet)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._look_again)
        work.hand.commands["around"] = self.show_here
        self.sheet.wanted.connect(self._widen)
        self.sheet.chosen.connect(self._choose)
        room.left.connect(self._forget)
        seat.bridge.facts.connect(lambda _numbers: self._soon())
        seat.bridge.reloaded.connect(self._soon)
        language.follow(self, self._retranslate)

    def show_here(self) -> None:
        """Show what is around the place under cross, cursor or menu, else around the case."""
        hand = self._work.hand
        view, at = hand.view, hand.at
        if at is None:
            self.show_case(view.selected)
            return
        number = view.under.incident(at)
        self._show(number or plane_to_point(*view.camera.view.to_plane(at.x(), at.y())))

    def show_case(self, number: int | None) -> None:
        """Show what is around the case ``number``."""
        if number is None:
            self._seat.notices.say(say("around.round_nowhere"))
        else:
            self._show(number)

    def _show(self, spot: Spot) -> None:
        self._spot = spot
        tasks.start(self._read(opening=True), "asking what is around")

    def _widen(self, metres: float) -> None:
        self._metres = metres
        tasks.start(self._read(opening=True), "asking what is further around")

    async def _read(self, *, opening: bool) -> None:
        """Ask; by hand it is drawn and shown, and a refusal is told; otherwise what is shown stays."""
        asked = spot, metres = self._spot, self._metres
        if spot is None:
            return
        try:
            found = await self._seat.console.reads.around.within(spot, metres)
        except Problem as problem:
            if opening:
                self._seat.notices.fail(problem.sentence, spot if isinstance(spot, int) else None)
            return
        if asked != (self._spot, self._metres):
            return
        self._found = found
        self._tell()
        if opening:
            lon, lat = found["point"]
            self._around.reach.clear(circle=False)
            self._around.reach.circle((lon, lat), metres)
            self._room.show(self.sheet)
            self.sheet.enter()

    def _tell(self) -> None:
        if self._found:
            self.sheet.show_found(self._found, self._centre())

    def _centre(self) -> str:
        if self._found["told_by"] == "point":
            lon, lat = self._found["point"]
            return say("around.round_point", lon=f"{lon:.6f}", lat=f"{lat:.6f}")
        key = "around.round_case" if self._found["told_by"] == "case" else "around.round_grid"
        return say(key, number=self._spot)

    def _choose(self, key: object) -> None:
        """Open a case or a grid; draw the line to a resource or a worker."""
        if isinstance(key, int):
            self.picked.emit(key)
        elif isinstance(key, tuple) and key[0] == "grid":
            self._around.show_grid(str(key[1]))
        else:
            kinds = {"resource": self._found["resources"]["rows"], "staff": self._found["staff"]}
            self._around.show_line(way(self._found["point"], kinds, key))

    def _filter(self) -> None:
        """Show in the queue what lies within; a circle that was there before goes."""
        if self._found:
            lon, lat = self._found["point"]
            queue = self._work.queue
            others = [one for one in queue.filters.conditions if one.facet != CIRCLE]
            queue.set_conditions([*others, Condition(CIRCLE, str(Circle(lon, lat, self._metres)))])

    def _soon(self) -> None:
        if self._found and self._room.seen(self.sheet) and not self._pause.isActive():
            self._pause.start()

    def _look_again(self) -> None:
        if self._found and self._room.seen(self.sheet):
            tasks.start(self._read(opening=False), "asking again what is around")

    def _forget(self) -> None:
        self._spot, self._found, self._metres = None, {}, FIRST
        self._around.reach.clear()

    def _retranslate(self) -> None:
        self.sheet.setAccessibleName(say("panels.around"))
        self.only.setText(say("around.round_only"))
        self.sheet.retranslate()
        self._tell()
