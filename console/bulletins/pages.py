"""A bulletin as PDF: head, summary, key figures, the boards with their charts and rankings, comments."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from console.bulletins import charts, sentences, tables, words
from console.bulletins.bulletin import Bulletin, plain
from console.bulletins.charts import Area
from console.bulletins.layout import LINE, Block, Flow, notes, stacked
from console.bulletins.marks import Mark
from console.bulletins.paper import EDGE, ROOM, WIDTH, Paper
from console.bulletins.plates import plates
from console.bulletins.tables import HAIR
from console.indicators import changes as indicator_changes
from console.indicators import words as indicator_words
from console.indicators.figures import BoardFigures, Figure
from console.indicators.indicator import Indicator, board_name
from console.language import say

HEADING: Final = 10.0
APART: Final = 4.0  # between parts
TILE: Final = (42.0, 27.0)
TITLES: Final = (24, 20, 17)  # points; what is longer takes lines of the smallest


def document(bulletin: Bulletin) -> bytes:
    """Return the PDF; the same bulletin gives the same bytes."""
    return _written(bulletin).bytes


def drawn(bulletin: Bulletin) -> list[list[Mark]]:
    """Return what stands on each page, to be drawn elsewhere."""
    return _written(bulletin).pages


def _written(bulletin: Bulletin) -> Paper:
    issued = say("bulletins.digest", digest=bulletin.digest[:16]) if bulletin.digest else ""
    footer = "    ".join(
        [
            words.number(bulletin),
            plain(bulletin.organisation, words.NAME),
            words.period(bulletin),
            say("bulletins.page", page="{page}", pages="{pages}"),
            issued or say("bulletins.draft"),
        ]
    )
    paper = Paper(words.title(bulletin), bulletin.organisation, bulletin.issued_at, footer)
    _Pages(paper, bulletin).write()
    return paper


class _Pages:
    """Puts the parts of a bulletin in their order."""

    def __init__(self, paper: Paper, bulletin: Bulletin) -> None:
        self._paper, self._bulletin = paper, bulletin
        self._flow = Flow(paper)

    def write(self) -> None:
        self._flow.put(self._head())
        self._said("summary", sentences.summary(self._bulletin))
        self._tiles()
        for key, board in self._bulletin.boards.items():
            if not board.blank:  # three tables of dashes tell no more than the sentence above them
                self._board(key, board)
        self._scores()
        if self._bulletin.comment:
            self._said("comment", words.comment(self._bulletin))
        self._flow.turn()

    def _head(self) -> Block:
        paper, bulletin = self._paper, self._bulletin
        text = words.title(bulletin)
        size = next((one for one in TITLES if paper.width(text, one) <= ROOM), TITLES[-1])
        lines, tall = list(paper.wrapped(text, size, ROOM)), size * 0.54

        def draw(y: float, _tall: float) -> None:
            y += 4
            for line in lines:
                paper.text((EDGE, y), line, size, "urgent", align="C", strong=True)
                y += tall
            paper.text((EDGE, y + 3), words.number(bulletin), 12, align="C")
            paper.line((EDGE, y + 12), (WIDTH - EDGE, y + 12), "urgent", 0.9)
            paper.line((EDGE, y + 13.4), (WIDTH - EDGE, y + 13.4), "urgent", 0.25)
            self._when(y + 15.5)

        return Block(29 + tall * len(lines), draw)

    def _when(self, y: float) -> None:
        """Write the days that it tells of and, in the room that they leave, when it was issued."""
        told = words.stretch(self._bulletin)
        wide = min(self._paper.width(told, 10.5) + HAIR, ROOM * 0.7)
        self._paper.text((EDGE, y), told, 10.5, "text2", width=wide)
        at, left = (EDGE + wide + APART, y), ROOM - wide - APART
        self._paper.text(at, words.issued(self._bulletin), 10.5, "text2", width=left, align="R")

    def _heading(self, text: str) -> Block:
        def draw(y: float, _tall: float) -> None:
            self._paper.box((EDGE, y + 1.2), (1.4, 5.2), "urgent")
            self._paper.text((EDGE + 4, y), text, 14, strong=True)

        return Block(HEADING, draw)

    def _said(self, part: str, paragraphs: Iterable[str]) -> None:
        """Put sentences below their heading, which does not stand without the first line."""
        lines = [line for text in paragraphs for line in self._paragraph(text)]
        self._flow.space(APART)
        self._flow.put(self._heading(say(f"bulletins.part.{part}")), *lines[:1])
        for line in lines[1:]:
            self._flow.put(line)

    def _paragraph(self, text: str) -> Iterator[Block]:
        lines = list(self._paper.wrapped(text, 10.5, ROOM - 4))
        for left, line in zip(range(len(lines) - 1, -1, -1), lines, strict=True):
            yield Block(LINE if left else LINE + 1, partial(self._line, line))

    def _line(self, text: str, y: float, _tall: float) -> None:
        self._paper.text((EDGE + 4, y), text, 10.5)

    def _tiles(self) -> None:
        known = [both for key in words.KEY_FIGURES if (both := self._bulletin.figure(key))]
        rows = [self._tile_row(known[place : place + 4]) for place in range(0, len(known), 4)]
        self._flow.space(2)
        self._flow.put(*rows, notes(self._paper, [words.as_of(self._bulletin)]))

    def _tile_row(self, known: list[tuple[Indicator, Figure]]) -> Block:
        gap = (ROOM - 4 * TILE[0]) / 3

        def draw(y: float, _tall: float) -> None:
            for column, (indicator, figure) in enumerate(known):
                self._tile(EDGE + column * (TILE[0] + gap), y, indicator, figure)

        return Block(TILE[1] + 3, draw)

    def _tile(self, x: float, y: float, indicator: Indicator, figure: Figure) -> None:
        paper = self._paper
        paper.box((x, y), TILE, "raised", round_by=1.5)
        paper.text((x + 3, y + 2), indicator.name, 9, "text2", width=TILE[0] - 6)
        value = indicator_words.figure_text(indicator, figure)
        paper.text((x + 3, y + 7), value, 18, width=TILE[0] - 6, strong=True)
        ways = words.changes(self._bulletin, indicator, figure)
        verdict = indicator_changes.change_role(indicator, figure)
        change, role = tables.change(paper, ways, verdict, 7.5, TILE[0] - 6)
        paper.text((x + 3, y + 17), change, 7.5, role, width=TILE[0] - 6)
        line = self._bulletin.boards[indicator.board].spark(figure)
        if not (indicator.present or charts.sparse(line)):
            charts.spark(paper, Area(x + 3, y + 22, TILE[0] - 6, 3.5), line, "accent")

    def _board(self, key: str, board: BoardFigures) -> None:
        self._flow.space(APART)
        tables.figures(self._paper, self._bulletin, key).flow(self._flow, self._heading(board_name(key)))
        self._flow.put(notes(self._paper, words.untold(self._bulletin, key)))
        self._flow.space(APART)
        self._flow.fill(plates(self._paper, board))

    def _scores(self) -> None:
        """Put the scores of those groups in which somebody has a place before somebody else."""
        told = [peers for peers in self._bulletin.scores if peers.ranked and len(peers.units) > 1]
        parts = [
            stacked(self._heading(words.group(peers)), tables.standing(self._paper, peers)) for peers in told
        ]
        self._flow.space(APART)
        self._flow.fill(parts)
