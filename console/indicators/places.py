"""Which place each organisation of a board's ranking has."""

from console.indicators import words
from console.indicators.figures import FEW, BoardFigures, Rank
from console.indicators.indicator import Kind, indicators


def placed(board: BoardFigures) -> list[tuple[int | None, Rank]]:
    """Return the ranking with places: those that read alike share one.

    Of a rate those with too few cases come last, without a place, as do those that have no value.
    """
    known = indicators().get(board.ranking.figure)
    if known is None:
        return []
    rate = known.kind is Kind.RATE
    few = [row for row in board.ranked if row.value is None or (rate and row.denominator < FEW)]
    rows = [row for row in board.ranked if row not in few]
    told = [words.value_text(known, row.value) for row in rows]
    places = [(told.index(text) + 1, row) for text, row in zip(told, rows, strict=True)]
    return [*places, *((None, row) for row in few)]
