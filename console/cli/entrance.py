"""The way in: words → one command → its answer and exit code.

Only the group of the command that is asked for is loaded, so that `doctor` runs where packages are missing.
"""

import argparse
import asyncio
import importlib.metadata
import inspect
import tomllib
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import resources
from console import language
from console.cli import crash, output, usage
from console.cli.answer import Answer
from console.cli.interrupts import interrupts
from console.errors import OutOfReach, Problem
from console.language import say

INTERRUPTED: Final = 130  # by Ctrl-C, where no signal of ours told it
GROUPS: Final = {  # command → module of console.cli.commands, in the order of the help
    "demo": "windows",
    "console": "windows",
    "wall": "windows",
    "worker": "worker",
    "database": "database",
    "operator": "operators",
    "import": "imports",
    "export": "exports",
    "incident": "incident",
    "handover": "handover",
    "message": "messages",
    "seats": "seats",
    "near": "around",
    "within": "around",
    "grid": "grids",
    "resource": "grids",
    "staff": "grids",
    "attendance": "operations",
    "group": "operations",
    "work": "operations",
    "flag": "inspections",
    "inspection": "inspections",
    "registry": "registry",
    "spot": "registry",
    "visit": "registry",
    "board": "board",
    "score": "score",
    "bulletin": "bulletin",
    "campaign": "campaign",
    "replay": "replay",
    "deadline": "deadline",
    "verify": "verify",
    "doctor": "doctor",
}

Window = Callable[[argparse.Namespace], int]


def run(argv: Sequence[str], window: Window) -> int:
    """Run the command that ``argv`` says and return its exit code; ``window`` opens the screen.

    A signal to end counts more than what it then looks like: the code is 128 and its number, nothing is said.
    """
    output.calm()
    with interrupts:
        code = _ended(argv, window)
    return interrupts.code or code


def _ended(argv: Sequence[str], window: Window) -> int:
    as_json = "--json" in argv
    folder: list[Path] = []
    try:
        return _run(argv, window, folder)
    except SystemExit as end:  # the help has been shown
        return int(end.code or 0)
    except (KeyboardInterrupt, asyncio.CancelledError):
        return INTERRUPTED
    except BrokenPipeError:
        output.hush()
        return 0
    except Exception as error:  # noqa: BLE001  the outermost edge: logged, and a sentence instead of a traceback
        if interrupts.code:
            return interrupts.code
        problem = error if isinstance(error, Problem) else crash.recorded(error, next(iter(folder), None))
        return _told(problem, as_json=as_json)


def _told(problem: Problem, *, as_json: bool) -> int:
    try:
        output.tell(problem, as_json=as_json)
    except BrokenPipeError:
        output.hush()
    return problem.exit_code


def _run(argv: Sequence[str], window: Window, folder: list[Path]) -> int:
    given, words = usage.everywhere(argv)
    if given.language:
        language.use(given.language)
    if words[:1] == ["--version"]:  # after a command it is the version of an incident
        output.give(_version(), as_json=given.json)
        return 0
    if words[:1] == ["doctor"]:
        arguments = parser(words).parse_args(words, given)
        return int(arguments.run(arguments))
    return _command(given, words, window, folder)


def _command(given: argparse.Namespace, words: list[str], window: Window, folder: list[Path]) -> int:
    session = _loaded("console.cli.session")
    settings = session.settings_of(given)
    folder.append(settings.state)
    language.use(settings.language)
    arguments = parser(words).parse_args(words, given)
    arguments.database = settings.database
    if hasattr(arguments, "window"):
        return window(arguments)
    any_age = getattr(arguments, "any_age", False)
    answer = interrupts.carry(_answer(arguments, session.Session(settings, any_age=any_age)))
    output.give(answer, as_json=given.json)
    return answer.exit_code


async def _answer(arguments: argparse.Namespace, session: Any) -> Answer:  # noqa: ANN401  loaded late
    """Run the command; one that is ``unopened`` (it makes the database) connects for itself."""
    async with session.unopened() if getattr(arguments, "unopened", False) else session:
        try:
            found = arguments.run(arguments, session)
            if inspect.isawaitable(found):
                found = await found
        except Problem as problem:
            raise await _loaded("console.cli.near").guided(problem, session) from problem
    return found if isinstance(found, Answer) else Answer(found)


def parser(words: Sequence[str]) -> usage.Parser:
    """Return the parser of the command that ``words`` begin with; of all commands where it is none."""
    whole = usage.Parser(prog="gridseat", description=say("cli.about"))
    usage.describe_global(whole)
    commands = whole.add_subparsers(dest="area", metavar="COMMAND", required=True, title=say("cli.commands"))
    wanted = {GROUPS[words[0]]} if words and words[0] in GROUPS else set(GROUPS.values())
    for group in dict.fromkeys(GROUPS.values()):
        if group in wanted:
            _loaded(f"console.cli.commands.{group}").add(commands)
    return whole


def _loaded(name: str) -> Any:  # noqa: ANN401  a module
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise OutOfReach("package_missing", package=error.name) from error


def _version() -> Answer:
    try:
        found = importlib.metadata.version("gridseat")
    except importlib.metadata.PackageNotFoundError:
        project = resources.path("../pyproject.toml").read_text(encoding="utf-8")
        found = tomllib.loads(project)["project"]["version"]
    return Answer({"name": "gridseat", "version": found}, human=f"gridseat {found}")
