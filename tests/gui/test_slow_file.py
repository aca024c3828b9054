"""A file over a slow line, as its operator sees it: how far it has come, and other work meanwhile."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from console.desk.desk import Desk
from tests.database_fixtures import Cluster, Database, report
from tests.gui.desktop import desktop, gone, tap, type_text, until, words
from tests.gui.wire import wires

FILE = b"%PDF-1.4\n" + bytes(range(256)) * 4096  # a megabyte
PACE = 1 << 14  # a minute for it
KEPT = "SELECT array_agg(size) FROM gridseat.attachment"


async def test_a_form_tells_how_far_a_file_has_come_and_other_work_goes_on(
    cluster: Cluster, database: Database, duty: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.dialogs.form.SILENT", 50)
    monkeypatch.setattr("ui.dialogs.form.AGAIN", 20)
    file = tmp_path / "现场.pdf"
    file.write_bytes(FILE)
    number = await report(duty)
    async with wires(cluster, answering=1) as (wire,), desktop(database, tmp_path, wires=(wire,)) as desk:
        await desk.open(number)
        await desk.furnished()
        form = await desk.form("Shift+A")
        type_text(form.fields["file"], str(file))
        wire.pace = PACE
        form.send()
        await until(lambda: form.error.text().startswith("正在上传附件："))
        assert "/ 1.0 MB" in form.error.text()
        form.activateWindow()
        await until(form.isActiveWindow)
        tap(Qt.Key.Key_Escape)
        await until(lambda: gone(form))
        note = await desk.form("Shift+R")
        type_text(note.fields["text"], "现场已拍照")
        await desk.submit(note)
        await until(lambda: "现场已拍照" in words(desk.case))
        assert await database.owner.fetchval(KEPT) is None, "nobody waits for the file"
        wire.pace = 0
        await until(lambda: "附件" in desk.notice)
    assert await database.owner.fetchval(KEPT) == [len(FILE)]
