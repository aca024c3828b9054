"""What happens to an open case next: whose turn it is, and what they most likely do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.demo import cases, endings, material
from console.demo.cast import DUTY, Cast
from console.demo.dice import Dice
from console.demo.material import words


@dataclass(frozen=True, slots=True)
class Row:
    """What the board says of a case."""

    number: int
    version: int
    status: str
    title: str
    code: str
    centre: str
    unit: str | None
    grid_code: str | None
    claim_until: float | None
    pending: str | None
    restricted: bool

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Row":
        """Read a row of desk.board()."""
        return cls(
            row["number"],
            row["version"],
            row["status"],
            row["title"],
            row["class_code"],
            row["centre"],
            row["unit"],
            row["grid_code"],
            row["claim_until"],
            row["pending"],
            row["restricted"],
        )


@dataclass(frozen=True, slots=True)
class Move:
    """Who does what, with which options."""

    login: str
    action: str
    args: dict[str, Any] = field(default_factory=dict)


def next_move(row: Row, cast: Cast, dice: Dice, claims: Mapping[int, str]) -> Move:
    """Return the next step on the case's way; ``claims`` are those of simulated seats."""
    centre = cast.centre_called(row.centre)
    seat = claims.get(row.number) or cast.colleague(centre, cast.now)
    if row.pending is not None:
        return _decide(cast.head(centre), dice)
    match row.status:
        case "reported":
            return _first(row, seat, dice, claimed=row.number in claims)
        case "accepted":
            return _dispatch(row, seat)
        case "dispatched" | "handling":
            return _unit_moves(row, cast, dice, seat)
    return _finish(row, seat, dice)


def _first(row: Row, seat: str, dice: Dice, *, claimed: bool) -> Move:
    chance = dice.fraction()
    if chance < material.share("rejected"):
        return Move(seat, "reject", {"reason": words("reject", dice)})
    if chance < material.matter(row.code).answered:
        return Move(seat, "answer", {"text": words("answer", dice)})
    if not claimed and dice.fraction() < material.share("claimed"):
        return Move(seat, "claim")
    return Move(seat, "accept")


def _dispatch(row: Row, seat: str) -> Move:
    real = cases.by_title(row.title)
    unit = real.unit if real else material.matter(row.code).unit
    if unit == "grid":
        unit = row.grid_code or "城管局"
    more = {"with": list(real.co_handlers)} if real and real.co_handlers else {}
    return Move(seat, "dispatch", {"unit": unit, **more})


def _unit_moves(row: Row, cast: Cast, dice: Dice, seat: str) -> Move:
    speaker, chance = _speaker(row, cast), dice.fraction()
    if row.status == "dispatched":
        return Move(speaker, "acknowledge")
    if chance < material.share("returned"):
        return Move(speaker, "return", {"reason": words("return", dice)})
    if chance < material.share("returned") + material.share("reminded"):
        return Move(seat, "remind", {"text": words("remind", dice)})
    real = cases.by_title(row.title)
    text = real.outcome if real else dice.one_of(material.matter(row.code).results)
    return Move(speaker, "feedback", {"text": text})


def _finish(row: Row, seat: str, dice: Dice) -> Move:
    if row.status == "verified":
        return Move(seat, "close", endings.said(row.code, dice))
    if dice.fraction() < material.share("reworked") and row.unit is not None:
        return Move(seat, "rework", {"reason": words("rework", dice)})
    return Move(seat, "verify")


def _decide(head: str, dice: Dice) -> Move:
    """Let the head of the centre answer what a unit has asked for."""
    if dice.fraction() < material.share("refused"):
        return Move(head, "refuse", {"reason": words("refuse", dice)})
    return Move(head, "grant", {"text": words("grant", dice)})


def _speaker(row: Row, cast: Cast) -> str:
    return cast.desk_called(row.unit) if row.unit is not None else DUTY
