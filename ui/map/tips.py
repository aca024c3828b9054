"""What the card under the cursor says of an incident or a grid, beyond what the map itself knows."""

from typing import Protocol

from console.language import say


class Tips(Protocol):
    """Asked at every step of the cursor: answers at once, from what is known."""

    def incident(self, number: int, grade: str) -> list[str]:
        """Return the lines about an incident, the first one the heading."""

    def grid(self, code: str) -> list[str]:
        """Return the lines below the name and the figure of a grid."""


class Plain:
    """Knows number and grade, and the code."""

    def incident(self, number: int, grade: str) -> list[str]:
        """Return number and grade."""
        return [say("map.incident", number=number, grade=say(f"map.{grade}"))]

    def grid(self, code: str) -> list[str]:
        """Return the code."""
        return [code]
