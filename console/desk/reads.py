"""What a console reads of single cases and of the county, under the person's own rights."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from console.database.pieces import fetched
from console.desk.around import Around
from console.desk.board_reads import BoardReads
from console.desk.desk import Desk

PIECE: Final = """SELECT name, media_type, length(content) AS size,
                         substring(content FROM $2::integer + 1 FOR $3::integer) AS piece
                  FROM desk.attachment($1)"""
PIECE_BYTES: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation of the tree; ``parent`` is the code above it."""

    code: str
    name: str
    alias: str
    level: str
    parent: str
    centre: bool
    initials: str


@dataclass(frozen=True, slots=True)
class GridShape:
    """A grid with its outline as well-known binary (WGS-84)."""

    code: str
    name: str
    kind: str
    organisation: str
    outline: bytes


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of the catalogue; ``amount`` in seconds of ``clock``, ``words`` other names and keywords."""

    code: str
    name: str
    group: str
    name_en: str
    group_en: str
    priority: int
    amount: int
    clock: str
    initials: str
    words: list[str]


def explained(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of desk.duplicates or desk.recommend: reasons as records, figures to a thousandth."""
    figures = {name: round(value, 3) for name, value in row.items() if isinstance(value, float)}
    return {**row, **figures, "reasons": json.loads(row["reasons"])}


class Reads(BoardReads):
    """Questions of one console, over a connection of its own so that no action waits for them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.around = Around(desk)

    async def whoami(self) -> dict[str, Any]:
        """Return login, name, positions, organisation, level and grid of the person who signed in.

        With them the database's ``revision``, which databases before 0010 do not tell.
        """
        found: dict[str, Any] = await self._json("SELECT desk.whoami()::text")
        return found

    async def incident(self, number: int) -> dict[str, Any]:
        """Return one case whole (see desk.incident); Refused("not_found") when unseen or missing."""
        found: dict[str, Any] = await self._json("SELECT desk.incident($1)::text", number)
        return found

    async def timeline(self, number: int) -> list[dict[str, Any]]:
        """Return the case's entries, first first; ``facts`` and ``texts`` as dictionaries."""
        rows = await self._rows("SELECT * FROM desk.timeline($1)", number)
        return [row | {"facts": json.loads(row["facts"]), "texts": json.loads(row["texts"])} for row in rows]

    async def clocks(self, number: int) -> list[dict[str, Any]]:
        """Return why the deadlines are what they are: every clock with the segments that count."""
        found: list[dict[str, Any]] = await self._json("SELECT desk.clocks($1)::text", number)
        return found

    async def history(self, number: int) -> dict[str, Any]:
        """Return what was reported before at the place and in the grid of a case (see desk.history)."""
        found: dict[str, Any] = await self._json("SELECT desk.history($1)::text", number)
        return found

    async def verify(self, number: int) -> list[int | None]:
        """Return the entries of the case that the chain does not bear out; None: the case itself."""
        rows = await self._rows("SELECT seq FROM desk.verify($1, $1) AS broken", number)
        return [row["seq"] for row in rows]

    async def attachment(self, file_id: int) -> tuple[str, str, bytes]:
        """Return name, media type and content of an attached file; each piece has a limit of its own."""
        content = bytearray()
        while True:
            row = (await self._rows(PIECE, file_id, len(content), PIECE_BYTES))[0]
            content += row["piece"]
            if len(content) >= row["size"]:
                return row["name"], row["media_type"], bytes(content)

    async def unattended(self) -> list[dict[str, Any]]:
        """Return number and since of the restricted cases with nobody named on duty, for supervisors."""
        return await self._rows("SELECT number, since FROM desk.unattended()")

    async def reopen_candidates(self, args: dict[str, Any]) -> list[dict[str, Any]]:
        """Return ended cases of the same matter at the same place, latest first, before a report is sent.

        ``args`` as for a report, as far as they are known; class is needed. number, title, status, place,
        closed_at and outcome of each.
        """
        return await self._rows(
            "SELECT * FROM desk.reopen_candidates($1::text::jsonb)", json.dumps(args, ensure_ascii=False)
        )

    async def duplicates(self, args: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the open cases that a report would repeat, likeliest first, ten at most.

        ``args`` as for a report, as far as they are known, or ``{"number": N}`` for a case. Of each: number,
        title, status, place, class_code, score (0…1), metres and minutes apart, same_phone, alike (0…1), head
        (reports are attached to it), reports, attachable (by this person) and reasons: a list of
        ``{"reason": "distance|same_place|time|phone|text|class", "points", …facts}`` whose points add up to
        score; same_place takes the part of distance where none can be measured (``same``: "place|community").
        ``report`` with the option ``into`` puts the new report under the case at once.
        """
        return await self._asked("SELECT * FROM desk.duplicates($1::text::jsonb)", args)

    async def recommend(self, args: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the units to send it to: kind "lead" first, then "co" to summon, best first, five of each.

        ``args`` as for ``duplicates``; without a class there is none. Of each: unit_code, unit_name, kind,
        score and reasons ``{"reason": "responsibility|grid|load|duty|distance|returned|no_list", "points",
        …facts}``; while there is no list at all (no_list), by the place's grid, community and township.
        """
        return await self._asked("SELECT * FROM desk.recommend($1::text::jsonb)", args)

    async def preview(self, args: dict[str, Any]) -> dict[str, Any]:
        """Return what the report would become if it were sent now (see desk.preview); nothing is stored.

        priority, urgent_by, restricted, centre, centre_name, organisation, organisation_name, grid_code,
        grid_name, due, due_stage, handling_due (if dispatched now), handling_limit {"seconds", "clock"} and
        missing, the required options that ``args`` does not have yet. BadInput where they cannot be meant.
        """
        found: dict[str, Any] = await self._json(
            "SELECT desk.preview($1::text::jsonb)::text", json.dumps(args, ensure_ascii=False)
        )
        return found

    async def alarms(self) -> list[dict[str, Any]]:
        """Return the alarms that stand: kind, calendar (code), name, year and raised_at of each."""
        return await self._rows("SELECT * FROM desk.alarms()")

    async def people(self) -> list[dict[str, Any]]:
        """Return the people whom this person may know."""
        return await self._rows("SELECT * FROM desk.people()")

    async def messages(self, limit: int = 50) -> list[dict[str, Any]]:
        """Return messages sent and received, the latest first (see gridseat.message_shown)."""
        found: list[dict[str, Any]] = await self._json("SELECT desk.messages($1)::text", limit)
        return found

    async def handover(self) -> dict[str, Any]:
        """Return what this seat would hand over now: since, at, and lists of {total, rows} by key."""
        found: dict[str, Any] = await self._json("SELECT desk.handover()::text")
        return found

    async def handovers(self, limit: int = 20) -> list[dict[str, Any]]:
        """Return handovers given and signed, the latest first (see gridseat.handover_row)."""
        found: list[dict[str, Any]] = await self._json("SELECT desk.handovers($1)::text", limit)
        return found

    async def seats(self) -> list[dict[str, Any]]:
        """Return the load of each seat that this person may know, those signed in or not (see desk.seats)."""
        return await self._rows("SELECT * FROM desk.seats()")

    async def contacts(self) -> list[dict[str, Any]]:
        """Return who is on duty until tomorrow: name, positions, organisation, centre, phone and span."""
        return await self._rows("SELECT * FROM desk.contacts()")

    async def organisations(self) -> list[Place]:
        """Return the tree, parents before children."""
        rows = await self._rows(
            """SELECT o.code, o.name, coalesce(o.alias, '') AS alias, o.level, coalesce(p.code, '') AS parent,
                      o.centre, o.initials
               FROM gridseat.organisation AS o LEFT JOIN gridseat.organisation AS p ON p.id = o.parent_id
               ORDER BY o.lft"""
        )
        return [Place(**row) for row in rows]

    async def grids(self, kind: str = "comprehensive") -> list[GridShape]:
        """Return the grids of one kind with their outlines."""
        question = """SELECT g.code, g.name, g.kind, o.code AS organisation, g.outline
               FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id
               WHERE g.kind = $1 AND g.ended_at IS NULL ORDER BY g.code"""
        rows = await self._ask(lambda raw: fetched(raw, question, kind))
        return [GridShape(**row) for row in rows]

    async def grids_digest(self, kind: str = "comprehensive") -> str:
        """Return what tells these grids from any others, "" where there are none."""
        question = """SELECT coalesce(encode(sha256(string_agg(
                   sha256(convert_to(concat_ws(E'\\n', g.code, g.name, o.code), 'UTF8') || g.outline),
                   ''::bytea ORDER BY g.code)), 'hex'), '')
               FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id
               WHERE g.kind = $1 AND g.ended_at IS NULL"""
        return str(await self._ask(lambda raw: raw.fetchval(question, kind)))

    async def classes(self) -> list[Kind]:
        """Return the active classes of the catalogue in its order."""
        rows = await self._rows(
            """SELECT code, name, group_name AS "group", name_en, group_en, priority, amount,
                      clock, initials, aliases || keywords AS words
               FROM gridseat.catalogue_class WHERE active ORDER BY id"""
        )
        return [Kind(**row) for row in rows]

    async def _asked(self, question: str, args: dict[str, Any]) -> list[dict[str, Any]]:
        return [explained(row) for row in await self._rows(question, json.dumps(args, ensure_ascii=False))]

    def hang_up(self) -> None:
        """End the connection at once; see Desk.hang_up."""
        self._desk.hang_up()

    async def close(self) -> None:
        """End the connection."""
        await self._desk.close()
