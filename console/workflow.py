"""The workflow as consoles read it: actions with their labels, keys and options."""

from dataclasses import dataclass
from functools import cache

import resources
from console.language import choose


@dataclass(frozen=True, slots=True)
class Option:
    """One option of an action; ``kind`` says what it names ("unit", "amount", "text" …)."""

    name: str
    kind: str
    required: bool

    @property
    def label(self) -> str:
        """Return the option's name in the spoken language."""
        return choose(resources.table("actions.toml")["options"][self.name])

    def __str__(self) -> str:
        """Return the label, in whatever language a sentence that was kept is said again."""
        return self.label


@dataclass(frozen=True, slots=True)
class Action:
    """One action of the workflow, with the key that does it."""

    key: str
    shortcut: str
    options: tuple[Option, ...]
    undoable: bool
    versioned: bool = True

    @property
    def label(self) -> str:
        """Return the action's name in the spoken language."""
        return choose(resources.table("actions.toml")["actions"][self.key])


@cache
def actions() -> dict[str, Action]:
    """Return all actions by key, in the order of the table."""
    return {
        key: Action(
            key,
            facts["key"],
            tuple(_option(text) for text in facts["options"]),
            facts.get("undo", False),
            facts.get("versioned", True),
        )
        for key, facts in resources.table("actions.toml")["actions"].items()
    }


def _option(text: str) -> Option:
    """Read ``name!`` or ``name:kind!``; the kind is the option's own unless it is given."""
    name, _, kind = text.rstrip("!").partition(":")
    return Option(name, kind or resources.table("actions.toml")["options"][name]["kind"], text.endswith("!"))
