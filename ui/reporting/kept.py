"""The drafts of new reports: kept under minus the second in which each was begun."""

from console.desk.drafts import Draft, Key
from ui.seat import Seat

REPORT = "report"


def waiting(seat: Seat) -> list[tuple[Key, Draft]]:
    """Return the drafts that may be gone on with, the latest first."""
    keys = sorted((key for key in seat.drafts if key[0] == REPORT), key=lambda key: key[1] or 0)
    kept = ((key, seat.drafts.get(key)) for key in keys)
    return [(key, draft) for key, draft in kept if draft]


def fresh(seat: Seat) -> int:
    """Return by what a report that is begun now is kept."""
    begun = -round(seat.bridge.now())
    while (REPORT, begun) in seat.drafts:
        begun -= 1
    return begun
