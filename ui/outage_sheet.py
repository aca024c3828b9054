"""Paper for an outage: the open cases of priority 1 and whom to call, from what the screen still knows."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from console.feed.board import Board
from console.feed.board_row import Row
from console.language import say
from console.spoken import status_label
from ui.moments import brief, epoch, exact
from ui.printing import Section, Sheet
from ui.seat import Seat
from ui.texts import shown

URGENT: Final = 1
MOST_CASES, MOST_PEOPLE = 500, 300
CASE_WIDTHS = (8, 22, 24, 12, 10, 12, 12)
PEOPLE_WIDTHS = (18, 14, 18, 20, 15, 15)


def left_over(seat: Seat) -> Sheet:
    """Return the sheet; it needs no database."""
    now, age = seat.bridge.now(), seat.bridge.age() or 0.0
    rows = urgent(seat.console.board)
    lead = (
        say("printing.left.lead", at=exact(now - age), person=seat.console.me["name"]),
        say("printing.left.cut", count=len(rows), most=MOST_CASES) if len(rows) > MOST_CASES else "",
    )
    return Sheet(
        say("printing.left.title"),
        [line for line in lead if line],
        (_cases(rows[:MOST_CASES], now), _contacts(seat)),
        say("window.product"),
    )


def urgent(board: Board) -> list[Row]:
    """Return the open cases of priority 1, the one that is due first first."""
    slots = board.all_slots()
    chosen = slots[board.columns["priority"].within(slots, [URGENT])]
    return sorted((board.row_at(int(slot)) for slot in chosen), key=lambda row: (row.due != row.due, row.due))


def _cases(rows: list[Row], now: float) -> Section:
    head = [
        say(f"printing.left.{name}") for name in ("number", "case", "place", "status", "unit", "due", "claim")
    ]
    lines = [
        (
            str(row.number),
            shown(row.title),
            shown(_where(row)),
            status_label(row.status),
            row.unit,
            brief(row.due, now) if row.due == row.due else "",
            row.claim_by,
        )
        for row in rows
    ]
    note = () if rows else (say("printing.left.none"),)
    return Section(say("printing.left.cases", count=len(rows)), note, head, lines, CASE_WIDTHS)


def _where(row: Row) -> str:
    """Return the place; organisation names go before it where it does not name the township itself."""
    if row.township and row.township in row.place:
        return row.place
    return " ".join(one for one in (row.township, row.community, row.place) if one)


def _contacts(seat: Seat) -> Section:
    now = seat.bridge.now()
    people = [one for one in seat.directory.contacts if (epoch(one["ends"]) or 0.0) > now][:MOST_PEOPLE]
    head = [say(f"printing.left.{name}") for name in ("centre", "person", "duty", "phone", "from", "until")]
    note = () if people else (say("printing.left.contacts_none"),)
    return Section(
        say("printing.left.contacts"), note, head, [_contact(one, now) for one in people], PEOPLE_WIDTHS
    )


def _contact(one: Mapping[str, Any], now: float) -> Sequence[str]:
    duties = say("case.list").join(say(f"window.position.{position}") for position in one["positions"])
    span = [brief(epoch(one[edge]) or now, now) for edge in ("starts", "ends")]
    return (shown(one["centre"]), shown(one["name"]), duties, shown(one["phone"] or ""), *span)
