"""How commands are read: argparse in the spoken language, whose complaints are errors of ours."""

import argparse
import ast
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NoReturn

from console.errors import BadInput
from console.intake.hygiene import excerpt
from console.language import LANGUAGES, say
from console.spoken import width as cells

SHOWN: Final = 300

Subparsers = argparse._SubParsersAction  # noqa: SLF001  argparse names the type only so
_PIECES: Final = re.compile(r"[“‘（《]*(?:[!-~]+|\s|.)[，。、；：？！”’）》]*")
_COMPLAINTS: Final = (
    ("required", re.compile(r"the following arguments are required: (?P<what>.*)", re.DOTALL)),
    ("one_of", re.compile(r"one of the arguments (?P<what>.*) is required", re.DOTALL)),
    ("unrecognized", re.compile(r"unrecognized arguments: (?P<what>.*)", re.DOTALL)),
    (
        "choice",
        re.compile(
            r"argument (?P<what>.+?): invalid choice: (?P<value>.*) \(choose from (?P<choices>.*)\)",
            re.DOTALL,
        ),
    ),
    ("value", re.compile(r"argument (?P<what>.+?): expected (?:one|at least one|\d+) arguments?")),
    ("number", re.compile(r"argument (?P<what>.+?): invalid (?:int|float) value: (?P<value>.*)", re.DOTALL)),
    ("together", re.compile(r"argument (?P<what>.+?): not allowed with argument (?P<value>.*)", re.DOTALL)),
)


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong instead of ending the program, and never guesses abbreviations."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  argparse's own
        settings.setdefault("formatter_class", Formatter)
        super().__init__(**settings | {"add_help": False, "allow_abbrev": False})
        self._positionals.title = say("cli.words")
        self._optionals.title = say("cli.options")
        self.add_argument("-h", "--help", action="help", help=say("cli.help"))
        self.later: Callable[[Parser], None] | None = None

    def parse_known_args(self, *words: Any, **settings: Any) -> Any:  # noqa: ANN401  argparse's own
        """Parse; options that are declared ``later`` are so now: of fifty actions, one is asked for.

        What is left over is refused here, so that a command's own usage is shown and not that of all.
        """
        if self.later is not None:
            declare, self.later = self.later, None
            declare(self)
        found, left = super().parse_known_args(*words, **settings)
        if left:
            self.error(f"unrecognized arguments: {' '.join(left)}")
        return found, left

    def error(self, message: str) -> NoReturn:
        """Refuse the usage."""
        raise BadInput("usage", detail=_said(message), usage=" ".join(self.format_usage().split()))


class _Bare(argparse.ArgumentParser):
    """The first reader: takes what may stand anywhere, leaves the rest."""

    def error(self, message: str) -> NoReturn:
        """Refuse the usage."""
        Parser(prog="gridseat").error(message)


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Usage under its name in the spoken language."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401
        """Add the usage line."""
        super().add_usage(usage, actions, groups, say("cli.usage.heading") if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        """Break between words and between Chinese letters, never within a word such as people-houses."""
        lines, line = [], ""
        for piece in _PIECES.findall(" ".join(text.split())):
            if line and cells(line + piece.rstrip()) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        return [*lines, line.rstrip()]


def _said(message: str) -> str:
    for name, pattern in _COMPLAINTS:
        if found := pattern.fullmatch(message):
            facts = {key: excerpt(value, SHOWN) for key, value in found.groupdict().items()}
            if name == "choice":
                facts |= _choice(found["value"], found["choices"])
            return say(f"cli.usage.{name}", **facts)
    return excerpt(message, SHOWN)


def _choice(value: str, choices: str) -> dict[str, str]:
    """Return the word that is none of the choices, and these, as people write them: argparse quotes both."""
    told = re.findall(r"'([^']*)'", choices) or choices.split(", ")
    try:
        word = str(ast.literal_eval(value))
    except (ValueError, SyntaxError):
        word = value
    return {"value": excerpt(word), "choices": say("intake.comma").join(told)}


def everywhere(argv: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """Read the options that may stand anywhere; return them and the words that are left."""
    parser = _Bare(add_help=False, allow_abbrev=False)
    _global(parser)
    return parser.parse_known_args(argv)


def describe_global(parser: argparse.ArgumentParser) -> None:
    """Name the options that may stand anywhere in the help of ``parser``."""
    _global(parser)
    parser.add_argument("--version", action="store_true", help=say("cli.option.version"))


def _global(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", metavar="URL", help=say("cli.option.database"))
    parser.add_argument("--as", dest="operator", metavar="OPERATOR", help=say("cli.option.as"))
    parser.add_argument("--json", action="store_true", help=say("cli.option.json"))
    parser.add_argument("--language", choices=LANGUAGES, help=say("cli.option.language"))


def declare(
    subparsers: "Subparsers[Parser]", areas: Mapping[str, Mapping[str, tuple[Any, Any]]], texts: str
) -> None:
    """Declare each area's steps: what runs, and what adds its options; ``texts`` has what they do."""
    for area, steps in areas.items():
        parser = subparsers.add_parser(area, help=say(f"{texts}.{area}"))
        below = parser.add_subparsers(dest="step", metavar="STEP", required=True)
        for step, (run, options) in steps.items():
            new = below.add_parser(step, help=say(f"{texts}.{area}_{step}"))
            options(new)
            new.set_defaults(run=run)
