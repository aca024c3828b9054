"""Rows for spreadsheets: nothing in them runs."""

import csv
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from console.intake.csv_file import ENCODING, inert, write_csv


def test_rows_are_written_for_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_csv(path, [["=1", 2.5, None], [' 换行\n“引号"', -1, "\ud800"]])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "so that they see UTF-8"
    with path.open(encoding=ENCODING, newline="") as file:
        assert list(csv.reader(file)) == [["'=1", "2.5", ""], [' 换行\n“引号"', "-1", "?"]]


@given(st.text())
@example("＝1+1")
@example(" ＠SUM(1)")
def test_no_cell_of_ours_is_a_formula(text: str) -> None:
    assert not inert(text).lstrip(" ").startswith(tuple("=+-@\t\r＝＋－＠"))
