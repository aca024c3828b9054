"""Reading a typed command: 派 1042 城管局 2h. The number may be left out; names may be initials."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import resources
from console.amounts import parse_limit
from console.errors import BadInput, Problem
from console.workflow import Action, actions
from ui.directory import Choice, find, resolve

NUMBER = re.compile(r"#?(\d{1,18})")
WORDS = ("line", "text")  # kinds that take the rest of the line


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: an action, the case it names (None: the one that is open), and its options."""

    action: Action
    number: int | None
    args: dict[str, object] = field(default_factory=dict)
    draft: dict[str, object] = field(default_factory=dict)  # the same, as a form is filled in with it

    @property
    def missing(self) -> list[str]:
        """Return the labels of the options that are still needed."""
        return [one.label for one in self.action.options if one.required and one.name not in self.args]


def read(text: str, units: Sequence[Choice], legal: Collection[str] = ()) -> Typed:
    """Return what ``text`` says; BadInput("command_unknown") or what an option refuses."""
    words = text.split()
    if not words:
        raise BadInput("command_unknown", text="")
    action = action_named(words[0], legal)
    rest = words[1:]
    number = None
    if rest and (found := NUMBER.fullmatch(rest[0])):
        number, rest = int(found[1]), rest[1:]
    elif rest and rest[0][0].isdigit() and _limit(rest[0]) is None:
        raise BadInput("command_number", text=rest[0][:40])  # never the open case instead of the one meant
    args: dict[str, object] = {}
    draft: dict[str, object] = {}
    _read_options(action, rest, units, (args, draft))
    return Typed(action, number, args, draft)


def action_named(word: str, legal: Collection[str] = ()) -> Action:
    """Return the action of this name, or the only one (legal ones before others) whose name begins so."""
    found = list(matching(word, legal))
    if not found:
        raise BadInput("command_unknown", text=word[:40])
    meant = [action for action in found if action.key in legal] or found
    if len(meant) > 1 and word.lower() not in _names(found[0]):
        raise BadInput("command_ambiguous", text=word[:40], names=_listed(meant))
    return found[0]


def _names(action: Action) -> tuple[str, str, str]:
    facts = _table()[action.key]
    return facts["zh"], facts["en"].lower(), action.key


def _listed(found: Sequence[Action]) -> str:
    return " / ".join(action.label for action in found[:6])


def matching(word: str, legal: Collection[str] = ()) -> Iterator[Action]:
    """Yield the actions whose name in either language begins with ``word``, the best first."""
    lower = word.lower()
    names = {key: (facts["zh"], facts["en"].lower(), key) for key, facts in _table().items()}
    begins = [key for key, some in names.items() if any(name.startswith(lower) for name in some)]
    exact = [key for key in begins if lower in names[key]]
    order = sorted(begins, key=lambda key: (key not in exact, key not in legal, list(names).index(key)))
    yield from (actions()[key] for key in order if key != "undo")


def complete(text: str, units: Sequence[Choice], legal: Collection[str] = ()) -> list[str]:
    """Return whole lines that ``text`` may become: its last word completed."""
    words = text.split(" ")
    head, last = words[:-1], words[-1]
    if not head:
        return [f"{_spoken(action, last)} " for action in matching(last, legal)] if last else []
    found = find(units, last)[:8] if last else []
    return [" ".join([*head, choice.label]) + " " for choice in found]


def _spoken(action: Action, typed: str) -> str:
    """Return the action's name in the language that is typed."""
    return action.key if typed.isascii() else str(_table()[action.key]["zh"])


def _read_options(
    action: Action,
    rest: list[str],
    units: Sequence[Choice],
    into: tuple[dict[str, object], dict[str, object]],
) -> None:
    args, draft = into
    kinds = {option.kind: option.name for option in reversed(action.options)}
    spare: list[str] = []
    for word in rest:
        limit = _limit(word) if "amount" in kinds else None
        if limit is not None:
            args[kinds["amount"]], draft[kinds["amount"]] = limit, word
        elif "unit" in kinds and kinds["unit"] not in args and find(units, word):
            args[kinds["unit"]], draft[kinds["unit"]] = resolve(units, word), word
        else:
            spare.append(word)
    if spare:
        name = _words_option(action)
        args[name] = draft[name] = " ".join(spare)


def _words_option(action: Action) -> str:
    """Return the option that takes words: a needed one first, then its reason or text."""
    fit = [option for option in action.options if option.kind in WORDS]
    fit += [option for option in action.options if option.kind not in {"file", "flag"}]
    if not fit:
        raise BadInput("command_too_long", action=action.label)
    return next((option.name for option in fit if option.required), fit[0].name)


def _limit(word: str) -> dict[str, object] | None:
    try:
        amount = parse_limit(word)
    except Problem:
        return None
    return {"seconds": amount.seconds, "clock": str(amount.clock)}


def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = resources.table("actions.toml")["actions"]
    return found
