"""Reading a typed command: 派 1042 城管局 2h. The number may be left out; names may be initials."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import resources
from console.amounts import parse_limit
from console.errors import BadInput, Problem
from console.workflow import Action, actions
from ui.directory import Choice, find, resolve

NUMBER = re.compile(r"[#＃]?(\d{1,18})")
MEANT_AS_NUMBER = re.compile(r"[#＃].*|\d.*|[oOlIi]+\d[\doOlIi]*")  # o and l are typed for 0 and 1
GLUED = re.compile(r"([^\W\d_]+)([#＃]?\d.*)")  # 派1042
LONGEST_NAME = 4  # words: Attach to head incident
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


def read(text: str, units: Sequence[Choice], legal: Collection[str] = (), *, strict: bool = True) -> Typed:
    """Return what ``text`` says; BadInput("command_unknown") or what an option refuses.

    ``strict``: what is not ``legal`` for the open case is refused here, not by the database.
    """
    words = _split(text)
    if not words:
        raise BadInput("command_unknown", text="")
    action = action_named(words[0], legal)
    number, rest = _number(words[1:], units)
    if strict and number is None and legal and action.key not in {"report", *legal}:
        raise BadInput("command_not_now", action=action.label)
    args: dict[str, object] = {}
    draft: dict[str, object] = {}
    _read_options(action, rest, units, (args, draft))
    return Typed(action, number, args, draft)


def takes_back(text: str) -> bool:
    """Tell whether ``text`` takes the last step back; BadInput where it goes on to name a case."""
    words = text.split()
    undo = actions()["undo"]
    if not words or words[0].lower() not in _names(undo.key):
        return False
    if len(words) > 1:
        raise BadInput("command_too_long", action=undo.label)
    return True


def action_named(word: str, legal: Collection[str] = ()) -> Action:
    """Return the action whose name ``word`` is, begins or, failing that, is in; legal ones before others."""
    found = [(fit, action) for fit, action in _ranked(word, legal) if fit == 0 or action.key != "undo"]
    if not found:
        raise BadInput("command_unknown", text=word[:40])
    best = [action for fit, action in found if fit == found[0][0]]
    meant = [action for action in best if action.key in legal] or best
    if len(meant) > 1:
        raise BadInput("command_ambiguous", text=word[:40], names=_listed(meant))
    return meant[0]


def matching(word: str, legal: Collection[str] = ()) -> list[Action]:
    """Return the actions whose name in either language has ``word``, the best first."""
    return [action for _, action in _ranked(word, legal)]


def _ranked(word: str, legal: Collection[str]) -> list[tuple[int, Action]]:
    found = [(fit, action) for action in actions().values() if (fit := _fit(action.key, word)) is not None]
    return sorted(found, key=lambda one: (one[0], one[1].key not in legal))


def _fit(key: str, word: str) -> int | None:
    """Return 0 where ``word`` is a name of the action, 1 where one begins so, 2 where the Chinese has it."""
    lower, names = word.lower(), _names(key)
    tests = (lower in names, any(name.startswith(lower) for name in names), lower in names[0])
    return tests.index(True) if any(tests) else None


def _names(key: str) -> tuple[str, str, str]:
    facts = _table()[key]
    return facts["zh"], facts["en"].lower(), key


def _listed(found: Sequence[Action]) -> str:
    return " / ".join(action.label for action in found[:6])


def _split(text: str) -> list[str]:
    """Return the words, an action's whole name as one; a number may follow its action without a space."""
    words = text.split()
    glued = GLUED.fullmatch(words[0]) if words else None
    words = [*glued.groups(), *words[1:]] if glued else words
    for length in range(min(len(words), LONGEST_NAME), 1, -1):
        spoken = " ".join(words[:length])
        if any(spoken.lower() in _names(key) for key in actions()):
            return [spoken, *words[length:]]
    return words


def _number(words: list[str], units: Sequence[Choice]) -> tuple[int | None, list[str]]:
    """Return the number that ``words`` begin with, and the rest; a mistyped one is never taken for words."""
    first, *rest = words or [""]
    found = NUMBER.fullmatch(first)
    if found:
        return int(found[1]), rest
    code = any(unit.value.lower() == first.lower() for unit in units)
    if MEANT_AS_NUMBER.fullmatch(first) and _limit(first) is None and not code:
        raise BadInput("command_number", text=first[:40])  # never the open case instead of the one meant
    return None, words


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
