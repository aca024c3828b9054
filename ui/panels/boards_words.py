"""From a board's figures to the rows of its charts."""

from console.indicators import words
from console.indicators.figures import BoardFigures, Mark, Rank, Series
from console.indicators.indicator import indicators
from console.language import counted, say
from ui.charts.barlist import Bar

FIGURE_SPACE = "\u2007"
MOST = 11  # rows of a chart; the rest is in the cases themselves


def ranking_bars(board: BoardFigures, *, parts: bool = True) -> list[Bar]:
    """Return the ranking as bars, with the numbers that it is made of; a click asks for "FIGURE@CODE"."""
    indicator = indicators()[board.ranking.figure]
    lowest = min((row.value for row in board.ranking.rows if row.value is not None), default=0.0)
    floor = 0.5 if lowest > 0.75 else 0.0  # noqa: PLR2004  near the top, differences must still show
    return [
        Bar(
            label=f"{_place(place, row)}  {row.name}",
            length=0.0,
            filled=((row.value or floor) - floor) / (1 - floor),
            text=words.value_text(indicator, row.value),
            second=f"{counted(row.numerator)}/{counted(row.denominator)}"
            if parts and row.denominator
            else "",
            request=f"{indicator.key}@{row.code}" if row.denominator else "",
            tip=_rank_tip(board, row),
        )
        for place, row in enumerate(board.ranking.rows, 1)
    ]


def _place(place: int, row: Rank) -> str:
    """Return the place as wide as two digits; without cases there is none."""
    return f"{place if row.denominator else '–'}".rjust(2, FIGURE_SPACE)


def _parts(row: Rank) -> str:
    return f"{counted(row.numerator)}/{counted(row.denominator)}"


def _rank_tip(board: BoardFigures, row: Rank) -> str:
    indicator = indicators()[board.ranking.figure]
    parts = say(
        "boards.of",
        hit=indicator.part("hit"),
        part=row.numerator,
        of=indicator.part("of"),
        whole=row.denominator,
    )
    return f"{row.name}\n{parts}\n{indicator.formula}"


def series_bars(series: Series) -> list[Bar]:
    """Return a chart by names as bars: its first line the whole, its second the part that is filled."""
    whole = series.lines[0].values
    part = series.lines[1].values if len(series.lines) > 1 else whole
    longest = max((value for value in (*whole, *part) if value is not None), default=0) or 1
    shares = series.key == "unit"
    return [
        Bar(
            label=_label(series, mark),
            length=(all_ or 0) / longest,
            filled=(some or 0) / longest,
            text=_count(all_),
            second=_second(all_, some, shares=shares) if len(series.lines) > 1 else "",
            request=mark.figure if all_ else "",
            tip=_series_tip(series, mark, (all_, some)),
        )
        for mark, all_, some in list(zip(series.marks, whole, part, strict=True))[:MOST]
    ]


def _label(series: Series, mark: Mark) -> str:
    return say(f"boards.staff.{mark.label}") if series.key == "staff" else mark.label


def _count(value: float | None) -> str:
    return say("boards.few") if value is None else f"{value:,.0f}"


def _second(whole: float | None, part: float | None, *, shares: bool) -> str:
    if not shares:
        return _count(part)
    return f"{part / whole * 100:.1f} %" if whole and part is not None else say("boards.none")


def _series_tip(series: Series, mark: Mark, values: tuple[float | None, ...]) -> str:
    told = [
        say("boards.point", label=say(f"boards.line.{line.key}"), value=_count(value))
        for line, value in zip(series.lines, values, strict=False)
    ]
    return "\n".join((_label(series, mark), *told))
