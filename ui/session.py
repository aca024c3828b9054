"""From the window to the database: signing in, signing in as somebody else, and leaving in order."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, Signal

from console.database.age import OUTDATED
from console.errors import OutOfReach, Problem, Refused
from console.language import say
from ui import garbage
from ui.tasks import tasks
from ui.window import Window

if TYPE_CHECKING:
    from console.app import Console
    from ui.seat import Seat

Opener = Callable[[str | None], "Console"]
AGAIN = 1.0  # seconds until the directory is asked for again
PAINTED = 0.03  # seconds in which the empty window is painted


class Session(QObject):
    """One person after the other in one window. ``open_console`` makes a console for a login."""

    seated = Signal()  # somebody has signed in, and the pages stand

    def __init__(self, window: Window, memory: QSettings, open_console: Opener, login: str | None) -> None:
        super().__init__(window)
        self._window, self._memory, self._open = window, memory, open_console
        self._login = login
        self._people: list[dict[str, Any]] = []
        self._held: int | None = None  # the case that was open when somebody else signed in
        self._changing, self._furnishing = asyncio.Lock(), asyncio.Lock()
        self._outdated = True
        self.seat: Seat | None = None
        self.refused: Exception | None = None  # why nobody is signed in
        window.identity.connect(lambda login: tasks.start(self.sign_in(login or None), "signing in"))
        tasks.failed.connect(self._tell)

    async def begin(self) -> None:
        """Show the window; sign in once it is painted."""
        self._window.show_message("window.starting")
        self._window.show()
        await asyncio.sleep(PAINTED)
        tasks.start(self.sign_in(self._login), "signing in")

    async def sign_in(self, login: str | None) -> None:
        """Sign ``login`` in; whoever was signed in leaves once the other is in, the open case stays open."""
        async with self._changing:
            seat = await self._change(login)
        if seat is not None and self.seat is seat:
            await self._furnish(seat)
            garbage.spare()

    async def _change(self, login: str | None) -> "Seat | None":
        """Return the seat of ``login``, None if they were refused; nothing of whoever sat here is kept."""
        before = self._rise()
        try:
            return await self._open_seat(login)
        except Exception as error:
            self._refuse(login or "", error)
            if not isinstance(error, Problem):
                raise
            return None
        finally:
            await _leave(before)

    async def _open_seat(self, login: str | None) -> "Seat":
        """Sit ``login`` down at a seat of their own."""
        from ui.pages import Pages  # noqa: PLC0415  heavy: the window stands before it is loaded
        from ui.seat import Seat  # noqa: PLC0415

        seat = Seat(self._open(login), self)
        try:
            await seat.console.start()
            self._sit_down(seat, Pages(seat, self._memory))
        except BaseException:
            await _leave(seat)
            raise
        return seat

    def _refuse(self, login: str, error: Exception) -> None:
        """Say why ``login`` could not sign in, and let it be tried again."""
        self.refused = error
        self._window.show_problem(_section(error), _sentence(error), login)

    async def end(self) -> None:
        """Sign out."""
        tasks.failed.disconnect(self._tell)
        self._window.remember()
        self._window.give_up_seat()
        self._memory.sync()
        seat, self.seat = self.seat, None
        await _leave(seat)

    def exit_code(self) -> int:
        """Return 0 for a window that was left from a seat, or raise what kept everybody out."""
        if self.refused is not None:
            raise self.refused
        return 0

    def _rise(self) -> "Seat | None":
        """Take the pages away, but for the number of the open case; return who had them."""
        if self._window.pages is not None:
            self._held = self._window.pages.dispatch.case.number
        before, self.seat = self.seat, None
        self._window.give_up_seat()
        return before

    def _sit_down(self, seat: "Seat", pages: Any) -> None:  # noqa: ANN401  a Pages, loaded late
        self.seat, self.refused = seat, None
        self._window.take_seat(seat, pages)
        reloaded = seat.bridge.reloaded  # the tree, grids or resources may be others, too
        reloaded.connect(lambda: tasks.start(self._renew(seat), "reading the directory anew"))
        if self._held is not None:
            tasks.start(pages.dispatch.carry_on(self._held), "carrying on")
            self._held = None
        self.seated.emit()

    async def _renew(self, seat: "Seat") -> None:
        """Load it again; a database that is away once more, which the banner tells, is asked on and on."""
        while self.seat is seat:
            try:
                await self._furnish(seat)
            except OutOfReach:
                await asyncio.sleep(AGAIN)
            else:
                return

    async def _furnish(self, seat: "Seat") -> None:
        """Load what forms and the map need; the queue works meanwhile. Asked for often, it is read once."""
        self._outdated = True
        async with self._furnishing:
            if not self._outdated or self.seat is not seat:
                return
            self._outdated = False
            await seat.directory.load(seat.console.reads, seat.console.atlases)
        if self.seat is not seat:
            return
        if self._window.pages is not None:
            self._window.pages.show_directory()
        if seat.console.me.get("sample"):
            self._people = self._people or await seat.console.reads.people()
            self._window.show_people(self._people)

    def _tell(self, _task: str, error: object) -> None:
        self._window.notices.fail(_sentence(error))


def _sentence(error: object) -> str:
    return error.sentence if isinstance(error, Problem) else say("window.fault", reason=str(error))


def _section(error: Exception) -> str:
    """Return what the window says of the next step: another name helps only where the name is at fault."""
    if isinstance(error, OutOfReach):
        return "unreachable"
    if not isinstance(error, Refused):
        return "unopened"
    return "outdated" if error.code in OUTDATED else "refused"


async def _leave(seat: "Seat | None") -> None:
    """Give ``seat`` up, whole, even while the window goes: its outbox and its connections are its own."""
    if seat is None:
        return
    stopping = asyncio.ensure_future(seat.console.stop())
    try:
        await asyncio.shield(stopping)
    except asyncio.CancelledError:
        await stopping
        raise
    finally:
        seat.deleteLater()
