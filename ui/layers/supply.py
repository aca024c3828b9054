"""What fills the layers, from the database and the directory, as the map wants it."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from console.desk.around import Resource, StaffPlace
from console.geography.atlas import Atlas
from console.geography.borders import Borders, Hatch, Stroke, areas_of, translucent
from console.geography.density import STEPS, Heat, reach
from console.geography.projection import to_plane
from console.geography.view import View
from console.language import say
from console.resource_kinds import kind_name, kinds
from ui.directory import Directory
from ui.layers.choice import table
from ui.map.furniture import length_in_words
from ui.map.legend import Row, Sample, Steps, Words
from ui.map.pins import Things
from ui.texts import shown
from ui.theme import theme

WARMTH = 190  # of 255: how much of the ground the density covers
HEAT_ROLES = tuple(f"heat{step}" for step in range(len(STEPS)))
Numbers = NDArray[np.float64]
HALO = 150  # of 255: how much of the ground a border's halo covers


def resource_things(found: Sequence[Resource]) -> Things:
    """Return resources as things on the map."""
    known = list(kinds())
    kind = np.array([known.index(one.kind) for one in found], np.int64)
    icons = [kinds()[key].icon for key in known]
    return Things(
        np.array([one.lon for one in found]),
        np.array([one.lat for one in found]),
        kind,
        icons,
        lambda index: kind_name(known[index]),
        lambda row: _resource(found[row]),
        [one.code for one in found],
    )


def _resource(one: Resource) -> list[str]:
    facts = (
        say("layers.of", kind=kind_name(one.kind), organisation=one.organisation_name),
        one.phone,
        one.note,
    )
    return [shown(one.name), *(shown(fact) for fact in facts if fact)]


def staff_things(found: Sequence[StaffPlace], directory: Directory, now: float) -> Things:
    """Return workers on duty as things on the map; ``now``: the server's time, for how old each word is."""
    return Things(
        np.array([one.lon for one in found]),
        np.array([one.lat for one in found]),
        np.zeros(len(found), np.int64),
        ["person"],
        lambda _kind: say("layers.staff"),
        lambda row: _worker(found[row], directory, now),
        [one.code for one in found],
    )


def _worker(one: StaffPlace, directory: Directory, now: float) -> list[str]:
    minutes = max(round((now - one.told.timestamp()) / 60), 0)
    facts = (directory.grid_name(one.grid_code or ""), one.phone, say("layers.told_ago", minutes=minutes))
    heading = say("layers.worker", name=shown(one.name), kind=say(f"places.staff.{one.kind}"))
    return [heading, *(shown(fact) for fact in facts if fact)]


def grid_borders(kind: str, atlas: Atlas) -> Borders:
    """Return the borders of a kind of grids."""
    row = table("grid")[kind]
    return Borders(_stroke(row), topology=atlas.topology, until=atlas.side / row["least"])


def organisation_borders(level: str, given: Atlas | None, directory: Directory, *, drawn: bool) -> Borders:
    """Return the borders of a level: as ``given``, else round the comprehensive grids of each organisation.

    ``drawn``: those grids are the ground, so that they need not be drawn again.
    """
    row, atlas = table("organisation")[level], directory.atlas
    if given is not None:
        return Borders(_stroke(row), given.topology, until=given.side / row["least"])
    area_of = {code: directory.at_level(code, level) for code in {*atlas.organisations}}
    areas = areas_of(atlas.organisations, area_of)
    side = atlas.side * (len(atlas) / max(int(areas.max()), 1)) ** 0.5
    return Borders(_stroke(row), None if drawn else atlas.topology, areas, side / row["least"])


def hatch(unknown: NDArray[np.bool_], growth: float = 1.0) -> Hatch:
    """Return stripes over the grids that have no figure, ``growth`` times as wide as usual."""
    return Hatch(unknown, translucent(theme.color("text3").rgb(), HALO), growth)


def heat(lons: Numbers, lats: Numbers) -> Heat:
    """Return how thick cases at these degrees lie."""
    placed = np.isfinite(lons) & np.isfinite(lats)
    colours = [translucent(theme.color(role).rgb(), WARMTH) for role in HEAT_ROLES]
    return Heat(*to_plane(lons[placed], lats[placed]), tuple(colours))


def heat_rows(warm: Heat, view: View) -> tuple[Row, ...]:
    """Return what the legend says of the density as it was drawn last, else as it will be in a view."""
    metres = warm.metres or reach(view)
    names = tuple(f"≥{edge:.3g}" for edge in warm.edges(metres))
    scale = Words(say("layers.heat_scale", length=length_in_words(metres)))
    return scale, Steps(HEAT_ROLES, names, alpha=WARMTH / 255)


def sample(part: str, key: str, words: str) -> Sample:
    """Return what the legend shows of a line."""
    row = table(part)[key]
    return Sample(row["role"], row["width"], bool(row["dash"]), words)


def _stroke(row: Mapping[str, object]) -> Stroke:
    colour, halo = theme.color(str(row["role"])).rgb(), translucent(theme.color("panel").rgb(), HALO)
    return Stroke(colour, halo, int(str(row["width"])), int(str(row["dash"])))
