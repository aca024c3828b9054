"""A bulletin as typed values, read from the text that was kept when it was issued, and from nothing else."""

import json
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from console.indicators import figures, standing
from console.indicators.figures import BoardFigures, Figure
from console.indicators.indicator import BOARDS, Indicator, indicators
from console.indicators.standing import Standing
from console.language import LANGUAGES
from console.spoken import CHINA

ISSUE: Final = "SELECT * FROM desk.issue_bulletin($1, $2, $3, $4, $5)"
READ: Final = "SELECT * FROM desk.bulletin($1, $2, $3)"
ORDER: Final = sorted(BOARDS, key=lambda board: (board != "incidents", board))  # first what is asked first
LONGEST: Final = 200  # characters of a name; what is longer says nothing more on a page


@dataclass(frozen=True, slots=True)
class Campaign:
    """Of which classes it is, in all languages, until ``last``.

    ``target``: the share that ``figure`` is to reach, if any.
    """

    name: str
    last: date
    classes: tuple[dict[str, str], ...]
    figure: str | None
    target: float | None


@dataclass(frozen=True, slots=True)
class Before:
    """That which was issued last of the same; ``over``: the period was over by then.

    ``said``: by key, what it said otherwise: value, and of a share its two numbers.
    """

    year: int
    number: int
    issued_at: datetime
    over: bool
    said: dict[str, tuple[float | None, int | None, int | None]]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """``kind``: day, week, month or campaign; ``boards`` by what is asked first.

    ``digest`` in hexadecimal, "" for a draft.
    """

    year: int
    number: int
    organisation: str
    period: str
    kind: str
    first: date
    last: date
    issued_at: datetime
    issued_by: str
    comment: str
    boards: dict[str, BoardFigures]
    scores: tuple[Standing, ...]
    campaign: Campaign | None
    before: Before | None
    digest: str

    @property
    def running(self) -> datetime | None:
        """Return up to when it tells where its last day was not over; None where it was."""
        board = next((one for one in self.boards.values() if one.running), None)
        return board.at.astimezone(CHINA) if board else None

    def board(self, key: str) -> list[tuple[Indicator, Figure]]:
        """Return the figures of a board that this version knows, with what they are."""
        found = self.boards[key].figures if key in self.boards else ()
        return [(indicators()[one.key], one) for one in found if one.key in indicators()]

    def figure(self, key: str) -> tuple[Indicator, Figure] | None:
        """Return a figure of any board."""
        return next((both for board in self.boards for both in self.board(board) if both[1].key == key), None)


def parse(document: str, digest: str = "") -> Bulletin:
    """Read what desk.issue_bulletin, desk.bulletin and desk.preview_bulletin answer."""
    facts = _calm(json.loads(document))
    period = facts["period"]
    boards = {key: _told(figures.parse(facts["boards"][key])) for key in ORDER if key in facts["boards"]}
    return Bulletin(
        year=facts["year"],
        number=facts["number"],
        organisation=plain(facts["organisation"]["name"]),
        period=period["key"],
        kind=period["kind"],
        first=date.fromisoformat(period["first"]),
        last=date.fromisoformat(period["last"]),
        issued_at=datetime.fromisoformat(facts["issued_at"]).astimezone(CHINA),
        issued_by=plain(facts["issued_by"]),
        comment=facts["comment"],
        boards={key: board for key, board in boards.items() if board.figures},
        scores=tuple(standing.parse(one) for one in facts.get("scores", ())),
        campaign=_campaign(facts["campaign"]) if "campaign" in facts else None,
        before=_before(facts["before"]) if facts.get("before") else None,
        digest=digest,
    )


def _told(board: BoardFigures) -> BoardFigures:
    """Return what a board says of its organisation: of a department not what is told of places alone."""
    if board.level != "department":
        return board
    known = indicators()
    kept = tuple(one for one in board.figures if one.key not in known or not known[one.key].places)
    return replace(board, figures=kept)


def _campaign(facts: dict[str, Any]) -> Campaign:
    return Campaign(
        name=plain(facts["name"]),
        last=date.fromisoformat(facts["last"]),
        classes=tuple(map(_in_all_tongues, facts["classes"])),
        figure=facts["figure"],
        target=facts["target"],
    )


def _in_all_tongues(name: str | dict[str, str]) -> dict[str, str]:
    """Return a name in all languages; what was issued before it was kept in them, as it stands."""
    return name if isinstance(name, dict) else dict.fromkeys(LANGUAGES, name)


def _before(facts: dict[str, Any]) -> Before:
    return Before(
        year=facts["year"],
        number=facts["number"],
        issued_at=datetime.fromisoformat(facts["issued_at"]).astimezone(CHINA),
        over=facts["over"],
        said={one["key"]: (one["value"], one["numerator"], one["denominator"]) for one in facts["changes"]},
    )


def plain(text: str, most: int = LONGEST) -> str:
    """Return a text on one line without what cannot be seen (controls, bidi, zero width), cut to ``most``."""
    unseen = {"Cc", "Cf", "Cs", "Cn"}
    seen = "".join(" " if unicodedata.category(c) in unseen else c for c in text[: most + 1])
    seen = " ".join(seen.split())
    return seen if len(seen) <= most else seen[: most - 1] + "…"


def paragraphs(text: str) -> Iterator[str]:
    """Yield the lines of a comment, each plain."""
    yield from (line for line in (plain(one, 4000) for one in text.splitlines()) if line)


def _calm(value: Any) -> Any:  # noqa: ANN401  any JSON value
    """Take NaN and infinity for what they tell: nothing."""
    if isinstance(value, dict):
        return {key: _calm(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_calm(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
