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
from console.indicators.figures import BoardFigures, Figure, Rank, Series, sound
from console.indicators.indicator import Indicator, board_name, indicators
from console.indicators.standing import Standing
from console.language import say

FOOT: Final = HEIGHT - 20
LINE: Final = 6.2
SMALL: Final = 7.5  # points
CHART, LOW = 62.0, 42.0
BESIDE: Final = 18.0  # what a chart's name and notes take
TILE: Final = (42.0, 27.0)
TOGETHER: Final = 20  # rows of a ranking that are not torn apart
FEW: Final = 3  # rows of a table that do not stand alone on a page
TITLES: Final = (24, 20, 17)  # points; what is longer takes lines of the smallest
RANKED: Final = 30  # more rows are in the workbook
ROLES: Final = {"fine": "fine", "near": "near"}  # what is better and what is worse
DRAW: Final = {"trend": charts.trend, "pareto": charts.pareto, "places": charts.places,
               **dict.fromkeys(("bars", "funnel", "answers"), charts.bars)}  # fmt: skip


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


Column = tuple[float, float, str]  # from where, how wide, L, C or R
Cell = tuple[str, str]  # text and role


def _told(series: Series) -> bool:
    """Tell whether a chart is drawn: it has values, of shares enough for a line, and more than one column."""
    if series.kind == "trend" and all(charts.sparse(line.sound) for line in series.lines):
        return False
    alone = series.kind == "pareto" and len(series.marks) == 1
    return series.kind in DRAW and not alone and any(any(line.values) for line in series.lines)


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
        y = self._title(words.title(bulletin))
        paper.text((EDGE, y + 3), words.number(bulletin), 12, align="C")
        paper.line((EDGE, y + 12), (WIDTH - EDGE, y + 12), "urgent", 0.9)
        paper.line((EDGE, y + 13.4), (WIDTH - EDGE, y + 13.4), "urgent", 0.25)
        paper.text((EDGE, y + 15.5), words.period(bulletin), 10.5, "text2", width=ROOM / 2)
        by = words.issued(bulletin)
        paper.text((WIDTH / 2, y + 15.5), by, 10.5, "text2", width=ROOM / 2, align="R")
        self._y = y + 25

    def _title(self, text: str) -> float:
        """Write the title as large as it has room; return where it ends."""
        size = next((one for one in TITLES if self._paper.width(text, one) <= ROOM), TITLES[-1])
        tall = size * 0.54
        for line, words_ in enumerate(self._paper.wrapped(text, size, ROOM)):
            self._paper.text((EDGE, 22 + line * tall), words_, size, "urgent", align="C", strong=True)
        return 22 + (line + 1) * tall

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
        self._notes([say("bulletins.as_of")])
        self._y += 2

    def _tile(self, x: float, indicator: Indicator, figure: Figure) -> None:
        paper, y = self._paper, self._y
        paper.box((x, y), TILE, "raised", round_by=1.5)
        paper.text((x + 3, y + 2), indicator.name, 9, "text2", width=TILE[0] - 6)
        value = indicator_words.figure_text(indicator, figure)
        paper.text((x + 3, y + 7), value, 18, width=TILE[0] - 6, strong=True)
        change = indicator_words.change_text(indicator, figure)
        role = ROLES.get(indicator_words.change_role(indicator, figure), "text3")
        paper.text((x + 3, y + 17), change, 7.5, role, width=TILE[0] - 6)
        line = sound(figure.spark, figure.spark_of)
        if not (indicator.present or charts.sparse(line)):
            charts.spark(paper, Area(x + 3, y + 22, TILE[0] - 6, 3.5), line, "accent")

    def _board(self, key: str, board: BoardFigures) -> None:
        self._heading(board_name(key), 40)
        self._table(self._bulletin.board(key))
        left: list[Series | None] = [*filter(_told, board.series), None]  # None: the ranking
        while left:  # the next one that has room on this page, so that none ends half empty
            one = next((one for one in left if self._y + self._room_for(board, one) <= FOOT), left[0])
            left.remove(one)
            if one is None:
                self._ranking(board)
            else:
                self._chart(board, one)

    def _room_for(self, board: BoardFigures, one: Series | None) -> float:
        if one is None:
            return 14 + LINE * (len(words.listed(board, RANKED)[0]) + 1)
        return self._tall(one, len(words.mark_labels(board, one))) + BESIDE

    def _table(self, rows: list[tuple[Indicator, Figure]]) -> None:
        columns = ((0.0, 42.0, "L"), (42.0, 30.0, "R"), (76.0, 62.0, "L"), (138.0, 36.0, "R"))
        names = [say(f"bulletins.column.{name}") for name in ("name", "value", "parts", "change")]
        cells = []
        for indicator, figure in rows:
            role = ROLES.get(indicator_words.change_role(indicator, figure), "text2")
            told = (indicator.name, words.value(indicator, figure), words.parts(indicator, figure),
                    words.change(indicator, figure))  # fmt: skip
            cells.append(list(zip(told, ("text", "text", "text2", role), strict=True)))
        self._rows(columns, [names], cells)
        self._y += 4

    def _rows(self, columns: Sequence[Column], head: list[list[str]], rows: list[list[Cell]]) -> None:
        """Write rows below their ``head``, which begins every page."""

        def heads() -> None:
            for names in head:
                self._row(columns, [(name, "text2") for name in names], SMALL)

        heads()
        for left, row in zip(range(len(rows), 0, -1), rows, strict=True):
            alone = left == FEW and self._y + FEW * LINE > FOOT  # not so few on a page of their own
            if alone or self._y + LINE > FOOT:
                self._turn()
                heads()
            self._row(columns, row)

    def _scores(self, peers: Standing) -> None:
        none = say("boards.none")
        parts = peers.units[0].parts
        columns = [(0.0, 10.0, "R"), (14.0, 34.0, "L"), (48.0, 12.0, "R"), (60.0, 10.0, "C")]
        wide = (ROOM - 70) / max(len(parts), 1)
        columns += [(70 + place * wide, wide, "R") for place in range(len(parts))]
        names = [say(f"scores.{key}") for key in ("unit", "score", "grade")]
        of = [
            say("bulletins.weight", weight=f"{weight:g}") for weight in (100, *(one.weight for one in parts))
        ]
        head = [["", *names, *(scores.name(part.key) for part in parts)], ["", "", of[0], "", *of[1:]]]
        busy = [row for row in peers.units if row.cases]
        self._heading(words.group(peers), LINE * (2 + min(len(busy), TOGETHER)))
        rows = []
        for row in busy[:RANKED]:
            score = none if row.score is None else f"{row.score:.1f}"
            cells = [str(row.place or none), plain(row.name), score, row.grade or none]
            role = "text" if row.place else "text3"
            rows.append([(text, role) for text in (*cells, *map(words.share, row.parts))])
        self._rows(columns, head, rows)
        notes = [say("bulletins.too_few")] if any(row.place is None for row in busy) else []
        if len(busy) < len(peers.units):
            notes.append(say("bulletins.without_cases", count=len(peers.units) - len(busy)))
        self._notes(notes)
        self._y += 3

    def _row(self, columns: Sequence[Column], cells: Sequence[Cell], size: float = 9) -> None:
        self._need(LINE)
        for (text, role), (x, wide, align) in zip(cells, columns, strict=True):
            self._paper.text((EDGE + x, self._y + 0.6), text, size, role, width=wide, align=align)
        self._y += LINE
        self._paper.line((EDGE, self._y), (WIDTH - EDGE, self._y), "line", 0.15)

    def _chart(self, board: BoardFigures, series: Series) -> None:
        labels = words.mark_labels(board, series)
        lines = [(words.line_name(line.key), line.sound) for line in series.lines]
        over_time = series.kind == "trend" and not series.marks
        drawn = Drawn(labels, lines, percent=words.in_percent(series), running=over_time and board.running)
        tall = self._tall(series, len(labels))
        self._need(tall + BESIDE)
        self._paper.text((EDGE, self._y), words.series_name(series.key), 10.5, strong=True)
        DRAW[series.kind](self._paper, Area(EDGE, self._y + 7, ROOM, tall), drawn)
        self._y += tall + 7
        self._notes(words.chart_notes(series, len(labels) - charts.room(tall)))
        self._y += 5

    def _tall(self, series: Series, rows: int) -> float:
        """Return how tall a chart is: of lines or columns what is left of a page, if that will do."""
        if series.kind not in {"trend", "pareto"}:
            return min(8 + charts.ROW * rows, CHART)
        left = FOOT - self._y - BESIDE
        return left if LOW <= left < CHART else CHART

    def _ranking(self, board: BoardFigures) -> None:
        indicator = indicators().get(board.ranking.figure)
        rows, notes = words.listed(board, RANKED)
        if indicator is None or not (rows or notes):
            return
        self._need(14 + LINE * (len(rows) if len(rows) <= TOGETHER else 6))
        titled = say("bulletins.part.ranking", board=board_name(board.board), figure=indicator.name)
        self._paper.text((EDGE, self._y), titled, 10.5, strong=True)
        self._y += 8
        top = max((row.value or 0 for _, row in rows), default=0) or 1
        for place, row in rows:
            self._ranked(board, place, row, top)
        self._notes(notes, 12)
        self._y += 5

    def _notes(self, notes: Sequence[str], left: float = 0) -> None:
        """Write in small letters what is to be known of what stands above."""
        for line in self._paper.wrapped("    ".join(notes), 8, ROOM - left) if notes else ():
            self._need(LINE)
            self._paper.text((EDGE + left, self._y + 0.6), line, 8, "text3")
            self._y += LINE - 1

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
