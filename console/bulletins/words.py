"""What a bulletin says in words: its title, its number, and sentences made of its figures alone."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from console.bulletins.bulletin import Bulletin, Campaign, paragraphs, plain
from console.indicators import scores, words
from console.indicators.figures import BoardFigures, Figure, Rank, Series
from console.indicators.indicator import Direction, Indicator, Kind, indicators
from console.indicators.standing import Part, Standing
from console.language import knows, say
from console.spoken import channel_label

FEWEST: Final = 5  # cases; with fewer a rate says nothing of an organisation, and none is named by it
NAMED: Final = 3
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


def day(one: date) -> str:
    """Return a day as papers write it."""
    return say("bulletins.day", year=f"{one.year}", month=f"{one.month:02}", day=f"{one.day:02}")


def issued(bulletin: Bulletin) -> str:
    """Return when it was issued and by whom."""
    return say("bulletins.issued", at=f"{bulletin.issued_at:%Y-%m-%d %H:%M}", by=bulletin.issued_by)


def told(bulletin: Bulletin, key: str) -> str:
    """Return a figure as it is written; a dash where it has none."""
    found = bulletin.figure(key)
    return words.value_text(found[0], found[1].value) if found else say("boards.none")


def changed(bulletin: Bulletin, key: str) -> str:
    """Return how a figure stands to the stretch before."""
    found = bulletin.figure(key)
    return words.change_text(*found) if found else ""


def summary(bulletin: Bulletin) -> Iterator[str]:
    """Yield the sentences that open a bulletin."""
    facts = {key: told(bulletin, key) for key in KEY_FIGURES}
    if bulletin.campaign:
        yield from _about(bulletin, bulletin.campaign)
    if all(bulletin.boards[board].blank for board in bulletin.boards):
        yield say("bulletins.blank")
        return
    if not any(_counted(bulletin, key) for key in ("received", "closed", "closing")):
        yield say("bulletins.quiet", open=facts["open"], overdue=facts["overdue"])
        return
    yield say("bulletins.flow", **{key: facts[key] for key in facts if key not in {"closing", "on_time"}})
    rates = {f"{key}_change": changed(bulletin, key) for key in ("closing", "on_time")}
    yield say("bulletins.rates", closing=facts["closing"], on_time=facts["on_time"], **rates)
    if bulletin.boards.get("incidents"):
        yield from _most(bulletin.boards["incidents"])
        yield from _first_and_last(bulletin.boards["incidents"])


def _counted(bulletin: Bulletin, key: str) -> float:
    """Return how many cases a figure has, or is taken of."""
    found = bulletin.figure(key)
    return (found[1].denominator or found[1].value or 0) if found else 0


def _about(bulletin: Bulletin, campaign: Campaign) -> Iterator[str]:
    """Yield what a campaign is about and, where it has a target, whether it is reached."""
    classes = say("boards.comma").join(campaign.classes)
    yield say("bulletins.campaign", classes=classes, last=day(campaign.last))
    found = bulletin.figure(campaign.figure or "")
    if found is None or campaign.target is None:
        return
    value, less = found[1].value, found[0].direction is Direction.DOWN
    met = value is not None and (value <= campaign.target if less else value >= campaign.target)
    yield say(
        f"bulletins.target_{'less_' * less}{'met' if met else 'missed'}",
        figure=found[0].name,
        target=words.percent(campaign.target),
        value=told(bulletin, found[1].key),
    )


def _most(board: BoardFigures) -> Iterator[str]:
    classes = next((one for one in board.series if one.kind == "pareto"), None)
    counts = classes.lines[0].values if classes and classes.lines else ()
    whole = sum(count or 0 for count in counts)
    if classes and whole:
        pairs = list(zip(classes.marks, counts, strict=False))[:NAMED]
        names = [
            say(
                "bulletins.most_one",
                name=plain(mark.label),
                count=int(count),
                share=f"{count / whole * 100:.0f}",
            )
            for mark, count in pairs
            if count
        ]
        yield say("bulletins.most", names=say("boards.comma").join(names))


def _first_and_last(board: BoardFigures) -> Iterator[str]:
    rows = [row for row in board.ranking.rows if row.value is not None and row.denominator >= FEWEST]
    indicator = indicators().get(board.ranking.figure)
    if indicator is None or len(rows) <= NAMED or rows[0].value == rows[-1].value:
        return
    comma = say("boards.comma")
    named = [f"{plain(row.name)} {words.value_text(indicator, row.value)}" for row in rows]
    behind = named[max(len(rows) - NAMED, NAMED) :]
    yield say(
        "bulletins.ranked", figure=indicator.name, first=comma.join(named[:NAMED]), last=comma.join(behind)
    )


def comment(bulletin: Bulletin) -> list[str]:
    """Return what the issuer wrote, line by line."""
    return list(paragraphs(bulletin.comment))


def mark_labels(series: Series) -> list[str]:
    """Return what the marks of a chart are called."""
    return [_label(series, plain(mark.label)) for mark in series.marks]


def _label(series: Series, label: str) -> str:
    if series.key == "channel":
        return channel_label(label)
    return say(f"boards.staff.{label}") if knows(f"boards.staff.{label}") else label


def line_name(key: str) -> str:
    """Return what a line of a chart is called."""
    if knows(f"boards.line.{key}"):
        return say(f"boards.line.{key}")
    return indicators()[key].name if key in indicators() else key


def in_percent(series: Series) -> bool:
    """Tell whether a chart's lines are shares."""
    known = indicators()
    return series.kind == "trend" and all(
        line.key in known and known[line.key].kind is Kind.RATE for line in series.lines
    )


def series_name(key: str) -> str:
    """Return what a chart is called."""
    return say(f"boards.series.{key}") if knows(f"boards.series.{key}") else key


def ranked(board: BoardFigures) -> list[tuple[str, Rank]]:
    """Return place and organisation: of a rate those with too few cases come last, without a place."""
    indicator = indicators().get(board.ranking.figure)
    rate = indicator is not None and indicator.kind is Kind.RATE
    few = [row for row in board.ranking.rows if rate and row.denominator < FEWEST]
    placed = [
        (str(place), row) for place, row in enumerate((r for r in board.ranking.rows if r not in few), 1)
    ]
    return [*placed, *((say("boards.none"), row) for row in few)]


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
