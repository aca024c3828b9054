"""Which layers a person has on the map, kept from one sign-in to the next."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final
from urllib.parse import quote

from PySide6.QtCore import QSettings

import resources
from console.indicators.indicator import indicators
from console.resource_kinds import kinds
from ui.layers.figure import Wanted

LIVE: Final = Wanted()
STAFF, HEAT, BORDER, NAME, GRID, RESOURCE = "staff", "heat", "border:", "name:", "grid:", "resource:"
GROUND: Final = "comprehensive"
AREAS: Final = ("grid", "community", "township")
NAMED: Final = ("county", "township", "community")  # at first; each is written while it has room
DAYS: Final = (1, 7, 30, 90, 365)
STEPS: Final = ("equal", "quantiles")


def table(part: str) -> dict[str, dict[str, Any]]:
    """Return how each kind of grids ("grid") or level of organisations ("organisation") is drawn."""
    found: dict[str, dict[str, Any]] = resources.table("layers.toml")[part]
    return found


def known() -> frozenset[str]:
    """Return the keys of all layers that there are."""
    levels = table("organisation")
    return frozenset(
        [
            STAFF,
            HEAT,
            *(GRID + kind for kind in table("grid")),
            *(BORDER + level for level in levels),
            *(NAME + level for level in levels),
            *(RESOURCE + kind for kind in kinds()),
        ]
    )


@dataclass(frozen=True)
class Choice:
    """``on``: the keys of the layers over the ground; ``ground``: the kind of grids that are coloured.

    ``figure``: what by; without a key by their open cases.
    """

    on: frozenset[str] = frozenset(NAME + level for level in NAMED)
    ground: str = GROUND
    figure: Wanted = LIVE

    def has(self, prefix: str) -> list[str]:
        """Return what is on of the layers whose keys begin so, without the beginning."""
        return [key.removeprefix(prefix) for key in sorted(self.on) if key.startswith(prefix)]

    def turned(self, keys: Iterable[str], *, on: bool) -> "Choice":
        """Return the choice with these layers shown, or hidden."""
        return replace(self, on=self.on | {*keys} if on else self.on - {*keys})


class Memory:
    """The choice of ``person``; what is no choice any more is left out."""

    def __init__(self, settings: QSettings, person: str) -> None:
        self._settings, self._key = settings, f"layers/{quote(person, safe='')[:120]}"

    def keep(self, choice: Choice) -> None:
        """Remember ``choice``."""
        told = {"on": sorted(choice.on), "ground": choice.ground, "figure": asdict(choice.figure)}
        self._settings.setValue(self._key, json.dumps(told))

    def kept(self) -> Choice:
        """Return what was remembered, else what stands at first."""
        try:
            told = json.loads(str(self._settings.value(self._key)))
            return read(told) if isinstance(told, dict) else Choice()
        except (ValueError, RecursionError):
            return Choice()


def read(told: Mapping[str, Any]) -> Choice:
    """Return the choice that a table tells; what it does not tell, or tells badly, stands as at first."""
    first = Choice()
    on, ground = told.get("on"), told.get("ground")
    return Choice(
        on=frozenset(str(key) for key in on) & known() if isinstance(on, list) else first.on,
        ground=str(ground) if ground in table("grid") else first.ground,
        figure=_figure(told.get("figure")),
    )


def _figure(told: object) -> Wanted:
    """Return the figure that is told, if there is such a one."""
    first = Wanted()
    if not isinstance(told, dict) or told.get("key") not in indicators():
        return first
    area, days, steps = (told.get(name) for name in ("area", "days", "steps"))
    return Wanted(
        str(told["key"]),
        str(area) if area in AREAS else first.area,
        int(days) if isinstance(days, int) and days in DAYS else first.days,
        str(steps) if steps in STEPS else first.steps,
    )
