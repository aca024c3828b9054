"""Lists of any length: read as one goes down, searched, sorted, saved whole, by keys alone."""

import csv
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.desk.behind import PAGE, SORTED, Facts, Page, Records, View
from console.errors import BadInput, OutOfReach
from console.indicators.indicator import counted
from tests.gui.desktop import until
from ui.lists.cases import CaseList
from ui.lists.paged import LONGEST
from ui.lists.records import RecordList

MANY = 1203


class Held:
    """Cases by number, and what was asked of them; ``ill`` lets the next answer fail."""

    def __init__(self, count: int) -> None:
        self.rows = [
            {
                "number": n,
                "status": "closed",
                "title": f"=路灯{n}",
                "class_name": "路灯",
                "township": "正定镇",
                "community": "正定镇",
                "place": "府前街",
                "unit": None,
                "received": 1_800_000_000.0 + n,
                "due": None,
                "closed": None,
            }
            for n in range(1, count + 1)
        ]
        self.asked: list[tuple[View, object]] = []
        self.ill = False
        self.between: Callable[[], object] = list

    async def page(self, view: View, after: object = None) -> Page:
        self.asked.append((view, after))
        self.between()
        if self.ill:
            raise OutOfReach("too_busy")
        found: list[Facts] = [row for row in self.rows if view.find in str(row["title"])]
        if view.sort:
            found.sort(key=lambda row: row[view.sort], reverse=view.down)
        first = after if isinstance(after, int) else 0
        last = min(first + PAGE, len(found))
        return Page(found[first:last], len(found), last if last < len(found) else None)


async def listed(qtbot: QtBot, held: Held) -> CaseList:
    """Return the list, with its first rows."""
    made = CaseList("办结率 · <b>应结</b>", held)
    qtbot.addWidget(made)
    made.show()
    await until(lambda: made.rows.total is not None)
    return made


async def test_a_column_takes_the_room_that_its_words_need(qtbot: QtBot) -> None:
    held = Held(3)
    held.rows[1] |= {"class_name": "Trading on the road", "township": "a place without end " * 9}
    made = await listed(qtbot, held)
    keys = [column.key for column in made.rows.columns]
    kind, place = keys.index("class_name"), keys.index("place")
    wanted = made.list.fontMetrics().horizontalAdvance("Trading on the road")
    assert made.list.columnWidth(kind) > wanted > made.rows.columns[kind].width
    assert made.list.columnWidth(place) < 2 * made.rows.columns[place].width, "the title keeps its room"
    made.list.setColumnWidth(kind, 50)
    made.sort(kind)
    await until(lambda: len(held.asked) > 1 and made.rows.view.sort == "class_name")
    assert made.list.columnWidth(kind) == 50, "as a hand has made it"


def line(made: CaseList, row: int) -> list[str]:
    return [str(made.rows.index(row, column).data()) for column in range(made.rows.columnCount())]


async def test_a_list_goes_to_its_end_and_tells_from_the_start_how_long_it_is(qtbot: QtBot) -> None:
    held = Held(MANY)
    made = await listed(qtbot, held)
    assert made.windowTitle() == "办结率 · <b>应结</b>：1,203 件"
    assert made.told.text() == "共 1,203 条，已列 500"
    assert line(made, 0)[:6] == ["1", "已结案", "=路灯1", "路灯", "正定镇 府前街", ""]
    for _page in range(3):
        QTest.keyClick(made.list, Qt.Key.Key_End)
        await until(
            lambda: (
                made.told.text() == "共 1,203 条" or made.list.currentIndex().row() < len(made.rows.rows) - 1
            )
        )
    await until(lambda: made.told.text() == "共 1,203 条")
    assert [row["number"] for row in made.rows.rows] == list(range(1, MANY + 1)), "each once, in order"
    QTest.keyClick(made.list, Qt.Key.Key_End)
    with qtbot.waitSignal(made.opened) as opened:
        QTest.keyClick(made.list, Qt.Key.Key_Return)
    assert opened.args == [MANY]


async def test_a_list_is_searched_and_sorted_by_keys(qtbot: QtBot) -> None:
    held = Held(MANY)
    made = await listed(qtbot, held)
    QTest.keyClick(made, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(made, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    await until(lambda: line(made, 0)[0] == "1203")
    assert made.rows.headerData(6, Qt.Orientation.Horizontal) == "接报 ↓"
    QTest.keyClick(made, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(made.search, "120")
    QTest.keyClick(made.search, Qt.Key.Key_Return)
    await until(lambda: made.told.text() == "找到 6 条")
    assert [line(made, row)[0] for row in range(6)] == ["1203", "1202", "1201", "1200", "1120", "120"]
    assert "1,203 件" in made.windowTitle(), "the title tells of the whole"
    made.search.setText("\0 120\ud800\u202e")
    await until(lambda: held.asked[-1][0].find == "120")
    made.search.setText("积" * 10**6)
    await until(lambda: len(held.asked[-1][0].find) == LONGEST)
    made.search.setText("120")
    QTest.keyClicks(made.search, "x")
    await until(lambda: "没有找到" in made.told.text())
    held.ill = True
    made.search.clear()
    await until(lambda: made.told.text() == OutOfReach("too_busy").sentence)
    held.ill = False
    QTest.keyClick(made.search, Qt.Key.Key_Return)
    await until(lambda: made.told.text().startswith("共 1,203 条"))


async def test_the_whole_list_is_saved_and_runs_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    held = Held(MANY)
    made = await listed(qtbot, held)
    made.save(tmp_path / "a.csv")
    await until(lambda: made.told.text().startswith("已导出 1,203 条"))
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == MANY + 1
    assert rows[0][:3] == ["编号", "状态", "标题"]
    assert rows[-1][:3] == ["1203", "已结案", "'=路灯1203"]
    made.save(tmp_path / "a.xlsx")
    await until(lambda: "a.xlsx" in made.told.text())
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert sheet.max_row == MANY + 1
    assert (sheet.cell(2, 1).value, sheet.cell(2, 3).value) == (1, "=路灯1")
    assert sheet.cell(2, 3).data_type == "s", "a text, not a formula"
    held.between = lambda: len(held.asked) % 2 and QTest.keyClick(made, Qt.Key.Key_Escape)
    made.save(tmp_path / "b.csv")
    await until(lambda: "停止" in made.told.text() and not made.bar.isVisible())
    assert made.isVisible(), "Esc called the saving off, not the list"
    held.between = list
    made.save(tmp_path / "nowhere" / "c.csv")
    await until(lambda: "无法写入文件 c.csv" in made.told.text())
    made.save(tmp_path / "c.pdf")
    await until(lambda: "c.pdf 应以 .csv 或 .xlsx 结尾" in made.told.text())
    assert left(tmp_path) == ["a.csv", "a.xlsx"]


def left(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


async def test_fields_are_listed_record_by_record_to_the_boards_number(qtbot: QtBot) -> None:
    rows = [
        {"code": code, "name": "王**", "what": "rented", "place": "甲", "day": None, "n": 1} for code in "ab"
    ]

    async def missing(_limit: int, _after: object) -> Facts:
        return {"total": 2, "sum": 1821, "rows": rows, "after": None}

    fields = Records(missing, counted("completeness:rest"))
    listed = RecordList("完整率 · 缺项", fields, await fields.page(View()))
    qtbot.addWidget(listed)
    assert listed.rows.columns[-1].heading == "缺项字段"
    words = "共 2 条，缺项字段合计 1,821（看板按字段计数，此处按记录列出）"
    await until(lambda: listed.told.text() == words)


async def test_a_list_too_long_to_be_sorted_or_searched_says_so_and_goes_on_as_it_was(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """Its head claims no order, reading on and saving take the rows as they come."""
    rows = [
        {"code": f"R{n}", "name": "王**", "what": "registered", "place": "", "day": None, "n": 1}
        for n in range(PAGE)
    ]

    async def read(_limit: int, after: object) -> Facts:
        return {
            "total": SORTED + 1,
            "sum": SORTED + 1,
            "rows": rows,
            "after": 2 if after == 1 else 1 if after is None else None,
        }

    made = RecordList("人口", Records(read), await Records(read).page(View()))
    qtbot.addWidget(made)
    made.show()
    await until(lambda: made.rows.total == SORTED + 1)
    said = BadInput("list_too_long", total=SORTED + 1, limit=SORTED).sentence
    QTest.keyClick(made, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    await until(lambda: made.told.text() == said)
    heads = [
        made.rows.headerData(column, Qt.Orientation.Horizontal) for column in range(made.rows.columnCount())
    ]
    assert not any("↑" in str(head) for head in heads), "the rows stand as they came"
    QTest.keyClick(made.list, Qt.Key.Key_End)
    await until(lambda: len(made.rows.rows) == 2 * PAGE)
    made.search.setText("王")
    await until(lambda: made.told.text() == said)
    made.save(tmp_path / "人口.csv")
    await until(lambda: made.told.text().startswith("已导出 1,500 条"))
    assert len((tmp_path / "人口.csv").read_text("utf-8-sig").splitlines()) == 1 + 3 * PAGE


async def test_who_keeps_a_record_of_saved_lists_is_told_before_there_is_a_file(
    qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [{"code": "R1", "name": "王**", "what": None, "place": "甲", "day": None, "n": 1}]
    kept: list[tuple[int, list[str]]] = []

    async def read(_limit: int, _after: object) -> Facts:
        return {"total": 1, "sum": 1, "rows": rows, "after": None}

    async def note(count: int) -> None:
        kept.append((count, left(tmp_path)))
        if len(kept) > 1:
            raise OutOfReach("too_busy")

    records = Records(read, note=note)
    made = RecordList("常住人口", records, await records.page(View()))
    qtbot.addWidget(made)
    made.show()
    await until(lambda: made.rows.total is not None)
    made.save(tmp_path / "a.csv")
    await until(lambda: made.told.text().startswith("已导出 1 条"))
    assert kept == [(1, [".a.csv.part"])]
    made.save(tmp_path / "b.csv")
    await until(lambda: made.told.text() == OutOfReach("too_busy").sentence)
    assert left(tmp_path) == ["a.csv"]
