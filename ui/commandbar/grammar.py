"""Reading a typed command: 派 1042 城管局 2h. The number may be left out; names may be initials.

After the action and the number every word goes where it fits: an amount to the limit, a unit to the unit,
a further one to the co-handlers, a value of a closed list to its option. ``原因=…`` or ``reason=…`` names an
option; words that fit nowhere are its text, or that of the option that takes words.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from console.amounts import parse_limit
from console.errors import BadInput, Problem
from console.intake import instants
from console.workflow import Action, Option, actions
from ui.commandbar.lexicon import LISTS, Lexicon
from ui.commandbar.names import action_named, names_of, whole_name
from ui.directory import resolve

NUMBER = re.compile(r"[#＃]?(\d{1,18})")
MEANT_AS_NUMBER = re.compile(r"[#＃].*|\d.*|[oOlIi]+\d[\doOlIi]*")  # o and l are typed for 0 and 1
GLUED = re.compile(r"([^\W\d_]+)([#＃]?\d.*)")  # 派1042
MEANT_AS_LIMIT = re.compile(r"\d+(\.\d*)?[a-z]{0,4}", re.IGNORECASE)
NAMED = re.compile(r"([^\W\d][\w-]*)[=＝](.*)", re.DOTALL)
WORDS = ("line", "text")  # kinds that take the rest of the line
CHOSEN = (
    "unit",
    "units",
    "centre",
    "seat",
    "person",
    "class",
    "number",
    *(k for k in LISTS if isinstance(k, str)),
)
NOT_TYPED = ("file", "flag", "point", "entry", "command")


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


def read(text: str, lexicon: Lexicon, legal: Collection[str] = (), *, strict: bool = True) -> Typed:
    """Return what ``text`` says; BadInput("command_unknown") or what an option refuses.

    ``strict``: what is not ``legal`` for the open case is refused here, not by the database.
    """
    words = split(text)
    if not words:
        raise BadInput("command_unknown", text="")
    action = action_named(words[0], legal)
    number, rest = _number(words[1:], lexicon)
    if strict and number is None and legal and action.key not in {"report", *legal}:
        raise BadInput("command_not_now", action=action.label)
    typed = Typed(action, number)
    _Reader(typed, lexicon).read(rest)
    return typed


def takes_back(text: str) -> bool:
    """Tell whether ``text`` takes the last step back; BadInput where it goes on to name a case."""
    words = text.split()
    undo = actions()["undo"]
    if not words or words[0].lower() not in names_of(undo.key):
        return False
    if len(words) > 1:
        raise BadInput("command_too_long", action=undo.label)
    return True


def only_number(text: str) -> int | None:
    """Return the number that is all there is in ``text`` (41076, #41076); None where it says more."""
    found = NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def split(text: str) -> list[str]:
    """Return the words, an action's whole name as one; a number may follow its action without a space."""
    words = text.split()
    glued = GLUED.fullmatch(words[0]) if words else None
    return whole_name([*glued.groups(), *words[1:]] if glued else words)


def _number(words: list[str], lexicon: Lexicon) -> tuple[int | None, list[str]]:
    """Return the number that ``words`` begin with, and the rest; a mistyped one is never taken for words."""
    first, *rest = words or [""]
    found = NUMBER.fullmatch(first)
    if found:
        return int(found[1]), rest
    units = lexicon.by_kind.get("unit", tuple)()
    code = any(unit.value.lower() == first.lower() for unit in units)
    if (
        MEANT_AS_NUMBER.fullmatch(first)
        and _limit(first) is None
        and _instant(first, lexicon) is None
        and not code
    ):
        raise BadInput("command_number", text=first[:40])  # never the open case instead of the one meant
    return None, words


class _Reader:
    """Puts the words after the number into the options of ``typed``."""

    def __init__(self, typed: Typed, lexicon: Lexicon) -> None:
        self._typed, self._lexicon = typed, lexicon
        self._texts: dict[str, list[str]] = {}

    def read(self, words: Iterable[str]) -> None:
        taker: Option | None = None  # a text that was begun by its name takes what follows
        for word in words:
            named = NAMED.fullmatch(word)
            option = self._called(named[1]) if named else None
            if named and option:
                taker = option if option.kind in WORDS else None
                self._put(option, named[2])
            elif taker:
                self._put(taker, word)
            elif not self._fits(word):
                self._refuse_limit(word)
                self._put(self._for_words(), word)
        for name, said in self._texts.items():
            self._keep(name, " ".join(said))

    def _called(self, name: str) -> Option | None:
        lower = name.lower()
        options = [one for one in self._typed.action.options if one.kind not in NOT_TYPED]
        return next((one for one in options if lower in {one.name, one.label.lower()}), None)

    def _put(self, option: Option, word: str) -> None:
        """Give ``word`` to ``option``; what cannot be read there is refused."""
        if option.kind in WORDS and (self._typed.action.key, option.name) not in LISTS:
            if word:
                self._texts.setdefault(option.name, []).append(word)
        elif not self._take(option, word):
            self._keep(option.name, word)  # the database says what is wrong with it

    def _fits(self, word: str) -> bool:
        """Give ``word`` to the first free option that it fits."""
        return any(self._take(one, word) for one in self._typed.action.options if self._free(one))

    def _refuse_limit(self, word: str) -> None:
        """Refuse a mistyped limit where one could stand: as words it would leave the case the usual one."""
        asked = any(one.kind == "amount" and self._free(one) for one in self._typed.action.options)
        if asked and not self._texts and MEANT_AS_LIMIT.fullmatch(word):
            parse_limit(word)  # says what is wrong with it

    def _free(self, option: Option) -> bool:
        return option.kind == "units" or option.name not in self._typed.args

    def _take(self, option: Option, word: str) -> bool:
        """Read ``word`` as what ``option`` asks for; False where it is no such thing."""
        if option.kind == "amount":
            return self._keep_read(option, _limit(word), word)
        if option.kind == "instant":
            return self._keep_read(option, _instant(word, self._lexicon), word)
        if option.kind == "number":
            found = NUMBER.fullmatch(word)
            return self._keep_read(option, found[1] if found else None, word)
        action = self._typed.action.key
        closed = (action, option.name) in LISTS
        if not (closed or option.kind in CHOSEN) or not self._lexicon.has(action, option, word):
            return False
        value = resolve(self._lexicon.of(action, option), word)
        if option.kind == "units":
            return self._add(option, value, word)
        return self._keep_read(option, value, word if option.kind not in LISTS and not closed else value)

    def _add(self, option: Option, value: str, word: str) -> bool:
        for kept, one in ((self._typed.args, value), (self._typed.draft, word)):
            before = kept.get(option.name)
            kept[option.name] = [*(before if isinstance(before, list) else []), one]
        return True

    def _keep_read(self, option: Option, value: object, word: str) -> bool:
        if value is not None:
            self._typed.args[option.name], self._typed.draft[option.name] = value, word
        return value is not None

    def _keep(self, name: str, text: str) -> None:
        self._typed.args[name] = self._typed.draft[name] = text

    def _for_words(self) -> Option:
        """Return the option that takes words: a needed one first, then its reason or text."""
        action = self._typed.action
        fit = [option for option in action.options if option.kind in WORDS and not self._settled(option)]
        fit += [option for option in action.options if option.kind not in {*WORDS, *NOT_TYPED}]
        if not fit:
            raise BadInput("command_too_long", action=action.label)
        needed = (option for option in fit if option.required and option.name not in self._typed.args)
        return next(needed, fit[0])

    def _settled(self, option: Option) -> bool:
        return (self._typed.action.key, option.name) in LISTS and option.name in self._typed.args


def _limit(word: str) -> dict[str, object] | None:
    try:
        amount = parse_limit(word)
    except Problem:
        return None
    return {"seconds": amount.seconds, "clock": str(amount.clock)}


def _instant(word: str, lexicon: Lexicon) -> str | None:
    if not re.search(r"\d[:：点/.年-]", word):
        return None
    try:
        return instants.coming(word, datetime.fromtimestamp(lexicon.now(), UTC)).isoformat()
    except (ValueError, OverflowError):
        return None
