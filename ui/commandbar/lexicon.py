"""What the words of a command may name: units, people, classes, cases, and the values of closed lists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from console.feed.board import Board
from console.feed.board_search import initials
from console.language import keys, say, tongues
from console.workflow import Option
from ui.directory import Choice, Directory, find
from ui.texts import shown

LISTS = {  # closed lists: by kind, or by action and option where the database lists the values of a line
    "priority": "priority",
    "card": "card",
    "answer": "answer",
    ("confirm", "result"): "confirm-result",
    ("check", "result"): "check-result",
}
CASES = 50  # open ones that are offered at most
WHOLE, BEGUN = 1, 3  # the worst Choice.fit of a word that is a name, and of one that begins it

Choices = Callable[[], Sequence[Choice]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Choices by the kind of an option, those of "number" by what is typed; ``now`` is the server's time."""

    by_kind: Mapping[str, Choices] = field(default_factory=dict)
    cases: Callable[[str], list[Choice]] = lambda _typed: []
    now: Callable[[], float] = lambda: 0.0

    def of(self, action: str, option: Option) -> Sequence[Choice]:
        """Return what ``option`` of ``action`` may name."""
        name = LISTS.get((action, option.name)) or LISTS.get(option.kind)
        if name:
            return listed(name)
        kind = {"units": "unit"}.get(option.kind, option.kind)
        return self.by_kind[kind]() if kind in self.by_kind else ()

    def has(self, action: str, option: Option, word: str) -> bool:
        """Tell whether ``word`` names one of the choices.

        Of a closed list it must begin one, and be the whole name of a further unit: a text keeps its words.
        """
        choices = self.of(action, option)
        closed = (action, option.name) in LISTS or option.kind in LISTS
        worst = WHOLE if option.kind == "units" else BEGUN if closed else None
        if worst is None:
            return bool(find(choices, word))
        fits = [choice.fit(word.lower()) for choice in choices]
        return any(fit is not None and fit <= worst for fit in fits)


def lexicon(directory: Directory, board: Board, now: Callable[[], float]) -> Lexicon:
    """Return the words of one person's desk."""
    by_kind: dict[str, Choices] = {
        "unit": lambda: directory.units,
        "centre": lambda: directory.centres,
        "seat": lambda: directory.seats,
        "person": lambda: directory.people,
        "class": lambda: directory.classes,
        "grid": lambda: directory.grids,
    }
    return Lexicon(by_kind, lambda typed: open_cases(board, typed), now)


def open_cases(board: Board, typed: str) -> list[Choice]:
    """Return open cases that have the figures, the word or the initials ``typed``."""
    slots = board.all_slots()
    found = slots[board.having(slots, typed.lower())][:CASES]
    rows = [board.row_at(int(slot)) for slot in found]
    if typed.isdecimal():  # among all that have the figures those that begin with them
        rows = sorted(rows, key=lambda row: not str(row.number).startswith(typed))
    return [Choice(str(row.number), str(row.number), shown(row.title)) for row in rows]


def listed(name: str) -> list[Choice]:
    """Return the closed list ``name`` of resources/text/dialogs.toml, found in both languages."""
    prefix = f"dialogs.value.{name}."
    found = [key for key in keys() if key.startswith(prefix)]
    return [_listed(key.removeprefix(prefix), say(key), [*tongues(key).values()]) for key in found]


def _listed(value: str, label: str, names: list[str]) -> Choice:
    return Choice(value, label, "", " ".join([*names, value, *map(initials, names)]).lower())
