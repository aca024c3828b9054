"""Forms: every action in both languages, a whole case by keyboard, drafts, conflicts, refusals, undo."""

from pathlib import Path

import pytest

from console.desk.desk import Desk
from console.language import LANGUAGES
from console.workflow import actions
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import SHORT, at_case, desktop, type_text, until, words
from ui.dialogs.chosen import SetField
from ui.dialogs.field import Field
from ui.language import language


async def test_a_case_goes_from_report_to_close_by_keyboard(database: Database, tmp_path: Path) -> None:
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        form = await desk.form("Ctrl+N")
        for name, text in {"class": "游商", "title": "商贩占道经营", "place": "南楼乡韩家庄村东头"}.items():
            type_text(form.fields[name], text)
        await desk.submit(form)
        await until(lambda: desk.case.file)
        number = desk.number
        await desk.shown(number, "reported")
        await desk.fill("A", number, "accepted")
        await desk.fill("D", number, "dispatched", unit="城管局", limit="2h")
        await desk.fill("Q", number, "handling")
        await desk.fill("B", number, "handled", text="已劝离，恢复通行")
        await desk.fill("V", number, "verified")
        await desk.fill("F", number, "closed", result="已解决")
        told = [step.told.title.split(" ")[0] for step in desk.case.timeline.steps]
        assert told == ["上报", "受理立案", "派遣", "签收", "处置反馈", "核查通过", "结案"]
    rows = await database.owner.fetch(
        "SELECT title, o.name FROM gridseat.incident AS i "
        "JOIN gridseat.organisation AS o ON o.id = i.organisation_id"
    )
    assert [tuple(row) for row in rows] == [("商贩占道经营", "韩家庄村民委员会")]
    assert not await database.owner.fetch("SELECT * FROM gridseat.broken_entries(0, 9999)")


@pytest.mark.parametrize("spoken", LANGUAGES)
async def test_every_form_opens_in_every_language(
    database: Database, duty: Desk, tmp_path: Path, spoken: str
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        language.use(spoken)
        assert desk.case.file is not None
        for key, action in actions().items():
            if key == "report":
                desk.page.actions_.ask(key)
            else:
                desk.page.actions_.form(key, desk.case.file.incident)
            form = await until(desk.open_form)
            assert {
                option.label for option in action.options if option.required and option.kind != "command"
            } <= {word.removesuffix(" *") for word in words(form)}
            form.reject()
            await until(lambda: desk.open_form() is None)


async def test_every_action_has_a_key_that_the_window_hears(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        keys = {action.shortcut for action in actions().values()}
        assert len(keys) == len(actions())
        assert {action.shortcut().toString() for action in desk.page.actions_.all.values()} == keys


async def test_what_is_missing_is_said_in_place(database: Database, duty: Desk, tmp_path: Path) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        form = await desk.form("J")
        form.send()
        assert form.error.text() == "请填写“原因”"
        assert form.isVisible()
        form.reject()


async def test_a_classification_of_nothing_is_not_sent(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        form = await desk.form("L")
        form.send()
        assert form.error.text() == "还没有填写任何内容"
        form.reject()


async def test_escape_keeps_the_draft(database: Database, duty: Desk, tmp_path: Path) -> None:
    number, other = await report(duty), await report(duty, title="另一件")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        form = await desk.form("Shift+R")
        type_text(form.fields["text"], "写到一半")
        form.reject()
        await until(lambda: desk.open_form() is None)
        await desk.open(other)
        form = await desk.form("Shift+R")
        assert not form.fields["text"].draft()
        form.reject()
        await until(lambda: desk.open_form() is None)
        await desk.open(number)
        form = await desk.form("Shift+R")
        assert form.fields["text"].draft() == "写到一半"
        await desk.submit(form)
        form = await desk.form("Shift+R")
        assert not form.fields["text"].draft()
        form.reject()


@pytest.mark.parametrize(
    ("text", "sentence"), [("空\0字符", "空字符"), ("长" * 2001, "2,000")], ids=["nul", "long"]
)
async def test_bad_text_is_a_sentence_and_stays(
    database: Database, duty: Desk, tmp_path: Path, text: str, sentence: str
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        form = await desk.form("J")
        form.fill({"reason": text})
        form.send()
        assert sentence in form.error.text()
        assert "原因" in form.error.text()
        assert form.fields["reason"].draft() == text
        form.reject()


TYPED = {
    "line": "写了一行",
    "text": "写了一段",
    "amount": "2h",
    "point": ["114.55, 38.11", "GCJ-02"],
    "instant": "23:30",
    "unit": "城管局",
    "units": ["公安局"],
    "number": "1",
    "class": "游商",
    "seat": "duty",
    "person": "duty",
    "centre": "正定县",
    "agency": "110",
    "flag": True,
}


def sample(field: Field) -> object:
    """Return something that may be filled in; nothing for a file."""
    return next(iter(field.chips)) if isinstance(field, SetField) else TYPED.get(field.option.kind)


async def test_a_refused_form_keeps_everything_that_was_typed(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        await act(duty, "cancel", desk.number, reason="误报")
        await desk.shown(desk.number, "cancelled")
        assert desk.case.file is not None
        case = desk.case.file.incident
        for key in set(actions()) - {*case["legal"], "report", "undo"}:
            form = desk.page.actions_.form(key, case)
            form.fill({name: sample(one) for name, one in form.fields.items()})
            typed = {name: one.draft() for name, one in form.fields.items()}
            assert all(typed[name] for name, one in form.fields.items() if sample(one)), key
            form.send()
            await until(form.error.isVisible)
            await until(form.submit.isEnabled)
            assert {name: one.draft() for name, one in form.fields.items()} == typed, key
            assert "errors" not in form.error.text()
            form.reject()
            again = desk.page.actions_.form(key, case)
            assert {name: one.draft() for name, one in again.fields.items()} == typed, key
            again.reject()


async def test_a_conflict_names_who_and_what_and_goes_on_by_key(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.add("林悦", "seat", "130123")
    number = await report(duty, centre="130123")
    other = Desk(database.door("林悦"))
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        form = await desk.form("A")
        await act(other, "classify", number, priority="2")
        form.send()
        await until(form.conflict.isVisible)
        assert any("林悦" in word and "归类" in word for word in words(form.conflict))
        await desk.submit(form)
        await desk.shown(number, "accepted")
    await other.close()


async def test_a_step_is_taken_back_by_key_while_it_can_be(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty, "accept") as desk:
        number = desk.number
        await desk.fill("D", number, "dispatched", unit="城管局")
        offers = [one for one in desk.window.told.stack.cards if "撤销 Ctrl+Z（" in one.back.text()]
        card = next(one for one in offers if one.isVisible())
        assert any("待签收" in notice.sentence for notice in desk.window.notices.standing)
        await desk.press("Ctrl+Z")
        await desk.shown(number, "accepted")
        await until(lambda: desk.notice.startswith("已撤销"))
        assert not card.back.isVisible()
        await desk.press("Ctrl+Z")
        await until(lambda: desk.notice == "没有可以撤销的操作")


async def test_a_lost_database_keeps_the_text_and_nothing_is_done_twice(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty, patience=SHORT) as desk:
        form = await desk.form("I")
        type_text(form.fields["text"], "路口已封")
        await desk.lose_database()
        form.send()
        await until(form.error.isVisible)
        assert "内容已保留" in form.error.text()
        assert form.fields["text"].draft() == "路口已封"
        desk.find_database()
        await desk.submit(form)
        await until(lambda: "路口已封" in words(desk.case))
    urgings = "SELECT count(*) FROM gridseat.timeline WHERE action = 'urge'"
    assert await database.owner.fetchval(urgings) == 1


async def test_a_form_says_when_the_answer_is_late_and_goes_on_trying(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty, patience=30) as desk:
        form = await desk.form("A")
        type_text(form.fields["text"], "路口已封")
        await desk.lose_database()
        form.send()
        await until(form.error.isVisible)
        assert form.error.text().startswith("数据库没有应答，正在自动重试（最长 30 秒）")
        form.reject()  # Esc: the command is under way all the same
        desk.find_database()
        await desk.shown(desk.number, "accepted")
        assert ("accept", desk.number) not in desk.page._seat.unsure


async def test_the_command_bar_carries_an_action_out(database: Database, duty: Desk, tmp_path: Path) -> None:
    async with at_case(database, tmp_path, duty, "accept") as desk:
        desk.command(f"派 {desk.number} 城管局 2h")
        await desk.shown(desk.number, "dispatched")
        assert desk.page.bar.line.text() == ""
        desk.command("urge 请抓紧")
        await until(lambda: "请抓紧" in words(desk.case))
        desk.command("飞 1042")
        assert "没有“飞”这个操作" in desk.page.bar.error
        assert desk.page.bar.line.text() == "飞 1042"


async def test_a_command_that_the_database_refuses_comes_back(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    other = await report(duty, title="另一件")
    async with at_case(database, tmp_path, duty) as desk:
        desk.command(f"结 {other}")
        await until(lambda: desk.page.bar.error)
        assert "不能结案" in desk.page.bar.error
        assert desk.page.bar.line.text() == f"结 {other}"


async def test_a_command_under_another_s_claim_says_who_has_it(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.add("林悦", "seat", "130123")
    number = await report(duty, centre="130123")
    other = Desk(database.door("林悦"))
    await act(other, "claim", number)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        desk.command("受理")
        await until(lambda: desk.page.bar.error)
        assert "林悦" in desk.page.bar.error
        assert "领取" in desk.page.bar.error
        assert desk.page.bar.line.text() == "受理"
    await other.close()


async def test_what_a_command_leaves_open_is_asked_in_its_form(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty, "accept") as desk:
        desk.command("派 4h")
        form = await until(desk.open_form)
        assert form.fields["limit"].draft() == "4h"
        form.reject()
