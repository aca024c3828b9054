"""Areas that are made of grids: their outlines as an atlas of their own, in which each counts as one."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from console.geography.atlas import Atlas, in_plane


def merged(atlas: Atlas, area_of: Sequence[str], names: Mapping[str, str]) -> Atlas:
    """Return the atlas of the areas that the grids of ``atlas`` lie in, in the order of their codes.

    ``area_of``: (grids,) the code of the area of each, "" for none; the area's code stands for its
    organisation, too. An area none of whose grids has an outline is unreadable.
    """
    codes = sorted({*area_of} - {""})
    grids: dict[str, list[int]] = {code: [] for code in codes}
    for grid, code in enumerate(area_of):
        if code:
            grids[code].append(grid)
    shapes = np.empty(len(codes), object)
    for place, code in enumerate(codes):
        shapes[place] = shapely.union_all([atlas.shape(grid) for grid in grids[code]])
    unreadable = np.flatnonzero(shapely.is_empty(shapes)).tolist() if codes else []
    return in_plane(codes, [names.get(code, code) for code in codes], list(codes), unreadable, shapes)
