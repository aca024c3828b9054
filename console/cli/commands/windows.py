"""`demo`, `console`, `wall`: declared here, opened by the entrance; nothing of the screen is loaded."""

from argparse import Namespace
from typing import Final

from console.cli.usage import Parser, Subparsers
from console.errors import BadInput
from console.intake.hygiene import excerpt
from console.language import say

SLOWEST: Final = 0.1
FASTEST: Final = 50.0  # ten moves a second, about what one simulator can make
PAGES: Final = ("overview", "map", "overdue", "incidents", "operations", "people-houses")
ALL: Final = "all"


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the commands that show a window."""
    demo = subparsers.add_parser("demo", help=say("cli.demo.help"))
    demo.add_argument("--headless", type=float, metavar="SECONDS", help=say("cli.demo.headless"))
    demo.add_argument("--pace", type=_pace, default=1.0, metavar="FACTOR", help=say("cli.demo.pace"))
    subparsers.add_parser("console", help=say("cli.console.help")).set_defaults(window="console")
    wall = subparsers.add_parser("wall", help=say("cli.wall.help"))
    which = wall.add_mutually_exclusive_group()
    which.add_argument("board", nargs="?", type=_pages, metavar="BOARD", help=say("cli.wall.board"))
    told = say("cli.wall.displays")
    which.add_argument("--displays", nargs="+", type=_pages, metavar="PAGE[,PAGE]", help=told)
    demo.set_defaults(window="demo")
    wall.set_defaults(window="wall")


def _pages(text: str) -> list[str]:
    """Return the pages that one display turns; BadInput("bad_page")."""
    pages = list(PAGES) if text == ALL else text.split(",")
    wrong = next((page for page in pages if page not in PAGES), None)
    if wrong is not None:
        raise BadInput("bad_page", page=excerpt(wrong), pages=", ".join(PAGES))
    return pages


def plan(arguments: Namespace) -> list[list[str]]:
    """Return which pages each display is to turn; none: those of the last time."""
    return arguments.displays or ([arguments.board] if arguments.board else [])


def _pace(text: str) -> float:
    """Return a factor on how much happens in the sample county; BadInput("bad_pace")."""
    try:
        factor = float(text)
    except ValueError:
        factor = 0.0
    if not SLOWEST <= factor <= FASTEST:
        raise BadInput("bad_pace", pace=excerpt(text), least=f"{SLOWEST:g}", most=f"{FASTEST:g}")
    return factor
