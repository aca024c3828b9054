"""Conditions of the queue: what each is called, and the filter that several make together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.feed import board_area, board_circle
from console.feed.board_filter import AREA, CIRCLE, GRADE, Filter
from console.grade import Grade
from console.language import knows, say
from console.spoken import status_label
from ui.texts import shown

FACETS = (
    "status",
    GRADE,
    "priority",
    "class_group",
    "class_name",
    "township",
    "community",
    "centre",
    "grid_code",
    "unit",
    "claim_by",
    "channel",
)  # in the order in which they are offered
HELD = frozenset({*FACETS, "mine", "callback", CIRCLE, AREA})
Namer = Callable[[str, str], str]  # from facet and value to what people call it


@dataclass(frozen=True, slots=True)
class Condition:
    """One value of a facet, accepted or ``refused``."""

    facet: str
    value: Any
    refused: bool = False

    @property
    def other(self) -> "Condition":
        """Return the condition that says the contrary."""
        return Condition(self.facet, self.value, not self.refused)

    def told(self) -> dict[str, object]:
        """Return the condition as JSON can hold it."""
        value = self.value.name if isinstance(self.value, Grade) else self.value
        return {"facet": self.facet, "value": value, "refused": self.refused}


def read(told: object) -> Condition | None:
    """Return the condition that ``told`` was, None where it is none of this queue."""
    if not isinstance(told, Mapping) or told.get("facet") not in HELD:
        return None
    facet, value = str(told["facet"]), told.get("value")
    if facet == GRADE:
        value = Grade.__members__.get(str(value))
    fits = isinstance(value, str | int)
    return Condition(facet, value, bool(told.get("refused"))) if fits else None


def filter_of(conditions: Iterable[Condition], text: str) -> Filter:
    """Return the filter that ``conditions`` make: one accepted value of each facet, and none refused."""
    within: dict[str, frozenset[Any]] = {}
    without: dict[str, frozenset[Any]] = {}
    for one in conditions:
        side = without if one.refused else within
        side[one.facet] = side.get(one.facet, frozenset()) | {one.value}
    return Filter(within, without, text)


def plain(_facet: str, value: str) -> str:
    """Call a value by itself."""
    return value


def named(condition: Condition, name: Namer = plain) -> str:
    """Return ``condition`` in words: 状态：待受理, 状态 ≠ 已并案."""
    key = "filters.refused" if condition.refused else "filters.accepted"
    return say(key, facet=say(f"queue.facet.{condition.facet}"), value=value_label(condition, name))


def value_label(condition: Condition, name: Namer = plain) -> str:
    """Return the condition's value in words; what is empty by what that means ("无人领取")."""
    if isinstance(condition.value, Grade):
        return say(f"queue.grade.{condition.value.name.lower()}")
    if condition.facet == "status":
        return status_label(condition.value)
    if condition.facet in {"mine", "callback"}:
        return say(f"queue.quick.{condition.facet}")
    on_map = _on_map(condition)
    if on_map:
        return on_map
    if condition.value == "":
        return say(f"filters.none.{condition.facet}")
    text = shown(name(condition.facet, str(condition.value)))
    key = f"queue.{condition.facet}.{text}"
    return say(key) if knows(key) else text


def _on_map(condition: Condition) -> str:
    """Return a place that was drawn or chosen on the map in words, "" where the value is none."""
    text = str(condition.value)
    circle = board_circle.read(text) if condition.facet == CIRCLE else None
    if circle is not None:
        where = {"lon": f"{circle.lon:.4f}", "lat": f"{circle.lat:.4f}"}
        return say("queue.circle", **where, metres=f"{circle.metres:g}")
    area = board_area.read(text) if condition.facet == AREA else None
    return "" if area is None else shown(f"{area.name} {area.code}")


def sayable(condition: Condition) -> bool:
    """Tell whether the value means something; nothing in a column that is always filled does not."""
    return condition.value != "" or knows(f"filters.none.{condition.facet}")
