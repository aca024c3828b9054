"""What a bulletin and its parts are called: title, number, figures, charts, rankings, scores."""

from datetime import date
from typing import Final

from console.bulletins.bulletin import Bulletin, paragraphs, plain
from console.indicators import changes as indicator_changes
from console.indicators import scores, words
from console.indicators.figures import ANSWERS, FUNNEL, BoardFigures, Figure, Line, Rank, Series
from console.indicators.indicator import Indicator, Kind, indicators
from console.indicators.places import placed
from console.indicators.standing import Part, Standing
from console.language import knows, say
from console.spoken import channel_label

NAME: Final = 24  # characters of a name in a sentence
KEY_FIGURES: Final = (
    *("received", "closed", "open", "overdue"),
    *("closing", "on_time", "rework", "satisfied"),
)


def title(bulletin: Bulletin) -> str:
    """Return "正定县 网格工作周通报"."""
    campaign = bulletin.campaign.name if bulletin.campaign else ""
    return say(f"bulletins.title.{bulletin.kind}", organisation=bulletin.organisation, campaign=campaign)


def number(bulletin: Bulletin) -> str:
    """Return "〔2026〕11号"."""
    return say("bulletins.number", year=str(bulletin.year), number=str(bulletin.number))


def period(bulletin: Bulletin) -> str:
    """Return the days that it tells of."""
    if bulletin.first == bulletin.last:
        return day(bulletin.first)
    return say("bulletins.period", first=day(bulletin.first), last=day(bulletin.last))


def stretch(bulletin: Bulletin) -> str:
    """Return the days that it tells of and, where they were not over, up to what time."""
    at = bulletin.running
    days = period(bulletin)
    return say("bulletins.running", period=days, at=f"{at:%H:%M}") if at else days


def as_of(bulletin: Bulletin) -> str:
    """Return what its figures are added up from, and what becomes of them."""
    return say(
        "bulletins.as_of", closed=say(f"bulletins.closed_{'by_then' if bulletin.running else 'at_end'}")
    )


def day(one: date) -> str:
    """Return a day as papers write it."""
    return say("bulletins.day", year=one.year, month=one.month, day=one.day)


def issued(bulletin: Bulletin) -> str:
    """Return when it was issued and by whom, or that it has not been."""
    if not bulletin.digest:
        return say("bulletins.draft")
    return say("bulletins.issued", at=f"{bulletin.issued_at:%Y-%m-%d %H:%M}", by=bulletin.issued_by)


def told(bulletin: Bulletin, key: str) -> str:
    """Return a figure as it is written; a dash where it has none."""
    found = bulletin.figure(key)
    return words.figure_text(*found) if found else say("boards.none")


def value(indicator: Indicator, figure: Figure) -> str:
    """Return a figure with its unit, where that is not said by the value itself."""
    told = words.figure_text(indicator, figure)
    bare = figure.value is not None and indicator.kind in {Kind.COUNT, Kind.RATIO}
    return f"{told} {indicator.unit_of(figure.value or 0)}" if bare else told


def changes(bulletin: Bulletin, indicator: Indicator, figure: Figure) -> list[str]:
    """Return how a figure stands to the stretch before, in full and ever shorter; or whence it is."""
    if indicator.present:
        return [say("bulletins.at_issue")]
    board = bulletin.boards[indicator.board]
    return [
        indicator_changes.change_text(indicator, figure, board, length)
        for length in indicator_changes.ON_A_LINE
    ]


def changed(bulletin: Bulletin, key: str) -> str:
    """Return how a figure stands to the stretch before."""
    found = bulletin.figure(key)
    return changes(bulletin, *found)[0] if found else ""


def comment(bulletin: Bulletin) -> list[str]:
    """Return what the issuer wrote, line by line."""
    return list(paragraphs(bulletin.comment))


def untold(bulletin: Bulletin, board: str) -> list[str]:
    """Return why some numbers of people are not told, where that is so."""
    hidden = say("boards.few") in [words.figure_text(*both) for both in bulletin.board(board)]
    return [say("bulletins.untold")] if hidden else []


def mark_labels(board: BoardFigures, series: Series) -> list[str]:
    """Return what the marks of a chart are called; those of a trend are the board's steps."""
    if series.kind == "trend" and not series.marks:
        return [words.step_label(board, step) for step in range(len(board.edges) - 1)]
    return [_label(series, plain(mark.label)) for mark in series.marks]


def _label(series: Series, label: str) -> str:
    if series.key == "channel":
        return channel_label(label)
    key = f"boards.staff.{label}" if series.key == "staff" else ""
    if series.kind in {FUNNEL, ANSWERS}:
        key = f"boards.step.{label.replace(':', '_')}"
    return say(key) if knows(key) else label


def line_name(series: Series, line: Line) -> str:
    """Return what a line of a chart is called: of shares as the figure is."""
    if words.of_shares(series):
        return indicators()[line.key].name
    names = f"bulletins.line.{line.key}", f"boards.line.{line.key}"
    return next((say(name) for name in names if knows(name)), line.key)


def in_percent(series: Series) -> bool:
    """Tell whether a chart's lines are shares."""
    return series.kind == "trend" and words.of_shares(series)


def chart_notes(series: Series, left_out: int) -> list[str]:
    """Return what is to be known of a chart on paper, from which so many bars are left out."""
    if series.kind == "trend":
        gaps = in_percent(series) and any(None in line.sound for line in series.lines)
        late = any(line.key == "closing" and line.sound[-1:] not in {(), (None,)} for line in series.lines)
        return [say("bulletins.few_skipped")] * gaps + [say("bulletins.closing_late")] * late
    few = series.kind == "pareto" or left_out <= 0  # what a Pareto chart has no room for is one more column
    return [] if few else [say("bulletins.cut", count=left_out)]


def series_name(key: str) -> str:
    """Return what a chart is called."""
    return say(f"boards.series.{key}") if knows(f"boards.series.{key}") else key


def listed(board: BoardFigures, most: int) -> tuple[list[tuple[int | None, Rank]], list[str]]:
    """Return whom a ranking on paper names, and what is to be said of the others.

    It names nobody where nobody has a place, or where there is only one.
    """
    rows = [both for both in placed(board) if both[1].value is not None]
    idle, few = len(board.ranking.rows) - len(rows), [place for place, _ in rows].count(None)
    if len(board.ranking.rows) == 1 or not any(row.value for _, row in rows):
        return [], []
    if few == len(rows):
        return [], [say("bulletins.none_ranked")]
    notes = [say("bulletins.too_few")] if few else []
    notes += [say("bulletins.cut", count=len(rows) - most)] if len(rows) > most else []
    notes += [say("bulletins.without", count=idle)] if idle else []
    return rows[:most], notes


def group(peers: Standing) -> str:
    """Return what a group of peers is called, with what is told of it."""
    return say("bulletins.part.scores", group=scores.group_name(peers.group))


def part_name(part: Part) -> str:
    """Return what a part of a score is called, and its weight."""
    return say("bulletins.weighted", name=scores.name(part.key), weight=f"{part.weight:g}")


def share(part: Part) -> str:
    """Return the value of a part as it is written."""
    return say("boards.none") if part.value is None else words.percent(part.value)


def parts(indicator: Indicator, figure: Figure) -> str:
    """Return what a share is taken of; of a length of time, what nine in ten do not pass."""
    if figure.p90 is not None:
        return say("bulletins.nine_in_ten", length=words.length_text(figure.p90))
    return words.parts_text(indicator, figure)


def rank_text(board: BoardFigures, row: Rank) -> str:
    """Return what an organisation is ranked by, as it is written."""
    indicator = indicators().get(board.ranking.figure)
    return words.value_text(indicator, row.value) if indicator else say("boards.none")
