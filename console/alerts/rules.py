"""The table of alerts (resources/alerts.toml) as the console reads it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import resources


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of alert; see the table's head. ``gap`` is in seconds."""

    kind: str
    when: str
    seat: frozenset[str]
    unit: frozenset[str]
    again: bool
    counts: bool
    gap: int
    up: int

    def level(self, priority: int) -> int:
        """Return as which priority it sounds: 1 only for a case of priority 1."""
        return 1 if priority == 1 else max(2, priority - self.up)


@dataclass(frozen=True, slots=True)
class Sounding:
    """How a priority sounds: seconds until it is heard again, and between two sounds."""

    repeat: int
    apart: int


@cache
def rules() -> dict[str, Rule]:
    """Return the kinds of alerts, the weightiest first."""
    return {row["kind"]: _rule(row) for row in resources.table("alerts.toml")["alert"]}


@cache
def soundings() -> dict[int, Sounding]:
    """Return how each priority sounds."""
    return {int(key): Sounding(**row) for key, row in resources.table("alerts.toml")["sounds"].items()}


def quiet_longest() -> int:
    """Return how many seconds quiet mode may last."""
    return int(resources.table("alerts.toml")["quiet_longest"])


def _rule(row: dict[str, object]) -> Rule:
    sets = {who: _statuses(row[who]) for who in ("seat", "unit")}
    return Rule(**{**row, **sets})  # type: ignore[arg-type]


def _statuses(value: object) -> frozenset[str]:
    if not isinstance(value, Collection):
        raise TypeError(value)
    return frozenset(map(str, value))
