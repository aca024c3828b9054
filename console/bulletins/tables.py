"""Tables of a bulletin: rows below their heads, with thin lines between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from console.bulletins import words
from console.bulletins.bulletin import Bulletin, plain
from console.bulletins.layout import LINE, Block, Flow, notes, stacked
from console.bulletins.paper import EDGE, WIDTH, Paper
from console.bulletins.paper import ROOM as WIDE
from console.indicators import changes as indicator_changes
from console.indicators import scores
from console.indicators import words as indicator_words
from console.indicators.figures import Figure
from console.indicators.indicator import Indicator
from console.indicators.standing import Standing
from console.language import say

SMALL: Final = 7.5  # points
FEW: Final = 3  # rows of a table that do not stand alone on a page
RANKED: Final = 30  # more rows are in the workbook; so many have room on a page
PARTS: Final = 68.0  # millimetres from the left, where a table of figures says what they are taken of
APART: Final = 4.0  # millimetres between two columns of words
HAIR: Final = 0.1  # millimetres that sums of widths may be off
LOOSER: Final = 1.2  # millimetres that a row of a ranking may be taller
ROLES: Final = {"fine": "fine", "near": "near"}  # what is better and what is worse

Column = tuple[float, float, str]  # from where, how wide, L, C or R
Cell = tuple[str, str]  # text and role


@dataclass(frozen=True, slots=True)
class Table:
    """``heads`` stand above the rows on every page."""

    paper: Paper
    columns: Sequence[Column]
    heads: Sequence[Sequence[str]]
    rows: Sequence[Sequence[Cell]]

    def flow(self, flow: Flow, above: Block) -> None:
        """Put the rows below ``above``, on as many pages as they take; a few do not stand alone."""
        blocks = [self._row(row) for row in self.rows]
        flow.put(above, *self._heads(), *blocks[:FEW])
        for left, block in zip(range(len(blocks) - FEW, 0, -1), blocks[FEW:], strict=True):
            alone = left == FEW and flow.left < FEW * LINE
            if alone or block.tall > flow.left:
                flow.turn()
                flow.put(*self._heads())
            flow.put(block)

    def whole(self) -> Block:
        """Return all of it, not to be torn."""
        return stacked(*self._heads(), *(self._row(row, more=LOOSER) for row in self.rows))

    def _heads(self) -> Iterable[Block]:
        return [self._row([(name, "text2") for name in names], SMALL) for names in self.heads]

    def _row(self, cells: Sequence[Cell], size: float = 9, more: float = 0) -> Block:
        def draw(y: float, tall: float) -> None:
            for (text, role), (x, wide, align) in zip(cells, self.columns, strict=True):
                at = (EDGE + x, y + 0.6 + (tall - LINE) / 2)
                self.paper.text(at, text, size, role, width=wide, align=align)
            self.paper.line((EDGE, y + tall), (WIDTH - EDGE, y + tall), "line", 0.15)

        return Block(LINE, draw, more)


def figures(paper: Paper, bulletin: Bulletin, board: str) -> Table:
    """Return the figures of a board: value, what it is taken of, and how it stands to the stretch before."""
    names = [say(f"bulletins.column.{name}") for name in ("name", "value", "parts", "change")]
    known = list(bulletin.board(board))
    columns = ((0.0, 36.0, "L"), (36.0, 30.0, "R"), *_shared(paper, bulletin, known))
    rows = []
    for indicator, figure in known:
        parts = [words.parts(indicator, figure), indicator_words.short_parts_text(figure)]
        of = paper.fitting(parts, 9, columns[2][1])
        told = (indicator.name, words.value(indicator, figure), of)
        ways = words.changes(bulletin, indicator, figure)
        last = change(paper, ways, indicator_changes.change_role(indicator, figure), 9, columns[-1][1])
        rows.append([*zip(told, ("text", "text", "text2"), strict=True), last])
    return Table(paper, columns, [names], rows)


def _shared(paper: Paper, bulletin: Bulletin, known: Sequence[tuple[Indicator, Figure]]) -> Sequence[Column]:
    """Return the last two columns: changes told in full, what they leave to what shares are taken of.

    That has room for its two numbers, whatever changes take.
    """
    numbers = max(
        (paper.width(indicator_words.short_parts_text(figure), 9) for _, figure in known), default=0
    )
    full = max((paper.width(words.changes(bulletin, *one)[0], 9) for one in known), default=0)
    wide = min(full, WIDE - PARTS - APART - numbers) + HAIR
    return (PARTS, WIDE - PARTS - APART - wide, "L"), (WIDE - wide, wide, "R")


def change(paper: Paper, ways: Sequence[str], role: str, size: float, width: float) -> Cell:
    """Return the fullest way that has room; where that is the last, without a verdict, colour tells none."""
    told = paper.fitting(ways, size, width)
    return told, ROLES.get(role, "text2") if told != ways[-1] else "text2"


def standing(paper: Paper, peers: Standing) -> Block:
    """Return the scores of peers with what each is made of, best first."""
    busy = [row for row in peers.units if row.cases]
    few = [say("bulletins.too_few")] if any(row.place is None for row in busy) else []
    idle = len(peers.units) - len(busy)
    told = [*few, *([say("bulletins.without_cases", count=idle)] if idle else [])]
    return stacked(_scores(paper, peers).whole(), notes(paper, told))


def _scores(paper: Paper, peers: Standing) -> Table:
    none, parts = say("boards.none"), peers.units[0].parts
    columns = [(0.0, 10.0, "R"), (14.0, 34.0, "L"), (48.0, 12.0, "R"), (60.0, 10.0, "C")]
    wide = (WIDE - 70) / max(len(parts), 1)
    columns += [(70 + place * wide, wide, "R") for place in range(len(parts))]
    names = [say(f"scores.{key}") for key in ("unit", "score", "grade")]
    of = [say("bulletins.weight", weight=f"{weight:g}") for weight in (100, *(one.weight for one in parts))]
    heads = [["", *names, *(scores.name(part.key) for part in parts)], ["", "", of[0], "", *of[1:]]]
    rows = []
    for row in [one for one in peers.units if one.cases][:RANKED]:
        score = none if row.score is None else f"{row.score:.1f}"
        cells = [str(row.place or none), plain(row.name), score, row.grade or none]
        role = "text" if row.place else "text3"
        rows.append([(text, role) for text in (*cells, *map(words.share, row.parts))])
    return Table(paper, columns, heads, rows)
