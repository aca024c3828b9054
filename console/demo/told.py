"""Rows of told lives, in the columns of the tables that they go into (gridseat.open_bulk)."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final


@dataclass(slots=True)
class Incident:
    """The columns of gridseat.incident that a life may fill; ``parent_centre`` is no column."""

    number: int
    title: str
    class_id: int
    priority: int
    centre_id: int
    centre_lft: int
    organisation_id: int
    place_lft: int
    grid_id: int
    place: str
    lon: float
    lat: float
    responsible_id: int | None
    handling_seconds: int
    handling_clock: str
    external_source: str
    external_id: str
    parent_centre: int | None
    status: str | None = None
    version: int = 1
    round: int = 1
    channel: str = ""
    restricted: bool = False
    raw_lon: float | None = None
    raw_lat: float | None = None
    datum: str | None = None
    received_at: datetime | None = None
    recorded_at: datetime | None = None
    recorded_by: int | None = None
    at_once: bool = False
    drawn: bool = False
    dispatch_centre_id: int | None = None
    lead_unit_id: int | None = None
    lead_grid_id: int | None = None
    designated: bool = False
    acknowledged_at: datetime | None = None
    pending: str | None = None
    due: datetime | None = None
    warn_at: datetime | None = None
    due_stage: str | None = None
    handling_due: datetime | None = None
    promised_due: datetime | None = None
    reports: int = 0
    returns: int = 0
    extensions: int = 0
    reworks: int = 0
    reopens: int = 0
    reminders: int = 0
    unreached: int = 0
    outcome: str | None = None
    closed_at: datetime | None = None
    changed_at: datetime | None = None
    last_seq: int = 0


@dataclass(slots=True)
class Entry:
    """A row of gridseat.timeline, but for what follows from the state."""

    number: int
    seq: int
    round: int
    at: datetime
    actor_id: int
    centre_id: int | None
    behalf_id: int | None
    action: str
    from_status: str | None
    to_status: str | None
    reason: str | None
    facts: str
    command_id: Any
    seen: list[int]


@dataclass(slots=True)
class Clock:
    """A row of gridseat.clock; ``began`` and ``ends`` in epoch seconds, ``given``: the cards that fell."""

    number: int
    round: int
    stage: str
    started_seq: int
    started_at: datetime
    seconds: int
    clock: str
    calendar_id: int
    due: datetime | None
    warn_at: datetime | None
    began: int
    ends: int | None
    stopped_seq: int | None = None
    stopped_at: datetime | None = None
    given: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Party:
    """A row of gridseat.party."""

    number: int
    organisation_id: int
    grid_id: int | None
    kind: str
    since_seq: int
    since: datetime
    until_seq: int | None = None
    arrived_seq: int | None = None
    arrived_at: datetime | None = None


@dataclass(slots=True)
class Request:
    """A row of gridseat.request."""

    number: int
    round: int
    kind: str
    seconds: int | None
    clock: str | None
    unit_id: int | None
    asked_by: int
    asked_seq: int
    asked_at: datetime
    decided_by: int | None = None
    decided_seq: int | None = None
    decided_at: datetime | None = None
    granted: bool | None = None


@dataclass(slots=True)
class Card:
    """A row of gridseat.card; its clock is named by stage and started_seq."""

    number: int
    round: int
    colour: str
    seq: int
    at: datetime
    stage: str
    started_seq: int


@dataclass(slots=True)
class Personal:
    """A row of gridseat.personal."""

    number: int
    seq: int
    field: str
    text: str
    salt: bytes
    digest: bytes


_BESIDE = frozenset({"parent_centre", "began", "ends", "given"})
_KINDS: Final[dict[str, type]] = {
    "state": Incident,
    "entry": Entry,
    "clock": Clock,
    "party": Party,
    "request": Request,
    "card": Card,
    "personal": Personal,
}
COLUMNS: Final[dict[str, list[str]]] = {
    table: [one.name for one in fields(kind) if one.name not in _BESIDE] for table, kind in _KINDS.items()
}
ROW: Final[dict[str, Callable[[Any], tuple[Any, ...]]]] = {
    table: attrgetter(*columns) for table, columns in COLUMNS.items()
}
Rows = dict[str, list[tuple[Any, ...]]]


def no_rows() -> Rows:
    """Return room for rows of every table."""
    return {table: [] for table in COLUMNS}
