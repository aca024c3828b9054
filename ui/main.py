"""The entrance to the screen: one call opens the window and returns when it has been left."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from console.settings import FILE, Settings
from ui.attention import attention
from ui.language import language
from ui.loop import Life
from ui.preferences import preferences, set_scale
from ui.session import Opener, Session
from ui.tasks import tasks
from ui.theme import theme
from ui.window import Window

if TYPE_CHECKING:
    from console.app import Console

Beside = Callable[["Console", Callable[[int, int], None]], Coroutine[Any, Any, Any]]


def run(
    settings: Settings,
    *,
    wall: Sequence[Sequence[str]] | None = None,
    open_on: int | None = None,
    beside: Beside | None = None,
    seconds: float | None = None,
    open_console: Opener | None = None,
) -> int:
    """Show the window for ``settings`` until it is left; return the exit code, or raise what kept people out.

    ``wall``: begin with these pages of the wall (see Window.show_wall). ``open_on``: select this incident.
    ``beside(console, told)``: runs beside the window from the first sign-in on; told(cases, of_how_many).
    ``seconds``: leave after so long.
    ``open_console(login)`` makes the consoles, by default those of ``settings``.
    """
    app = application(settings)
    memory = QSettings(str(settings.state / "window.ini"), QSettings.Format.IniFormat)
    window = Window(memory)
    life = Life(app)
    life.leave_with(window)
    window.leaving.connect(life.leave)
    session = Session(window, memory, open_console or _open_console, settings.operator)

    async def begin() -> None:
        if seconds is not None:
            asyncio.get_running_loop().call_later(seconds, life.leave)
        session.seated.connect(started, Qt.ConnectionType.SingleShotConnection)
        await session.begin()

    def started() -> None:
        if session.seat is not None and beside is not None:
            tasks.start(beside(session.seat.console, window.show_history), "beside the window")
        if window.pages is not None and open_on is not None:
            window.pages.dispatch.open(open_on)
        if wall is not None:
            window.show_wall(wall)

    life.run(begin, session.end)
    return session.exit_code()


def application(settings: Settings) -> QApplication:
    """Return the application, dressed and speaking as ``settings`` say."""
    running = QApplication.instance()
    set_scale(settings.scale)
    app = running if isinstance(running, QApplication) else QApplication([])
    app.setApplicationName("gridseat")
    attention.start(app)
    theme.start(app, settings.theme)
    language.start(app)
    preferences.start(settings, FILE)
    return app


def _open_console(login: str | None) -> "Console":
    from console.app import Console  # noqa: PLC0415  heavy: the window stands before it is loaded

    return Console(preferences.settings.model_copy(update={"operator": login}))
