"""Reaching the reporter, and knowing who else reported the same case and what happened here before."""

from pathlib import Path

from PySide6.QtCore import Qt

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.conftest import Outside
from tests.gui.desktop import desktop, tap, type_text, until, words

HERE = {"point": [114.55, 38.11], "datum": "WGS-84"}


async def test_the_holder_of_the_claim_dials_at_a_key_and_writes_down_what_was_said(
    database: Database, duty: Desk, tmp_path: Path, outside: Outside
) -> None:
    number = await report(duty, reporter="王建国", phone="138-1234 5678")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        assert desk.case.facts.reveal.text() == "查看 F9"
        await desk.press("C")
        await until(lambda: desk.case.facts.reveal.text() == "拨打 F9")
        await desk.press("F9")
        await until(lambda: outside.asked)
        assert outside.asked == ["tel:13812345678"]
        await until(lambda: any(line.startswith("王建国 · 138-1234 5678") for line in words(desk.case)))
        assert (desk.case.composer.kind, desk.case.composer.phone.text()) == ("call", "138-1234 5678")
        assert desk.case.composer.edit.hasFocus()
        type_text(desk.case.composer.edit, "已问清位置")
        tap(Qt.Key.Key_Return)
        await until(lambda: "已问清位置" in desk.case.timeline.words())
        told = [step.told.title for step in desk.case.timeline.steps]
        assert told[-2:] == ["查看个人信息", "通话记录"], "seeing the number is on record"


async def test_somebody_else_gives_a_reason_and_may_dial_then(
    database: Database, duty: Desk, tmp_path: Path, outside: Outside
) -> None:
    number = await report(duty, reporter="王建国", phone="13812345678")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        form = await desk.form("F9")
        form.fill({"reason": "联系反映人"})
        await desk.submit(form)
        await until(lambda: desk.case.facts.reveal.text() == "拨打")
        assert outside.asked == [], "seeing is not calling"
        desk.case.facts.reveal.click()
        assert outside.asked == ["tel:13812345678"]


async def test_the_other_reporters_stand_masked_beside_and_lead_to_their_reports(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    main = await report(duty, title="夜市占道")
    others = [
        await report(duty, reporter=f"{name}某", phone=f"1381234567{end}", channel="hotline")
        for end, name in enumerate("王李张赵")
    ]
    for other in others:
        await act(duty, "merge", other, into=str(main))
    linked = await report(duty, title="摊贩噪音")
    await act(duty, "link", main, to=str(linked))
    async with desktop(database, tmp_path) as desk:
        await desk.open(main)
        under = desk.case.body.beside["under"]
        assert "同案反映 4" in words(under)
        assert [row.words for row in under.rows] == [
            f"{name}** · 138****567{end} · 12345 热线" for end, name in enumerate("王李张")
        ]
        assert all(row.aside.startswith("已并案 · ") for row in under.rows)
        under.more.click()
        assert [row.key for row in under.rows] == others
        assert desk.case.body.beside["linked"].rows[0].words == "摊贩噪音"
        under.rows[0].setFocus()
        tap(Qt.Key.Key_Down)
        tap(Qt.Key.Key_Return)
        await desk.shown(others[1], "merged")
        above = desk.case.body.beside["main"].rows[0]
        assert (above.key, above.words) == (main, "夜市占道")
        above.setFocus()
        tap(Qt.Key.Key_Return)
        await desk.shown(main)


async def test_what_happened_here_before_is_counted_and_its_last_cases_open(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty, **HERE)
    before = [await report(duty, title=f"旧事 {n}", **HERE) for n in range(2)]
    await act(duty, "answer", before[0], text="已答复")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        line = "近 90 天 100 米内 2 件：游商 2 · 未结 1、直接答复 1"
        await until(lambda: line in words(desk.case.facts))
        desk.case.history.toggle.click()
        rows = desk.case.history.lists["place"].rows
        assert [row.words for row in rows] == ["旧事 1", "旧事 0"]
        rows[0].setFocus()
        tap(Qt.Key.Key_Return)
        await desk.shown(before[1])
