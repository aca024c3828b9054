"""What a bulletin says in sentences, made of its figures alone."""

from collections.abc import Iterator
from typing import Final

from console.bulletins import words
from console.bulletins.bulletin import Bulletin, Campaign, plain
from console.indicators import changes as indicator_changes
from console.indicators import words as indicator_words
from console.indicators.figures import BoardFigures
from console.indicators.indicator import Kind, indicators
from console.indicators.places import placed
from console.indicators.targets import target_text
from console.language import choose, say

NAMED: Final = 3
COUNTED: Final = ("received", "closed", "open", "overdue")


def summary(bulletin: Bulletin) -> Iterator[str]:
    """Yield the sentences that open a bulletin."""
    yield from _told(bulletin)
    yield from against(bulletin)


def against(bulletin: Bulletin) -> Iterator[str]:
    """Yield what was issued of the same before, and of what this one says otherwise."""
    before = bulletin.before
    if before is None:
        return
    then = say("bulletins.number", year=str(before.year), number=str(before.number))
    at = f"{before.issued_at:%Y-%m-%d %H:%M}"
    changes = [one for key, was in before.said.items() if (one := _change(bulletin, key, was))]
    if not before.over:
        yield say("bulletins.before_running", before=then, at=at)
    elif not changes:
        yield say("bulletins.before_same", before=then, at=at)
    else:
        yield say("bulletins.before_changed", before=then, at=at, changes=say("boards.comma").join(changes))


def _change(bulletin: Bulletin, key: str, was: tuple[float | None, int | None, int | None]) -> str:
    """Return a figure then and now, with its two numbers where the values read the same."""
    found = bulletin.figure(key)
    if found is None:
        return ""
    known, figure = found
    then, now = indicator_words.value_text(known, was[0]), indicator_words.figure_text(known, figure)
    if then == now and figure.denominator is not None:
        then, now = f"{then} ({was[1]}/{was[2]})", f"{now} ({figure.numerator}/{figure.denominator})"
    return say("bulletins.was", figure=known.name, value=then, now=now)


def _told(bulletin: Bulletin) -> Iterator[str]:
    facts = {key: words.told(bulletin, key) for key in COUNTED}
    if bulletin.campaign:
        yield from _about(bulletin, bulletin.campaign)
    if all(bulletin.boards[board].blank for board in bulletin.boards):
        yield say("bulletins.blank")
        return
    if not any(_counted(bulletin, key) for key in ("received", "closed", "closing")):
        yield say("bulletins.quiet", open=facts["open"], overdue=facts["overdue"])
        return
    yield say("bulletins.flow", **facts)
    if bulletin.campaign:
        yield say("campaigns.said.present")
    if rates := list(_rates(bulletin)):
        told = [rates[0], *map(_within, rates[1:])]
        yield say("bulletins.rates", rates=say("boards.comma").join(told))
    if bulletin.boards.get("incidents"):
        yield from _most(bulletin.boards["incidents"])
        yield from _first_and_last(bulletin.boards["incidents"])


def _rates(bulletin: Bulletin) -> Iterator[str]:
    """Yield the shares that there are, each with its change or, where nothing compares, its two numbers."""
    for known, figure in filter(None, map(bulletin.figure, words.KEY_FIGURES)):
        if known.kind is Kind.RATE and figure.value is not None:
            compares = indicator_changes.compares(known, figure)
            of = words.changes(bulletin, known, figure)[0] if compares else words.parts(known, figure)
            value = indicator_words.figure_text(known, figure)
            yield say("bulletins.rate", name=known.name, value=value, of=_within(of))


def _within(text: str) -> str:
    """Return what begins a line elsewhere as it stands within a sentence."""
    return text[:1].lower() + text[1:]


def _counted(bulletin: Bulletin, key: str) -> float:
    """Return how many cases a figure has, or is taken of."""
    found = bulletin.figure(key)
    return (found[1].denominator or found[1].value or 0) if found else 0


def _about(bulletin: Bulletin, campaign: Campaign) -> Iterator[str]:
    """Yield what a campaign is about and, where it has a target, whether it is reached."""
    classes = say("boards.comma").join(plain(choose(one)) for one in campaign.classes)
    yield say("bulletins.campaign", classes=classes, last=words.day(campaign.last))
    found = bulletin.figure(campaign.figure or "")
    if found is not None and campaign.target is not None:
        yield target_text(*found, campaign.target)


def _most(board: BoardFigures) -> Iterator[str]:
    classes = next((one for one in board.series if one.kind == "pareto"), None)
    counts = classes.lines[0].values if classes and classes.lines else ()
    whole = sum(count or 0 for count in counts)
    if classes and whole and sum(bool(count) for count in counts) > 1:  # of one kind there is no most
        pairs = list(zip(classes.marks, counts, strict=False))[:NAMED]
        names = [
            say(
                "bulletins.most_one",
                name=plain(mark.label, words.NAME),
                count=int(count),
                share=indicator_words.percent(count / whole),
            )
            for mark, count in pairs
            if count
        ]
        yield say("bulletins.most", names=say("boards.comma").join(names))


def _first_and_last(board: BoardFigures) -> Iterator[str]:
    rows = [row for place, row in placed(board) if place]
    indicator = indicators().get(board.ranking.figure)
    if indicator is None or len(rows) <= NAMED:
        return
    named = [(plain(row.name, words.NAME), indicator_words.value_text(indicator, row.value)) for row in rows]
    if named[0][1] == named[-1][1]:
        yield say("bulletins.level", figure=indicator.name, count=len(named), value=named[0][1])
        return
    first, last = _end(named), _end(named[::-1])
    yield say("bulletins.ranked", figure=indicator.name, first=_names(first), last=_names(last[::-1]))


def _end(named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the first few: of several that are alike all or none, of those at the very first all."""
    most = min(NAMED, len(named) // 2)
    told = [value for _, value in named]
    while most and told[most - 1] == told[most]:
        most -= 1
    return named[: most or told.count(told[0])]


def _names(named: list[tuple[str, str]]) -> str:
    """Return names with their values; more than a few that are alike only as how many they are."""
    if len(named) > NAMED:
        return say("bulletins.alike", count=len(named), value=named[0][1])
    return say("boards.comma").join(" ".join(one) for one in named)
