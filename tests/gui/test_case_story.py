"""The story of a case by key: what kind of entries, how old, what is kept of each; long ones stay light."""

from pathlib import Path

from PySide6.QtCore import Qt

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import at_case, desktop, tap, until, words
from ui.case.timeline import SHOWN
from ui.dialogs.whole import BLOCK, Whole
from ui.texts import LONGEST

PNG = bytes.fromhex("89504e470d0a1a0a") + b"no picture"


async def test_the_story_is_walked_filtered_and_unfolded_by_key(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty)
    await act(duty, "note", number, text="长话" * 200)
    await act(duty, "attach", number, file="现场.png", content=PNG)
    await act(duty, "accept", number)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        story = desk.case.timeline
        await desk.press("F4")
        assert story.steps[-1].hasFocus()
        chips = {key: chip.text() for key, chip in story.chips.items() if chip.isVisible()}
        assert chips == {"all": "全部 4", "flow": "流转 2", "talk": "沟通 1", "files": "附件 1"}
        tap(Qt.Key.Key_Right)
        assert [step.told.title for step in story.steps] == ["上报", "受理立案 → 待派遣"]
        tap(Qt.Key.Key_Right)
        (note,) = story.steps
        assert note.hasFocus()
        assert max(len(line) for line in note.words()) < 200
        tap(Qt.Key.Key_Return)
        assert "长话" * 200 in note.words()
        assert any(line.startswith("操作编号：") for line in note.words())
        assert "本条与链相符 ✓" in note.words()
        assert any(line.startswith("第 2 条 · 第 1 轮") for line in note.words())
        tap(Qt.Key.Key_Space)
        assert "长话" * 200 not in note.words()
        tap(Qt.Key.Key_Left)
        tap(Qt.Key.Key_Left)
        tap(Qt.Key.Key_Home)
        assert story.steps[0].hasFocus()
        assert story.steps[0].words()[0] == "刚刚"
        story.clock.click()
        assert story.steps[0].words()[0].count(":") == 1


async def test_a_long_story_is_built_as_far_as_it_is_wanted(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty)
    for turn in range(2 * SHOWN + 5):
        await act(duty, "note", number, text=f"第 {turn} 次")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        story = desk.case.timeline
        assert len(story.steps) == SHOWN
        last = story.steps[-1]
        await desk.press("F4")
        tap(Qt.Key.Key_Home)
        assert len(story.steps) == 2 * SHOWN, "a step above the first brings earlier ones"
        assert story.steps[-1] is last, "and leaves those that stand"
        assert [step.told.seq for step in story.steps] == sorted(step.told.seq for step in story.steps)
        await act(duty, "note", number, text="又一次")
        await until(lambda: len(story.steps) == 2 * SHOWN + 1)


async def test_an_erased_text_leaves_the_screen(database: Database, duty: Desk, tmp_path: Path) -> None:
    async with at_case(database, tmp_path, duty) as desk:
        await act(duty, "note", desk.number, text="张三住在这里")
        await until(lambda: "张三住在这里" in desk.case.timeline.words())
        await database.owner.execute(
            "UPDATE gridseat.personal SET text = NULL, salt = NULL WHERE number = $1 AND seq = 2", desk.number
        )
        desk.case.refresh()
        await until(lambda: "张三住在这里" not in desk.case.timeline.words())
        assert "（内容已依法删除）" in desk.case.timeline.words()


async def test_a_megabyte_is_shown_in_part_and_whole_in_a_window_of_its_own(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty, text="短")
    await act(duty, "note", number, text="短")
    huge = "字" * 1_000_000
    await database.owner.execute("UPDATE gridseat.personal SET text = $1 WHERE number = $2", huge, number)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        assert max(len(line) for line in words(desk.case)) < LONGEST + 100
        assert "（共 1,000,000 字，已截短）" in desk.case.body.text.text()
        assert desk.case.body.text.height() < 5000
        await desk.press("F4")
        tap(Qt.Key.Key_Return)
        assert max(len(line) for line in desk.case.timeline.words()) < LONGEST + 100
        desk.case.body.whole.click()
        whole = await until(lambda: desk.window.findChild(Whole))
        document = whole.edit.document()
        assert document.characterCount() >= 1_000_000
        assert whole.edit.isReadOnly()
        longest = max(document.findBlockByNumber(n).length() for n in range(document.blockCount()))
        assert longest <= BLOCK + 1, "a line of a megabyte would be laid out at once"
        whole.reject()
