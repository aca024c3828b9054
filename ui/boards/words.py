"""From a board's figures to the rows of its charts."""

from typing import NamedTuple

from console.indicators import words
from console.indicators.figures import PARETO, BoardFigures, Mark, Rank, Series, Values
from console.indicators.indicator import Kind, indicators
from console.indicators.places import placed
from console.language import counted, say
from ui.charts.barlist import Bar

FIGURE_SPACE = "\u2007"
MOST = 11  # rows of a chart: where there are more, ten and the rest
SHARES = {"unit", "reworked", "asked"}  # charts whose second line is told as a share of the first


BESIDE = "direct"  # of a funnel what has not come that way


class Row(NamedTuple):
    """A row of a chart: its name, a value a line, what a click asks for."""

    label: str
    values: Values
    request: str
    rest: bool = False


def ranking_bars(board: BoardFigures, *, parts: bool = True) -> list[Bar]:
    """Return the ranking as bars, with the numbers that it is made of; a click asks for "FIGURE@CODE"."""
    indicator = indicators()[board.ranking.figure]
    rows = placed(board)
    values = [row.value for _, row in rows if row.value is not None]
    top = 1.0 if indicator.kind is Kind.RATE else max(values, default=0) or 1
    near = indicator.kind is Kind.RATE and min(values, default=0) > 0.75  # noqa: PLR2004
    floor = 0.5 if near else 0.0  # near the top, differences must still show
    return [
        Bar(
            label=f"{_place(place)}  {row.name}",
            length=0.0,
            filled=((row.value or floor) / top - floor) / (1 - floor),
            text=words.value_text(indicator, row.value),
            second=_parts(row) if parts and row.denominator and indicator.kind is Kind.RATE else "",
            request=f"{indicator.key}@{row.code}" if row.denominator else "",
            tip=_rank_tip(board, row),
        )
        for place, row in rows
    ]


def _place(place: int | None) -> str:
    """Return the place as wide as two digits."""
    return f"{place or '–'}".rjust(2, FIGURE_SPACE)


def _parts(row: Rank) -> str:
    return f"{counted(row.numerator)}/{counted(row.denominator)}"


def _rank_tip(board: BoardFigures, row: Rank) -> str:
    indicator = indicators()[board.ranking.figure]
    if indicator.kind is not Kind.RATE:
        return f"{row.name}\n{indicator.formula}"
    parts = say(
        "boards.of",
        hit=indicator.part("hit"),
        part=row.numerator,
        of=indicator.part("of"),
        whole=row.denominator,
    )
    return f"{row.name}\n{parts}\n{indicator.formula}"


def series_bars(series: Series) -> list[Bar]:
    """Return a chart by names as bars: its first line the whole, its second the part that is filled.

    Of many the first ten, then the rest together; places stand all. In a pareto chart each has what it and
    those before it come to, as a share of all.
    """
    found = _rows(series)
    rows = found if series.kind == "places" or len(found) <= MOST else _with_rest(found)
    longest = max((value for row in rows for value in row.values if value is not None), default=0) or 1
    total = sum(row.values[0] or 0 for row in rows) or 1
    upto = 0.0
    bars = []
    for row in rows:
        upto += row.values[0] or 0
        share = upto / total if series.kind == PARETO else None
        bars.append(_bar(series, row, longest, share))
    return bars


def _bar(series: Series, row: Row, longest: float, share: float | None) -> Bar:
    whole, part = row.values[0], row.values[-1]
    cumulative = "" if share is None else words.percent(share)
    second = _second(whole, part, shares=series.key in SHARES) if len(row.values) > 1 else ""
    return Bar(
        label=row.label,
        length=(whole or 0) / longest,
        filled=(part or 0) / longest,
        text=_count(whole),
        second=cumulative or second,
        request=row.request if whole else "",
        tip=_series_tip(series, row, cumulative),
        role="text3" if row.rest else "accent",
        mark=share,
    )


def funnel_bars(series: Series) -> list[Bar]:
    """Return the steps of a funnel with their shares of the first; beside them what went another way."""
    values = [value or 0 for value in series.lines[0].values]
    first = (values[0] if values else 0) or 1
    return [
        _step(words.mark_label(series, mark), mark, value, value / first)
        for mark, value in zip(series.marks, values, strict=True)
    ]


def _step(name: str, mark: Mark, value: float, share: float) -> Bar:
    beside = mark.label == BESIDE
    told = say("boards.step.told", name=name, count=_count(value), share=words.percent(share))
    return Bar(
        label=name,
        length=0.0,
        filled=share,
        text=_count(value),
        second=words.percent(share),
        request=mark.figure if value else "",
        tip=f"{told}\n{say('boards.step.beside')}" if beside else told,
        role="category2" if beside else "choropleth4",
        joined=not beside,
    )


def _rows(series: Series) -> list[Row]:
    columns = zip(*(line.values for line in series.lines), strict=True)
    return [
        Row(words.mark_label(series, mark), values, mark.figure)
        for mark, values in zip(series.marks, columns, strict=True)
    ]


def _with_rest(rows: list[Row]) -> list[Row]:
    rest = rows[MOST - 1 :]
    values = tuple(
        sum(value or 0 for value in column) for column in zip(*(row.values for row in rest), strict=True)
    )
    asked = "\n".join(row.request for row in rest if row.values[0])
    return [*rows[: MOST - 1], Row(say("boards.rest", n=len(rest)), values, asked, rest=True)]


def _count(value: float | None) -> str:
    return say("boards.few") if value is None else f"{value:,.0f}"


def _second(whole: float | None, part: float | None, *, shares: bool) -> str:
    if not shares:
        return _count(part)
    return words.percent(part / whole) if whole and part is not None else say("boards.none")


def _series_tip(series: Series, row: Row, cumulative: str) -> str:
    told = [
        say("boards.point", label=say(f"boards.line.{line.key}"), value=_count(value))
        for line, value in zip(series.lines, row.values, strict=True)
    ]
    if cumulative:
        told.append(say("boards.point", label=say("boards.cumulative"), value=cumulative))
    return "\n".join((row.label, *told))
