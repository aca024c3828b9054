"""Where the names of organisations stand on the map: amid the grids of each, the largest first."""

import math
from collections.abc import Iterable

import numpy as np

from console.geography.projection import plane_to_point
from ui.directory import Directory
from ui.layers.choice import table
from ui.map.labels import Lettering

ROOM = 84  # pixels from name to name at least, on the whole: with less, a level is not written


def names(levels: Iterable[str], directory: Directory) -> list[Lettering]:
    """Return the names of these levels, the highest first, those of many grids before those of few."""
    wanted = {*levels}
    return [
        one for level in reversed(table("organisation")) if level in wanted for one in _of(level, directory)
    ]


def highest(directory: Directory) -> list[Lettering]:
    """Return the names of the highest level of which there are several, written on a map of any size."""
    levels = (_of(level, directory) for level in reversed(table("organisation")))
    return [one._replace(until=math.inf) for one in next((found for found in levels if found), [])]


def _of(level: str, directory: Directory) -> list[Lettering]:
    atlas, row = directory.atlas, table("organisation")[level]
    if atlas.bounds is None:
        return []
    at = {code: directory.at_level(code, level) for code in {*atlas.organisations}}
    codes = sorted({*at.values()} - {""})
    place = {code: index for index, code in enumerate(codes)}
    area = np.array([place.get(at[one], -1) for one in atlas.organisations], np.int64)
    known = (area >= 0) & ~np.isnan(atlas.middles[:, 0])
    grids = np.bincount(area[known], minlength=len(codes))
    if np.count_nonzero(grids) == 1:
        return []  # all that is seen is in it
    west, south, east, north = atlas.bounds
    until = ((east - west) * (north - south) / max(int(np.count_nonzero(grids)), 1)) ** 0.5 / ROOM
    sums = [np.bincount(area[known], atlas.middles[known, axis], len(codes)) for axis in (0, 1)]
    return [
        Lettering(
            directory.places[codes[index]].alias or directory.places[codes[index]].name,
            *plane_to_point(float(sums[0][index] / grids[index]), float(sums[1][index] / grids[index])),
            row["font"],
            until,
            row["ink"],
        )
        for index in np.argsort(-grids, kind="stable").tolist()
        if grids[index]
    ]
