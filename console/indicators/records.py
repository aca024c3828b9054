"""How the records behind a figure that counts no cases are told: headings, kinds, what they come to."""

from typing import Final

from console.language import knows, say

COLUMNS: Final = ("code", "name", "what", "place", "day", "n")
KINDS: Final = ("registry.result", "places.staff")  # where what a record is may be named
Counted = tuple[str, str] | None  # what the figure counts of each record, see indicator.counted


def heading(column: str, counted: Counted, bearer: str) -> str:
    """Return what a column is called: of numbers by what the figure counts, of names by who bears them."""
    if column == "name" and bearer:
        return bearer
    if column != "n" or counted is None:
        return say(f"boards.records.{column}")
    words = _fields(*counted)
    return words[:1].upper() + words[1:]


def kind(value: object) -> str:
    """Return the kind of a record in words; "" where it has none."""
    known = next((key for group in KINDS if knows(key := f"{group}.{value}")), None)
    return "" if value is None else say(known) if known else str(value)


def together(stands_for: int, counted: Counted) -> str:
    """Return what the records come to, where that is another number than theirs."""
    if counted is None:
        return say("boards.records.sum", sum=stands_for)
    return say("boards.records.by_record", sum=stands_for, counted=_fields(*counted), unit=counted[1])


def _fields(part: str, unit: str) -> str:
    return say("boards.records.counted", part=part, unit=unit)
