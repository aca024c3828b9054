"""Where a report happened, as far as this console knows without asking: village, grid, centre."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from console.desk.reads import Place
from console.geography.atlas import Atlas
from console.geography.datum import to_wgs84
from console.geography.projection import ground_metres, point_to_plane
from console.intake import spot
from console.intake.names import spoken
from console.intake.places import Organisation, Places
from console.intake.spot import UNKNOWN, Spot


@dataclass(frozen=True, slots=True)
class Reading:
    """How a line is understood; codes are "" where nothing is named, ``candidates`` where several are.

    ``overlap``: the grids that the point is in, where these are several; the first one is ``grid``.
    """

    spot: Spot
    organisation: str = ""
    grid: str = ""
    centre: str = ""
    candidates: tuple[str, ...] = ()
    overlap: tuple[str, ...] = ()

    def args(self) -> dict[str, object]:
        """Return what a report is told; a point that can be placed says better where it is than names do."""
        told = self.spot.args()
        placed = self.spot.point is not None and self.spot.datum != UNKNOWN
        if placed:
            return told
        named = {"at_organisation": self.organisation, "at_grid": self.grid}
        return told | {name: code for name, code in named.items() if code}


class Whereabouts:
    """The tree and the grids of one county, indexed once and asked at every key."""

    def __init__(self, places: Mapping[str, Place], atlas: Atlas) -> None:
        self._places, self._atlas = places, atlas
        self._names = Places(
            Organisation(one.code, one.name, one.level, one.parent) for one in places.values()
        )
        self._within: dict[str, list[int]] = {}
        for grid, organisation in enumerate(atlas.organisations):
            self._within.setdefault(organisation, []).append(grid)

    def read(self, text: str) -> Reading:
        """Understand one line: an address, a code, a point, or an address with a point."""
        found = spot.read(text)
        around = self.grids_at(found.point, found.datum) if found.point is not None else ()
        if around:
            organisation = self._atlas.organisations[self._atlas.index[around[0]]]
            reading = self._reading(found, organisation, around[0])
            return replace(reading, overlap=around) if len(around) > 1 else reading
        grid = self._grid_named(found.address)
        if grid is not None:
            return self._reading(found, self._atlas.organisations[grid], self._atlas.codes[grid])
        if found.address in self._places:
            return self._reading(found, found.address)
        named = self._names.find(found.address)
        if named.code is None:
            return Reading(found, candidates=named.candidates)
        inside = self._within.get(named.code, [])
        names, codes = self._atlas.names, self._atlas.codes
        within = next((codes[grid] for grid in inside if names[grid] in found.address), "")
        return self._reading(found, named.code, within)

    def name(self, code: str) -> str:
        """Return how people say an organisation or grid, with its township: 南楼乡韩家庄村."""
        grid = self._atlas.index.get(code)
        if grid is not None:
            return f"{self._above(self._atlas.organisations[grid])}{self._atlas.names[grid]}"
        one = self._places.get(code)
        return f"{self._above(code)}{_said(one)}" if one is not None else code

    def grid_name(self, code: str) -> str:
        """Return the name of the grid ``code`` alone."""
        return self._atlas.names[self._atlas.index[code]]

    def centre(self, code: str) -> str:
        """Return the centre that an organisation belongs to, "" for none."""
        while code in self._places:
            if self._places[code].centre:
                return code
            code = self._places[code].parent
        return ""

    def _reading(self, found: Spot, organisation: str, grid: str = "") -> Reading:
        return Reading(found, organisation, grid, self.centre(organisation))

    def grids_at(self, point: tuple[float, float], datum: str) -> tuple[str, ...]:
        """Return the codes of the grids that a point of ``datum`` is in; the database takes the first."""
        if datum == UNKNOWN:
            return ()
        return tuple(sorted(self._atlas.codes[grid] for grid in self._atlas.at(*to_wgs84(*point, datum))))

    def away(self, point: tuple[float, float], datum: str) -> float | None:
        """Return about how many metres the next grid's box is from a point, None where no grid is drawn."""
        x, y = point_to_plane(*to_wgs84(*point, datum))
        west, south, east, north = self._atlas.boxes.T
        gaps = np.hypot(
            np.maximum(np.maximum(west - x, x - east), 0), np.maximum(np.maximum(south - y, y - north), 0)
        )
        known = gaps[np.isfinite(gaps)]
        return float(known.min()) * ground_metres(y) if len(known) else None

    def _grid_named(self, address: str) -> int | None:
        return self._atlas.index.get(address.partition(" ")[0])

    def _above(self, code: str) -> str:
        """Return the township of a community, of which several are called alike."""
        one = self._places.get(code)
        above = self._places.get(one.parent) if one is not None and one.level == "community" else None
        return above.alias or above.name if above is not None else ""


def _said(one: Place) -> str:
    """Return the short name of an organisation, 韩家庄村 for 韩家庄村民委员会."""
    return one.alias or min(spoken(one.name, one.level), key=lambda form: (len(form), form))
