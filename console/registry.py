"""People and houses as a centre works with them: figures, spot checks, visits, what is shown."""

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from console.desk.behind import NOTE_PRINTED, PAGE, Page, View
from console.intake.writing.caller import Caller
from console.spoken import CHINA

Facts = dict[str, Any]

RESULTS: Final = ("correct", "wrong", "missing")
VISITED: Final = ("well", "help", "absent", "moved")
FIELDS: Final = {  # what a spot check may find wrong, as gridseat.spot_fields has it
    "house": ("use", "address", "grid_code"),
    "resident": ("kind", "name", "birth_year", "alone", "phone", "household_code", "grid_code"),
}
CHECKS: Final = """
SELECT coalesce(jsonb_agg(to_jsonb(s)), '[]')::text
FROM desk.spot_checks($1, $2, $3, $4::text::jsonb, $5, $6) AS s"""
VISITS: Final = """
SELECT coalesce(jsonb_agg(to_jsonb(v)), '[]')::text FROM desk.visits($1, $2, $3, $4::text::jsonb, $5) AS v"""
RECORDS: Final = """
SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]')::text FROM desk.registry_records($1, $2, $3, $4, $5, $6) AS r"""
ACTS: Final = "SELECT coalesce(jsonb_agg(to_jsonb(a)), '[]')::text FROM desk.registry_acts($1) AS a"
RULES: Final = "SELECT coalesce(jsonb_agg(r), '[]')::text FROM desk.visit_rules() AS r"
RULE: Final = "SELECT desk.set_visit_rule($1, $2, $3, $4, $5, $6, $7)::text"


class Registry:
    """The registry as one person may see it; an ``organisation`` is a code or name, None for one's own."""

    def __init__(self, desk: Caller) -> None:
        self._desk = desk

    async def figures(self, organisation: str | None, days: int) -> dict[str, Facts]:
        """Return {key: {"hits", "of"}}; hits null where people are too few to be told."""
        return await self._ask("SELECT desk.registry_figures($1, $2)::text", organisation, days)  # type: ignore[no-any-return]

    async def stretch(self, days: int) -> tuple[date, date]:
        """Return the first and the last of the last so many days, as the server has them."""
        now: datetime = await self._desk.call(lambda raw: raw.fetchval("SELECT desk.now()"))
        last = now.astimezone(CHINA).date()
        return last - timedelta(days=days - 1), last

    async def records(
        self, key: str, organisation: str | None, days: int, which: str = "", after: int = 0, limit: int = 200
    ) -> list[Facts]:
        """Return the records behind a figure, texts masked; ``after`` the last one's id come the next."""
        return await self._ask(RECORDS, key, organisation, days, which, after, limit)  # type: ignore[no-any-return]

    async def note_printed(self, key: str, organisation: str | None, rows: int) -> None:
        """Keep that so many rows of a list were printed: what is printed can be sent to a file.

        ``key``: the figure that they are behind, "spot_list" or "visit_list".
        """
        await self._desk.call(lambda raw: raw.execute(NOTE_PRINTED, key, organisation, rows))

    async def draw(self, organisation: str | None) -> Facts:
        """Draw this month's spot checks where they are not drawn; return {"month", "grids", "drawn"}."""
        total = {"grids": 0, "drawn": 0}
        while True:
            told = await self._ask("SELECT desk.draw_spot_checks($1)::text", organisation)
            total = {key: total[key] + told[key] for key in total}
            if not told["left"] or not told["grids"]:
                return {"month": told["month"], **total}

    async def checks(
        self, organisation: str | None, month: date | None = None, limit: int = 200
    ) -> list[Facts]:
        """Return the spot checks of a month (None: this one), those to do first."""
        return _bare(await self._ask(CHECKS, organisation, month, limit, None, None, ""))

    def check_list(self, month: date | None, grid: str | None) -> "Rows":
        """Return the spot checks of a month, of one grid or of all, as a list to be read page by page."""

        async def read(find: str, after: str | None) -> list[Facts]:
            return await self._ask(CHECKS, None, month, PAGE, after, grid, find)  # type: ignore[no-any-return]

        return Rows(read)

    async def check_state(self, month: date | None) -> Facts:
        """Return how far a month's spot checks are, and which grids they are of (see desk.spot_state)."""
        return await self._ask("SELECT desk.spot_state(NULL, $1)::text", month)  # type: ignore[no-any-return]

    async def enter(self, check: int, result: str, wrong: Sequence[str] = ()) -> Facts:
        """Note what a spot check found: one of RESULTS, and for "wrong" which of FIELDS."""
        asked = "SELECT desk.enter_spot_check($1, $2, $3)::text"
        return await self._ask(asked, check, result, list(wrong))  # type: ignore[no-any-return]

    async def plan(self, organisation: str | None) -> int:
        """Make a visit's task for whoever has none to come; return how many."""
        planned: int = 0
        while True:
            told = await self._ask("SELECT desk.plan_visits($1)::text", organisation)
            planned += int(told["planned"])
            if told["all"]:
                return planned

    async def visits(self, organisation: str | None, *, made: bool = False, limit: int = 200) -> list[Facts]:
        """Return visits to make, the earliest due first, or those made."""
        return _bare(await self._ask(VISITS, organisation, made, limit, None, ""))

    def visit_list(self, *, made: bool) -> "Rows":
        """Return visits to make, or those made, as a list to be read page by page."""

        async def read(find: str, after: str | None) -> list[Facts]:
            return await self._ask(VISITS, None, made, PAGE, after, find)  # type: ignore[no-any-return]

        return Rows(read)

    async def finish(self, visit: int, result: str, day: date | None = None) -> Facts:
        """Note a visit's result, one of VISITED, and its day (None: today)."""
        return await self._ask("SELECT desk.finish_visit($1, $2, $3)::text", visit, result, day)  # type: ignore[no-any-return]

    async def rules(self) -> list[Facts]:
        """Return the rules that say who is to be visited."""
        return await self._ask(RULES)  # type: ignore[no-any-return]

    async def set_rule(self, code: str, name: str, every_days: int, *, active: bool, **who: Any) -> Facts:  # noqa: ANN401
        """Write a rule; ``who``: kind, min_age, alone, each None for anybody."""
        asked = (who.get("kind"), who.get("min_age"), who.get("alone"))
        return await self._ask(RULE, code, name, *asked, every_days, active)  # type: ignore[no-any-return]

    async def reveal(self, kind: str, code: str, reason: str) -> Facts:
        """Return a record's texts in clear; that they were asked for, and why, is kept."""
        return await self._ask("SELECT desk.reveal_record($1, $2, $3)::text", kind, code, reason)  # type: ignore[no-any-return]

    async def erase(self, code: str, reason: str) -> Facts:
        """Erase what is known of a person, on their request."""
        return await self._ask("SELECT desk.erase_resident($1, $2)::text", code, reason)  # type: ignore[no-any-return]

    async def acts(self, limit: int) -> list[Facts]:
        """Return who saw, saved, printed and erased what, the newest first."""
        return await self._ask(ACTS, limit)  # type: ignore[no-any-return]

    async def _ask(self, question: str, *values: object) -> Any:  # noqa: ANN401  the server's document
        return json.loads(await self._desk.call(lambda raw: raw.fetchval(question, *values)))


class Rows:
    """A list in its own order; ``read(find, after)``: the rows after the key ``after``, each with its own."""

    def __init__(self, read: Callable[[str, str | None], Awaitable[list[Facts]]]) -> None:
        self._read = read
        self._total = 0

    async def page(self, view: View, after: object = None) -> Page:
        """Return the rows after ``after`` in which the words that are looked for stand."""
        rows = await self._read(view.find, json.dumps(after) if after else None)
        if after is None:
            self._total = rows[0]["total"] if rows else 0
        return Page(_bare(rows), self._total, rows[-1]["key"] if len(rows) == PAGE else None)


def _bare(rows: list[Facts]) -> list[Facts]:
    """Return the rows without what pages are made by."""
    return [{name: fact for name, fact in row.items() if name not in {"key", "total"}} for row in rows]
