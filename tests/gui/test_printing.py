"""Paper: what was typed is printed as it was typed, on as many pages as it needs."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF

from ui import printing
from ui.printing import Section, Sheet, save_pdf

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


def test_markup_in_what_somebody_typed_is_printed_as_it_is() -> None:
    text = printing._document(sheet(2), QSizeF(500, 700)).toPlainText()
    assert text.count(HOSTILE) == 3


def test_a_megabyte_is_cut_and_says_so(tmp_path: Path) -> None:
    huge = Sheet("很长", sections=(Section("正文", ("长" * 1_000_000,)),))
    assert save_pdf(huge, tmp_path / "huge.pdf") < 5


def test_a_place_that_cannot_be_written_to_is_an_error_and_no_empty_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        save_pdf(sheet(1), tmp_path / "nowhere" / "x.pdf")
