"""What can go wrong, as types. Each carries a code; its sentence stands in resources/text/errors.toml."""

from typing import ClassVar

from console.language import knows, say
from console.spoken import spoken


class Problem(Exception):  # noqa: N818  a refusal is no error of the program
    """Something a user must hear about: a code, a sentence in the spoken language, facts for scripts."""

    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def sentence(self) -> str:
        """Return what happened and what to do, in the spoken language."""
        key = f"errors.{self.code}"
        if not knows(key):
            return f"{say('errors.unknown')} ({self.code})"
        facts = spoken(self.facts)
        return say(key, **facts) + (say("errors.meant", **facts) if self.facts.get("meant") else "")

    def __str__(self) -> str:
        return self.sentence


class Refused(Problem):
    """A rule said no; nothing was changed."""

    exit_code = 1


class BadInput(Problem):
    """The input or the usage is wrong; nothing was done."""

    exit_code = 2


class OutOfReach(Problem):
    """The database cannot be reached or answered too late."""

    exit_code = 3
