"""A workbook holds texts, numbers and days, never a formula; its charts show the cells that they should."""

import io
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from html import unescape
from typing import Any

import pytest
from openpyxl import load_workbook

from console import language
from console.bulletins import pages, sheets, words
from console.bulletins.bulletin import Bulletin
from console.language import say
from tests.unit.bulletin_facts import board, bulletin, figure

HOSTILE = ("=HYPERLINK(1)", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "{=1}", "http://a.b/c")


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    yield
    language.use("zh")


def cells(data: bytes) -> list[Any]:
    book = load_workbook(io.BytesIO(data))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_hostile_words_stay_words_and_bytes_stay_bytes(caplog: pytest.LogCaptureFixture) -> None:
    figures = [figure("received", 9, [1.0, None, float("nan"), 2.0]), figure("closing", float("inf"))]
    told = bulletin(
        board("incidents", figures, (*HOSTILE, "名" * 10**5, "\u202e\u0000倒", "😀")),
        name="=cmd|' /C calc'!A1",
        comment="\n".join(HOSTILE),
    )
    data = sheets.workbook(told)
    assert data == sheets.workbook(told)
    assert {cell.data_type for cell in cells(data)} == {"s", "n"}, "no formula, no link, no error"
    texts = [cell for cell in cells(data) if str(cell.value).startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {cell.value for cell in texts} >= {"=HYPERLINK(1)", "+1", "-1+2", "@SUM(A1)", "=1"}
    assert all(cell.quotePrefix for cell in texts)
    assert all(len(str(cell.value)) <= 4000 for cell in cells(data))
    parts = zipfile.ZipFile(io.BytesIO(data))
    assert not [part for part in parts.namelist() if b"<f>" in parts.read(part) and "/charts/" not in part]
    paper = pages.document(told)
    assert paper == pages.document(told)
    assert paper.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", paper)) >= 1
    assert caplog.records == [], "every character is one that the typeface has"


def told() -> Bulletin:
    """Return a bulletin that has a ranking and charts of marks, of days with a gap, and of nothing."""
    facts = board("incidents", [figure("received", 9), figure("closing", None)], ("甲", "乙", "丙", "丁"))
    marks = [{"zh": key, "en": key, "figure": None} for key in ("received:of", "sent")]
    shares = {"key": "closing", "values": [0.5, None, *[1.0] * 5]}
    facts["series"] = [
        {"key": "course", "kind": "funnel", "labels": marks, "lines": [{"key": "cases", "values": [9, 4]}]},
        {"key": "shares", "kind": "trend", "labels": [], "lines": [shares]},
        {"key": "class", "kind": "pareto", "labels": [], "lines": [{"key": "received", "values": []}]},
    ]
    return bulletin(facts, name="A&B县")


def shown(data: bytes) -> list[list[list[Any]]]:
    """Return of each chart what stands in the cells that it names: its line's name, marks and values."""
    book, parts = load_workbook(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(data))
    found = []
    for part in sorted(name for name in parts.namelist() if "charts/chart" in name):
        named = re.findall("<c:f>(.+?)</c:f>", parts.read(part).decode())
        places = [re.sub("['$]", "", unescape(name)).rsplit("!", 1) for name in named]
        ranges = [book[sheet][place if ":" in place else f"{place}:{place}"] for sheet, place in places]
        found.append([[row[0].value for row in one] for one in ranges])
    return found


def test_charts_show_their_cells_and_leave_gaps() -> None:
    """A share of no case is a blank, which a chart skips: a text would be drawn as 0; no marks, no chart."""
    course, shares, ranking = shown(sheets.workbook(told()))
    steps = [say("boards.step.received_of"), say("boards.step.sent")]
    assert course == [[say("boards.line.cases")], steps, [9, 4]]
    days = [datetime(2026, 11, day) for day in range(16, 23)]  # noqa: DTZ001  as a workbook has them
    assert shares == [["办结率"], days, [0.5, None, 1, 1, 1, 1, 1]]
    assert ranking == [[say("bulletins.column.value")], ["甲", "乙", "丙", "丁"], [0.9] * 4]


def test_days_shares_and_places_are_numbers_with_their_formats() -> None:
    found = {(cell.parent.title, cell.coordinate): cell for cell in cells(sheets.workbook(told()))}
    day = next(cell for cell in found.values() if cell.is_date)
    assert (day.number_format, day.offset(0, 1).number_format) == ("mm-dd", "0.0%")
    sheet = next(title for title, _ in found if "排名" in title)
    assert [found[sheet, f"A{row}"].value for row in range(2, 6)] == [1, 1, 1, say("boards.none")]


def test_a_workbook_tells_what_the_pages_tell() -> None:
    """A length of time by the same minute, what is kept back by the same word, no step of few cases."""
    span = figure("to_accept", 41) | {"p90": 100, "numerator": 9, "before": 6_839}
    facts = board("incidents", [figure("received", 9), span])
    line = {"key": "closing", "values": [0.5, 1, 1, 1, 1, 1, 1], "of": [4, *[5] * 6]}
    facts["series"] = [
        {"key": "shares", "kind": "trend", "labels": [], "lines": [line]},
        {"key": "class", "kind": "pareto", "labels": [], "lines": [{"key": "received", "values": []}]},
    ]
    people = board("people-houses", [figure("registered", None) | {"numerator": None}])
    told = bulletin(facts, people)
    found = {(cell.parent.title, cell.coordinate): cell for cell in cells(sheets.workbook(told))}
    assert [words.told(told, key) for key in ("to_accept", "registered")] == ["1 分钟", "不公布"]
    row = next(at[1:] for (_, at), cell in found.items() if cell.value == "受理用时")
    assert [found["事件", f"{column}{row}"].value for column in "CF"] == [
        timedelta(minutes=1),
        timedelta(minutes=114),
    ]
    assert "不公布" in {cell.value for (title, _), cell in found.items() if title == "人房"}
    assert shown(sheets.workbook(told))[0][2] == [None, 1, 1, 1, 1, 1, 1]
    assert found["事件 图表", "A9"].value.startswith("不足 5 件的时段不画点")
    breaks = load_workbook(io.BytesIO(sheets.workbook(told)))["事件 图表"].row_breaks
    assert [one.id for one in breaks.brk] == [17], "each chart begins on a page of its own, whole"


def wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_sheets_print_on_pages_that_tell_whose_they_are(spoken: str) -> None:
    language.use(spoken)
    book = load_workbook(io.BytesIO(sheets.workbook(told())))
    heads = [sheet for sheet in book if sheet.freeze_panes]
    assert len(heads) == 2
    assert all(sheet.print_title_rows == "$1:$1" for sheet in heads)
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        fitted = sheet.sheet_properties.pageSetUpPr
        assert (fitted is not None and fitted.fitToPage) or sheet.row_breaks.brk, "a chart is not torn"
        assert sheet.oddFooter is not None
        assert "A&B县" in str(sheet.oddFooter.left.text).replace("&&", "&")
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
            room = sheet.column_dimensions[cell.column_letter].width
            assert cell.alignment.wrap_text or wide(str(cell.value)) <= room, cell.value


HASHED = """
from hashlib import sha256
from console.bulletins import pages, sheets, words
from tests.unit.test_bulletin_sheets import told
print(*(sha256(make(told())).hexdigest() for make in (pages.document, sheets.workbook)))
"""


def test_bytes_are_the_same_in_another_process_country_and_tongue_of_the_system() -> None:
    elsewhere = {"LANG": "C", "LC_ALL": "C", "TZ": "America/New_York", "PYTHONHASHSEED": "7"}
    said = subprocess.run(
        [sys.executable, "-c", HASHED], env=os.environ | elsewhere, capture_output=True, text=True, check=True
    )
    made = [sha256(make(told())).hexdigest() for make in (pages.document, sheets.workbook)]
    assert said.stdout.split() == made


def test_lines_are_as_tall_as_their_texts() -> None:
    """Not every program makes them so when it opens a workbook: words below the first would be hidden."""
    data = sheets.workbook(bulletin(board("incidents", []), comment="长" * 400 + "\n" + "深" * 4000))
    sheet = load_workbook(io.BytesIO(data))[say("bulletins.part.summary")]
    lines = {str(sheet.cell(line, 1).value)[:1]: line for line in range(1, sheet.max_row + 1)}
    title, long, longest = (sheet.row_dimensions[lines[first]].height or 0 for first in "正长深")
    usual = sheet.sheet_format.defaultRowHeight
    assert title > 1.5 * usual, "larger letters"
    assert long >= 8 * usual, "800 letters on lines of 100"
    assert 400 < longest <= 409, "more than a line may have"
