"""An atlas tells any grid's shape and who is around a point, and comes back from its file as it went in."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from console.geography import atlas
from console.geography.atlas import Atlas, in_plane, surveyed
from tests.unit.shapes import mosaic

BOX = shapely.to_wkb(shapely.box(114.54, 38.10, 114.56, 38.12))
SMALL = shapely.to_wkb(shapely.box(114.55, 38.11, 114.552, 38.112))


def chart(count: int, seed: int) -> Atlas:
    codes = [f"{number:03}" for number in range(count)]
    return in_plane(
        codes, [f"第{code}网格" for code in codes], codes, [], np.array(mosaic(count, seed), object)
    )


@settings(max_examples=30)
@given(st.integers(1, 60), st.integers(0, 1000), st.floats(0, 64), st.floats(0, 64))
def test_who_is_around_a_point_is_what_shapely_says(count: int, seed: int, x: float, y: float) -> None:
    cells, found = np.array(mosaic(count, seed), object), chart(count, seed)
    assert sorted(found.around(x, y)) == np.flatnonzero(shapely.intersects_xy(cells, x, y)).tolist()
    assert all(shapely.equals(found.shape(number), cell) for number, cell in enumerate(cells))


def test_of_several_grids_around_a_point_the_smallest_comes_first() -> None:
    found = surveyed(["large", "small"], ["", ""], ["", ""], [BOX, SMALL])
    assert found.at(114.551, 38.111) == [1, 0]
    assert found.at(114.541, 38.101) == [0]
    assert found.at(115, 39) == []


def test_a_grid_without_outline_has_a_name_and_no_place() -> None:
    found = surveyed(["none", "torn", "drawn"], ["", "", ""], ["", "", ""], [b"", b"torn", BOX])
    assert found.unreadable == [1]
    assert shapely.is_empty(found.shape(0))
    assert np.isnan(found.middles[:2]).all()
    assert found.at(114.55, 38.11) == [2]
    assert found.bounds is not None
    assert found.bounds[0] < found.middles[2, 0] < found.bounds[2]
    assert atlas.NOTHING.bounds is None
    assert surveyed(["none"], [""], [""], [b""]).side == 0


def test_the_file_gives_back_what_went_in_and_nothing_of_other_content(tmp_path: Path) -> None:
    file, made = tmp_path / "kept.npz", chart(40, 7)
    atlas.save(made, file, "digest")
    assert file.stat().st_mode & 0o777 == 0o600
    back = atlas.load(file, "digest")
    assert back is not None
    assert (back.codes, back.names, back.unreadable, back.bounds) == (
        (made.codes, made.names, made.unreadable, made.bounds)
    )
    assert np.array_equal(back.topology.ends, made.topology.ends)
    assert back.topology.count == 40
    assert atlas.load(file, "another digest") is None
    assert atlas.load(tmp_path / "missing.npz", "digest") is None


@pytest.mark.parametrize(
    ("head", "torn"), [(b"), }", b"(, }"), (b"'shape': (4", b"'shape': (1")], ids=["never ends", "tells less"]
)
def test_a_file_of_arrays_with_damaged_heads_is_no_atlas(tmp_path: Path, head: bytes, torn: bytes) -> None:
    file = tmp_path / "kept.npz"
    atlas.save(chart(5, 3), file, "digest")
    whole = file.read_bytes()
    file.write_bytes(whole.replace(head, torn))
    assert file.read_bytes() != whole
    assert atlas.load(file, "digest") is None


@settings(max_examples=100)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_a_damaged_file_is_no_atlas(
    tmp_path_factory: pytest.TempPathFactory, where: float, flip: int
) -> None:
    file = tmp_path_factory.mktemp("maps") / "kept.npz"
    atlas.save(chart(5, 3), file, "digest")
    torn = bytearray(file.read_bytes())
    torn[int(where * len(torn))] ^= flip
    file.write_bytes(torn)
    back = atlas.load(file, "digest")
    assert back is None or np.array_equal(back.topology.ends, chart(5, 3).topology.ends)
