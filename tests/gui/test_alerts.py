"""Alerts at a seat: summed up at sign-in, counted at the bell, taken note of by opening or by key."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.settings import Settings
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, desktop, until
from ui.alerts import Alerts
from ui.dispatch.alerts import AlertList
from ui.preferences import preferences
from ui.sound import Sounder, tone


def alerts(desk: Desktop) -> Alerts:
    assert desk.window.pages is not None
    return desk.window.pages.alerts


def kinds(desk: Desktop) -> list[str]:
    watch = alerts(desk).watch
    return sorted(key.kind for key in watch.standing) if watch else []


async def test_an_operator_hears_what_is_new_takes_note_of_it_and_keeps_hearing_priority_one(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.add("林悦", "seat", "130123")
    await report(duty, title="早班留下的", centre="130123")
    urgent = await report(duty, title="燃气泄漏", priority="1", centre="130123")
    async with desktop(database, tmp_path, "林悦") as desk:
        await until(lambda: "上岗时已有" in desk.notice)
        assert kinds(desk) == ["urgent"], "the rest is summed up"
        bell = desk.window.top.bell
        await until(lambda: bell.text() == "1")
        assert "特急 1" in bell.accessibleName()
        assert desk.window.windowTitle().startswith("(1) ")

        new = await report(duty, title="商贩占道", centre="130123")
        other = await report(duty, title="乡镇的", centre="130123201")
        await until(lambda: other in desk.console.board)
        assert kinds(desk) == ["new", "urgent"], "another centre's is none of ours"
        await desk.open(new)
        await until(lambda: kinds(desk) == ["urgent"])

        await desk.press("Shift+F8")
        assert "免打扰" in desk.notice
        watch, siren = alerts(desk).watch, alerts(desk).siren
        assert watch is not None
        now = desk.page._seat.bridge.now()
        assert siren.sound(watch.standing.values(), now + 60) == 1, "quiet mode never silences it"

        await told_in_words(desk, duty)
        await heard_while_it_is_open(desk, duty, new)
        await one_line_for_each_case(desk, duty, urgent)
        await note_all_by_one_key(desk, duty, urgent)


async def told_in_words(desk: Desktop, duty: Desk) -> None:
    """Let an urgent case come in: it is said in words too, with the way to it. So is the test of sound."""
    number = await report(duty, title="水管爆裂", priority="1", centre="130123")
    await until(lambda: desk.notice == f"特急：{number} 水管爆裂")
    assert desk.window.notices.standing[-1].number == number
    alerts(desk)._note(number)
    assert kinds(desk) == ["urgent"]
    preferences.start(Settings.model_construct(sound=False))
    alerts(desk).sounder.fine = True
    assert alerts(desk)._test() == "提示音已关闭，只有特急会响"
    alerts(desk).sounder.fine = False
    assert alerts(desk)._test() == "没有可用的声音设备：提醒只闪烁"


async def heard_while_it_is_open(desk: Desktop, duty: Desk, number: int) -> None:
    """Let the open case be asked for again: it stands until somebody does something about it."""
    await act(duty, "remind", number, text="又来电话了")
    await until(lambda: kinds(desk) == ["urged", "urgent"])
    await until(lambda: desk.case.file is not None and desk.case.file.incident["reminders"])
    assert kinds(desk) == ["urged", "urgent"]
    await desk.press("C")
    await until(lambda: kinds(desk) == ["urgent"])


async def one_line_for_each_case(desk: Desktop, duty: Desk, urgent: int) -> None:
    """Let one case have two reasons, and another come while the list is open; note the first as a whole."""
    await act(duty, "remind", urgent, text="又来电话了")
    await until(lambda: kinds(desk) == ["urged", "urgent"])
    await until(lambda: desk.window.top.bell.text() == "1")
    await desk.press("F7")
    told = await until(lambda: next(iter(desk.window.findChildren(AlertList)), None))
    assert [told.list.item(row).text().split()[:4] for row in range(told.list.count())] == [
        [str(urgent), "特急", "被催办", "燃气泄漏"]
    ]
    await report(duty, title="路灯不亮", centre="130123")
    await until(lambda: told.list.count() == 2)
    told.activateWindow()
    await until(told.isActiveWindow)
    QTest.keyClick(told.list, Qt.Key.Key_Delete)
    assert kinds(desk) == ["new"]
    assert told.list.count() == 1
    QTest.keyClick(told.list, Qt.Key.Key_F8)
    assert kinds(desk) == []
    assert told.list.count() == 0
    told.reject()


async def note_all_by_one_key(desk: Desktop, duty: Desk, urgent: int) -> None:
    """Let one alert end and another begin, and take note of all."""
    await act(duty, "accept", urgent)
    await report(duty, title="又一件", centre="130123")
    await until(lambda: kinds(desk) == ["new"])
    await desk.press("F8")
    assert kinds(desk) == []
    await until(lambda: desk.window.top.bell.text() == "0")


@pytest.mark.skipif(sys.platform == "win32", reason="no program plays there")
def test_a_sound_that_was_lost_is_told_once_and_comes_back(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A player that fails, then plays, as when the sound server has started anew."""
    player, ends = tmp_path / "paplay", tmp_path / "ends"
    player.write_text(f'#!/bin/sh\nread -r code < "{ends}"\nexit "$code"\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("ui.sound.has_multimedia", lambda: False)
    monkeypatch.setattr("ui.sound.RETRY", 0.0)
    sounder, lost = Sounder(), list[None]()
    sounder.lost.connect(lambda: lost.append(None))
    sounder.able = sounder.fine = True
    ends.write_text("1\n")
    sounder.play(1, 80)
    qtbot.waitUntil(lambda: not sounder.fine)
    sounder.play(1, 80)
    qtbot.waitUntil(lambda: sounder._playing is None)
    assert len(lost) == 1
    ends.write_text("0\n")
    sounder.play(1, 80)
    qtbot.waitUntil(lambda: sounder.fine)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    sounder.play(1, 80)
    qtbot.waitUntil(lambda: sounder._playing is None)
    assert sounder.fine


def test_every_priority_has_a_sound_of_its_own_and_the_first_is_heard_at_any_volume() -> None:
    heard = {level: tone(level, 80) for level in (1, 2, 3, 4)}
    assert len(set(heard.values())) == 4
    assert all(sound.startswith(b"RIFF") for sound in heard.values())
    assert tone(1, 0) != tone(1, 80)
    assert any(tone(1, 0)[44:]), "never silence"
