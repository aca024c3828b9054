"""A figure of the boards as the grids' colours: its scale, what the card and the legend say of it."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from console.geography.atlas import Atlas
from console.geography.classes import Classes, counts, diverging, equal, quantiles
from console.indicators import words
from console.indicators.areas import AreaFigures, Facts
from console.indicators.indicator import Direction, Indicator, Kind, board_name, indicators
from console.language import say
from console.spoken import CHINA
from ui.directory import Directory
from ui.map.legend import Row, Steps, Words
from ui.map.shading import DIVERGING, SEQUENTIAL, Figures
from ui.texts import shown

FITS = 5  # letters of a name that fit below a swatch
# Where the shades of shares part: the same share looks the same from hour to hour and from place to place.
SHARES: Final = {
    Direction.UP: (0.6, 0.8, 0.9, 0.95, 0.99),
    Direction.DOWN: (0.02, 0.05, 0.1, 0.2, 0.4),
    Direction.NONE: (0.1, 0.2, 0.4, 0.6, 0.8),
}
FAR: Final = frozenset(
    {"found", "mediated", "patrolled", "groups_live"}
)  # good ones are far from everything, too
BELOW: Final = 0.15  # how far below its goal a share's shades part


@dataclass(frozen=True)
class Wanted:
    """``key`` of resources/indicators.toml by ``area`` (grid, community, township) over ``days``.

    ``steps``: "equal" or "quantiles"; a figure with a goal has its steps on either side of it. Equal ones of
    shares stand fast.
    """

    key: str = ""
    area: str = "grid"
    days: int = 30
    steps: str = "equal"


def figures(wanted: Wanted, told: AreaFigures, atlas: Atlas, directory: Directory) -> Figures:
    """Return the colours of ``atlas`` for what desk.board_map has told."""
    indicator = indicators()[wanted.key]
    areas = atlas.codes
    if wanted.area != "grid":
        places = {code: directory.at_level(code, wanted.area) for code in {*atlas.organisations}}
        areas = [places[code] for code in atlas.organisations]
    values = told.of(areas, told.sound if indicator.kind is Kind.RATE else told.column)
    classes = scale(indicator, told.column, wanted.steps)

    def said(grid: int) -> list[str]:
        whose = "" if areas[grid] == atlas.codes[grid] else areas[grid]
        return _told(indicator, whose, told.row(areas[grid]), directory)

    def legend() -> tuple[Row, ...]:
        return _legend(indicator, wanted, told, found)

    found = Figures(values, classes, said, legend, SEQUENTIAL if indicator.goal is None else DIVERGING)
    return found


def scale(indicator: Indicator, values: np.ndarray[Any, np.dtype[np.float64]], steps: str) -> Classes:
    """Return the steps of a figure whose areas have these values."""
    if indicator.goal is not None:
        return diverging(np.array([indicator.goal - BELOW]), indicator.goal)
    if indicator.kind is Kind.RATE and steps == "equal":
        return Classes(SHARES[Direction.NONE if indicator.key in FAR else indicator.direction])
    whole = indicator.kind is Kind.COUNT
    if steps == "quantiles":
        return quantiles(values, whole=whole)
    return counts(values) if whole else equal(values)


def _told(indicator: Indicator, area: str, row: Facts, directory: Directory) -> list[str]:
    """Return what a card says: whose figure, and what the board says it is."""
    value, part, whole = row
    text = words.value_text(indicator, value)
    if whole is not None and part is not None:
        text = say("layers.share", value=text, part=part, whole=whole)
    place = directory.places.get(area)
    whose = [] if place is None else [shown(place.alias or place.name)]
    return [*whose, say("layers.figure", name=indicator.name, value=text)]


def scale_row(indicator: Indicator, found: Figures) -> Steps:
    """Return the steps of a figure as a legend shows them."""
    unknown = bool(np.isnan(found.values).any())
    none = "map.few" if indicator.kind is Kind.RATE else "map.no_value"
    return Steps(found.roles, _names(indicator, found), say(none) if unknown else "")


def _legend(indicator: Indicator, wanted: Wanted, told: AreaFigures, found: Figures) -> tuple[Row, ...]:
    area = say(f"layers.area.{wanted.area}")
    unit, _one = words.scale_unit(indicator, max(found.classes.edges, default=0.0))
    title = say("layers.scale", name=indicator.name, unit=unit, area=area)
    fixed = "shares" if indicator.kind is Kind.RATE and wanted.steps == "equal" else wanted.steps
    steps = say(f"layers.steps.{'goal' if indicator.goal is not None else fixed}")
    at = told.at.astimezone(CHINA)
    period = say("layers.at", at=f"{at:%m-%d %H:%M}")
    if not indicator.present:
        period = say("layers.period", over=say(f"layers.days.{wanted.days}"), at=f"{at:%m-%d %H:%M}")
    return (
        Words(title),
        scale_row(indicator, found),
        Words(period, "text3"),
        Words(say("layers.source", steps=steps, board=board_name(indicator.board)), "text3"),
    )


def _names(indicator: Indicator, found: Figures) -> tuple[str, ...]:
    """Return what stands below the swatches: what each covers, or where one ends and the next begins."""
    classes = found.classes
    if np.isnan(found.values).all():
        return ()
    if classes.whole and max(map(len, classes.names())) <= FITS:
        return tuple(classes.names())
    if classes.whole:
        return tuple(f"{edge:,.0f}" for edge in classes.edges)
    _unit, one = words.scale_unit(indicator, max(classes.edges, default=0.0))
    return tuple(f"{edge / one:.3g}" if edge < 1000 * one else f"{edge / one:,.0f}" for edge in classes.edges)
