"""Actions by what people call them: in either language, whole, begun, or a part of the Chinese name."""

from collections.abc import Collection, Sequence

import resources
from console.errors import BadInput
from console.feed.board_search import initials
from console.workflow import Action, actions

LONGEST_NAME = 4  # words: Attach to head incident


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


def names_of(key: str) -> tuple[str, str, str, str]:
    """Return what the action ``key`` is called: Chinese, English, its key, its initials."""
    facts = _table()[key]
    return facts["zh"], facts["en"].lower(), key, initials(facts["zh"])


def spoken(action: Action, typed: str) -> str:
    """Return the action's name in the language that is typed; initials stand for the Chinese one."""
    zh, en, key, short = names_of(action.key)
    english = typed.isascii() and not short.startswith(typed.lower())
    return (key if key.startswith(typed.lower()) else en) if english else zh


def whole_name(words: Sequence[str]) -> list[str]:
    """Return ``words`` with an action's name of several words as one."""
    for length in range(min(len(words), LONGEST_NAME), 1, -1):
        said = " ".join(words[:length])
        if any(said.lower() in names_of(key) for key in actions()):
            return [said, *words[length:]]
    return list(words)


def _ranked(word: str, legal: Collection[str]) -> list[tuple[int, Action]]:
    found = [(fit, action) for action in actions().values() if (fit := _fit(action.key, word)) is not None]
    return sorted(found, key=lambda one: (one[0], one[1].key not in legal))


def _fit(key: str, word: str) -> int | None:
    """Return 0 for a name, 1 where one begins so, 2 for a part of the Chinese one, 3 for initials."""
    lower = word.lower()
    *names, short = names_of(key)
    begun = any(name.startswith(lower) for name in names)
    tests = (lower in names, begun, lower in names[0], short.startswith(lower))
    return tests.index(True) if any(tests) else None


def _listed(found: Sequence[Action]) -> str:
    return " / ".join(action.label for action in found[:6])


def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = resources.table("actions.toml")["actions"]
    return found
