"""What was typed outlives the console: nobody closed the form, the program just ended."""

from pathlib import Path

from console.desk.desk import Desk
from tests.database_fixtures import Database, report
from tests.gui.desktop import desktop, type_text, until


async def test_what_is_typed_in_a_form_survives_the_end_of_the_console(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        form = await desk.form("Shift+R")
        type_text(form.fields["text"], "家属已到现场，等候网格员")
        await until(lambda: desk.console.drafts.get(("remind", number)))
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        form = await desk.form("Shift+R")
        assert form.fields["text"].draft() == "家属已到现场，等候网格员"
        await desk.submit(form)
        assert ("remind", number) not in desk.console.drafts
