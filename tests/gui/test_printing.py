"""Paper: what was typed is printed as it was typed, on as many pages as it needs."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, desktop, until
from ui.case.paper import case_paper, pieces
from ui.printing import Section, Sheet, bands, save_pdf
from ui.texts import paragraph
from ui.typeset import pages

WIDTH, HEIGHT = 500.0, 700.0  # points of a page
HOSTILE = "<b>井盖</b> & <script>alert(1)</script>"


def sheet(rows: int) -> Sheet:
    table = Section(
        "在办特急事件", (HOSTILE,), ("编号", "事件"), [(str(n), HOSTILE) for n in range(rows)], (1, 5)
    )
    return Sheet("断线期间资料", ("数据截至 10:30:00",), (table,), "网格坐席台")


def test_a_long_table_goes_on_over_several_pages(tmp_path: Path) -> None:
    assert save_pdf(sheet(3), tmp_path / "short.pdf") == 1
    assert save_pdf(sheet(200), tmp_path / "long.pdf") > 3
    assert (tmp_path / "long.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "long.pdf").stat().st_mode & 0o777 == 0o600, "names and telephones are on it"


def test_no_row_is_torn_and_no_heading_stands_alone_at_the_foot() -> None:
    for above in range(1, 40):
        lead = Section("情况", ["一行"] * above)
        found = pages(bands(Sheet("表", (), (lead, *sheet(60).sections)), WIDTH), HEIGHT)
        whole = [band for page in found for _, band in page]
        assert sum(HOSTILE in band.text for band in whole) == 61, "every row is there once"
        assert all(y + band.height <= HEIGHT for page in found for y, band in page)
        assert not any(page[-1].band.keeps for page in found), "a heading goes with what it heads"
        assert all(page[0].band.head for page in found if page[0].band.edges)


def test_a_row_taller_than_a_page_goes_on_at_the_next() -> None:
    tall = Section("时间线", (), ("条", "经过"), [("1", "经过\n" * 70), ("2", "完")], (1, 9))
    found = pages(bands(Sheet("表", (), (tall,)), WIDTH), 300.0)
    rows = [band for page in found for _, band in page if band.edges and not band.head]
    assert len(found) > 2
    assert sum(band.cells[1].last - band.cells[1].first for band in rows) == 72, "each line is there once"


def test_markup_in_what_somebody_typed_is_printed_as_it_is() -> None:
    assert printed(sheet(2)).count(HOSTILE) == 3


def test_a_megabyte_is_cut_and_says_so(tmp_path: Path) -> None:
    huge = Sheet("很长", sections=(Section("正文", ("长" * 1_000_000,)),))
    assert save_pdf(huge, tmp_path / "huge.pdf") < 5


def test_a_place_that_cannot_be_written_to_is_an_error_and_no_empty_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        save_pdf(sheet(1), tmp_path / "nowhere" / "x.pdf")


def printed(sheet: Sheet) -> str:
    return "\n".join(band.text for band in bands(sheet, WIDTH))


async def test_the_open_case_is_printed_whole_by_key(
    database: Database, duty: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PySide6.QtPrintSupport.QPrinterInfo.availablePrinterNames", staticmethod(list))
    number = await report(duty, title=HOSTILE, reporter="王建国", phone="13812345678", text="积水\n" * 200)
    await act(duty, "accept", number)
    await act(duty, "dispatch", number, unit="城管局")
    await act(duty, "attach", number, file="现场.jpg", content=b"\xff\xd8\xff")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        await desk.furnished()
        file = await until(lambda: desk.case.file if desk.case.file and desk.case.file.past else None)
        seat = desk.page._seat
        paper = case_paper(seat, file, desk.case.reporter)
        text = printed(paper)
        assert paper.title == f"{number} · {HOSTILE}"
        for told in ("王** · 138****5678", "城管局", "处置时限", "现场.jpg", "受理立案", "链已校验 ✓"):
            assert told in text
        assert "王建国" not in text, "nobody has asked to see the name"
        assert text.count("积水") >= 200, "a long text is not cut on paper"
        assert paper.foot.startswith(f"事件 {number} · ")
        long = [{**file.timeline[0], "seq": seq} for seq in range(200)]
        assert save_pdf(case_paper(seat, replace(file, timeline=long), ""), tmp_path / "long.pdf") > 5
        await save_by_key(desk, tmp_path / "事件.pdf")
    found = (tmp_path / "事件.pdf").read_bytes()
    assert found.startswith(b"%PDF")
    assert b"/FontFile" in found, "the typeface goes with it"


async def save_by_key(desk: Desktop, path: Path) -> None:
    await desk.press("Ctrl+P")
    dialog = await until(lambda: next(iter(desk.window.findChildren(QFileDialog)), None))
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(path.name)
    dialog.accept()
    await until(lambda: "已存为 PDF" in desk.notice)


async def test_without_a_case_there_is_nothing_to_print(database: Database, tmp_path: Path) -> None:
    async with desktop(database, tmp_path) as desk:
        await desk.press("Ctrl+P")
        await until(lambda: desk.notice == "先在队列里选一件事件")


def test_the_pieces_of_a_long_text_are_the_whole_text() -> None:
    text = "长" * 7000 + "\n行" * 300
    assert "".join(pieces(text)).replace("\n", "") == text.replace("\n", "")
    assert all(paragraph(piece) == piece for piece in pieces(text))
