"""CSV in every encoding and delimiter: read into rows with their lines, or refused in a sentence."""

from pathlib import Path

import pytest

from console.intake.readers import MOST_BYTES, read_rows
from tests.unit.intake.files import ORGANISATIONS, Put, refusal


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_encoding_and_delimiter(put: Put, encoding: str, delimiter: str) -> None:
    table = read_rows(put(ORGANISATIONS.replace(",", delimiter).encode(encoding)))
    assert table.columns == ("code", "name", "level", "parent_code")
    assert [(row.line, row.cells["name"]) for row in table.rows] == [(2, "正定县"), (3, "南楼乡")]
    assert table.encoding == {"utf-8-sig": "utf-8", "gbk": "gb18030"}.get(encoding, encoding)


def test_lines_are_those_of_the_file_through_blank_lines_titles_and_quoted_breaks(put: Put) -> None:
    text = '正定县机构表,,\r\n\r\n编码,名称,备注\r\n1,"甲,\r\n乙",x\r\n\r\n,,\r\n2,"丙""丁",\r\n'
    table = read_rows(put(text))
    assert table.columns == ("编码", "名称", "备注")
    assert [(row.line, row.cells["名称"]) for row in table.rows] == [(4, "甲,\r\n乙"), (8, '丙"丁')]


def test_a_row_wider_than_its_heading_is_troubled_and_a_short_one_is_not(put: Put) -> None:
    table = read_rows(put("code,name\n1,甲,多\n2\n3,丙,,\n"))
    assert [bool(row.trouble) for row in table.rows] == [True, False, False]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b" \n\n,,\n", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "file_old_excel"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file_not_table"),
        (b"PK\x03\x04 not a zip", "file_not_table"),
        (b'code,name\n1,"open\n2,x\n', "file_malformed"),
        ("编码,名称\n".encode() * 9 + "破".encode()[:2] + b"\n", "file_damaged"),
        (b"code,name,code\n1,2,3\n", "columns_twice"),
        (b"," * 5000 + b"a,b", "file_not_table"),
        (b'{"type":"Feature"}', "file_no_features"),
        (b"<?xml version='1.0'?><kml/>", "file_not_table"),
        (b'{"type":', "file_malformed"),
        (b'{"type":"FeatureCollection","features":[]}', "file_empty"),
        (b'{"a":' * 100_000, "file_not_table"),
    ],
)
def test_what_is_no_table_is_refused(put: Put, content: bytes, code: str) -> None:
    assert refusal(put(content)).code == code


def test_no_file_a_folder_and_a_giant_are_refused(put: Put, tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv").code == "file_missing"
    assert refusal(tmp_path).code == "file_is_folder"
    path = put("")
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert refusal(path).code == "file_too_large"


def test_a_damaged_line_is_named(put: Put) -> None:
    problem = refusal(put("编码,名称\n1,南楼乡\n".encode() + b"2,\xe6\xe6\n" + "3,正定镇\n".encode()))
    assert problem.facts["line"] == 3
