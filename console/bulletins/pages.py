"""A bulletin as PDF: head, summary, key figures, the boards with their charts and rankings, comments."""

from collections.abc import Sequence
from typing import Final

from console.bulletins import charts, words
from console.bulletins.bulletin import Bulletin, plain
from console.bulletins.charts import Area, Drawn
from console.bulletins.marks import Mark
from console.bulletins.paper import EDGE, HEIGHT, ROOM, WIDTH, Paper
from console.indicators import scores
from console.indicators import words as indicator_words
from console.indicators.figures import BoardFigures, Figure, Rank, Series
from console.indicators.indicator import Indicator, board_name, indicators
from console.indicators.standing import Standing
from console.language import say

FOOT: Final = HEIGHT - 20
LINE: Final = 6.2
SMALL: Final = 7.5  # points
CHART: Final = 62.0
TILE: Final = (42.0, 27.0)
TOGETHER: Final = 20  # rows of a ranking that are not torn apart
RANKED: Final = 30  # more rows are in the workbook
ROLES: Final = {"fine": "fine", "near": "near"}  # what is better and what is worse
DRAW: Final = {"trend": charts.trend, "pareto": charts.pareto, "bars": charts.bars, "places": charts.places}


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
            say("bulletins.page", page="{page}", pages="{pages}"),
            issued or say("bulletins.draft"),
        ]
    )
    paper = Paper(words.title(bulletin), bulletin.organisation, bulletin.issued_at, footer)
    _Pages(paper, bulletin).write()
    return paper


Column = tuple[float, float, str]  # from where, how wide, L, C or R
Cell = tuple[str, str]  # text and role


class _Pages:
    """Writes from top to bottom; ``_y`` is where the next thing goes."""

    def __init__(self, paper: Paper, bulletin: Bulletin) -> None:
        self._paper, self._bulletin = paper, bulletin
        self._y = 0.0

    def write(self) -> None:
        self._turn()
        self._head()
        self._heading(say("bulletins.part.summary"))
        for sentence in words.summary(self._bulletin):
            self._paragraph(sentence)
        self._tiles()
        for key, board in self._bulletin.boards.items():
            self._board(key, board)
        for peers in self._bulletin.scores:
            if any(row.cases for row in peers.units):
                self._scores(peers)
        if self._bulletin.comment:
            self._heading(say("bulletins.part.comment"))
            for line in words.comment(self._bulletin):
                self._paragraph(line)

    def _turn(self) -> None:
        self._paper.new_page()
        self._y = EDGE

    def _need(self, tall: float) -> None:
        if self._y + tall > FOOT:
            self._turn()

    def _head(self) -> None:
        paper, bulletin = self._paper, self._bulletin
        paper.text((EDGE, 22), words.title(bulletin), 24, "urgent", align="C", strong=True)
        paper.text((EDGE, 38), words.number(bulletin), 12, align="C")
        paper.line((EDGE, 47), (WIDTH - EDGE, 47), "urgent", 0.9)
        paper.line((EDGE, 48.4), (WIDTH - EDGE, 48.4), "urgent", 0.25)
        paper.text((EDGE, 50.5), words.period(bulletin), 10.5, "text2")
        paper.text((EDGE, 50.5), words.issued(bulletin), 10.5, "text2", align="R")
        self._y = 60

    def _heading(self, text: str, after: float = 30) -> None:
        self._need(10 + after)
        self._paper.box((EDGE, self._y + 1.2), (1.4, 5.2), "urgent")
        self._paper.text((EDGE + 4, self._y), text, 14, strong=True)
        self._y += 10

    def _paragraph(self, text: str) -> None:
        for line in self._paper.wrapped(text, 10.5, ROOM - 4):
            self._need(LINE)
            self._paper.text((EDGE + 4, self._y), line, 10.5)
            self._y += LINE
        self._y += 1

    def _tiles(self) -> None:
        known = [both for key in words.KEY_FIGURES if (both := self._bulletin.figure(key))]
        gap = (ROOM - 4 * TILE[0]) / 3
        self._y += 2
        for place in range(0, len(known), 4):
            self._need(TILE[1] + 3)
            for column, (indicator, figure) in enumerate(known[place : place + 4]):
                self._tile(EDGE + column * (TILE[0] + gap), indicator, figure)
            self._y += TILE[1] + 3
        self._paper.text((EDGE, self._y - 1), say("bulletins.as_of"), 8, "text3")
        self._y += 7

    def _tile(self, x: float, indicator: Indicator, figure: Figure) -> None:
        paper, y = self._paper, self._y
        paper.box((x, y), TILE, "raised", round_by=1.5)
        paper.text((x + 3, y + 2), indicator.name, 9, "text2", width=TILE[0] - 6)
        paper.text((x + 3, y + 7), _value(indicator, figure), 18, width=TILE[0] - 6, strong=True)
        change = indicator_words.change_text(indicator, figure)
        role = ROLES.get(indicator_words.change_role(indicator, figure), "text3")
        paper.text((x + 3, y + 17), change, 7.5, role, width=TILE[0] - 6)
        if not indicator.present:
            charts.spark(paper, Area(x + 3, y + 22, TILE[0] - 6, 3.5), figure.spark, "accent")

    def _board(self, key: str, board: BoardFigures) -> None:
        self._heading(board_name(key), 40)
        self._table(self._bulletin.board(key))
        for series in board.series:
            by_hour = board.step == "hour" and words.in_percent(series)  # shares of a case or two
            if series.kind in DRAW and not by_hour and any(any(line.values) for line in series.lines):
                self._chart(board, series)
        self._ranking(board)

    def _table(self, rows: list[tuple[Indicator, Figure]]) -> None:
        columns = ((0.0, 42.0, "L"), (42.0, 30.0, "R"), (76.0, 62.0, "L"), (138.0, 36.0, "R"))
        names = [say(f"bulletins.column.{name}") for name in ("name", "value", "parts", "change")]
        cells = []
        for indicator, figure in rows:
            role = ROLES.get(indicator_words.change_role(indicator, figure), "text2")
            told = (indicator.name, _value(indicator, figure), words.parts(indicator, figure),
                    indicator_words.change_text(indicator, figure))  # fmt: skip
            cells.append(list(zip(told, ("text", "text", "text2", role), strict=True)))
        self._rows(columns, [names], cells)
        self._y += 4

    def _rows(self, columns: Sequence[Column], head: list[list[str]], rows: list[list[Cell]]) -> None:
        """Write rows below their ``head``, which begins every page."""

        def heads() -> None:
            for names in head:
                self._row(columns, [(name, "text2") for name in names], SMALL)

        heads()
        for row in rows:
            if self._y + LINE > FOOT:
                self._turn()
                heads()
            self._row(columns, row)

    def _scores(self, peers: Standing) -> None:
        none = say("boards.none")
        parts = peers.units[0].parts
        columns = [(0.0, 10.0, "R"), (14.0, 34.0, "L"), (48.0, 12.0, "R"), (60.0, 10.0, "C")]
        wide = (ROOM - 70) / max(len(parts), 1)
        columns += [(70 + place * wide, wide, "R") for place in range(len(parts))]
        self._heading(words.group(peers), 20)
        names = [say(f"scores.{key}") for key in ("unit", "score", "grade")]
        of = [
            say("bulletins.weight", weight=f"{weight:g}") for weight in (100, *(one.weight for one in parts))
        ]
        head = [["", *names, *(scores.name(part.key) for part in parts)], ["", "", of[0], "", *of[1:]]]
        busy = [row for row in peers.units if row.cases]
        rows = []
        for row in busy[:RANKED]:
            score = none if row.score is None else f"{row.score:.1f}"
            cells = [str(row.place or none), plain(row.name), score, row.grade or none]
            role = "text" if row.place else "text3"
            rows.append([(text, role) for text in (*cells, *map(words.share, row.parts))])
        self._rows(columns, head, rows)
        notes = [say("bulletins.too_few")]
        if len(busy) < len(peers.units):
            notes.append(say("bulletins.without_cases", count=len(peers.units) - len(busy)))
        self._paper.text((EDGE, self._y + 1), "    ".join(notes), 8, "text3")
        self._y += 8

    def _row(self, columns: Sequence[Column], cells: Sequence[Cell], size: float = 9) -> None:
        self._need(LINE)
        for (text, role), (x, wide, align) in zip(cells, columns, strict=True):
            self._paper.text((EDGE + x, self._y + 0.6), text, size, role, width=wide, align=align)
        self._y += LINE
        self._paper.line((EDGE, self._y), (WIDTH - EDGE, self._y), "line", 0.15)

    def _chart(self, board: BoardFigures, series: Series) -> None:
        labels = words.mark_labels(series) or [
            indicator_words.step_label(board, step) for step in range(len(board.edges) - 1)
        ]
        lines = [(words.line_name(line.key), line.values) for line in series.lines]
        drawn = Drawn(labels, lines, percent=words.in_percent(series))
        tall = CHART if series.kind in {"trend", "pareto"} else min(8 + charts.ROW * len(labels), CHART)
        self._need(tall + 12)
        self._paper.text((EDGE, self._y), words.series_name(series.key), 10.5, strong=True)
        DRAW[series.kind](self._paper, Area(EDGE, self._y + 7, ROOM, tall), drawn)
        self._y += tall + 12

    def _ranking(self, board: BoardFigures) -> None:
        indicator = indicators().get(board.ranking.figure)
        rows = words.ranked(board)[:RANKED]
        if indicator is None or not any(row.value for _, row in rows):
            return
        self._need(14 + LINE * (len(rows) if len(rows) <= TOGETHER else 6))
        titled = say("bulletins.part.ranking", board=board_name(board.board), figure=indicator.name)
        self._paper.text((EDGE, self._y), titled, 10.5, strong=True)
        self._y += 8
        top = max((row.value or 0 for _, row in rows), default=0) or 1
        for place, row in rows:
            self._ranked(board, place, row, top)
        if rows[-1][0] == say("boards.none"):
            self._need(LINE)
            self._paper.text((EDGE + 12, self._y + 0.6), say("bulletins.too_few"), 8, "text3")
            self._y += LINE
        self._y += 5

    def _ranked(self, board: BoardFigures, place: str, row: Rank, top: float) -> None:
        self._need(LINE)
        paper, y, room = self._paper, self._y, 62.0
        paper.text((EDGE, y + 0.6), place, 9, "text2", width=8, align="R")
        paper.text((EDGE + 12, y + 0.6), plain(row.name), 9, width=50)
        paper.box((EDGE + 64, y + 1.8), (room, 2.8), "raised", round_by=0.8)
        if row.value:
            role = "choropleth2" if place == say("boards.none") else "accent"
            paper.box((EDGE + 64, y + 1.8), (max(room * row.value / top, 0.8), 2.8), role, round_by=0.4)
        paper.text((EDGE + 128, y + 0.6), words.rank_text(board, row), 9, width=20, align="R")
        parts = say("boards.ranked_parts", hit=row.numerator, of=row.denominator)
        paper.text((EDGE + 150, y + 0.6), parts, 9, "text2", width=ROOM - 150, align="R")
        self._y += LINE


def _value(indicator: Indicator, figure: Figure) -> str:
    return indicator_words.value_text(indicator, figure.value)
