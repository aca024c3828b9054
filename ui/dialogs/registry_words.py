"""What the dialog of people and houses says: cells of its lists, and how far a month is."""

from typing import Any, Final

from console.language import knows, say

MOST: Final = 500  # lines that are listed
ORDER: Final = ("name", "kind", "birth_year", "alone", "phone", "use", "address", "household_code")
Facts = dict[str, Any]


def state(view: str, rows: list[Facts], figures: Facts, *, made: bool) -> str:
    """Return how far the spot checks or visits are; where there are none, what to do."""
    if not rows:
        return say("registry.none.made" if view == "visits" and made else f"registry.none.{view}")
    if view == "checks":
        accuracy, checked = figures["accuracy"], figures["checked"]
        told = say(
            "registry.checks_state",
            month=rows[0]["month"],
            drawn=checked["of"],
            checked=checked["hits"],
            accuracy=f"{accuracy['hits'] / accuracy['of']:.1%}" if accuracy["of"] else "—",
        )
    elif made:
        told = say("registry.made_state", count=len(rows))
    else:
        told = say("registry.visits_state", count=len(rows), overdue=sum(row["overdue"] for row in rows))
    return f"{told}　{say('registry.more', count=MOST)}" if len(rows) == MOST else told


def cell(row: Facts, key: str) -> str:
    """Return what a line shows of ``row`` in the column ``key``."""
    value = row.get(key)
    if key == "fields":
        parts = [word(value.get(one)) for one in ORDER] if isinstance(value, dict) else []
        return say("case.dot").join(part for part in parts if part)
    return word(value)


def word(value: object) -> str:
    """Return a word of the registry in the spoken language, any other as it is."""
    if value is None or isinstance(value, bool):
        return say("registry.field.alone") if value else ""
    key = f"registry.result.{value}"
    return say(key) if knows(key) else str(value)
