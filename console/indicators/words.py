"""How figures are written and compared, in the spoken language."""

from calendar import monthrange
from datetime import datetime
from enum import Enum, auto

from console.indicators.figures import (
    ANSWERS,
    FEW,
    FUNNEL,
    MOMENT,
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
    hours, minutes = divmod(max(_minutes(seconds), 1), 60)
    days, hours = divmod(hours, 24)
    parts = [("d", days), ("h", hours), ("min", minutes)]
    told = [say(f"boards.length.{unit}", n=n) for unit, n in parts if n]
    return " ".join(told[:2])


def _minutes(seconds: float) -> int:
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


def before_text(board: BoardFigures, indicator: Indicator, length: Length = Length.FULL) -> str:
    """Return what ``indicator`` is compared with: "昨日同时", "前一周", "前 30 天", "前 6 个整天"."""
    name, days = _before(board, indicator)
    return say(f"boards.before{'' if length is Length.FULL else '_brief'}.{name}", n=days)


def _before(board: BoardFigures, indicator: Indicator) -> tuple[str, int]:
    """Return by which word and number of days; registers compare whole days, cases up to the same time."""
    first, last = _local(board.edges[0]), _local(board.at)
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
    first, last = _local(first), _local(last)
    whole = (last + MOMENT).date() > last.date()
    if whole and first.date() == last.date():
        return f"{first:%Y-%m-%d}"
    form = "%Y-%m-%d" if whole else "%Y-%m-%d %H:%M"
    return say("boards.period", first=f"{first:{form}}", last=f"{last:{form}}")


def change_role(indicator: Indicator, figure: Figure) -> str:
    """Return the role of the change's label: "fine", "near" or "second"."""
    return {"better": "fine", "worse": "near"}.get(_verdict(indicator, figure), "second")


def step_label(board: BoardFigures, step: int) -> str:
    """Return what step ``step`` of the board's period is called on an axis: "10:00" or "11-21"."""
    return f"{_local(board.edges[step]):{'%H:%M' if board.step == 'hour' else '%m-%d'}}"


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
    last = _local(board.at)
    first = _local(board.edges[0])
    return (
        f"{last:%Y-%m-%d}"
        if board.days == 1
        else say("boards.period", first=f"{first:%Y-%m-%d}", last=f"{last:%Y-%m-%d}")
    )


def as_of_text(board: BoardFigures) -> str:
    """Return up to when it tells: the time of day or, where its last day is over, the end of that day."""
    return f"{_local(board.at):{'%Y-%m-%d 24:00' if board.over else '%H:%M:%S'}}"


def _local(at: datetime) -> datetime:
    return at.astimezone(CHINA)


def _told(indicator: Indicator, figure: Figure) -> float:
    """Return the change from what is told of one side to what is told of the other."""
    if _change(indicator, figure) is None or figure.before is None:
        return 0.0
    now = figure.value if figure.compared is None else figure.compared
    return _shown(indicator, now or 0.0) - _shown(indicator, figure.before)


def _shown(indicator: Indicator, value: float) -> float:
    if indicator.kind is Kind.SPAN:
        return _minutes(value) * 60.0
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
