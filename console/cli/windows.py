"""`demo`, `console`, `wall`: declared here, opened by the entrance; nothing of the screen is loaded."""

from console.cli.usage import Parser, Subparsers
from console.language import say

BOARDS = ("people-houses", "incidents", "operations")


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the commands that show a window."""
    demo = subparsers.add_parser("demo", help=say("cli.demo.help"))
    demo.add_argument("--headless", type=float, metavar="SECONDS", help=say("cli.demo.headless"))
    subparsers.add_parser("console", help=say("cli.console.help")).set_defaults(window="console")
    wall = subparsers.add_parser("wall", help=say("cli.wall.help"))
    wall.add_argument("board", nargs="?", choices=BOARDS, metavar="BOARD", help=say("cli.wall.board"))
    demo.set_defaults(window="demo")
    wall.set_defaults(window="wall")
