"""The pages of the wall by key, in the order in which they come round."""

from console.indicators.indicator import BOARDS, board_name
from console.language import say

OVERVIEW, MAP, OVERDUE = "overview", "map", "overdue"
PAGES: tuple[str, ...] = (OVERVIEW, MAP, OVERDUE, "incidents", "operations", "people-houses")
MONTH = 30  # days that a board looks back


def page_name(key: str) -> str:
    """Return what a page is called, a board with its period."""
    if key in BOARDS:
        return f"{board_name(key)}  {say(f'boards.days.{MONTH}')}"
    return say(f"wall.page.{key}")
