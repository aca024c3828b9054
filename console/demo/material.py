"""What is reported, when and how often: the tables of resources/sample as things to draw from."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any, Generic, TypeVar

import resources
from console.demo.dice import Dice

Item = TypeVar("Item")


class Urn(Generic[Item]):
    """Items to be drawn with their weights."""

    def __init__(self, items: list[Item], weights: list[float]) -> None:
        self._items = items
        self._reach = list(accumulate(weights))

    @property
    def total(self) -> float:
        """Return the sum of the weights."""
        return self._reach[-1]

    def draw(self, dice: Dice) -> Item:
        """Return one item."""
        return self._items[bisect_right(self._reach, dice.fraction() * self.total)]


@dataclass(frozen=True, slots=True)
class Matter:
    """A class of the catalogue as the sample county knows it; ``unit`` is a department's alias or "grid"."""

    code: str
    weight: float
    season: tuple[float, ...]
    rhythm: str
    answered: float
    at_once: float
    unit: str
    titles: tuple[str, ...]
    results: tuple[str, ...]


@cache
def matters() -> tuple[Matter, ...]:
    """Return every class in the order of its table."""
    table, times = resources.table("sample/incidents.toml"), resources.table("sample/times.toml")
    usual = table["usual"]
    return tuple(
        Matter(
            code,
            row["weight"],
            tuple(times["season"][row.get("season", usual["season"])]),
            row.get("rhythm", usual["rhythm"]),
            row.get("answered", usual["answered"]),
            row.get("at_once", usual["at_once"]),
            row["unit"],
            tuple(row["titles"]),
            tuple(row["results"]),
        )
        for code, row in table["classes"].items()
    )


@cache
def matter(code: str) -> Matter:
    """Return the class ``code``."""
    return next(row for row in matters() if row.code == code)


@cache
def of_month(month: int) -> Urn[Matter]:
    """Return the classes as they are reported in ``month`` (1 to 12)."""
    rows = [row for row in matters() if row.season[month - 1] > 0]
    return Urn(rows, [row.weight * row.season[month - 1] for row in rows])


@cache
def hours(rhythm: str) -> Urn[int]:
    """Return the hours of a day as a rhythm has them."""
    table = resources.table("sample/times.toml")["rhythm"]
    return Urn(list(range(24)), table[rhythm])


@cache
def channels(kind: str) -> Urn[str]:
    """Return the channels; ``kind`` is "channels" or "channels_at_once"."""
    table = resources.table("sample/times.toml")[kind]
    return Urn(list(table), list(table.values()))


def weekday_factor(weekday: int) -> float:
    """Return how busy a day of the week is (Monday 0) beside the mean."""
    return float(resources.table("sample/times.toml")["days"]["weekday"][weekday])


def phrases(kind: str) -> list[Any]:
    """Return all phrases of a kind."""
    found: list[Any] = resources.table("sample/words.toml")[kind]
    return found


def words(kind: str, dice: Dice) -> str:
    """Return one of the phrases of a kind."""
    return str(dice.one_of(phrases(kind)))


def share(kind: str) -> float:
    """Return how often something befalls a case."""
    return float(resources.table("sample/times.toml")["share"][kind])
