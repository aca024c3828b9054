"""From an option of an action to the field that asks for it."""

from collections.abc import Callable, Mapping
from typing import Any

import resources
from console.language import keys, say
from console.workflow import Action, Option, actions
from ui.casefile import unanswered
from ui.dialogs.chosen import CaseField, ChoiceField, ChoicesField, FlagField, SetField
from ui.dialogs.coming import ComingField
from ui.dialogs.entry import EntryField
from ui.dialogs.field import Field, values
from ui.dialogs.form_words import SENDING
from ui.dialogs.offers import ChoiceLine
from ui.dialogs.place import PLACED, PlaceField
from ui.dialogs.suggested import UnitField
from ui.dialogs.verdict import VerdictField
from ui.dialogs.written import AmountField, FileField, InstantField, LineField, PointField, TextField
from ui.directory import Choice
from ui.seat import Seat

Case = Mapping[str, Any]
Maker = Callable[[Seat, str, Option], Field]
CLOSED = {("confirm", "result"): "confirm-result"}  # lines whose values the database lists


def fields(seat: Seat, action: str, case: Case | None = None) -> list[Field]:
    """Return a field for each option that a person fills in on ``case``, in the form's order."""
    case = case or {}
    kind = seat.directory.kind(str(case.get("class_code")))
    asked = options(actions()[action], case, kind.group if kind else None)
    return [_on_case(seat, action, option, case) for option in asked]


def _on_case(seat: Seat, action: str, option: Option, case: Case) -> Field:
    """Return the field for ``option``, which may know the case it is for."""
    if option.kind == "entry":
        return EntryField(option, unanswered(case), seat.bridge.now())
    if option.kind == "unit" and action in SENDING and case.get("number"):
        return UnitField(seat, option, int(case["number"]))
    return field(seat, action, option)


def options(action: Action, case: Case, group: str | None) -> list[Option]:
    """Return the options of a form on ``case``, whose class is of ``group`` (None: not known)."""
    table = resources.table("steps.toml")
    hidden = {*table["hidden"]["all"], *table["hidden"].get(action.key, [])}
    if action.key == "dispatch" and case.get("status") == "accepted":  # a first dispatch needs no reason
        hidden.add("reason")
    if group is not None and group not in table["disputes"]["groups"]:
        hidden.update(("kept", "agreement"))
    if not unanswered(case):
        hidden.add("answers")
    if case.get("many"):
        hidden.update(table["many"]["own"])
    asked = [option for option in action.options if option.name not in hidden]
    order = table["report"]["fields"] if action.key == "report" else []
    return sorted(asked, key=lambda option: order.index(option.name) if option.name in order else len(order))


def field(seat: Seat, action: str, option: Option) -> Field:
    """Return the field for ``option``."""
    if option.name == "place" and action in PLACED:
        return PlaceField(action, option, seat.directory)
    closed = CLOSED.get((action, option.name))
    if closed:
        return SetField(option, values(closed))
    if (action, option.name) == ("check", "result"):
        return VerdictField(option, values("check-result"))
    return MAKERS.get(option.kind, _line)(seat, action, option)


def hold_apart(found: Mapping[str, Field]) -> None:
    """Let nothing be answered by somebody who was not reached."""
    reached = found.get("contacted")
    others = [one for name in ANSWERED if isinstance(one := found.get(name), SetField)]

    def follow() -> None:
        alone = reached is not None and reached.draft() == "no"
        for one in others:
            if alone:
                one.clear()
            one.setEnabled(not alone)

    if reached is not None:
        reached.edited.connect(follow)


ANSWERED = ("solved", "satisfied", "kept")


def channels() -> list[Choice]:
    """Return where a report may come from."""
    prefix = "dialogs.channel."
    return [_channel(key.removeprefix(prefix), say(key)) for key in keys() if key.startswith(prefix)]


def _channel(value: str, words: str) -> Choice:
    return Choice(value, words, "", f"{words} {value}".lower())


def _open_cases(seat: Seat) -> list[Choice]:
    board = seat.console.board
    rows = [board.row_at(int(slot)) for slot in board.all_slots()[:OFFERED_CASES]]
    return [
        Choice(str(row.number), str(row.number), row.title, f"{row.number} {row.title}".lower())
        for row in rows
    ]


OFFERED_CASES = 5000


def _line(_seat: Seat, action: str, option: Option) -> Field:
    return LineField(action, option)


def _instant(seat: Seat, action: str, option: Option) -> Field:
    if option.name == "callback":
        return ComingField(option, seat.bridge.now)
    return InstantField(action, option, seat.bridge.now())


def _one(pick: Callable[[Seat], list[Choice]], hint: str = "dialogs.pick") -> Maker:
    return lambda seat, _action, option: ChoiceField(option, ChoiceLine(lambda: pick(seat)), say(hint))


def _seat(seat: Seat, option: Option) -> Field:
    """Return a field for a colleague, who is offered with what is in hand there now."""
    seat.loads.refresh()
    me = seat.console.me.get("login")
    return ChoiceField(option, ChoiceLine(lambda: seat.loads.choices(me)), say("dialogs.pick_seat"))


def _few(name: str) -> Maker:
    return lambda _seat, _action, option: SetField(option, values(name))


MAKERS: dict[str, Maker] = {
    "text": lambda _seat, action, option: TextField(action, option),
    "amount": lambda _seat, action, option: AmountField(action, option),
    "point": lambda _seat, action, option: PointField(action, option),
    "file": lambda _seat, action, option: FileField(action, option),
    "instant": _instant,
    "flag": lambda _seat, _action, option: FlagField(option),
    "units": lambda seat, _action, option: ChoicesField(option, lambda: seat.directory.units),
    "unit": _one(lambda seat: seat.directory.units),
    "centre": _one(lambda seat: seat.directory.centres),
    "seat": lambda seat, _action, option: _seat(seat, option),
    "person": _one(lambda seat: seat.directory.people),
    "class": _one(lambda seat: seat.directory.classes, "dialogs.pick_class"),
    "channel": _one(lambda _seat: channels()),
    "number": lambda seat, _action, option: CaseField(option, lambda: _open_cases(seat)),
    "priority": _few("priority"),
    "card": _few("card"),
    "answer": _few("answer"),
}
