"""What a line of the command bar may become, and what it says so far."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from console.errors import BadInput
from console.language import say
from console.workflow import Action, Option
from ui.commandbar import looks
from ui.commandbar.grammar import NOT_TYPED, WORDS, Typed, only_number, read, split
from ui.commandbar.lexicon import LISTS, Lexicon
from ui.commandbar.names import action_named, matching, spoken
from ui.directory import Choice, find
from ui.moments import amount, brief, epoch
from ui.texts import shown

MOST = 8
ENOUGH = 2  # characters by which a case is looked for


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole line, and how it is offered."""

    line: str
    label: str
    hint: str = ""


def complete(text: str, lexicon: Lexicon, legal: Collection[str] = ()) -> list[Completion]:
    """Return what ``text`` may become by its last word, the likeliest first."""
    words = text.split(" ")
    head, last = words[:-1], words[-1]
    shows = [
        Completion(line, shown(label), hint) for line, label, hint in looks.offered(text, lexicon)[:MOST]
    ]
    if looks.named(text) is not None:
        return shows
    if not head:
        acts = [_action(action, last, legal) for action in matching(last, legal)[:MOST]] if last else []
        return [*shows, *acts, *_found(last, lexicon)][:MOST]
    try:
        action = action_named(split(" ".join(head))[0], legal)
    except (BadInput, IndexError):
        return []
    begun = " ".join(head)
    offered = [*_cases(split(begun)[1:], last, lexicon), *_values(action, begun, last, (lexicon, legal))]
    lines = {value: Completion(f"{begun} {value}", label, hint) for value, label, hint in reversed(offered)}
    return [*reversed(lines.values())][:MOST]


def meaning(
    text: str, lexicon: Lexicon, legal: Collection[str], title: Callable[[int | None], str]
) -> tuple[str, bool]:
    """Return what ``text`` says so far, or how its action is written; and whether it is complete.

    ``title(number)`` names a case, of None the open one; "" where it is not known.
    """
    number = only_number(text)
    if number is not None:
        return say("words.open", number=number, title=shown(title(number))).rstrip(), bool(title(number))
    look = looks.told(text, lexicon)
    if look is not None:
        return look
    try:
        typed = read(text, lexicon, legal, strict=False)
    except BadInput:
        return _usage(text, legal), False
    if len(split(text)) == 1 and typed.missing:
        return _usage(text, legal), False
    case = " ".join(part for part in (str(typed.number or ""), shown(title(typed.number))) if part)
    said = [f"{typed.action.label} {case}".rstrip(), *_told(typed, lexicon)]
    if typed.missing:
        missing = say("case.list").join(typed.missing)
        said.append(say("words.missing", options=missing))
    return say("case.dot").join(said), not typed.missing


def _action(action: Action, typed: str, legal: Collection[str]) -> Completion:
    key = QKeySequence(action.shortcut).toString()
    now = "" if not legal or action.key in {"report", *legal} else say("words.not_now")
    return Completion(
        f"{spoken(action, typed)} ", action.label, say("case.dot").join(part for part in (key, now) if part)
    )


def _found(typed: str, lexicon: Lexicon) -> list[Completion]:
    """Return the open cases that ``typed`` names by figures, a word or initials, if it says enough."""
    said = typed.lstrip("#＃")
    found = lexicon.cases(said) if len(said) >= ENOUGH else []
    return [Completion(case.value, case.label, case.hint) for case in found]


def _cases(before: list[str], last: str, lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    """Yield open cases, as long as no number stands there and nothing else either."""
    if last and not before:
        for case in lexicon.cases(last.lstrip("#＃")):
            yield f"{case.value} ", case.label, case.hint


def _values(
    action: Action, begun: str, last: str, known: tuple[Lexicon, Collection[str]]
) -> Iterator[tuple[str, str, str]]:
    """Yield the values that fit an option that is free still."""
    lexicon, legal = known
    try:
        taken = read(begun, lexicon, legal, strict=False).args
    except BadInput:
        return
    for option in action.options:
        if option.kind == "units" or option.name not in taken:
            for choice in _fitting(action, option, last, lexicon)[:MOST]:
                yield f"{choice.label} ", choice.label, f"{option.label}  {choice.hint}".rstrip()
    for option in action.options:
        if last and option.kind not in NOT_TYPED and option.label.lower().startswith(last.lower()):
            yield f"{option.label}=", f"{option.label}=", ""


def _fitting(action: Action, option: Option, last: str, lexicon: Lexicon) -> list[Choice]:
    """Return what ``last`` may name; nothing typed yet offers closed lists alone."""
    closed = (action.key, option.name) in LISTS or option.kind in LISTS
    choices = lexicon.of(action.key, option)
    if not last:
        return list(choices) if closed else []
    return find(choices, last)


def _usage(text: str, legal: Collection[str]) -> str:
    """Return how the action that ``text`` begins with is written; "" where that is not clear."""
    words = split(text)
    try:
        action = action_named(words[0], legal) if words else None
    except BadInput:
        return ""
    if action is None:
        return ""
    slots = [
        option.label if option.required else f"[{option.label}]"
        for option in action.options
        if _typed(option)
    ]
    return say("words.usage", action=action.label, options=" ".join(slots))


def _typed(option: Option) -> bool:
    return option.kind not in NOT_TYPED and option.kind != "datum"


def _told(typed: Typed, lexicon: Lexicon) -> Iterator[str]:
    for option in typed.action.options:
        if option.name in typed.args:
            yield f"{option.label} {shown(_word(typed, option, lexicon))}"


def _word(typed: Typed, option: Option, lexicon: Lexicon) -> str:
    """Return an option's value as people say it."""
    value = typed.args[option.name]
    if isinstance(value, dict):
        return amount(value["seconds"], value["clock"])
    if isinstance(value, list):
        return say("case.list").join(_name(typed, option, str(one), lexicon) for one in value)
    if option.kind == "instant":
        return brief(epoch(str(value)) or 0.0, lexicon.now())
    if option.kind in WORDS and (typed.action.key, option.name) not in LISTS:
        return say("report.quoted", word=value)
    return _name(typed, option, str(value), lexicon)


def _name(typed: Typed, option: Option, value: str, lexicon: Lexicon) -> str:
    choices = lexicon.of(typed.action.key, option)
    return next((choice.label for choice in choices if choice.value == value), value)
