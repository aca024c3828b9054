"""Campaigns in the window: made, what is wrong told beside its field; figures, cases, bulletin and end."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem

from console.desk.desk import Desk
from tests.database.boards import at, dispatched
from tests.database_fixtures import Database
from tests.gui.desktop import desktop, dismiss, until
from ui.bulletins.dialog import BulletinDialog
from ui.campaigns.dialog import CampaignDialog
from ui.language import language
from ui.lists.cases import CaseList


async def refused(dialog: CampaignDialog, key: str, words: str) -> None:
    """Press the button; ``words`` stand below the field ``key`` and nowhere else."""
    dialog.add.click()
    await until(lambda: words in dialog.form.wrong[key].text())
    assert [one for one, shown in dialog.form.wrong.items() if shown.isVisible()] == [key]


async def make(dialog: CampaignDialog) -> None:
    form = dialog.form
    await refused(dialog, "name", "起个名字")
    form.name.setText("=夜市")
    await refused(dialog, "classes", "至少选一个")
    form.classes.choose(["街面秩序", "市容环境/露天烧烤"])
    assert form.classes.chosen == ["市容环境/露天烧烤", "街面秩序"], "a whole group, a type of another"
    form.last.setDate(form.first.date().addDays(-1))
    await refused(dialog, "days", "起止日期不对")
    form.last.setDate(form.first.date().addDays(30))
    form.figure.setCurrentIndex(form.figure.findData("closing"))
    dialog.add.click()
    await until(lambda: "已设立专项行动“=夜市”" in dialog.told.text())


async def ended(dialog: CampaignDialog) -> None:
    dialog.end.click()
    await until(lambda: "再按一次" in dialog.told.text())
    assert dialog.list.campaign
    dialog.end.click()
    await until(lambda: "2026-11-18 结束" in dialog.told.text())
    await until(lambda: glance(dialog)[:3] == ["=夜市", "2026-11-18 … 2026-11-18", "进行中"])


def glance(dialog: CampaignDialog) -> list[str]:
    item = dialog.list.currentItem()
    return [item.text(column) for column in range(8)] if item else []


def figure(dialog: CampaignDialog, name: str) -> QTreeWidgetItem:
    return dialog.figures.findItems(name, Qt.MatchFlag.MatchExactly)[0]


async def test_a_campaign_is_made_read_told_and_ended(database: Database, duty: Desk, tmp_path: Path) -> None:
    number = await dispatched(database, duty, "09:00")
    await at(database, "12:00")
    await database.add("boss", "supervisor", "130123")
    async with desktop(database, tmp_path, "boss") as desk:
        dialog = await desk.opened("Ctrl+Shift+X", CampaignDialog)
        await until(lambda: "还没有专项行动" in dialog.told.text())
        await make(dialog)
        await until(lambda: glance(dialog)[2:] == ["进行中", "1", "0", "1", "0.0 %", "办结率 95.0 %"])

        dialog.figures.setFocus()
        dialog.figures.setCurrentItem(figure(dialog, "接报"))
        QTest.keyClick(dialog.figures, Qt.Key.Key_Return)
        cases = await desk.seen(CaseList)
        assert "=夜市" in cases.windowTitle()
        await dismiss(cases)

        dialog.issue.click()
        bulletin = await desk.seen(BulletinDialog)
        await until(lambda: "将印发〔2026〕1号" in bulletin.told.text())
        assert bulletin.period.currentText() == "=夜市"
        await dismiss(bulletin)

        await ended(dialog)
        dialog.form.classes.choose(["街面秩序"])
        language.use("en")
        english = await desk.seen(CampaignDialog, dialog)
        await until(lambda: "Campaigns: 1" in english.told.text())
        assert english.form.classes.chosen == ["街面秩序"], "it stands as it stood"
    listed = await database.owner.fetchrow("SELECT classes, target FROM gridseat.campaign")
    assert listed is not None
    assert (listed["classes"], float(listed["target"])) == (["市容环境/露天烧烤", "街面秩序"], 0.95)
    assert number


async def test_who_does_not_lead_reads_campaigns(database: Database, tmp_path: Path) -> None:
    await at(database, "12:00")
    await database.add("plain", "seat", "130123")
    async with desktop(database, tmp_path, "plain") as desk:
        dialog = await desk.opened("Ctrl+Shift+X", CampaignDialog)
        await until(lambda: "还没有专项行动" in dialog.told.text())
        assert not any(one.isVisible() for one in (dialog.form, dialog.add, dialog.end))
