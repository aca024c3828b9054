"""Anything at all: any bytes and any text are rows, named lines or a refusal."""

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.intake.columns import columns
from tests.unit.intake.files import Put, outcome, read_and_count

SCRAPS = st.sampled_from(
    [
        b"code,name,level,parent_code\n",
        "编码;名称;级别;上级编码\r\n".encode("gbk"),
        b'{"type":"FeatureCollection","features":[{"properties":{"code":1},"geometry":{"type":"Polygon","coordinates":',
        b"[[[114,38],[115,38],[115,39]]]",
        b"}}]}",
        b'"',
        b"PK\x03\x04",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"1,2,3,4\n",
        b"\r",
    ],
)

KINDS = ["organisations", "staff", "roster", "calendar", "catalogue", "responsibilities", "incidents"]


SUPPRESSED = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)  # machines are shared


@settings(max_examples=150, suppress_health_check=SUPPRESSED)
@given(
    content=st.lists(SCRAPS | st.binary(max_size=40), max_size=12).map(b"".join),
    kind=st.sampled_from(["grids", *KINDS]),
)
def test_any_bytes_are_read_or_refused(put: Put, content: bytes, kind: str) -> None:
    assert outcome(read_and_count, put(content), kind).split("_")[0] in {"", "file", "columns", "shapes"}


@settings(max_examples=120, suppress_health_check=SUPPRESSED)
@given(
    kind=st.sampled_from(KINDS),
    cells=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=8, max_size=8),
)
def test_any_text_in_any_cell_is_a_row_or_a_named_line(put: Put, kind: str, cells: list[str]) -> None:
    kept = io.StringIO(newline="")
    csv.writer(kept).writerows([list(columns(kind)), ["x"] * len(columns(kind)), cells[: len(columns(kind))]])
    assert outcome(read_and_count, put(kept.getvalue()), kind) in {"", "file_not_table", "file_malformed"}
