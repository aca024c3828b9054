"""Bulletins in the window: their pages before they are issued, comments, issuing, saving, what was issued."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from tests.database.boards import at, dispatched
from tests.database_fixtures import Database
from tests.gui.desktop import desktop, type_text, until
from ui.bulletins.dialog import KINDS, BulletinDialog
from ui.bulletins.preview import GAP, Preview
from ui.language import language

MADE = """
INSERT INTO gridseat.campaign (organisation_id, name, first, last, classes, set_by, set_at)
SELECT o.id, '夜市', '2026-11-01', '2026-11-30', '{街面秩序}', p.id, desk.now()
FROM gridseat.organisation AS o, gridseat.person AS p WHERE o.code = '130123' AND p.login = 'boss'
"""


async def told(dialog: BulletinDialog, words: str) -> None:
    await until(lambda: words in dialog.told.text() and dialog.bar.isHidden())


def on_paper(dialog: BulletinDialog) -> str:
    return "\n".join(line for page in dialog.preview.pages for line in page.words)


def choose_first(dialog: BulletinDialog) -> None:
    item = dialog.issued.topLevelItem(0)
    assert item is not None
    dialog.issued.setCurrentItem(item)


async def type_period(dialog: BulletinDialog, period: str) -> None:
    line = dialog.period.lineEdit()
    assert isinstance(line, QLineEdit)
    line.setText(period)
    QTest.keyClick(line, Qt.Key.Key_Return)
    await told(dialog, period)


async def heard(dialog: BulletinDialog, key: Qt.Key) -> None:
    dialog.activateWindow()
    await until(dialog.isActiveWindow)
    QTest.keyClick(dialog, key, Qt.KeyboardModifier.AltModifier)


async def save(dialog: BulletinDialog, folder: Path) -> None:
    for name, begins in (("a.pdf", b"%PDF"), ("a.xlsx", b"PK")):
        dialog.save(folder / name)
        await told(dialog, f"已保存 {folder / name}")
        assert (folder / name).read_bytes().startswith(begins)
    dialog.save(folder / "none" / "a.pdf")
    await until(lambda: "none" not in dialog.told.text() and dialog.told.property("role") == "overdue")


async def test_a_bulletin_is_seen_issued_and_saved(database: Database, duty: Desk, tmp_path: Path) -> None:
    await dispatched(database, duty, "09:00")
    await at(database, "12:00")
    await database.add("boss", "supervisor", "130123")
    await database.owner.execute(MADE)
    async with desktop(database, tmp_path, "boss") as desk:
        dialog = await desk.opened("Ctrl+Shift+B", BulletinDialog)
        await told(dialog, "将印发〔2026〕1号")
        assert "正定县网格工作月通报" in on_paper(dialog)
        assert "预览稿，未印发" in on_paper(dialog)
        assert not dialog.pdf.isEnabled(), "a draft is not saved"

        dialog.kind.setCurrentIndex(KINDS.index("day"))
        await until(lambda: "本期接报 1 件" in on_paper(dialog))
        type_text(dialog.comment, "=抓好返工\n\u202e😀")
        await until(lambda: "=抓好返工" in on_paper(dialog))
        await heard(dialog, Qt.Key.Key_S)
        await told(dialog, "已印发〔2026〕1号")
        assert "=抓好返工" in on_paper(dialog)
        assert "预览稿" not in on_paper(dialog)
        await save(dialog, tmp_path)

        await type_period(dialog, "2026-13-40")
        dialog.kind.setCurrentIndex(KINDS.index("campaign"))
        await told(dialog, "将印发〔2026〕2号")
        assert "正定县“夜市”专项行动通报" in on_paper(dialog)

        choose_first(dialog)
        await told(dialog, "〔2026〕1号 2026-11-18 12:00 由 boss 印发")
        assert dialog.pdf.isEnabled()
        assert not dialog.issue.isEnabled()
        language.use("en")
        english = await desk.seen(BulletinDialog, dialog)
        await told(english, "Will be issued as No. 2 of 2026")
        assert english.kind.currentIndex() == KINDS.index("campaign"), "it stands as it stood"
    kept = await database.owner.fetchrow("SELECT comment, first FROM gridseat.bulletin")
    assert kept is not None
    assert (kept["comment"].split("\n")[0], kept["first"]) == ("=抓好返工", date(2026, 11, 18))


async def test_who_does_not_lead_reads(database: Database, tmp_path: Path) -> None:
    await at(database, "12:00")
    await database.add("plain", "seat", "130123")
    await database.add("lead", "supervisor", "130123")
    lead = await database.as_person("lead")
    await lead.fetch("SELECT * FROM desk.issue_bulletin('130123', '2026-10')")
    await lead.close()
    async with desktop(database, tmp_path, "plain") as desk:
        dialog = await desk.opened("Ctrl+Shift+B", BulletinDialog)
        await told(dialog, "由 lead 印发")
        assert dialog.bulletin is not None, "what was issued last is shown at once"
        assert dialog.xlsx.isEnabled()
        offered = (dialog.kind, dialog.period, dialog.comment, dialog.issue)
        assert not any(part.isVisible() for part in offered), "readers make no draft"
        dialog.place.setCurrentIndex(1)
        await told(dialog, "还没有印发通报")
        assert not dialog.xlsx.isEnabled()


@pytest.mark.parametrize("wide", [500, 1100])
def test_pages_are_as_wide_as_there_is_room(qtbot: QtBot, wide: int) -> None:
    """A narrowed window cuts no page, a widened one leaves none small; what was read stays in sight."""
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(800, 600)
    preview.show()
    preview.show_pages([[], [], []])
    bar = preview.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value() / bar.maximum()
    preview.resize(wide, 600)
    qtbot.waitUntil(
        lambda: all(page.width() == preview.viewport().width() - 2 * GAP for page in preview.pages)
    )
    inside = preview.widget()
    assert inside is not None
    qtbot.waitUntil(lambda: inside.width() <= preview.viewport().width())
    assert inside.height() >= sum(page.height() for page in preview.pages)
    qtbot.waitUntil(lambda: abs(bar.value() / bar.maximum() - before) < 0.02)
