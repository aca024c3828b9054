"""Organisations made one tree: parents first, orphans out, no circles."""

import pytest

from console.errors import BadInput
from console.intake.readers import read_rows
from console.intake.rows import parse
from console.intake.tree import Known, arrange
from tests.unit.intake.files import Put


def tree(
    put: Put, lines: str, known: dict[str, Known] | None = None
) -> tuple[list[str], list[tuple[int, str]]]:
    parsed = arrange(
        parse(read_rows(put("code,name,level,parent_code\n" + lines)), "organisations"), known or {}
    )
    return [row.code for row in parsed.rows], [(fault.line, fault.reason) for fault in parsed.errors]


def test_parents_come_before_children_and_orphans_stay_out(put: Put) -> None:
    codes, errors = tree(
        put,
        "3,村,community,2\n2,乡,township,1\n1,县,county,\n8,孤村,community,9\n81,孤儿,community,8\nD,城管局,department,1\n"
        "7,怪县,county,2\n6,局下村,community,D\n5,无级,village-x,1\n3,别名,community,2\n",
    )
    assert codes == ["1", "2", "D", "3"]
    assert [line for line, _ in errors] == [5, 6, 8, 9, 10, 11]
    assert "上级 9 不存在" in errors[0][1]
    assert "第 2 行" in errors[-1][1]


def test_parents_may_stand_in_the_database_already(put: Put) -> None:
    known = {"1": Known("county", ""), "2": Known("township", "1")}
    assert tree(put, "3,村,community,2\n", known) == (["3"], [])


def test_a_circle_refuses_the_whole_file(put: Put) -> None:
    for lines in ("1,县,county,1\n", "1,甲,county,2\n2,乙,county,3\n3,丙,county,1\n4,丁,county,\n"):
        with pytest.raises(BadInput) as caught:
            tree(put, lines)
        assert caught.value.code == "tree_cycle"
    with pytest.raises(BadInput, match="1 → 2 → 1"):
        tree(put, "1,县,county,2\n", {"1": Known("county", ""), "2": Known("township", "1")})


def test_a_very_deep_tree_takes_linear_time(put: Put) -> None:
    lines = "".join(f"{n},科{n},department,{n + 1}\n" for n in range(20_000)) + "20000,县,county,\n"
    codes, errors = tree(put, lines)
    assert len(codes) == 20_001
    assert errors == []
