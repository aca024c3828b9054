"""Who sits here, as far as alerts are concerned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.alerts.rules import Rule
from console.feed.board import Board
from console.feed.board_slots import Slots

CENTRE = frozenset({"seat", "supervisor"})


@dataclass(frozen=True, slots=True)
class Post:
    """Where somebody works: the centres whose cases they answer for (None: all), the unit they speak for."""

    centres: frozenset[str] | None = frozenset()
    unit: str = ""

    def concerned(self, board: Board, slots: Slots, rule: Rule, now: float) -> NDArray[np.bool_]:
        """Tell for each of ``slots`` whether ``rule`` concerns this post: none is held by somebody else."""
        alive = board.alive[slots]
        return alive & (self._as_seat(board, slots, rule, now) | self._as_unit(board, slots, rule))

    def _as_seat(self, board: Board, slots: Slots, rule: Rule, now: float) -> NDArray[np.bool_]:
        ours = board.columns["status"].within(slots, rule.seat)
        if self.centres is not None:
            ours &= board.columns["centre"].within(slots, self.centres)
        claimed = ~board.columns["claim_by"].within(slots, [""]) & board.claimed(now, slots)
        return ours & (~claimed | board.columns["mine"].within(slots, [True]))

    def _as_unit(self, board: Board, slots: Slots, rule: Rule) -> NDArray[np.bool_]:
        if not self.unit:
            return np.zeros(len(slots), np.bool_)
        ours = board.columns["unit"].within(slots, [self.unit])
        return ours & board.columns["status"].within(slots, rule.unit)


def post_of(me: Mapping[str, Any], organisation: str, grid: str = "") -> Post:
    """Return the post of ``me`` (desk.whoami); ``organisation`` and ``grid`` as the board calls them."""
    positions = set(me["positions"])
    seat = bool(positions & CENTRE)
    if not organisation:
        return Post(centres=None if seat else frozenset())
    unit = (grid or organisation) if "unit" in positions else ""
    return Post(frozenset({organisation}) if seat else frozenset(), unit)
