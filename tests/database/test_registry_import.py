"""Importing houses, households and residents: whatever office made the file, each record goes in once."""

from pathlib import Path

import openpyxl
import pytest

from console.desk.desk import Desk
from console.errors import BadInput, Problem, Refused
from console.geography.datum import from_wgs84
from console.intake.mapping import Choice
from console.intake.report import ImportReport
from console.intake.writing.register import bring_register
from tests.database.registry import (
    BESIDE,
    GRID,
    HOUSEHOLDS,
    HOUSES,
    ID,
    RESIDENTS,
    VILLAGE,
    give,
    registry_faults,
    settle,
)
from tests.database_fixtures import Database


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Return added, updated, unchanged, refused; every row read is one of them."""
    found = (report.added, report.updated, report.unchanged, report.refused)
    assert sum(found) == report.read
    return found


@pytest.fixture(autouse=True)
async def today(database: Database) -> None:
    await database.freeze("2026-11-22T12:00+08:00")


async def test_records_go_in_once_and_say_where_they_hang(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await settle(duty, tmp_path)
    rows = await database.owner.fetch(
        """SELECT r.code, g.code AS grid, t.name, r.birth_year, r.alone, r.filled, r.confirmed_on::text
           FROM gridseat.resident AS r JOIN gridseat.grid AS g ON g.id = r.grid_id
           LEFT JOIN gridseat.resident_text AS t ON t.resident_id = r.id ORDER BY r.id"""
    )
    digest = rows[0]["code"]
    assert [tuple(row) for row in rows] == [
        (digest, GRID, "王建国", 1950, True, 4, "2026-11-01"),
        ("R2", GRID, "李四", 1990, False, 3, "2026-01-01"),
        ("R3", GRID, None, None, False, 1, "2026-11-01"),
        ("R4", BESIDE, "赵六", 1960, False, 3, "2026-11-01"),
    ]
    assert digest[0] == "#"
    dump = await database.owner.fetch("SELECT t::text FROM gridseat.resident AS t")
    assert not any(ID in row["t"] for row in dump)
    again = await give(
        duty,
        tmp_path,
        "residents",
        RESIDENTS,
        f"{ID},户籍,王建国,1950-03-07,是,13812342751,HH1,,2026-11-01",  # as it was
        "R2,流动,李四,1990,否,13700001111,HH2,,2026-11-20",  # newer, and with a telephone
        "R4,户籍,赵七,1960,否,13900001111,,{BESIDE},2026-10-01",  # older than what is known
    )
    assert counts(again) == (0, 1, 1, 1)
    assert [fault.line for fault in again.errors] == [4]
    assert await registry_faults(database) == []


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8-sig", "utf-16"])
async def test_any_encoding_of_an_office_is_read(duty: Desk, tmp_path: Path, encoding: str) -> None:
    told = await give(duty, tmp_path, "houses", HOUSES, f"H1,{GRID},自住,幸福路１号,", encoding=encoding)
    assert counts(told) == (1, 0, 0, 0)


async def test_a_workbook_keeps_its_codes_or_says_that_it_lost_them(duty: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["房屋编码", "网格编码"], ["H1", GRID], [int(ID), GRID], ["=1+1", GRID]):
        book.active.append(row)
    book.save(tmp_path / "houses.xlsx")
    told = await bring_register(tmp_path / "houses.xlsx", "houses", duty)
    assert counts(told) == (1, 0, 0, 2)
    assert [fault.line for fault in told.errors] == [3, 4]


async def test_bad_rows_are_named_by_line_and_reason(database: Database, duty: Desk, tmp_path: Path) -> None:
    await settle(duty, tmp_path)
    bad = {
        "R10,户籍,甲,1950,,,HH9,,": "HH9",  # an unknown household
        "R11,户籍,乙,1950,,,,999,": "999",
        "R12,户籍,丙,1950,,,,,": "网格",
        "R13,外星人,丁,1950,,,HH1,,": "外星人",
        "R14,户籍,戊,2199,,,HH1,,": "出生年份",
        "R15,户籍,己,,,12,HH1,,": "12",
        "R16,户籍,庚,,,,HH1,,2030-01-01": "今天之后",
        f"R17,户籍,{'长' * 81},,,,HH1,,": "80",
        "R18,户籍,辛,NaN,,,HH1,,": "NaN",
        "R21,户籍,子,1950-13-45,,,HH1,,": "1950-13-45",
        "R22,户籍,丑,19500230,,,HH1,,": "1950-03-07",  # so it is to be written
        "R23,户籍,寅,,,8802123,HH1,,": "区号",
        "R19,户籍,壬,1950,是,,HH1,,,,再来一格": "11",
        "=cmd|'/C calc'!A1,户籍,癸,1950,,,HH1,,": "编码",
    }
    told = await give(duty, tmp_path, "residents", RESIDENTS, *bad, "R20,户籍,=HYPERLINK(1),1950,,,HH1,,")
    assert counts(told) == (1, 0, 0, len(bad))
    assert [fault.line for fault in told.errors] == list(range(2, 2 + len(bad)))
    for fault, word in zip(told.errors, bad.values(), strict=True):
        assert word in fault.reason
    assert await registry_faults(database) == []


async def test_beside_a_code_of_the_offices_own_the_identity_number_counts(
    duty: Desk, tmp_path: Path
) -> None:
    row = f"17,{ID},户籍,王建国,{GRID}"
    told = await give(duty, tmp_path, "residents", "编码,身份证号,人口类型,姓名,网格编码", row)
    assert counts(told) == (1, 0, 0, 0)
    assert "编码" in told.remarks[0].reason
    again = await give(duty, tmp_path, "residents", "身份证号,人口类型,姓名,网格编码", row.partition(",")[2])
    assert counts(again) == (0, 0, 1, 0)
    with pytest.raises(BadInput) as caught:
        await give(duty, tmp_path, "residents", "身份证号,证件号码,人口类型", f"{ID},{ID},户籍")
    assert caught.value.code == "columns_twice"


async def test_a_code_that_stands_twice_goes_in_once(duty: Desk, tmp_path: Path) -> None:
    one, other = f"H1,{GRID},自住,,", f"H1,{GRID},出租,,"
    told = await give(duty, tmp_path, "houses", HOUSES, one, one, other, "", f'"=""H1""",{GRID},自住,,')
    assert counts(told)[0] == 1
    assert told.refused == 1
    assert [fault.line for fault in told.errors] == [4]
    number = "11010119900307888"
    told = await give(duty, tmp_path, "houses", HOUSES, f"{number}x,{GRID},,,", f"{number}X,{GRID},,,")
    assert counts(told) == (1, 0, 1, 0), "an identity number is one however its last sign is written"


async def test_of_a_damaged_file_or_wrong_columns_nothing_goes_in(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "houses.csv"
    whole = f"{HOUSES}\nH1,{GRID},自住,幸福路,\n".encode()
    for data, code in (
        (whole + b"H2,\xe5\xb9", "file_damaged"),
        (whole + b'H2,"open', "file_malformed"),
        (whole + b"H2,\0,,,\n", "file_not_table"),
        (f"网格编码,用途\n{GRID},自住\n".encode(), "columns_wrong"),
        (b"code,code\nH1,H1\n", "columns_twice"),
        (b"\n\n", "file_empty"),
        (whole + b"H3," + b"9" * 10**6 + b",,,\n", "file_malformed"),
    ):
        file.write_bytes(data)
        with pytest.raises(BadInput) as caught:
            await bring_register(file, "houses", duty)
        assert caught.value.code == code
    assert await database.owner.fetchval("SELECT count(*) FROM gridseat.house") == 0


async def test_a_dry_run_changes_nothing(database: Database, duty: Desk, tmp_path: Path) -> None:
    told = await give(duty, tmp_path, "houses", HOUSES, f"H1,{GRID},自住,,", "H2,1,,,", dry_run=True)
    assert counts(told) == (1, 0, 0, 1)
    assert await database.owner.fetchval("SELECT count(*) FROM gridseat.house") == 0
    assert await registry_faults(database) == []


async def test_a_house_is_found_by_its_point_in_any_datum(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    lon, lat = from_wgs84(114.5001, 38.11, "GCJ-02")
    rows = ("H1,{},{}", f"H2,{lon},{lat}", "H3,38.11,114.51", "H4,114.51,", "H5,100.0,20.0")
    told = await give(
        duty,
        tmp_path,
        "houses",
        "房屋编码,经度,纬度",
        rows[0].format(lon, lat),
        *rows[1:],
        choice=Choice(constants={"datum": "GCJ-02"}),
    )
    assert counts(told) == (2, 0, 0, 3)
    assert ["写反" in fault.reason for fault in told.errors] == [True, False, False]
    spot = await database.owner.fetchval("SELECT spot FROM gridseat.house WHERE code = 'H2'")
    assert (spot.x, spot.y) == pytest.approx((114.5001, 38.11), abs=1e-7)


async def test_an_importer_has_their_own_subtree(database: Database, tmp_path: Path) -> None:
    await database.add("clerk", "admin", "130123101")
    await database.add("seat", "seat", "130123101")
    clerk, seat = Desk(database.door("clerk")), Desk(database.door("seat"))
    told = await give(clerk, tmp_path, "houses", HOUSES, f"H1,{GRID},,,", f"H2,{VILLAGE},,,")
    assert counts(told) == (1, 0, 0, 1)
    with pytest.raises(Refused):
        await give(seat, tmp_path, "houses", HOUSES, f"H3,{GRID},,,")
    await clerk.close()
    await seat.close()


async def test_households_follow_their_houses_into_another_grid(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await settle(duty, tmp_path)
    await give(duty, tmp_path, "houses", HOUSES, f"H1,{VILLAGE},自住,幸福路1号,2026-11-21")
    grids = await database.owner.fetch(
        "SELECT g.code FROM gridseat.resident AS r JOIN gridseat.grid AS g ON g.id = r.grid_id ORDER BY r.id"
    )
    assert [row["code"] for row in grids] == [VILLAGE, GRID, GRID, BESIDE]
    assert await registry_faults(database) == []


async def test_an_import_that_was_cut_is_begun_anew(
    database: Database, duty: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.intake.registry.batches.SIZE", 10)
    lines = [f"H{n},{GRID},自住,,2026-11-01" for n in range(35)]

    def cut(stage: str, done: int, _total: int) -> None:
        if stage == "writing" and done >= 20:
            raise Problem("cancelled")

    with pytest.raises(Problem):
        await give(duty, tmp_path, "houses", HOUSES, *lines, progress=cut)
    kept = await database.owner.fetchval("SELECT count(*) FROM gridseat.house")
    assert kept in {20, 30, 35}, "whole batches; others may have been under way"
    assert counts(await give(duty, tmp_path, "houses", HOUSES, *lines)) == (35 - kept, 0, kept, 0)
    assert await give(duty, tmp_path, "households", HOUSEHOLDS) == ImportReport(0, 0, 0, 0)


async def test_known_records_among_many_new_ones_are_found(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    """A batch that begins with new records is taken without looking for known ones; none may be lost."""
    await settle(duty, tmp_path)
    new = [f"N{n},户籍,新人,1990,,,HH1,,2026-11-01" for n in range(150)]
    moved = "R2,户籍,李四,1990,否,,HH1,,2026-11-20"
    told = await give(duty, tmp_path, "residents", RESIDENTS, *new, moved, "R3,流动,,,,,HH9,,2026-11-01")
    assert counts(told) == (150, 1, 0, 1)
    assert [(fault.line, "HH9" in fault.reason) for fault in told.errors] == [(153, True)]
    assert (
        await database.owner.fetchval("SELECT kind FROM gridseat.resident WHERE code = 'R2'") == "registered"
    )
    assert await registry_faults(database) == []
