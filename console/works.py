"""What the command line and the window tell of daily work: questions, columns, and how a cell is said."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from console.errors import BadInput
from console.intake.writing.caller import Caller
from console.language import choose, knows, say
from console.spoken import CHINA

Facts = dict[str, Any]
MODES: Final = ("on_site", "phone", "platform", "cross")
ASK: Final = {
    "attendance": "SELECT * FROM desk.attendance($1, $2)",  # of a day
    "staff": "SELECT * FROM desk.staff_records($1, $2)",  # of so many days
    "units": "SELECT * FROM desk.unit_records($1, $2)",
    "groups": "SELECT * FROM desk.groups($1)",
    "flags": "SELECT * FROM desk.flag_months($1, $2)",  # of the month of a day
    "inspections": "SELECT * FROM desk.inspections($1, $2)",  # of a month; whether only those that wait
}
DRAW: Final = "SELECT desk.draw_inspections($1, $2, $3, $4, $5)::text"
TELL: Final = "SELECT desk.tell_inspection($1, $2, $3)::text"
TELL_FLAG: Final = "SELECT desk.import_flags($1::text::jsonb)::text"
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "attendance": ("due", "code", "name", "kind", "grid_code", "organisation", "came", "went"),
    "staff": (
        *("code", "name", "kind", "organisation", "due", "present", "beside", "patrols", "visits", "reports"),
        *("checks", "cases", "reworked", "inspected", "passed"),
    ),
    "units": (
        *("code", "name", "should", "on_time", "acknowledge", "acknowledged"),
        *("handled", "reworked", "inspected", "passed"),
    ),
    "groups": ("code", "name", "organisation", "grid_code", "joined", "households", "last_message"),
    "flags": ("organisation", "name", "list", "flag", "kept", "note", "told_by"),
    "inspections": (
        *("id", "mode", "number", "title", "worker", "name", "organisation", "unit", "by_centre"),
        *("passed", "note"),
    ),
}
PLACES: Final = frozenset({"organisation", "unit", "by_centre"})  # columns of organisations' codes
PEOPLE: Final = {"code": "worker", "name": "person"}  # columns of views of people, as they are called


class Works:
    """Reads and tells of daily work, under the person's own rights."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def rows(self, what: str, *about: object) -> list[Facts]:
        """Return what ``ASK`` answers, row by row; a flag with its name in the spoken language."""
        found = await self._caller.call(lambda raw: raw.fetch(ASK[what], *about))
        return [named(dict(row)) for row in found]

    async def draw(self, organisation: str | None, month: date, mode: str, of: str, size: int) -> Facts:
        """Draw inspections; return how many there were to draw from, are drawn in all, and are new."""
        return await self._document(DRAW, organisation, month, mode, of, size)

    async def tell(self, inspection: int, note: str, *, passed: bool) -> Facts:
        """Tell what an inspection found; return it."""
        return await self._document(TELL, inspection, passed, note)

    async def tell_flag(self, community: str, month: date, flag: str, note: str, *, kept: bool) -> Facts:
        """Say whether a community kept a flag; return what changed. BadInput for what cannot be said."""
        row = {"line": 1, "organisation_code": community, "month": month.isoformat(), "flag": flag}
        told = row | {"kept": "yes" if kept else "no", "note": note}
        found = await self._document(TELL_FLAG, json.dumps([told], ensure_ascii=False))
        for refused in found["refused"]:
            raise BadInput(refused["code"], **refused["facts"])
        return {key: found[key] for key in ("added", "updated", "unchanged")}

    async def _document(self, question: str, *values: object) -> Facts:
        return dict(json.loads(await self._caller.call(lambda raw: raw.fetchval(question, *values))))


def named(row: Facts) -> Facts:
    """Return a row whose flag, if it is of one, has its name; what was said before as records."""
    if "zh" not in row:
        return row
    before = {"before": json.loads(row["before"])} if "before" in row else {}
    return row | {"flag": choose(row)} | before


def heading(column: str, what: str = "") -> str:
    """Return what a column of ``what`` is called; of people their names are."""
    if what in {"attendance", "staff"}:
        column = PEOPLE.get(column, column)
    if (what, column) == ("staff", "due"):
        column = "due_days"
    own, usual = f"operations.column.{column}", f"cli.label.{column}"
    return say(own) if knows(own) else say(usual) if knows(usual) else column


def cell(column: str, value: object) -> object:
    """Return a cell as it is said: kinds and modes by name, a time of day in China; the rest as it is."""
    if isinstance(value, datetime):
        return f"{value.astimezone(CHINA):%H:%M}"
    key = {"kind": f"places.staff.{value}", "mode": f"operations.mode.{value}"}.get(column, "")
    return say(key) if knows(key) else value


def lines(what: str, rows: Sequence[Facts]) -> list[list[object]]:
    """Return the cells of ``rows`` in the order of the columns."""
    return [[cell(column, row[column]) for column in COLUMNS[what]] for row in rows]


def drawn(told: Facts) -> str:
    """Return what a draw has come to, in words."""
    facts = {"total": told["candidates"], "count": told["drawn"], "added": told["added"]}
    return say(
        "operations.said.drawn", month=told["month"], mode=say(f"operations.mode.{told['mode']}"), **facts
    )


def summary(what: str, rows: Sequence[Facts]) -> str:
    """Return how many rows there are and, where some are told and some are not, how many of which."""
    told = {"attendance": "came", "flags": "kept", "inspections": "passed"}.get(what)
    if told is None:
        return say("operations.sum.all", count=len(rows))
    wanted = [row for row in rows if row.get("due", True)]
    known = [row for row in wanted if row[told] is not None]
    well = sum(bool(row[told]) for row in known)
    return say(f"operations.sum.{what}", count=len(wanted), taken=len(known), kept=well)
