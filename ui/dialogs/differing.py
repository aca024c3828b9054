"""What two people made of one case: field by field before, as the other left it, as this form has it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import resources
from console.language import say
from console.spoken import action_label, status_label
from ui import steps
from ui.dialogs.field import values
from ui.dialogs.fields import channels
from ui.directory import Choice
from ui.moments import amount, brief, epoch
from ui.seat import Seat
from ui.texts import paragraph

Case = Mapping[str, Any]  # of desk.incident, or a row of the board
# The fields of a case that a card compares; for those that an option sets, the actions and the option.
FIELDS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "status": (frozenset(), ""),
    "class_code": (frozenset({"classify"}), "class"),
    "priority": (frozenset({"classify"}), "priority"),
    "place": (frozenset({"classify"}), "place"),
    "unit": (frozenset({"dispatch", "designate"}), "unit"),
    "handling_due": (frozenset({"dispatch", "designate", "extend"}), "limit"),
    "due": (frozenset(), ""),
    "claim_by": (frozenset({"transfer"}), "to"),
    "pending": (frozenset(), ""),
}
# What some of them name, in the words of actions.toml's kinds of options.
KINDS: Final = {"class_code": "class", "handling_due": "amount", "due": "amount", "claim_by": "person"}
TOLD: Final = frozenset({"status", "unit", "claim_by"})  # in any case where nobody knows how it was before


@dataclass(frozen=True, slots=True)
class Line:
    """One field in words, "" where nothing is known or said; ``both`` changed it, each otherwise."""

    label: str
    before: str
    theirs: str
    mine: str
    both: bool


class Words:
    """Says what a case has in a field, or what an option was told, by its kind: as people call it."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        directory = seat.directory
        people: Callable[[Any], str] = lambda value: _called(directory.people, value)  # noqa: E731  two kinds say it
        self._says: dict[str, Callable[[Any], str]] = {
            "status": status_label,
            "pending": action_label,
            "amount": self._moment,
            "person": people,
            "seat": people,
            "class": lambda value: _called(directory.classes, value),
            "unit": lambda value: _called(directory.units, value),
            "units": lambda value: _called(directory.units, value),
            "centre": lambda value: _called(directory.centres, value),
            "channel": lambda value: _called(channels(), value),
            "flag": lambda _value: say("conflict.yes"),
        }

    def of(self, kind: str, value: object) -> str:
        """Return ``value`` of ``kind``; a dash where there is none."""
        if isinstance(value, list) and value:
            return say("case.list").join(self.of(kind, one) for one in value)
        if value is None or value in ("", []) or value != value:  # noqa: PLR0124  NaN: the board's none
            return say("case.none")
        told = self._says[kind](value) if kind in self._says else values(kind).get(str(value), str(value))
        return paragraph(told)

    def _moment(self, value: object) -> str:
        if isinstance(value, Mapping):
            return amount(int(value["seconds"]), str(value["clock"]))
        at = value if isinstance(value, float) else _instant(str(value))
        return str(value) if at is None else brief(at, self._seat.bridge.now())


def _called(choices: list[Choice], value: object) -> str:
    return next((choice.label for choice in choices if choice.value == value), str(value))


def _instant(text: str) -> float | None:
    try:
        return epoch(text)
    except ValueError:
        return None  # a limit as it was typed: "2h"


def differing(
    seat: Seat, action: str, now: Case, said: Mapping[str, object], before: Case | None = None
) -> list[Line]:
    """Return what differs between ``before`` (None: unknown), ``now`` and what ``said`` makes of it."""
    return [
        line for name in FIELDS if (line := _line(Words(seat), name, action, now, said, before)) is not None
    ]


def possible(action: str, now: Case) -> bool:
    """Tell whether ``action`` may still be tried on ``now`` (see desk.incident); a claim may be over soon."""
    return action in now["legal"] or action in steps.withheld(dict(now))


def _line(
    words: Words, name: str, action: str, now: Case, said: Mapping[str, object], before: Case | None
) -> Line | None:
    kind = KINDS.get(name, name)
    theirs = words.of(kind, now.get(name))
    was = words.of(kind, before.get(name)) if before is not None else ""
    mine = _mine(words, name, action, said, before)
    changed = before is not None and was != theirs
    if not (changed or mine or (before is None and name in TOLD)):
        return None
    return Line(say(f"conflict.field.{name}"), was, theirs, mine, bool(changed and mine and mine != theirs))


def _mine(words: Words, name: str, action: str, said: Mapping[str, object], before: Case | None) -> str:
    if name == "status":
        to = _leads_to(action, before)
        return status_label(to) if to and (before is None or to != before["status"]) else ""
    actions, option = FIELDS[name]
    value = said.get(option) if action in actions else None
    return words.of(KINDS.get(name, name), value) if value else ""


def _leads_to(action: str, before: Case | None) -> str | None:
    """Return the status that ``action`` leads to; None where it leads to none of its own."""
    rules = resources.table("actions.toml")["actions"][action]["rules"]
    fitting = (
        rule
        for rule in rules
        if before is None or rule["from"] in ("open", "any") or before["status"] in rule["from"]
    )
    ends = [str(rule["to"]) for rule in fitting if "to" in rule]
    return ends[0] if ends and ends[0] != "before" else None
