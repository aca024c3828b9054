"""Pages filled from top to bottom with what is not torn; what a page has left goes to what may be taller."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from console.bulletins.paper import EDGE, FOOT, ROOM, Paper

LINE = 6.2  # millimetres that a row takes
NOTE = LINE - 1


@dataclass(frozen=True, slots=True)
class Block:
    """What stands on one page: at least so ``tall``, at most so much ``more``.

    ``draw`` is told where it begins and how tall it is.
    """

    tall: float
    draw: Callable[[float, float], None]
    more: float = 0.0


class Flow:
    """Takes blocks and draws a page of ``paper`` when it is full."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._held: list[Block] = []

    @property
    def left(self) -> float:
        """Return how much room the page has left."""
        return FOOT - EDGE - sum(block.tall for block in self._held)

    def put(self, *blocks: Block) -> None:
        """Put blocks that stay together on this page or, where not all have room on it, on the next."""
        if sum(block.tall for block in blocks) > self.left:
            self.turn()
        self._held += blocks

    def fill(self, blocks: Iterable[Block]) -> None:
        """Put the first that has room, time after time: no page ends half empty for the sake of an order."""
        waiting = list(blocks)
        while waiting:
            place = next((at for at, block in enumerate(waiting) if block.tall <= self.left), 0)
            self.put(waiting.pop(place))

    def space(self, tall: float) -> None:
        """Leave some room, but not at the head of a page."""
        if self._held:
            self._held.append(Block(tall, lambda _y, _tall: None))

    def turn(self) -> None:
        """End the page, if anything stands on it."""
        if not self._held:
            return
        self._paper.new_page()
        most = sum(block.more for block in self._held)
        share = min(max(self.left, 0) / most, 1) if most else 0
        y = EDGE
        for block in self._held:
            tall = block.tall + block.more * share
            block.draw(y, tall)
            y += tall
        self._held = []


def beside(left: Block, right: Block) -> Block:
    """Return two blocks that stand beside each other, their rows as tall."""
    tall, more = max(left.tall, right.tall), max(left.more, right.more)

    def draw(y: float, given: float) -> None:
        share = (given - tall) / more if more else 0
        for one in (left, right):
            one.draw(y, one.tall + one.more * share)

    return Block(tall, draw, more)


def notes(paper: Paper, told: Iterable[str], x: float = EDGE, wide: float = ROOM) -> Block:
    """Return in small letters what is to be known of what stands above; nothing to be told takes no room."""
    text = "    ".join(told)
    lines = list(paper.wrapped(text, 8, wide)) if text else []

    def draw(y: float, _tall: float) -> None:
        for at, line in enumerate(lines):
            paper.text((x, y + at * NOTE + 0.6), line, 8, "text3", width=wide)

    return Block(len(lines) * NOTE, draw)


def stacked(*blocks: Block) -> Block:
    """Return blocks below each other that are not torn apart."""
    tall, more = (sum(getattr(block, name) for block in blocks) for name in ("tall", "more"))

    def draw(y: float, given: float) -> None:
        share = (given - tall) / more if more else 0
        for block in blocks:
            mine = block.tall + block.more * share
            block.draw(y, mine)
            y += mine

    return Block(tall, draw, more)
