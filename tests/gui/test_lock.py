"""The lock: nothing of a case is seen behind it, no key reaches it, and only its person opens it."""

from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.errors import OutOfReach
from console.language import say
from console.settings import Settings
from tests.database_fixtures import Database, report
from tests.gui.desktop import Desktop, at_case, type_text, until, words
from tests.waiting import Stopwatch
from ui.attention import attention
from ui.language import language
from ui.lock import TRIES, WAIT, LockScreen
from ui.preferences import preferences

PRIVATE = "商贩占道经营堵住消防通道"


def seen() -> str:
    """Every word of the windows that are shown, their titles too."""
    windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    told = [text for one in windows for text in (one.windowTitle(), *words(one))]
    return " ".join([*told, *(one.accessibleName() for top in windows for one in shown(top))])


def shown(window: QWidget) -> list[QWidget]:
    return [one for one in window.findChildren(QWidget) if one.isVisible()]


async def test_a_locked_window_shows_nothing_and_hears_nothing_until_its_person_is_back(
    database: Database, tmp_path: Path, duty: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_case(database, tmp_path, duty, "accept") as desk:
        form = await desk.form("D")
        type_text(form.fields["with"], "公安")
        assert "商贩占道" in seen()
        desk.window.lock.lock()
        screen = desk.window.lock.screen
        assert screen is not None
        await until(screen.isVisible)
        desk.window.notices.say(PRIVATE)
        late = await opened_meanwhile(desk)
        await heard_meanwhile(desk, duty, monkeypatch)
        told = seen()
        for word in ("商贩占道", str(desk.number), "城管局", "待受理", PRIVATE):
            assert word not in told, word
        await until(lambda: desk.window.windowTitle().endswith(say("lock.window")))  # perhaps after counts

        before, then = attention.idle, monotonic()
        hears_nothing(desk, screen)
        assert attention.idle >= before  # input at the lock keeps no claim alive

        language.use("en")
        assert "The screen is locked" in words(screen)
        assert screen.unlock.text() == "Unlock Enter"
        language.use("zh")
        QTest.keyClick(screen.unlock, Qt.Key.Key_Return)
        await until(lambda: not desk.window.lock.locked)
        assert desk.open_form() is form  # as it was left
        assert late.isVisible()
        late.close()
        assert not QToolTip.isVisible()
        assert "商贩占道" in seen()
        assert attention.idle < before + monotonic() - then
        form.reject()


def hears_nothing(desk: Desktop, screen: LockScreen) -> None:
    """Press keys that act when the window is open."""
    for key in (Qt.Key.Key_A, Qt.Key.Key_N, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        QTest.keyClick(screen.windowHandle(), key)
    QTest.keyClick(screen.windowHandle(), Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert not desk.page.queue.list.hasFocus()
    assert screen.isVisible()
    assert desk.window.lock.locked


async def opened_meanwhile(desk: Desktop) -> QDialog:
    """Let a tip and a dialog open by themselves: they are hidden at once, not a second later."""
    QToolTip.showText(desk.window.mapToGlobal(QPoint(9, 9)), PRIVATE)
    late = QDialog(desk.window)
    QLabel(PRIVATE, late)
    late.open()
    async with Stopwatch() as watch:
        await until(lambda: not (late.isVisible() or QToolTip.isVisible()))
    assert watch.seconds < 0.5
    return late


async def heard_meanwhile(desk: Desktop, duty: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an urgent case come in: it sounds, and the lock says of which kind it is, not which."""
    heard: list[int] = []
    assert desk.window.pages is not None
    assert desk.window.lock.screen is not None
    alerts = desk.window.pages.alerts
    monkeypatch.setattr(alerts.sounder, "play", lambda level, _volume: heard.append(level))
    await report(duty, title=PRIVATE, priority="1")
    alarm = desk.window.lock.screen.alarm
    await until(lambda: 1 in heard and alarm.isVisible())
    assert say("alerts.kind.urgent") in alarm.text()


async def test_a_window_that_nobody_touches_locks_itself(
    database: Database, tmp_path: Path, duty: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        lock = desk.window.lock
        monkeypatch.setattr(type(attention), "idle", property(lambda _self: 601.0))
        preferences.start(Settings.model_construct(lock_minutes=0))
        lock._pass()
        assert lock.screen is None  # 0 is never
        preferences.start(Settings.model_construct(lock_minutes=10))
        desk.window.toggle_wall()
        lock._pass()
        assert lock.screen is None  # a wall has nobody before it, and shows nobody's data
        desk.window.toggle_wall()
        lock._pass()
        await until(lambda: lock.locked)
        monkeypatch.undo()
        lock.unlock()


async def leave_by_key(screen: LockScreen) -> None:
    """Sign out by the key that does so everywhere: whoever locked it need not be here."""
    left: list[int] = []
    screen.leaving.connect(lambda: left.append(1))
    screen.activateWindow()
    await until(screen.isActiveWindow)
    QTest.keyClick(screen, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert left


async def test_a_password_is_asked_for_thrice_then_time_passes(qtbot: QtBot) -> None:
    answers: dict[str, bool] = {"right": True}
    away = True

    async def recognises(password: str) -> bool:
        if away:
            raise OutOfReach("database_lost", reason="test")
        return answers.get(password, False)

    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    screen = LockScreen("李四", "08:00", recognises, parent)
    opened: list[int] = []
    screen.opened.connect(lambda: opened.append(1))
    screen.show()

    async def attempt(password: str) -> str:
        screen.line.setText(password)
        before = screen.told.text()
        QTest.keyClick(screen.line, Qt.Key.Key_Return)
        await until(lambda: screen.told.text() not in {before, say("lock.checking")} or bool(opened))
        return screen.told.text()

    assert await attempt("right") == say("lock.away")
    away = False
    assert await attempt("wrong") == say("lock.wrong", left=TRIES - 1)
    assert await attempt("wrong") == say("lock.wrong", left=TRIES - 2)
    assert await attempt("wrong") == say("lock.wait", tries=TRIES, seconds=WAIT)
    assert screen.line.isReadOnly()
    assert not screen.leave.hasFocus(), "a Space too many signs nobody out"
    screen._try()
    assert not opened
    for _ in range(WAIT):
        screen._pass()
    assert not screen.line.isReadOnly()
    await attempt("right")
    assert opened
    await leave_by_key(screen)
    screen.hide()
