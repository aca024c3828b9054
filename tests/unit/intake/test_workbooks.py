"""Workbooks: read like a CSV, and refused when they lie or would burst."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from console.intake import workbook as workbook_reader
from console.intake.readers import read_rows
from tests.unit.intake.files import Put, refusal


def workbook(*rows: list[Any], prepare: Callable[[Any], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if prepare:
        prepare(book)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_workbook_reads_like_a_csv(put: Put) -> None:
    when = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001  a worksheet knows no zones
    content = workbook(
        ["上报时间", "编码", "数", "是", "日"],
        [when, 130123201204, 2.5, True, date(2026, 11, 21)],
        [],
        [None, "  "],
    )
    table = read_rows(put(content))
    assert table.encoding == "xlsx"
    assert [row.cells for row in table.rows] == [
        {
            "上报时间": "2026-11-21T09:30:00+08:00",
            "编码": "130123201204",
            "数": "2.5",
            "是": "true",
            "日": "2026-11-21T00:00:00+08:00",
        },
    ]


def test_titles_and_hidden_sheets_are_passed_over(put: Put) -> None:
    def prepare(book: openpyxl.Workbook) -> None:
        assert book.active is not None
        book.active.merge_cells("A1:D1")
        book.create_sheet("草稿", 0).sheet_state = "hidden"

    content = workbook(["正定县机构登记表"], ["编码", "名称"], [1, "甲"], prepare=prepare)
    (row,) = read_rows(put(content)).rows
    assert (row.line, row.cells) == (3, {"编码": "1", "名称": "甲"})


def test_bombs_and_strange_zips_are_refused(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as lower:
        lower.setattr(workbook_reader, "MOST_UNPACKED", 2**20)
        bomb = _with_part(workbook(["code"]), "xl/styles.xml", lambda xml: xml + b" " * 2**20)
        assert refusal(put(bomb)).code == "file_too_large"
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(put(kept.getvalue())).code == "zip_no_shapefile"


def _with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return kept.getvalue()


def test_a_workbook_that_lies_about_its_rows_or_entities_is_refused(
    put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_reader, "MOST_ROWS", 1000)  # the reader counts up to it
    good, sheet = workbook(["code", "name"], [1, "甲"]), "xl/worksheets/sheet1.xml"
    far = _with_part(good, sheet, lambda xml: xml.replace(b'<row r="2"', b'<row r="99999999999"'))
    assert refusal(put(far)).code in {"file_too_large", "file_not_table"}
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    doctype = f'<!DOCTYPE w [<!ENTITY l0 "lol">{laughs}]>'.encode()
    bomb = _with_part(good, sheet, lambda xml: doctype + xml.replace(b"<v>1</v>", b"<v>&l9;</v>"))
    assert refusal(put(bomb)).code == "file_not_table"


def test_every_cut_of_a_workbook_is_read_or_refused(put: Put) -> None:
    content = workbook(["code", "name"], [1, "甲"])
    for end in range(4, len(content), 97):
        assert refusal(put(content[:end])).code == "file_not_table"
