"""Areas made of grids: one outline each, known by their own codes."""

import numpy as np
import shapely

from console.geography.areas import merged
from console.geography.atlas import surveyed
from console.geography.raster import rasterise
from console.geography.view import fitted

ROW = [shapely.to_wkb(shapely.box(114.5 + 0.1 * n, 38.0, 114.6 + 0.1 * n, 38.1)) for n in range(4)]
GRIDS = surveyed(["g0", "g1", "g2", "g3", "g4"], ["", "", "", "", ""], ["v"] * 5, [*ROW, b""])


def test_grids_of_an_area_are_one() -> None:
    found = merged(GRIDS, ["b", "b", "a", "", "c"], {"a": "甲镇", "b": "乙镇"})
    assert (found.codes, found.names, found.organisations) == (
        ["a", "b", "c"],
        ["甲镇", "乙镇", "c"],
        ["a", "b", "c"],
    )
    assert found.unreadable == [2], "none of its grids has an outline"
    assert shapely.equals(found.shape(1), shapely.box(*shapely.bounds(found.shape(1)))), (
        "no border between two grids of one area"
    )
    assert found.at(114.69, 38.05) == [1]
    assert found.at(114.75, 38.05) == [0]
    assert found.at(114.85, 38.05) == [], "of no area"
    assert found.bounds is not None
    ids = rasterise(found.topology, fitted(found.bounds, 30, 10, 0))
    assert {1, 2} <= {*np.unique(ids).tolist()} <= {0, 1, 2}


def test_no_areas_are_an_empty_atlas() -> None:
    assert merged(GRIDS, [""] * 5, {}).bounds is None
