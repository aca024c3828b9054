"""From an option of an action to the field that asks for it."""

from collections.abc import Callable

import resources
from console.language import keys, say
from console.workflow import Action, Option, actions
from ui.dialogs.chosen import CaseField, ChoiceField, ChoicesField, FlagField, SetField
from ui.dialogs.field import Field, values
from ui.dialogs.offers import ChoiceLine
from ui.dialogs.written import AmountField, FileField, InstantField, LineField, PointField, TextField
from ui.directory import Choice
from ui.seat import Seat

Maker = Callable[[Seat, str, Option], Field]
CLOSED = {("confirm", "result"): "confirm-result"}  # lines whose values the database lists


def fields(seat: Seat, action: str, status: str | None = None) -> list[Field]:
    """Return a field for each option that a person fills in, in the form's order."""
    return [field(seat, action, option) for option in options(actions()[action], status)]


def options(action: Action, status: str | None) -> list[Option]:
    """Return the options of a form; a first dispatch needs no reason."""
    table = resources.table("steps.toml")
    hidden = {*table["hidden"]["all"], *table["hidden"].get(action.key, [])}
    if action.key == "dispatch" and status == "accepted":
        hidden.add("reason")
    asked = [option for option in action.options if option.name not in hidden]
    order = table["report"]["fields"] if action.key == "report" else []
    return sorted(asked, key=lambda option: order.index(option.name) if option.name in order else len(order))


def field(seat: Seat, action: str, option: Option) -> Field:
    """Return the field for ``option``."""
    closed = CLOSED.get((action, option.name))
    if closed:
        return SetField(option, values(closed))
    return MAKERS.get(option.kind, _line)(seat, action, option)


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
    return InstantField(action, option, seat.bridge.now())


def _one(pick: Callable[[Seat], list[Choice]], hint: str = "dialogs.pick") -> Maker:
    return lambda seat, _action, option: ChoiceField(option, ChoiceLine(lambda: pick(seat)), say(hint))


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
    "seat": _one(lambda seat: seat.directory.seats),
    "person": _one(lambda seat: seat.directory.people),
    "class": _one(lambda seat: seat.directory.classes, "dialogs.pick_class"),
    "channel": _one(lambda _seat: channels()),
    "number": lambda seat, _action, option: CaseField(option, lambda: _open_cases(seat)),
    "priority": _few("priority"),
    "card": _few("card"),
    "answer": _few("answer"),
}
