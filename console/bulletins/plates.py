"""What stands below a board's figures: its charts, lists of bars two beside each other, and its ranking."""

from collections.abc import Iterator
from typing import Final

from console.bulletins import charts, words
from console.bulletins.bulletin import plain
from console.bulletins.charts import Area, Drawn
from console.bulletins.layout import LINE, Block, beside, notes, stacked
from console.bulletins.paper import EDGE, ROOM, Paper
from console.bulletins.tables import LOOSER, RANKED
from console.indicators.figures import BoardFigures, Rank, Series
from console.indicators.indicator import board_name, indicators
from console.language import say

NAMED: Final = 7.0  # millimetres of a chart's name
LOW, HIGH = 52.0, 84.0  # charts of lines and columns
AFTER: Final = 5.0
GAP: Final = 10.0  # between what stands beside each other
HALF: Final = (ROOM - GAP) / 2
LISTS: Final = {"bars": charts.bars, "funnel": charts.bars, "answers": charts.bars, "places": charts.places}
DRAW: Final = {"trend": charts.trend, "pareto": charts.pareto, **LISTS}


def plates(paper: Paper, board: BoardFigures) -> Iterator[Block]:
    """Yield the charts of a board, short names beside each other, and its ranking."""
    first: Series | None = None
    for series in filter(_told, board.series):
        if not (series.kind in LISTS and charts.fits(paper, words.mark_labels(board, series), HALF)):
            yield _chart(paper, board, series)
        elif first is None:
            first = series
        else:
            right = _chart(paper, board, series, EDGE + HALF + GAP, HALF)
            yield beside(_chart(paper, board, first, EDGE, HALF), right)
            first = None
    if first is not None:
        yield _chart(paper, board, first)
    yield from _ranking(paper, board)


def _told(series: Series) -> bool:
    """Tell whether a chart is drawn: it has values, of shares enough for a line, and more than one bar."""
    if series.kind == "trend" and all(charts.sparse(line.sound) for line in series.lines):
        return False
    alone = series.kind in {"pareto", "bars", "places"} and len(series.marks) == 1
    return series.kind in DRAW and not alone and any(any(line.values) for line in series.lines)


def _chart(paper: Paper, board: BoardFigures, series: Series, x: float = EDGE, wide: float = ROOM) -> Block:
    labels = words.mark_labels(board, series)
    lines = [(words.line_name(series, line), line.sound) for line in series.lines]
    over_time = series.kind == "trend" and not series.marks
    drawn = Drawn(
        labels, lines, percent=words.in_percent(series), cut=board.cut if over_time else frozenset()
    )

    def draw(y: float, tall: float) -> None:
        DRAW[series.kind](paper, Area(x, y, wide, tall), drawn)

    rows = min(len(labels), charts.MOST)
    body = Block(LOW, draw, HIGH - LOW)
    if series.kind in LISTS:
        body = Block(charts.KEY + charts.ROW * rows, draw, LOOSER * rows)
    told = notes(paper, words.chart_notes(series, len(labels) - charts.MOST), x, wide)
    return stacked(_name(paper, words.series_name(series.key), NAMED, x, wide), body, told, _space(AFTER))


def _name(paper: Paper, text: str, tall: float, x: float = EDGE, wide: float = ROOM) -> Block:
    return Block(tall, lambda y, _tall: paper.text((x, y), text, 10.5, width=wide, strong=True))


def _space(tall: float) -> Block:
    return Block(tall, lambda _y, _tall: None)


def _ranking(paper: Paper, board: BoardFigures) -> Iterator[Block]:
    indicator = indicators().get(board.ranking.figure)
    rows, told = words.listed(board, RANKED)
    if indicator is None or not (rows or told):
        return
    titled = say("bulletins.part.ranking", board=board_name(board.board), figure=indicator.name)
    top = max((row.value or 0 for _, row in rows), default=0) or 1
    ranks = [_ranked(paper, board, place, row, top) for place, row in rows]
    yield stacked(_name(paper, titled, 8), *ranks, notes(paper, told, EDGE + 12, ROOM - 12), _space(AFTER))


def _ranked(paper: Paper, board: BoardFigures, place: int | None, row: Rank, top: float) -> Block:
    room = 62.0
    parts = say("boards.ranked_parts", hit=row.numerator, of=row.denominator)

    def draw(y: float, tall: float) -> None:
        y += (tall - LINE) / 2
        paper.text((EDGE, y + 0.6), str(place or say("boards.none")), 9, "text2", width=8, align="R")
        paper.text((EDGE + 12, y + 0.6), plain(row.name), 9, width=50)
        paper.box((EDGE + 64, y + 1.8), (room, 2.8), "raised", round_by=0.8)
        if row.value:
            role = "choropleth2" if place is None else "accent"
            wide = max(room * row.value / top, 0.8)
            paper.box((EDGE + 64, y + 1.8), (wide, 2.8), role, round_by=0.4)
        paper.text((EDGE + 128, y + 0.6), words.rank_text(board, row), 9, width=20, align="R")
        paper.text((EDGE + 150, y + 0.6), parts, 9, "text2", width=ROOM - 150, align="R")

    return Block(LINE, draw, LOOSER)
