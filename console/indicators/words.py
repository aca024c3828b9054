"""How figures are written, in the spoken language."""

from datetime import datetime

from console.indicators.figures import (
    ANSWERS,
    FUNNEL,
    BoardFigures,
    Figure,
    Line,
    Mark,
    Peers,
    Series,
)
from console.indicators.indicator import Direction, Indicator, Kind, indicators
from console.indicators.parts import part_label
from console.language import say
from console.spoken import CHINA

DAY = 1440  # minutes
LONG = 7200  # seconds from which on steps are told in hours


def value_text(indicator: Indicator, value: float | None) -> str:
    """Return ``value`` as it stands on a tile: "1,064", "92.6 %", "0.26"; a dash where there is none.

    Of people there is none where they are too few to be told.
    """
    if value is None:
        return say("boards.few" if indicator.people else "boards.none")
    if indicator.kind is Kind.RATE:
        return percent(value)
    if indicator.kind is Kind.SPAN:
        return length_text(value)
    return f"{value:,.2f}" if indicator.kind is Kind.RATIO else f"{value:,.0f}"


def figure_text(indicator: Indicator, figure: Figure) -> str:
    """Return the value of ``figure``; a dash, too, where there is nobody to be told of."""
    nobody = figure.value is None and figure.denominator == 0
    return say("boards.none") if nobody else value_text(indicator, figure.value)


def scale_unit(indicator: Indicator, top: float) -> tuple[str, float]:
    """Return in what the steps of a map up to ``top`` are told, and how much of the value makes one of it."""
    if indicator.kind is Kind.RATE:
        return indicator.unit, 0.01
    if indicator.kind is not Kind.SPAN:
        return indicator.unit, 1
    return (say("boards.minutes"), 60) if top < LONG else (say("boards.hours"), 3600)


def percent(share: float) -> str:
    """Return a share as it is written: "92.6 %"."""
    return f"{share * 100:.1f} %"


def length_text(seconds: float) -> str:
    """Return how long something took, in the two largest units: "14 min", "3 h 20 min", "2 d 5 h"."""
    hours, minutes = divmod(max(told_minutes(seconds), 1), 60)
    days, hours = divmod(hours, 24)
    parts = [("d", days), ("h", hours), ("min", minutes)]
    told = [say(f"boards.length.{unit}", n=n) for unit, n in parts if n]
    return " ".join(told[:2])


def told_minutes(seconds: float) -> int:
    """Return the minutes that are told of a length of time: from a day on whole hours."""
    minutes = round(seconds / 60)
    return minutes if minutes < DAY else minutes // 60 * 60


def parts_text(indicator: Indicator, figure: Figure) -> str:
    """Return what a share is taken of ("已办结 592 / 应结 639"), of a span P90 and cases, "" for a count."""
    if indicator.kind is Kind.SPAN:
        return _span_text(figure)
    if indicator.kind is Kind.COUNT or figure.denominator is None or figure.numerator is None:
        return ""
    return say(
        "boards.of",
        hit=indicator.part("hit"),
        part=figure.numerator,
        of=indicator.part("of"),
        whole=figure.denominator,
    )


def _span_text(figure: Figure) -> str:
    if figure.p90 is None:
        return ""
    return say("boards.span", length=length_text(figure.p90), count=figure.numerator or 0)


def short_parts_text(figure: Figure, *, brief: bool = False) -> str:
    """Return a share's two numbers alone, of a span its P90, "" for a count; ``brief``: without spaces."""
    if figure.p90 is not None:
        return say("boards.p90", length=length_text(figure.p90))
    if figure.denominator is None or figure.numerator is None:
        return ""
    told = say("boards.of_short", part=figure.numerator, whole=figure.denominator)
    return told.replace(" ", "") if brief else told


def place_text(indicator: Indicator, peers: Peers) -> str:
    """Return the place among peers, the best first: "3/12"; "" where no way is good, or all are alike."""
    if indicator.direction is Direction.NONE or not (peers.above or peers.below):
        return ""
    ahead = peers.above if indicator.direction is Direction.UP else peers.below
    return say("boards.peers.place", place=ahead + 1, of=peers.of)


def peers_text(indicator: Indicator, peers: Peers) -> str:
    """Return the place and what stands in the middle: "3/12 of peers, median 91.2 %"."""
    value, place = value_text(indicator, peers.median), place_text(indicator, peers)
    return (
        say("boards.peers.both", place=place, value=value)
        if place
        else say("boards.peers.median", value=value)
    )


def step_label(board: BoardFigures, step: int) -> str:
    """Return what step ``step`` of the board's period is called on an axis: "10:00" or "11-21"."""
    return f"{local_time(board.edges[step]):{'%H:%M' if board.step == 'hour' else '%m-%d'}}"


def of_shares(series: Series) -> bool:
    """Tell whether the lines of ``series`` are rates."""
    known = indicators()
    return all(line.key in known and known[line.key].kind is Kind.RATE for line in series.lines)


def line_label(series: Series, line: Line) -> str:
    """Return what ``line`` counts."""
    return indicators()[line.key].name if of_shares(series) else say(f"boards.line.{line.key}")


def mark_label(series: Series, mark: Mark) -> str:
    """Return what ``mark`` is called: a class, a channel, a unit, an hour of the week, a step."""
    if series.kind in {FUNNEL, ANSWERS}:
        return say(f"boards.step.{mark.label.replace(':', '_')}")
    if series.key == "staff":
        return say(f"boards.staff.{mark.label}")
    return part_label("hour" if series.kind == "week" else series.key, mark.label)


def period_text(board: BoardFigures) -> str:
    """Return the first and the last day of the period."""
    last = local_time(board.at)
    first = local_time(board.edges[0])
    return (
        f"{last:%Y-%m-%d}"
        if board.days == 1
        else say("boards.period", first=f"{first:%Y-%m-%d}", last=f"{last:%Y-%m-%d}")
    )


def as_of_text(board: BoardFigures) -> str:
    """Return up to when it tells: the time of day or, where its last day is over, the end of that day."""
    return f"{local_time(board.at):{'%Y-%m-%d 24:00' if board.over else '%H:%M:%S'}}"


def local_time(at: datetime) -> datetime:
    """Return a moment as clocks tell it here."""
    return at.astimezone(CHINA)
