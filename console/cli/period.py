"""Which part of the tree and which days a figure is asked for: the same options wherever figures are told."""

from datetime import date

from console.cli.arguments import whole_number
from console.cli.hidden import demand
from console.cli.usage import Parser
from console.errors import BadInput
from console.intake import instants
from console.intake.hygiene import excerpt
from console.language import say


def add(parser: Parser) -> None:
    """Add the options that say whose figures over which days."""
    organisation(parser)
    stretch(parser)
    parser.add_argument("--until", type=day, metavar="DAY", help=say("boards.until_help"))


def stretch(parser: Parser) -> None:
    """Add the option that says how many days back."""
    parser.add_argument("--days", type=days, default=30, metavar="N", help=say("boards.days_help"))


def organisation(parser: Parser) -> None:
    """Add the option that names a part of the tree."""
    parser.add_argument("--organisation", type=_named, metavar="CODE", help=say("boards.organisation_help"))


def day(text: str) -> date:
    """Return a day as people write it."""
    try:
        return instants.day(text)
    except (ValueError, OverflowError) as error:
        raise BadInput("day_unreadable", text=excerpt(text)) from error


def days(text: str) -> int:
    """Return a number of days; which ones the database takes, it says itself."""
    try:
        return whole_number(text, "version")
    except BadInput as error:
        raise BadInput("bad_days", days=excerpt(text)) from error


def _named(text: str) -> str:
    return demand(text, "organisation")
