"""The drafts of new reports: kept under minus the second in which each was begun."""

from console.desk.drafts import Draft, Key
from ui.seat import Seat

REPORT = "report"


def waiting(seat: Seat) -> list[tuple[Key, Draft]]:
    """Return the drafts that may be gone on with, the latest first: not those that only wait to be sent."""
    sent = {str(command.id) for command in seat.console.unanswered}
    keys = sorted((key for key in seat.drafts if key[0] == REPORT), key=lambda key: key[1] or 0)
    kept = ((key, seat.drafts.get(key)) for key in keys)
    return [(key, draft) for key, draft in kept if draft and draft.get(seat.SENT) not in sent]


def fresh(seat: Seat) -> int:
    """Return by what a report that is begun now is kept."""
    begun = -round(seat.bridge.now())
    while (REPORT, begun) in seat.drafts:
        begun -= 1
    return begun
