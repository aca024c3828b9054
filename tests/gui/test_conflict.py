"""Two seats change one case at once: the second sees both sides and answers by key; no text is lost."""

from pathlib import Path

from PySide6.QtCore import Qt

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, tap, two_desktops, until, words
from ui.anew import BUSY
from ui.dialogs.form import Form

ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


async def refused(desk: Desktop, form: Form) -> list[str]:
    """Send ``form`` by key and return what its card says."""
    form.activateWindow()
    await until(form.isActiveWindow)
    tap(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await until(form.conflict.isVisible)
    await until(lambda: not form.property(BUSY))
    assert desk.window.findChildren(Form)
    return words(form.conflict)


async def test_both_sides_and_the_state_before_are_seen_and_answered_by_key(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty, centre="130123", title="占道")
    async with two_desktops(database, tmp_path, "林悦", "周宁") as (one, two):
        await one.furnished()
        await two.open(number)
        await two.furnished()
        form = await two.form("L")
        form.fields["priority"].restore("1")
        form.fill({"class": "公用设施/井盖缺失", "text": "井盖也没了"})
        await act_as(one, number, "classify", priority="2", place="南楼乡韩家庄村口")
        said = await refused(two, form)
        assert any("林悦" in line and "归类" in line for line in said)
        for line in (
            "优先级 ◆ 双方都改",
            "1 特急",
            "2 紧急",
            "地点",
            "南楼乡韩家庄村口",
            "公用设施/井盖缺失",
            "未改",
        ):
            assert line in said, line
        await act_as(one, number, "classify", priority="4")
        tap(Key.Key_S, ALT)
        await until(lambda: "4 较低" in words(form.conflict))
        assert form.submit.isEnabled()
        tap(Key.Key_E, ALT)
        assert not form.conflict.isVisible()
        assert form.fields["text"].draft() == "井盖也没了"
        await two.submit(form)
        await until(lambda: (row := two.console.board.row(number)) and row.priority == 1)


async def test_a_step_that_is_no_longer_possible_offers_what_is(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty, centre="130123")
    await act(duty, "accept", number)
    async with two_desktops(database, tmp_path, "林悦", "周宁") as (one, two):
        await two.open(number)
        await two.furnished()
        form = await two.form("D")
        form.fill({"unit": "城管局"})
        await act_as(one, number, "classify", priority="2")
        assert "城管局" in await refused(two, form)
        tap(Key.Key_T, ALT)
        await until(lambda: two.console.drafts.get(("dispatch", number)))
        assert (await two.form("D")).fields["unit"].draft()
        await act_as(one, number, "dispatch", unit="公安局")
        await act_as(one, number, "cancel", reason="重复")
        form = next(one for one in two.window.findChildren(Form) if one.isVisible())
        said = await refused(two, form)
        assert any("已不能“派遣”" in line for line in said)
        assert "mine" not in form.conflict.choices.buttons
        assert not form.submit.isEnabled(), "what cannot be done is not offered"
        tap(Key.Key_1, ALT)
        instead = await until(lambda: found if (found := two.open_form()) is not form else None)
        assert instead.action == "note"
        assert two.console.drafts.get(("dispatch", number))
        instead.reject()


async def act_as(desk: Desktop, number: int, action: str, **args: object) -> None:
    """Let the person of ``desk`` do ``action``, as from another place."""
    await act(desk.console._desk, action, number, **args)
