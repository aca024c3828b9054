"""What the dialog of people and houses says: columns, a record field by field, and how far a month is."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from console.language import counted, knows, say
from console.registry import FIELDS
from ui.lists.rows import Column, PagedRows
from ui.texts import shown

ORDER: Final = ("name", "kind", "birth_year", "alone", "phone", "use", "address", "household_code")
WIDE: Final[dict[str, dict[str, int]]] = {  # columns in pixels, 0: what is left over
    "checks": {"grid_name": 170, "kind": 86, "code": 170, "fields": 0, "result": 130},
    "visits": {"due": 100, "grid_name": 180, "code": 150, "fields": 0, "worker": 100, "result": 90},
}
MONTHS: Final = 12  # that can be looked back at
Facts = dict[str, Any]
Offered = list[tuple[str, Any]]


def columns(view: str) -> list[Column]:
    """Return the columns of "checks" or "visits"."""
    return [
        Column(key, say(f"registry.column.{key}"), _says(key), width=wide) for key, wide in WIDE[view].items()
    ]


def _says(key: str) -> Callable[[Facts], str]:
    return lambda row: shown(cell(row, key))


def state(view: str, rows: PagedRows, figures: Facts, *, made: bool) -> str:
    """Return how far the spot checks or visits are; where there are none, what to do."""
    total, listed = rows.total or 0, len(rows.rows)
    none = not (figures["drawn"] if view == "checks" else total or rows.view.find)
    if none:
        return say(f"registry.none.{'made' if view == 'visits' and made else view}")
    told = _month(figures) if view == "checks" else "" if rows.view.find else _visits(rows, total, made=made)
    if rows.view.find or (view == "checks" and total != figures["drawn"]):
        told += (told and "　") + (say("lists.found", total=total) if total else say("lists.not_found"))
    return told + say("lists.listed", shown=listed) if listed < total else told


def _month(figures: Facts) -> str:
    done = figures["checked"]
    accuracy = f"{figures['correct'] / done:.1%}" if done else "—"
    facts = {"month": figures["month"], "drawn": counted(figures["drawn"]), "checked": counted(done)}
    return say("registry.checks_state", accuracy=accuracy, **facts)


def _visits(rows: PagedRows, total: int, *, made: bool) -> str:
    if made:
        return say("registry.made_state", count=total)
    late = sum(row["overdue"] for row in rows.rows)  # they come first
    unread = late == len(rows.rows) < total
    told = say("registry.at_least", count=late) if unread else late
    return say("registry.visits_state", count=total, overdue=told)


def months(this: str) -> Offered:
    """Return ``this`` month (2026-11) and those before it: words and first day, None for this one."""
    year, month = map(int, this.split("-"))
    counted = [year * 12 + month - 1 - back for back in range(1, MONTHS)]
    days = [date(months // 12, months % 12 + 1, 1) for months in counted]
    return [(say("registry.this_month"), None), *((f"{day:%Y-%m}", day) for day in days)]


def grids(figures: Facts) -> Offered:
    """Return the grids of a month's spot checks, each with how many of its are done."""
    told = [
        (say("registry.grid_state", name=shown(name), checked=checked, drawn=drawn), code)
        for code, name, drawn, checked in figures["grids"]
    ]
    return [(say("registry.all_grids"), None), *told]


def fields(check: Facts) -> list[str]:
    """Return what a check may find wrong, each with what is recorded of it."""
    known = {**check["fields"], "grid_code": check["grid_name"]}
    told = []
    for key in FIELDS[check["kind"]]:
        value = say("cli.yes" if known.get(key) else "cli.no") if key == "alone" else word(known.get(key))
        told.append(
            shown(
                say(
                    "registry.recorded",
                    field=say(f"registry.field.{key}"),
                    value=value or say("registry.nothing"),
                )
            )
        )
    return told


def cell(row: Facts, key: str) -> str:
    """Return what a line shows of ``row`` in the column ``key``."""
    value = row.get(key)
    if key == "fields":
        parts = [word(value.get(one)) for one in ORDER] if isinstance(value, dict) else []
        return say("case.dot").join(part for part in parts if part)
    if key == "result" and row.get("wrong"):
        names = say("intake.comma").join(say(f"registry.field.{one}") for one in row["wrong"])
        return say("registry.wrong_in", fields=names)
    return word(value)


def word(value: object) -> str:
    """Return a word of the registry in the spoken language, any other as it is."""
    if value is None or isinstance(value, bool):
        return say("registry.field.alone") if value else ""
    key = f"registry.result.{value}"
    return say(key) if knows(key) else str(value)
