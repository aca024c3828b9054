"""Tables that are written row by row: any length, whole or not at all, nothing that runs."""

import csv
import errno
from pathlib import Path

import pytest
from openpyxl import load_workbook

from console import tables
from console.errors import BadInput
from console.tables import TableFile

HOSTILE = (
    "=HYPERLINK(1)",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    "{=1}",
    "http://a.b/c",
    "a\0\u202eb",
)
WRITTEN = (*HOSTILE[:4], "=1", "=1", "=1", "＝1+1", "{=1}", "http://a.b/c", "a b")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_holds_texts_and_numbers_and_no_formula(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"表.{kind}"
    file = TableFile(path, ["标题", "件数"])
    file.add([text, place] for place, text in enumerate(HOSTILE))
    file.add([["长" * 5000, float("nan")], [None, float("inf")]])
    assert not path.exists(), "nothing stands there before it is whole"
    file.finish()
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    if kind == "csv":
        with path.open(encoding="utf-8-sig", newline="") as told:
            rows = list(csv.reader(told))
        assert [row[0].removeprefix("'") for row in rows[1:12]] == list(WRITTEN)
        assert not [row for row in rows[1:12] if row[0][0] in "=+-@＝"]
        assert [row[1] for row in rows[12:]] == ["", ""], "what is no number is blank"
    else:
        sheet = load_workbook(path).worksheets[0]
        cells = [sheet.cell(line, 1) for line in range(2, 13)]
        assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [
            (text, "s", True) for text in WRITTEN
        ]
        assert (sheet.cell(3, 2).value, len(str(sheet.cell(13, 1).value))) == (1, tables.LONGEST)
        assert [sheet.cell(line, 2).value for line in (13, 14)] == [None, None]


def test_a_full_sheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "SHEET_ROWS", 3)
    file = TableFile(tmp_path / "a.xlsx", ["n"])
    file.add([n] for n in range(5))
    file.finish()
    sheets = load_workbook(tmp_path / "a.xlsx").worksheets
    assert [[row[0] for row in sheet.values] for sheet in sheets] == [["n", 0, 1], ["n", 2, 3], ["n", 4]]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_called_off_leaves_what_stood_there(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_text("before")
    file = TableFile(path, ["n"])
    file.add([[1]])
    file.discard()
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "before"


def test_what_cannot_be_written_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, code in (
        ("a.pdf", "bad_table_file"),
        ("none/a.csv", "file_unwritable"),
        ("none/a.xlsx", "file_unwritable"),
    ):
        with pytest.raises(BadInput) as refused:
            TableFile(tmp_path / name, ["n"])
        assert refused.value.code == code
    file = TableFile(tmp_path / "a.csv", ["n"])

    def full(_row: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(file._writer, "add", full)
    with pytest.raises(BadInput, match="磁盘已满"):
        file.add([["x"]])
    file.discard()
    assert list(tmp_path.iterdir()) == []
