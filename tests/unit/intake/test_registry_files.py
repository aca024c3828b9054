"""Files of millions of rows are read by shortcuts; what comes of them is what the long way gives."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.errors import BadInput, Problem
from console.intake.columns import columns
from console.intake.registry.cells import Cells
from console.intake.registry.source import Source

CELLS = st.one_of(
    st.from_regex(r"[0-9]{15,18}[xX]?|[0-9A-Za-z_.\-]{1,42}|1[0-9]{10}|\d(\.\d)?[eE]\+?\d+", fullmatch=True),
    st.from_regex(r"[\u4e00-\u9fff]{1,4}", fullmatch=True),
    st.text(max_size=12),
    st.sampled_from(["", " ", "A\nB", "-A", '="H1"', "\ud800", "１２"]),
)


@given(st.lists(CELLS, max_size=6), st.sampled_from(["code", "name", "phone", "household_code"]))
def test_a_column_read_at_once_is_what_its_cells_are_alone(texts: list[str], key: str) -> None:
    column = columns("residents")[key]
    alone = [told(Cells(column).read([text, "\t"])[0]) for text in texts]
    assert [told(found) for found in Cells(column).read(texts)] == alone


def told(found: object) -> object:
    return found.sentence if isinstance(found, Problem) else found


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_file_without_quotes_is_divided_as_one_with_them(tmp_path: Path, ending: str, mark: str) -> None:
    rows = ["房屋编码,网格编码", "", "H1,1", " , ", "H2,2,spare,", "H3", "H1 ,3", "H4,4\u2028b\x0b"]
    text = ending.join(rows).replace(",", mark) + ending
    found = []
    for name, written in (("plain", text), ("quoted", text.replace("网格编码", '"网格编码"'))):
        file = tmp_path / f"{name}.csv"
        file.write_text(written, encoding="utf-8", newline="")
        source = Source(file)
        head = source.headed()
        survey = source.surveyed(head, 0)
        found.append((head, survey.twice, list(source.records(head))))
    assert found[0] == found[1]
    assert len(found[0][2]) == 5
    assert len(found[0][1]) == 1, "H1 stands twice"


def test_a_cell_too_long_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    file.write_text("code,grid_code\nH1,1\nH2," + "9" * 10**6 + "\n", encoding="utf-8")
    source = Source(file)
    with pytest.raises(BadInput) as caught:
        source.surveyed(source.headed(), 0)
    assert (caught.value.code, caught.value.facts["line"]) == ("file_malformed", 3)
