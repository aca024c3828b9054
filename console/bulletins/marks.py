"""What stands on a page of paper, in millimetres from its upper left corner, whoever draws it."""

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Words:
    """One line of ``size`` points in the middle of a box; ``align``: L, C or R."""

    at: Point
    width: float
    tall: float
    text: str
    size: float
    role: str
    align: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Path:
    """Straight lines from point to point, ``wide`` millimetres thick."""

    points: Sequence[Point]
    role: str
    wide: float
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    at: Point
    radius: float
    role: str


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, its corners rounded by so many millimetres."""

    at: Point
    size: Point
    role: str
    round_by: float


Mark = Words | Path | Dot | Box
