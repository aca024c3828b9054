"""The report of an import: what scripts count on, and errors that run nothing."""

import csv
from pathlib import Path

import pytest

from console.errors import BadInput
from console.intake.report import Fault, ImportReport, told


def test_a_report_says_what_scripts_count_on_and_writes_errors_that_run_nothing(tmp_path: Path) -> None:
    errors = [Fault(3, "=HYPERLINK(1)"), Fault(4, '坏行,\n“引号"'), Fault(5, " @x")]
    report = ImportReport(5, 1, 1, 3, errors)
    assert report.as_json()["errors"][0] == {"line": 3, "reason": "=HYPERLINK(1)"}
    assert {"read": 5, "added": 1, "unchanged": 1, "refused": 3}.items() <= report.as_json().items()
    report.write_errors(tmp_path / "errors.csv")
    with (tmp_path / "errors.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines == [["行号", "原因"], ["3", "'=HYPERLINK(1)"], ["4", '坏行,\n“引号"'], ["5", "' @x"]]
    with pytest.raises(BadInput, match="无法写入"):
        report.write_errors(tmp_path)


def test_rows_of_one_reason_are_told_together_and_few_by_their_codes() -> None:
    swapped = [Fault(line, "已对调", f"G{line}") for line in (*range(1, 60), 61)]
    others = [
        Fault(0, "没有坐标系"),
        Fault(2, "没有边界", "G2"),
        Fault(5, "已闭合", "G5"),
        Fault(7, "已闭合", "G7"),
    ]
    assert told([*swapped, *others]) == [
        ("第 1–59、61 行（共 60 行）  已对调", 60),
        ("整个文件  没有坐标系", 1),
        ("第 2 行（G2）  没有边界", 1),
        ("第 5、7 行（G5、G7）  已闭合", 2),
    ]
    assert told([Fault(line, "散") for line in range(1, 99, 2)]) == [
        ("第 1、3、5、7、9、11、… 行（共 49 行）  散", 49)
    ]
