"""What becomes of a report is looked up while it is typed: never in the way, never about an older text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from console.errors import OutOfReach, Problem
from ui.seat import Seat
from ui.tasks import tasks

PAUSE = 300  # milliseconds without a change
Args = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What desk.duplicates, desk.recommend, desk.preview and desk.reopen_candidates answered.

    ``away``: the database cannot be asked now. ``ended``: the newest case to reopen (see desk.incident).
    """

    likes: list[dict[str, Any]] = field(default_factory=list)
    units: list[dict[str, Any]] = field(default_factory=list)
    preview: dict[str, Any] = field(default_factory=dict)
    reopen: list[dict[str, Any]] = field(default_factory=list)
    ended: dict[str, Any] | None = None
    away: bool = False


class Foresight(QObject):
    """Asks once typing pauses, one thing after the other; ``told`` carries what is true of the last text."""

    told = Signal(object)  # Foreseen, or None while there is nothing to ask about

    def __init__(self, seat: Seat, parent: QObject) -> None:
        super().__init__(parent)
        self._seat = seat
        self._args: dict[str, object] | None = None
        self._asking = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        seat.bridge.linked.connect(self._look_again)

    def look(self, args: Args | None) -> None:
        """Look what a report of ``args`` would come to, once typing pauses; None: there is nothing yet."""
        wanted = dict(args) if args is not None else None
        if wanted == self._args:
            return
        self._args = wanted
        if wanted is None:
            self.stop()
            self.told.emit(None)
        else:
            self._pause.start()

    def _look_again(self, _link: object) -> None:
        self._pause.start()

    def stop(self) -> None:
        """Ask no more."""
        self._pause.stop()
        self._args = None

    def _ask(self) -> None:
        if self._args is None or self._asking:
            return
        if self._seat.bridge.link.name == "LOST":
            self.told.emit(Foreseen(away=True))
        else:
            self._asking = True
            tasks.start(self._read(self._args), "looking ahead of a report")

    async def _read(self, args: dict[str, object]) -> None:
        try:
            found = await self._foresee(args)
        except OutOfReach:
            found = Foreseen(away=True)
        except Problem:  # half a place, an option that is not one yet: sending it will say so
            found = Foreseen()
        finally:
            self._asking = False
        if args is self._args:
            self.told.emit(found)
        else:
            self._ask()

    async def _foresee(self, args: dict[str, object]) -> Foreseen:
        reads = self._seat.console.reads
        likes = await reads.duplicates(args)
        preview = await reads.preview(args)
        units = await reads.recommend(args) if "class" in args else []
        reopen = await reads.reopen_candidates(args) if "class" in args else []
        ended = await reads.incident(reopen[0]["number"]) if reopen else None
        return Foreseen(likes, units, preview, reopen, ended)
