"""What a board shows as rows of a table."""

from collections.abc import Iterator

from console.indicators import changes, words
from console.indicators.figures import BoardFigures, Figure, Series
from console.indicators.indicator import Indicator, Kind, board_name, indicators
from console.indicators.places import placed
from console.intake.csv_file import Cell
from console.language import say
from ui.boards.areas import Drawn

FIGURE = ("figure", "value", "unit", "part", "whole", "p90", "before", "change", "formula")
RANKED = ("place", "organisation", "value", "part", "whole")


def head_rows(board: BoardFigures) -> Iterator[list[Cell]]:
    """Yield whose board it is, of which days, as of when."""
    yield [say("boards.title", organisation=board.organisation, board=board_name(board.board))]
    yield [words.period_text(board), say("boards.updated", at=words.as_of_text(board))]


def figure_rows(board: BoardFigures) -> Iterator[list[Cell]]:
    """Yield every figure: shares in percent, lengths of time in minutes."""
    yield [say(f"boards.sheet.{name}") for name in FIGURE]
    for figure in board.figures:
        known = indicators()[figure.key]
        row: dict[str, Cell] = {
            "figure": known.name,
            "value": _scaled(known, figure.value),
            "unit": say("boards.sheet.minutes") if known.kind is Kind.SPAN else known.unit,
            "part": _part(known, figure),
            "whole": figure.denominator,
            "p90": _scaled(known, figure.p90),
            "before": _scaled(known, figure.before),
            "change": changes.change_text(known, figure, board),
            "formula": known.formula,
        }
        yield [row[name] for name in FIGURE]


def series_rows(board: BoardFigures, series: Series) -> Iterator[list[Cell]]:
    """Yield a chart: its name, its lines, and a row a mark or step."""
    yield [say(f"boards.series.{series.key}"), *(words.line_label(series, line) for line in series.lines)]
    names = [words.mark_label(series, mark) for mark in series.marks]
    if not names:
        names = [words.step_label(board, step) for step in range(len(board.edges) - 1)]
    factor = 100 if words.of_shares(series) else 1
    for name, *values in zip(names, *(line.values for line in series.lines), strict=False):
        yield [name, *(None if value is None else round(value * factor, 2) for value in values)]


def ranking_rows(board: BoardFigures) -> Iterator[list[Cell]]:
    """Yield the ranking, the best first; those without a value or of too few cases have no place."""
    known = indicators()[board.ranking.figure]
    yield [say("boards.ranked_by", figure=known.name)]
    yield [say(f"boards.sheet.{name}") for name in RANKED]
    for place, row in placed(board):
        parts = [row.numerator, row.denominator] if known.kind is Kind.RATE else [None, None]
        yield [place, row.name, _scaled(known, row.value), *parts]


def area_rows(drawn: Drawn) -> Iterator[list[Cell]]:
    """Yield the map, an area a row, by their codes."""
    known = indicators()[drawn.figure]
    yield [say("boards.map.title", figure=known.name)]
    yield [say("boards.sheet.code"), *(say(f"boards.sheet.{name}") for name in RANKED[1:])]
    for code in sorted(drawn.told.codes):
        value, *parts = drawn.told.row(code)
        yield [
            code,
            drawn.name(code),
            _scaled(known, value),
            *([None] * 2 if known.kind is Kind.COUNT else parts),
        ]


def whole(board: BoardFigures) -> Iterator[list[Cell]]:
    """Yield everything, an empty row between the tables."""
    yield from head_rows(board)
    for rows in (figure_rows(board), *(series_rows(board, one) for one in board.series), ranking_rows(board)):
        yield []
        yield from rows


def _part(known: Indicator, figure: Figure) -> Cell:
    return None if known.kind is Kind.COUNT else figure.numerator


def _scaled(known: Indicator, value: float | None) -> Cell:
    if value is None:
        return None
    factors = {Kind.RATE: 100.0, Kind.SPAN: 1 / 60}
    return round(value * factors[known.kind], 2) if known.kind in factors else value
