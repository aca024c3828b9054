"""Scores in the window: ranking, the arithmetic of one, its cases and appeals, weights with a reason."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from console.desk.desk import Desk
from tests.database.boards import at, closed, dispatched, handled
from tests.database_fixtures import Database, act
from tests.gui.desktop import Desktop, desktop, dismiss, type_text, until
from ui.language import language
from ui.lists.cases import CaseList
from ui.scores.dialog import ScoresDialog
from ui.scores.weights import WeightsDialog


def rows(tree: QTreeWidget) -> list[QTreeWidgetItem]:
    return tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)


def row(tree: QTreeWidget, words: str) -> QTreeWidgetItem:
    return next(item for item in rows(tree) if words in item.text(0))


def part(dialog: ScoresDialog, name: str) -> str:
    """Return what is told beside a part of the score; others' formulas may name it, too."""
    (found,) = [item for item in rows(dialog.working) if item.text(0) == name]
    return found.text(1)


async def enter(tree: QTreeWidget, words: str) -> None:
    tree.setFocus()
    tree.setCurrentItem(row(tree, words))
    QTest.keyClick(tree, Qt.Key.Key_Return)


async def five_and_one_appealed(database: Database, duty: Desk) -> int:
    """城管局 has six: five in time, one an hour late whose appeal waits."""
    numbers = [await dispatched(database, duty, "09:00") for _ in range(6)]
    for number in numbers[:5]:
        await handled(database, duty, number, "09:30")
    await handled(database, duty, numbers[5], "12:00")
    await closed(database, duty, numbers[5], "12:10")
    await act(duty, "appeal", numbers[5], reason="道路封闭")
    await at(database, "15:00")
    return numbers[5]


async def set_evenly(dialog: ScoresDialog, desk: Desktop) -> None:
    dialog.activateWindow()  # a desktop does so when the list above it goes
    await until(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    weights = await desk.seen(WeightsDialog)
    await until(lambda: weights.points["volume"].value() == 10)
    assert weights.points["volume"].lineEdit().width() > 30, "there is room for the points"
    weights.points["volume"].setValue(20)
    assert not weights.put.isEnabled(), "110 points"
    weights.points["closing"].setValue(15)
    weights.put.click()
    await until(lambda: "写明为什么" in weights.told.text())
    type_text(weights.reason, "按县考核办法")
    weights.put.click()
    await until(lambda: "已存" in weights.told.text())
    first, second = rows(weights.history)
    assert (first.text(1), first.text(8), second.text(6)) == ("15", "按县考核办法", "出厂设定")
    await dismiss(weights)


async def in_english(dialog: ScoresDialog, desk: Desktop) -> ScoresDialog:
    language.use("en")
    english = await desk.seen(ScoresDialog, dialog)
    await until(lambda: "Ranked 1" in english.told.text())
    assert english.group.currentIndex() == 1, "it stands as it stood"
    return english


async def test_a_score_is_asked_down_to_its_cases(database: Database, duty: Desk, tmp_path: Path) -> None:
    late = await five_and_one_appealed(database, duty)
    await database.add("boss", "supervisor admin", "130123")
    async with desktop(database, tmp_path, "boss") as desk:
        dialog = await desk.opened("Ctrl+Shift+G", ScoresDialog)
        await until(lambda: "排名 1 个" in dialog.told.text())
        # closing 1/6, on time 5/6, rework 0/6, nobody asked, volume 1, of 85 points:
        # (4.17 + 20.83 + 25 + 10) / 85 = 70.6
        assert dialog.head.text() == "城管局　70.6 分　等级 C"
        assert any("不排名" in item.text(0) or "没有应结" in item.text(0) for item in rows(dialog.peers))
        assert part(dialog, "按时率") == "25 × 5 ÷ 6 = 20.83"
        assert row(dialog.working, "÷ 85 × 100 = 70.6")
        assert "申诉待定" in row(dialog.working, "道路封闭").text(0)

        await enter(dialog.working, "未按时 1 件")
        cases = await desk.seen(CaseList)
        await until(lambda: cases.rows.total)
        assert [one["number"] for one in cases.rows.rows] == [late]
        await dismiss(cases)

        await set_evenly(dialog, desk)
        await until(lambda: part(dialog, "办结率") == "15 × 1 ÷ 6 = 2.50")

        dialog.group.setCurrentIndex(1)
        await until(lambda: dialog.head.text().startswith("南楼乡"))
        english = await in_english(dialog, desk)
        await enter(english.working, "Appeal waits")
        await desk.shown(late)
