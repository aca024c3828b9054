"""How a figure stands to the stretch before, in words: by how much, to what, and why not."""

from calendar import monthrange
from datetime import datetime
from enum import Enum, auto

from console.indicators.figures import FEW, MOMENT, BoardFigures, Figure
from console.indicators.indicator import Direction, Indicator, Kind, indicators
from console.indicators.words import (
    figure_text,
    length_text,
    local_time,
    parts_text,
    told_minutes,
    value_text,
)
from console.language import say

DAYS_OF_WEEK = 7
MONTH = 31  # days up to which things that count once are compared while the period runs
DIGITS = {Kind.RATE: 3, Kind.RATIO: 2, Kind.COUNT: 0}  # behind the point, of what is told


class Length(Enum):
    """How much room a change has."""

    FULL = auto()
    BRIEF = auto()  # the stretch before in few words
    LINES = auto()  # two of them
    LEAST = auto()  # without a verdict


ON_A_LINE = (Length.FULL, Length.BRIEF, Length.LEAST)
ON_LINES = (Length.FULL, Length.BRIEF, Length.LINES)


def before_text(board: BoardFigures, indicator: Indicator, length: Length = Length.FULL) -> str:
    """Return what ``indicator`` is compared with: "昨日同时", "前一周", "前 30 天", "前 6 个整天"."""
    name, days = _before(board, indicator)
    return say(f"boards.before{'' if length is Length.FULL else '_brief'}.{name}", n=days)


def _before(board: BoardFigures, indicator: Indicator) -> tuple[str, int]:
    """Return by which word and number of days; registers compare whole days, cases up to the same time."""
    first, last = local_time(board.edges[0]), local_time(board.at)
    if not board.over and first.day == 1 and 1 < board.days == last.day:
        return "same_days", board.days
    if not board.over:
        whole = ("whole_days", board.days - 1) if indicator.sums else ("days", board.days)
        return whole if board.days > 1 else ("yesterday", 1)
    if first.day == 1 and board.days == monthrange(first.year, first.month)[1]:
        return "month", board.days
    week = board.days == DAYS_OF_WEEK and last.isoweekday() == DAYS_OF_WEEK
    return ("week" if week else "day" if board.days == 1 else "days"), board.days


def change_text(
    indicator: Indicator, figure: Figure, board: BoardFigures, length: Length = Length.FULL
) -> str:
    """Return how the figure of ``board`` stands to the stretch before, in words and never by colour alone."""
    if indicator.present:
        return say("boards.change.now")
    if _change(indicator, figure) is None:
        return say(f"boards.change.{_why_none(indicator, figure, board)}")
    before, change = before_text(board, indicator, length), _told(indicator, figure)
    if not change:
        return say("boards.change.same", before=before)
    amount = _amount(indicator, abs(change))
    arrow = say(f"boards.change.{'more' if change > 0 else 'less'}", amount=amount)
    verdict = "" if length is Length.LEAST else _verdict(indicator, figure)
    told = say(f"boards.change.{verdict}", arrow=arrow) if verdict else arrow
    lines = "two_lines" if length is Length.LINES else "one_line"
    return say(f"boards.change.{lines}", change=told, before=before)


def line(figure: Figure, board: BoardFigures) -> list[str]:
    """Return ``figure`` of ``board`` as a line: its name, its value, what that is taken of, its change."""
    known = indicators()[figure.key]
    return [
        known.name,
        figure_text(known, figure),
        parts_text(known, figure),
        change_text(known, figure, board),
    ]


def compares(indicator: Indicator, figure: Figure) -> bool:
    """Tell whether the figure is held against the stretch before."""
    return not indicator.present and _change(indicator, figure) is not None


def _change(indicator: Indicator, figure: Figure) -> float | None:
    """Return how the figure changed; None, too, where either side is of too few."""
    return None if _of_few(indicator, figure) else figure.change


def _of_few(indicator: Indicator, figure: Figure) -> str:
    """Return the word for a share, or a length of time, of too few cases now or before; "": enough."""
    now = {Kind.RATE: figure.denominator, Kind.SPAN: figure.numerator}.get(indicator.kind)
    of = {"few": now, "few_before": figure.before_of}  # older papers do not say of how many it was before
    return next((word for word, cases in of.items() if cases is not None and cases < FEW), "")


def _why_none(indicator: Indicator, figure: Figure, board: BoardFigures) -> str:
    """Return the word for why nothing is compared, or is known at all."""
    if figure.unknown:
        return figure.unknown
    if figure.before is not None and (few := _of_few(indicator, figure)):
        return few
    if indicator.monthly and _before(board, indicator)[0] != "month":
        return "no_month"
    if indicator.once and not board.over and board.days > MONTH:
        return "not_over"
    return "running" if indicator.sums and board.days == 1 and not board.over else "none"


def compared_text(indicator: Indicator, figure: Figure, board: BoardFigures) -> str:
    """Return what was held against what, to the day or, where it is cut, to the minute; "" if nothing was."""
    told = board.records if indicator.sums else board.compared
    if told is None or _change(indicator, figure) is None:
        return ""
    value = figure.value if figure.compared is None else figure.compared
    return say(
        "boards.change.compared",
        value=value_text(indicator, value),
        now=_stretch_text(told.first, told.last),
        was=value_text(indicator, figure.before),
        then=_stretch_text(told.before_first, told.before_last),
    )


def _stretch_text(first: datetime, last: datetime) -> str:
    """Return "2026-11-16 至 2026-11-21", a day by itself, or with the time where the last day is cut."""
    first, last = local_time(first), local_time(last)
    whole = (last + MOMENT).date() > last.date()
    if whole and first.date() == last.date():
        return f"{first:%Y-%m-%d}"
    form = "%Y-%m-%d" if whole else "%Y-%m-%d %H:%M"
    return say("boards.period", first=f"{first:{form}}", last=f"{last:{form}}")


def change_role(indicator: Indicator, figure: Figure) -> str:
    """Return the role of the change's label: "fine", "near" or "second"."""
    return {"better": "fine", "worse": "near"}.get(_verdict(indicator, figure), "second")


def _told(indicator: Indicator, figure: Figure) -> float:
    """Return the change from what is told of one side to what is told of the other."""
    if _change(indicator, figure) is None or figure.before is None:
        return 0.0
    now = figure.value if figure.compared is None else figure.compared
    return _shown(indicator, now or 0.0) - _shown(indicator, figure.before)


def _shown(indicator: Indicator, value: float) -> float:
    if indicator.kind is Kind.SPAN:
        return told_minutes(value) * 60.0
    return round(value, DIGITS[indicator.kind])


def _amount(indicator: Indicator, change: float) -> str:
    if indicator.kind is Kind.RATE:
        return say("boards.change.points", amount=f"{change * 100:.1f}")
    if indicator.kind is Kind.SPAN:
        return length_text(change)
    return f"{change:,.0f}" if indicator.kind is Kind.COUNT else f"{change:,.2f}"


def _verdict(indicator: Indicator, figure: Figure) -> str:
    """Return "better", "worse", or "" where there is nothing to judge."""
    change = _told(indicator, figure)
    if not change or indicator.direction is Direction.NONE:
        return ""
    return "better" if (change > 0) is (indicator.direction is Direction.UP) else "worse"
