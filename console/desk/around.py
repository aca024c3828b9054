"""What stands in the county and around a point: resources, borders, workers, former grids, the grid card."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from console.desk.desk import Desk
from console.errors import BadInput
from console.geography.former import Former


@dataclass(frozen=True, slots=True)
class Resource:
    """A station, camera, hydrant … at ``lon``, ``lat`` (WGS-84); ``raw_*`` as it came in ``datum``.

    ``phone`` is masked, or None, for those who need not call there.
    """

    code: str
    name: str
    kind: str
    organisation: str
    organisation_name: str
    grid_code: str | None
    lon: float
    lat: float
    raw_lon: float
    raw_lat: float
    datum: str
    phone: str | None
    note: str
    initials: str


@dataclass(frozen=True, slots=True)
class Outline:
    """An organisation's own border as well-known binary (WGS-84)."""

    code: str
    name: str
    level: str
    outline: bytes
    drawn: datetime


@dataclass(frozen=True, slots=True)
class StaffPlace:
    """A worker on duty and where they last said to be; ``rostered``: on duty by the roster."""

    code: str
    name: str
    kind: str
    grid_code: str | None
    organisation: str
    phone: str | None
    lon: float
    lat: float
    told: datetime
    rostered: bool


@dataclass(frozen=True, slots=True)
class GridThen:
    """A grid as it was when a case was recorded; ``now``: it stands so still."""

    code: str
    version: int
    name: str
    kind: str
    organisation: str
    outline: bytes
    drawn: datetime | None
    until: datetime | None
    now: bool


FARTHEST: Final = 50_000  # metres: as far as a circle may reach
NEAR: Final = "SELECT desk.near($1::text::jsonb, $2, $3)::text"
WITHIN: Final = "SELECT desk.within($1::text::jsonb, $2, $3, $4)::text"
CARD: Final = "SELECT desk.grid_card($1, $2)::text"

Spot = int | tuple[float, float]  # a case by its number, or longitude and latitude in WGS-84


class Around:
    """Questions about places, over the connection of ``desk``; each under the person's own rights."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def resources(self, kinds: Sequence[str] = ()) -> list[Resource]:
        """Return the active resources of ``kinds`` (none: of all); BadInput for a kind that is none."""
        return [Resource(**row) for row in await self._rows("SELECT * FROM desk.resources($1)", list(kinds))]

    async def outlines(self, level: str | None = None) -> list[Outline]:
        """Return the outlines that were given for organisations of ``level``.

        An empty list says that none is given: then the grids of an organisation tell its border.
        """
        return [Outline(**row) for row in await self._rows("SELECT * FROM desk.outlines($1)", level)]

    async def staff_places(self) -> list[StaffPlace]:
        """Return the workers on duty who said where they are; none for those who are no seats."""
        return [StaffPlace(**row) for row in await self._rows("SELECT * FROM desk.staff_places()")]

    async def grid_at(self, number: int) -> GridThen | None:
        """Return the case's grid as it was when the case was recorded; None without a grid."""
        rows = await self._rows("SELECT * FROM desk.grid_at($1)", number)
        return GridThen(**rows[0]) if rows else None

    async def grid_outline(self, code: str, version: int | None = None) -> bytes | None:
        """Return the outline of a version of a grid (None: the present one), well-known binary."""
        question = "SELECT desk.grid_outline($1, $2)"
        found: bytes | None = await self._desk.call(lambda raw: raw.fetchval(question, code, version))
        return found

    async def grid_changes(self, kind: str) -> list[float]:
        """Return the instants, epoch seconds, between which the grids of a kind are the same."""
        question = "SELECT desk.grid_changes($1)"
        found: Sequence[datetime] = await self._desk.call(lambda raw: raw.fetchval(question, kind))
        return [at.timestamp() for at in found]

    async def grids_then(self, kind: str, at: float) -> list[Former]:
        """Return the grids of a kind that were others at ``at``, epoch seconds."""
        span = kind, datetime.fromtimestamp(at, UTC)
        return [Former(**row) for row in await self._rows("SELECT * FROM desk.grids_then($1, $2)", *span)]

    async def grid_card(self, code: str, days: int = 30) -> dict[str, Any]:
        """Return who works in a grid, what is open, figures of the last ``days`` (see desk.grid_card)."""
        return await self._json(CARD, code, days)

    async def near(self, spot: Spot, kinds: Sequence[str] = (), limit: int = 5) -> dict[str, Any]:
        """Return the nearest resources and staff with great-circle metres (see desk.near)."""
        return await self._json(NEAR, asked(spot), list(kinds), limit)

    async def within(
        self, spot: Spot, metres: float, kinds: Sequence[str] = (), limit: int = 200
    ) -> dict[str, Any]:
        """Return open cases, resources, staff and grids within ``metres`` (see desk.within)."""
        return await self._json(WITHIN, asked(spot), metres, list(kinds), limit)

    async def tell_place(self, lon: float, lat: float, datum: str) -> dict[str, Any]:
        """Say that this worker is at a point, given in ``datum``; only one's own place can be told."""
        from console.geography.datum import to_wgs84  # noqa: PLC0415  numpy is slow to load

        here = to_wgs84(lon, lat, datum)
        return await self._json("SELECT desk.tell_place($1, $2, $3, $4, $5)::text", *here, lon, lat, datum)

    async def withdraw_place(self) -> bool:
        """Take the last word about one's own place back; tell whether there was one."""
        return bool(await self._desk.call(lambda raw: raw.fetchval("SELECT desk.withdraw_place()")))

    async def end_grid(self, code: str) -> dict[str, Any]:
        """Take a grid out of the living; its cases keep it. Return how much still names it."""
        return await self._json("SELECT desk.end_grid($1)::text", code)

    async def _json(self, question: str, *values: object) -> dict[str, Any]:
        return dict(json.loads(await self._desk.call(lambda raw: raw.fetchval(question, *values))))

    async def _rows(self, question: str, *values: object) -> list[dict[str, Any]]:
        rows: Sequence[Any] = await self._desk.call(lambda raw: raw.fetch(question, *values))
        return [dict(row) for row in rows]


def asked(spot: Spot) -> str:
    """Return the question's document for a case by number or for a point."""
    if isinstance(spot, int):
        return json.dumps({"number": spot})
    if not all(map(math.isfinite, spot)):
        raise BadInput("bad_point", point=f"{spot[0]},{spot[1]}")
    return json.dumps({"point": list(spot)})
