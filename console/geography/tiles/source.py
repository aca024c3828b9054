"""What a base map is made of, wherever it comes from."""

from dataclasses import dataclass
from typing import Protocol

from console.geography.tiles.pyramid import SIDE, Tile

LARGEST = 2 << 20  # bytes of one picture: a square of photographs has a tenth of that
MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True)
class About:
    """Levels that there are, the words that must stand beside the map, pixels of a square's side."""

    coarsest: int
    finest: int
    attribution: str
    side: int = SIDE


class Source(Protocol):
    """Gives pictures square by square. All but ``give_up`` and ``close`` may take long: off the UI thread.

    ``at_once``: how many may be read at a time, ``datum``: what the map is drawn in.
    """

    at_once: int
    datum: str

    def open(self) -> About:
        """Return what the map has; a Problem says what is wrong with it."""

    def read(self, tile: Tile) -> bytes | None:
        """Return the picture of a square, None where there is none.

        Refused and OutOfReach: nothing can be had for a while; BadInput: this picture is none.
        """

    def give_up(self, tile: Tile) -> None:
        """Let a reading that nobody waits for end at once, by any error."""

    def close(self) -> None:
        """Give up everything."""


def is_picture(content: bytes) -> bool:
    """Tell whether ``content`` begins as PNG, JPEG or WebP does."""
    return content.startswith(MAGIC) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
