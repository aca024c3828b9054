"""A real window on a test's database, and hands for it: keys, text, and waiting for what is seen."""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from shiboken6 import isValid

from console.app import Console
from console.database.door import role_of
from console.desk.desk import Desk
from console.settings import Settings
from tests import waiting
from tests.database_fixtures import Database, TestDoor, act, report
from tests.waiting import SECONDS
from ui.case.panel import CasePanel
from ui.dialogs.form import Form
from ui.dispatch.page import DispatchPage
from ui.session import Session
from ui.tasks import tasks
from ui.window import Window

T = TypeVar("T")
Shown = TypeVar("Shown", bound=QWidget)
PATIENCE = 10.0  # seconds in which a database answers that is there, on a busy machine too
SHORT = 1.0  # of a test that takes the database away
SAID = 600  # characters of a window that a failure shows


async def until(true: Callable[[], T | None], seconds: float = SECONDS) -> T:
    """Let Qt and the loop work until ``true()`` is; return what it returned."""
    return await waiting.until(true, seconds, pause=0.005, meanwhile=work, scene=open_windows)


def work() -> None:
    """Let Qt do what is due, and delete what is to be deleted, which it would leave to a loop of its own."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_windows() -> str:
    """Return what is on the screen: each window, what it says, and where the keys go."""
    active, inside = QApplication.activeWindow(), QApplication.focusWidget()
    told = [
        f"  {type(one).__name__} “{one.windowTitle()}”{' (active)' * (one is active)}: {own_words(one)}"
        for one in QApplication.topLevelWidgets()
        if one.isVisible()
    ]
    keys = f"  keys go to {type(inside).__name__} “{inside.accessibleName()}”" if inside else "  no keys"
    return "\n".join([*told, keys])


def own_words(window: QWidget) -> str:
    """Return what stands in ``window`` and not in another above it."""
    labels = [one for one in window.findChildren(QLabel) if one.isVisible() and one.window() is window]
    return " | ".join(label.text() for label in labels if label.text())[:SAID]


class Host(Protocol):
    """One of several hosts: it listens at 127.0.0.1."""

    port: int


@dataclass
class Desktop:
    """One window with one person."""

    window: Window
    session: Session
    doors: list[TestDoor]
    database: Database

    @property
    def page(self) -> DispatchPage:
        assert self.window.pages is not None
        return self.window.pages.dispatch

    @property
    def case(self) -> CasePanel:
        return self.page.case

    @property
    def console(self) -> Console:
        assert self.session.seat is not None
        return self.session.seat.console

    @property
    def number(self) -> int:
        """The case that is open."""
        assert self.case.number is not None
        return self.case.number

    @property
    def rows(self) -> list[int]:
        view = self.page.queue.view
        return [view.number_at(index) for index in range(len(view))]

    async def open(self, number: int) -> None:
        """Select ``number`` and wait until it is read."""
        await until(lambda: number in self.console.board)
        self.page.queue.select(number)
        await self.shown(number)

    async def shown(self, number: int, status: str | None = None) -> None:
        """Wait until the case panel shows ``number``, in ``status`` if it is named."""
        await until(
            lambda: (
                (file := self.case.file) is not None
                and file.number == number
                and status in (None, file.incident["status"])
            )
        )

    async def furnished(self) -> None:
        """Wait until forms know units, classes and people."""
        await until(lambda: self.session.seat and self.session.seat.directory.people)

    async def fill(self, keys: str, number: int, status: str, **filled: str) -> None:
        """Open a form by its key, type into its fields, send it by key, and wait for the new status."""
        form = await self.form(keys)
        for name, text in filled.items():
            type_text(form.fields[name], text)
        await self.submit(form)
        await self.shown(number, status)

    def command(self, text: str) -> None:
        """Enter ``text`` in the command bar."""
        self.page.bar.line.setText(text)
        self.page.bar.line.returnPressed.emit()

    async def press(self, keys: str) -> None:
        """Press keys as the window hears them."""
        self.window.activateWindow()
        QCoreApplication.processEvents()  # a dialog that was just left may still be on its way to the front
        await until(self.window.isActiveWindow)
        self.page.queue.list.setFocus()
        QTest.keySequence(self.window, keys)

    async def form(self, keys: str) -> Form:
        """Press ``keys`` and return the form that opens."""
        await self.press(keys)
        return await self.seen(Form)

    def open_form(self) -> Form | None:
        return self.shows(Form)

    async def opened(self, keys: str, kind: type[Shown]) -> Shown:
        """Press ``keys``, once the window is furnished, and return what opens."""
        await self.furnished()
        await self.press(keys)
        return await self.seen(kind)

    async def seen(self, kind: type[Shown], but: QWidget | None = None) -> Shown:
        """Wait for a widget of ``kind``, another than ``but``, and return it."""
        return await until(lambda: self.shows(kind, but))

    def shows(self, kind: type[Shown], but: QWidget | None = None) -> Shown | None:
        """Return what the window shows of ``kind``."""
        found = self.window.findChildren(kind)
        return next((one for one in found if one.isVisible() and one is not but), None)

    async def submit(self, form: Form) -> None:
        """Send ``form`` by key and wait until it has gone."""
        offers = QApplication.activePopupWidget()  # while names are offered, their list holds the keys
        if offers is None:
            form.activateWindow()
            await until(form.isActiveWindow)
        QTest.keyClick(offers or form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: gone(form))

    async def lose_database(self) -> None:
        """End every connection of this window, and let none in."""
        for door in self.doors:
            door.shut = True
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = $2"
        await self.database.owner.execute(ended, self.database.name, self.role)

    def find_database(self) -> None:
        """Let the window's connections in again."""
        for door in self.doors:
            door.shut = False

    @property
    def role(self) -> str:
        return role_of(self.database.name, str(self.console.me["login"]))

    @property
    def notice(self) -> str:
        return self.window.notices.last


def type_text(target: QWidget, text: str) -> None:
    """Type as an input method does; key clicks cannot carry Chinese."""
    focus = target.focusProxy() or target
    focus.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focus, event)


def gone(widget: QWidget) -> bool:
    """Tell whether ``widget`` is closed, perhaps deleted already."""
    return not isValid(widget) or not widget.isVisible()


async def dismiss(dialog: QDialog) -> None:
    """Leave ``dialog`` and wait until it has gone."""
    dialog.reject()
    await until(lambda: gone(dialog))


def tap(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press ``key`` where keys go now: an open list holds them."""
    target = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifier)


def words(widget: QWidget) -> list[str]:
    """Return the texts of all labels that are seen, as they are read: a space that does not break is one."""
    labels = widget.findChildren(QLabel)
    return [label.text().replace("\u00a0", " ") for label in labels if label.isVisible()]


@asynccontextmanager
async def desktop(
    database: Database,
    folder: Path,
    login: str = "duty",
    size: tuple[int, int] = (1920, 1080),
    patience: float = PATIENCE,
    wires: tuple[Host, ...] = (),
) -> AsyncIterator[Desktop]:
    """Open a window for ``login``, through ``wires`` if there are; close it in order."""
    settings = Settings(state=folder, poll_seconds=0.2, patience_seconds=patience, prefix=database.name)

    doors: list[TestDoor] = []

    def open_console(who: str | None) -> Console:
        doors.append(database.door(who or "duty"))
        doors[-1].ports = tuple(wire.port for wire in wires)
        return Console(settings, doors[-1])

    memory = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = Window(memory)
    window.resize(*size)
    window.show()
    session = Session(window, memory, open_console, login)
    try:
        await session.sign_in(login)
        found = Desktop(window, session, doors, database)
        await until(lambda: window.pages is None or found.console.feed.pulse.heard > 0)
        yield found
    finally:
        window.hide()
        await tasks.cancel_all()
        await session.end()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.unfreeze()  # a test's window may be freed like anything else


@asynccontextmanager
async def at_case(
    database: Database, folder: Path, duty: Desk, *steps: str, patience: float = PATIENCE
) -> AsyncIterator[Desktop]:
    """Open a window on a new case that ``steps`` have led somewhere."""
    number = await report(duty)
    for step in steps:
        await act(duty, step, number, **TOLD.get(step, {}))
    async with desktop(database, folder, patience=patience) as desk:
        await desk.open(number)
        await desk.furnished()
        yield desk


TOLD = {"dispatch": {"unit": "城管局"}}  # what a step is told


@asynccontextmanager
async def two_desktops(
    database: Database, folder: Path, *logins: str, patience: float = PATIENCE
) -> AsyncIterator[tuple[Desktop, Desktop]]:
    """Open two windows on one database, for two seats of the county's centre or twice for duty."""
    for login in logins:
        await database.add(login, "seat", "130123")
    first, second = logins or ("duty", "duty")
    async with (
        desktop(database, folder / "one", login=first, patience=patience) as one,
        desktop(database, folder / "two", login=second, patience=patience) as two,
    ):
        yield one, two
