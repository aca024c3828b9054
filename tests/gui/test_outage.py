"""The database goes away and comes back under a seat: nothing typed is lost, nothing is done twice."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from console.desk.desk import Desk
from console.feed.listener import Link
from tests.database_fixtures import Cluster, Database, act, report
from tests.gui.desktop import SHORT, Desktop, at_case, desktop, gone, tap, type_text, until, words
from tests.gui.wire import wires
from tests.waiting import Stopwatch
from ui.dialogs.outbox import Outbox
from ui.outage_sheet import left_over

BANNER_SECONDS = 5.0
REMINDERS = "SELECT count(*) FROM gridseat.timeline WHERE action = 'remind'"


async def away(desk: Desktop) -> None:
    """Take the database away; the window says so in five seconds."""
    await desk.lose_database()
    async with Stopwatch() as watch:
        await until(lambda: desk.console.feed.pulse.link is Link.LOST)
        await until(lambda: "没有应答" in desk.window.banner.text)
    assert watch.seconds < BANNER_SECONDS


async def leave_word(desk: Desktop, text: str) -> None:
    form = await desk.form("Shift+R")
    type_text(form.fields["text"], text)
    await desk.submit(form)


async def test_a_reminder_written_while_the_database_is_away_waits_in_sight_and_is_delivered_once(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty, patience=SHORT) as desk:
        number = desk.number
        await away(desk)
        assert number in desk.rows, "the board stays readable"
        await leave_word(desk, "路口已封")
        assert "已存入待发" in desk.notice
        assert not desk.page._seat.drafts
        desk.window.tick()
        assert "1" in desk.window.banner.buttons["outbox"].text()
        await desk.press("Ctrl+O")
        opened = await until(lambda: desk.shows(Outbox))
        assert any("路口已封" in line for line in words(opened))
        desk.find_database()
        QTest.keySequence(desk.window, "F5")
        await until(lambda: "已送达" in desk.notice)
        assert not opened.cards, "it follows what happens"
        opened.reject()
        assert not desk.page._seat.unsure
        await until(lambda: "路口已封" in words(desk.case))
        desk.window.tick()
        await until(lambda: desk.window.banner.text == "")
    assert await database.owner.fetchval(REMINDERS) == 1


async def test_the_directory_is_asked_for_until_it_is_read(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    """As when the database is lost again in the middle of a reload."""
    rename = "UPDATE gridseat.organisation SET alias = '岗上' WHERE code = '130123'"
    async with at_case(database, tmp_path, duty, patience=SHORT) as desk:
        await desk.furnished()
        door = database.door("duty")
        door.shut, desk.console.reads._desk = True, Desk(door, patience=0.0)
        desk.page._seat.bridge.reloaded.emit()
        await until(lambda: door.refused)
        await database.owner.execute(rename)
        door.shut = False
        await until(lambda: desk.page._seat.directory.places["130123"].alias == "岗上")


async def test_what_is_refused_when_the_database_is_back_is_told_and_stays_typed(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty, "accept", patience=SHORT) as desk:
        form = await desk.form("D")
        type_text(form.fields["unit"], "城管局")
        await desk.lose_database()
        form.send()
        await until(form.error.isVisible)
        await act(duty, "cancel", desk.number, reason="重复")
        desk.find_database()
        await until(lambda: "未被接受" in desk.notice)
        assert form.isVisible()
        assert form.fields["unit"].draft()
        assert desk.console.outbox == [], "the form has answered for it"


async def test_a_refused_report_is_a_card_that_is_answered_by_key(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    switch = "UPDATE gridseat.catalogue_class SET active = $1 WHERE code = '街面秩序/游商'"
    async with at_case(database, tmp_path, duty, patience=SHORT) as desk:
        await away(desk)
        for title in ("摊贩占道", "夜市噪音", "占道经营"):
            form = await desk.form("Ctrl+N")
            form.fill({"title": title, "class": "街面秩序/游商", "centre": "130123"})
            form.send()
            await until(lambda: desk.page.reporting.form is None)
        assert "已存入待发" in desk.notice
        await database.owner.execute(switch, False)
        desk.find_database()
        await until(lambda: [one.refusal is None for one in desk.console.outbox] == [False] * 3)
        desk.window.tick()
        assert "3 件" in desk.window.banner.text
        await desk.press("Ctrl+O")
        opened = await until(lambda: desk.shows(Outbox))
        assert any("摊贩占道" in line for line in words(opened))
        assert any("渠道：电话" in line for line in words(opened)), "as people call it"
        assert "对方改成" not in words(opened), "nobody has changed anything"
        opened.activateWindow()
        await until(opened.isActiveWindow)
        QTest.keyClick(opened.cards[0], Qt.Key.Key_Down)
        assert QApplication.focusWidget() is opened.cards[1]
        tap(Qt.Key.Key_Delete)
        await until(lambda: len(opened.cards) == 2)
        await database.owner.execute(switch, True)
        tap(Qt.Key.Key_S)
        await until(lambda: len(opened.cards) == 1)
        await until(lambda: len(desk.rows) == 2)
        tap(Qt.Key.Key_E)
        form = await until(desk.open_form)
        assert form.fields["title"].draft() == "摊贩占道", "the keys stay in their place"
        assert desk.console.outbox == []
        form.reject()
    titles = await database.owner.fetch("SELECT title FROM gridseat.incident")
    assert sorted(row["title"] for row in titles) == ["占道经营", "商贩占道"]


async def test_a_frozen_host_shows_in_five_seconds_and_the_next_host_takes_over_without_a_restart(
    cluster: Cluster, database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty)
    async with (
        wires(cluster, answering=1, silent=1) as (first, second),
        desktop(database, tmp_path, wires=(first, second), patience=SHORT) as desk,
    ):
        await desk.open(number)
        form = await desk.form("Shift+R")
        type_text(form.fields["text"], "半开连接时写的")
        first.freeze()
        async with Stopwatch() as watch:
            form.send()
            await until(lambda: desk.window.banner.text)
        assert watch.seconds < BANNER_SECONDS + 0.5
        await until(lambda: gone(form))
        assert "已存入待发" in desk.notice
        await second.open()  # it has been promoted
        await until(lambda: desk.console.feed.pulse.link is Link.LIVE)
        await until(lambda: "半开连接时写的" in words(desk.case))
        await until(lambda: desk.console.outbox == [])
        await leave_word(desk, "新主库上写的")
        await until(lambda: "新主库上写的" in words(desk.case))
        desk.window.tick()
        await until(lambda: desk.window.banner.text == "")
    assert await database.owner.fetchval(REMINDERS) == 2


async def test_urgent_cases_and_whom_to_call_are_printed_from_what_is_left(
    database: Database, duty: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("林悦", "周宁"):
        await database.add(name, "seat supervisor", "130123")
    await database.owner.execute(ON_DUTY)
    await report(duty, title="<b>燃气泄漏</b>", priority="1", place="恒山社区门口", reporter="张三丰")
    await report(duty, title="商贩占道")
    monkeypatch.setattr("PySide6.QtPrintSupport.QPrinterInfo.availablePrinterNames", staticmethod(list))
    async with desktop(database, tmp_path, patience=SHORT) as desk:
        await until(lambda: len(desk.rows) == 2)
        await desk.furnished()
        await away(desk)
        cases, people = left_over(desk.page._seat).sections
        assert [row[1] for row in cases.rows] == ["<b>燃气泄漏</b>"]
        assert sorted((row[1], row[3]) for row in people.rows) == [
            ("周宁", "0311-88000003"),
            ("林悦", "0311-88000000"),
        ]
        assert "张" not in str((cases, people)), "nothing about reporters leaves the screen"
        await desk.press("Shift+F5")
        dialog = await until(lambda: next(iter(desk.window.findChildren(QFileDialog)), None))
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("断线.pdf")
        dialog.accept()
        await until(lambda: "已存为 PDF" in desk.notice)
    assert (tmp_path / "断线.pdf").read_bytes().startswith(b"%PDF")


ON_DUTY = """
WITH staff AS (
    INSERT INTO gridseat.staff (code, name, kind, organisation_id, phone, person_id)
    SELECT p.login || x.code, p.name, 'head', p.organisation_id, x.phone, p.id * x.linked
    FROM gridseat.person AS p
    JOIN (VALUES ('林悦', 'S1', '0311-88000001', NULL), ('林悦', 'S2', '0311-88000000', 1),
                 ('周宁', 'S3', '0311-88000003', NULL)) AS x (login, code, phone, linked) USING (login)
)
INSERT INTO gridseat.shift (centre_id, by_centre_id, person_id, starts, ends)
SELECT p.organisation_id, p.organisation_id, p.id,
       desk.now() - interval '1 hour', desk.now() + interval '8 hours'
FROM gridseat.person AS p WHERE p.login IN ('林悦', '周宁')
"""
