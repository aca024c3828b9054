"""By what a board's cases are told apart, and what the parts are called."""

from typing import Final

from console.language import say
from console.spoken import channel_label

PARTS: Final = ("class", "type", "channel", "unit", "day", "hour")
AREAS: Final = ("county", "township", "community", "grid")


def part_label(by: str, name: str) -> str:
    """Return what a part is called: a channel's name, an hour of the week, else its own name."""
    if by == "channel":
        return channel_label(name)
    return hour_label(int(name)) if by == "hour" else name


def hour_label(hour: int) -> str:
    """Return what an hour of the week is called, the first of Monday being 0."""
    day, hour = divmod(hour, 24)
    return f"{say(f'window.weekday.{day + 1}')} {hour:02}:00"
