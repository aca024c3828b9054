"""The database goes away and comes back under a seat: nothing typed is lost, nothing is done twice."""

from pathlib import Path

from console.desk.desk import Desk
from tests.database_fixtures import Database, act
from tests.gui.desktop import at_case, type_text, until


async def test_what_was_sent_while_the_database_was_away_is_delivered_once_and_told(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        form = await desk.form("Shift+R")
        type_text(form.fields["text"], "路口已封")
        await desk.lose_database()
        form.send()
        await until(form.error.isVisible)
        assert desk.page._seat.unsure["remind", desk.number]
        form.reject()
        desk.find_database()
        await until(lambda: "已送达" in desk.notice)
        assert not desk.page._seat.unsure
        assert (await desk.form("Shift+R")).fields["text"].draft() == "", "nothing is left to send twice"
    notes = "SELECT count(*) FROM gridseat.timeline WHERE action = 'remind'"
    assert await database.owner.fetchval(notes) == 1


async def test_what_is_refused_when_the_database_is_back_is_told_and_stays_typed(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty, "accept") as desk:
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
