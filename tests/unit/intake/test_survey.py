"""What a survey finds between outlines that are each sound, in words that a clerk can act on."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from console.geography.datum import from_wgs84
from console.intake.report import Finding
from console.intake.rows import GridRow
from console.intake.survey import Standing, survey

STEP = 0.001  # degrees, some 87 by 111 m here
NOTHING = Standing([], [], [], np.empty(0, dtype=object))


def box(x: float, y: float, wide: float = 1, high: float = 1) -> shapely.Geometry:
    """Return a rectangle in steps from the county's corner."""
    return shapely.box(114.5 + x * STEP, 38.1 + y * STEP, 114.5 + (x + wide) * STEP, 38.1 + (y + high) * STEP)


def found(
    *shapes: shapely.Geometry, standing: Standing = NOTHING, datum: str = "unknown", **kinds: str
) -> list[Finding]:
    rows = [
        GridRow(n, f"G{n}", f"{n}网格", kinds.get(f"G{n}", "comprehensive"), "130123", b"", datum)
        for n in range(1, len(shapes) + 1)
    ]
    return survey(rows, np.array(shapes, dtype=object), standing)


def told(findings: Sequence[Finding]) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(one.what, one.line, one.codes) for one in findings]


def stands(*shapes: shapely.Geometry, organisation: str = "130123", first: int = 1) -> Standing:
    codes = [f"G{n}" for n in range(first, first + len(shapes))]
    return Standing(
        codes, ["comprehensive"] * len(codes), [organisation] * len(codes), np.array(shapes, dtype=object)
    )


def test_neighbours_that_only_touch_are_well() -> None:
    assert found(box(0, 0), box(1, 0), box(0, 1), box(1, 1)) == []


def test_overlaps_are_told_in_square_metres_the_worst_first() -> None:
    findings = found(box(0, 0), box(0.9, 0), box(1.4, 0))
    assert told(findings) == [("overlap", 2, ("G2", "G3")), ("overlap", 1, ("G1", "G2"))]
    assert findings[0].size == pytest.approx(0.5 * 111.2 * 87.5, rel=0.01)
    assert "G2 与 G3 重叠 4,8" in findings[0].reason
    assert findings[1].place == pytest.approx((114.50095, 38.1005), abs=1e-4)


def test_kinds_overlap_freely_and_slivers_are_noise() -> None:
    assert found(box(0, 0), box(0, 0), G2="police") == []
    assert found(box(0, 0), box(0.9999, 0)) == []


def test_one_outline_under_two_codes_is_told_as_such() -> None:
    assert told(found(box(0, 0), box(0, 0))) == [("same", 1, ("G1", "G2"))]


def test_gaps_are_what_grids_shut_in() -> None:
    ring = [box(0, 0, 3), box(0, 1), box(2, 1), box(0, 2, 3)]
    (gap,) = found(*ring)
    assert (gap.what, gap.line, set(gap.codes)) == ("gap", 1, {"G1", "G2", "G3", "G4"})
    assert gap.size == pytest.approx(111.2 * 87.5, rel=0.01)
    assert found(*ring, box(1, 1)) == []


def test_grids_that_stand_count_where_the_file_does_not_redraw_them() -> None:
    assert told(found(box(0, 0), standing=stands(box(0.5, 0), first=7))) == [("overlap", 1, ("G1", "G7"))]
    assert found(box(0, 0), box(1, 0), standing=stands(box(0.4, 0), box(1, 0))) == []


@pytest.mark.parametrize("datum", ["GCJ-02", "BD-09"])
def test_a_shift_that_a_datum_explains_is_suspected_first(datum: str) -> None:
    known = [box(x, 0) for x in range(4)]
    shifted = [
        shapely.transform(shape, lambda p: np.column_stack(from_wgs84(p[:, 0], p[:, 1], datum)))
        for shape in known
    ]
    (first, *_) = found(*shifted, standing=stands(*known))
    assert first.what == "datum"
    assert f"--datum {datum}" in first.reason
    assert first.size > 400
    assert not [one for one in found(*known, standing=stands(*known)) if one.what == "datum"]


def test_new_grids_that_stand_beside_their_organisation_are_suspected_of_a_datum() -> None:
    whole = [box(x, y) for x in range(5) for y in range(5)]
    outline = shapely.MultiPolygon([shapely.Polygon(shapely.get_coordinates(box(0, 0, 5, 5)))])
    standing = replace(NOTHING, outlines={"130123": outline})
    shifted = [
        shapely.transform(shape, lambda p: np.column_stack(from_wgs84(p[:, 0], p[:, 1], "GCJ-02")))
        for shape in whole
    ]
    (first, *_) = found(*shifted, standing=standing)
    assert (first.what, first.line) == ("datum", 1)
    assert "--datum GCJ-02" in first.reason
    assert "25 个网格" in first.reason
    assert found(*whole, standing=standing) == []


def test_a_datum_that_was_named_wrongly_is_suspected_too() -> None:
    known = [box(x, 0) for x in range(4)]
    back = [
        shapely.transform(shape, lambda p: np.column_stack(from_wgs84(p[:, 0], p[:, 1], "WGS-84")) - 0.005)
        for shape in known
    ]
    assert not [one for one in found(*back, standing=stands(*known)) if one.what == "datum"]


def test_a_grid_far_from_its_organisation_is_told() -> None:
    (one,) = found(box(60, 0), standing=stands(box(0, 0), first=7))
    assert (one.what, one.codes) == ("outside", ("G1",))
    assert one.size == pytest.approx(59 * 87.5, rel=0.01)


ROW = st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 5), st.integers(1, 5))


@given(st.lists(ROW, min_size=1, max_size=8, unique=True))
def test_every_overlap_is_found_whatever_lies_in_or_beside_what(
    rows: list[tuple[int, int, int, int]],
) -> None:
    shapes = [box(*row) for row in rows]
    pairs = {
        (f"G{i + 1}", f"G{j + 1}")
        for i, one in enumerate(shapes)
        for j, other in enumerate(shapes)
        if i < j and shapely.area(shapely.intersection(one, other)) > (STEP / 1000) ** 2
    }
    findings = found(*shapes)
    assert {one.codes for one in findings if one.what in {"overlap", "same"}} == pairs
    holes = [hole for part in shapely.get_parts(shapely.union_all(shapes)) for hole in part.interiors]
    assert sum(one.what == "gap" for one in findings) == len(holes)
