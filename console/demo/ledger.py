"""The book of one incident's life, kept in memory in the form of the database's tables.

It follows the steps of models/sql (report … reopen) for cases that are over: a test plays the same lives
through desk.act and compares. Instants are epoch seconds; ids are the database's own.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

import resources
from console.demo.told import ROW, Card, Clock, Entry, Incident, Party, Personal, Request, Rows, no_rows
from console.demo.worktime import WORKING, WorkTime

ALL_STAGES: Final = ("accept", "dispatch", "acknowledge", "handling", "verify", "close", "promised")
URGENT_SECONDS: Final = 14_400
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_COMMANDS: Final = uuid.UUID("6f4b6a52-5d0e-8c64-8000-000000000000").int  # number and entry fill it up
_TO_JSON: Final = json.JSONEncoder(ensure_ascii=False).encode


def moment(second: int) -> datetime:
    """Return an epoch second as an instant."""
    return _EPOCH + timedelta(seconds=second)


def _moment(second: int | None) -> datetime | None:
    return None if second is None else moment(second)


def micros(second: int) -> int:
    """Return an epoch second as the entries write instants."""
    return second * 1_000_000


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, the centre they speak for, the unit on whose behalf when told by telephone."""

    person: int
    centre: int | None
    behalf: int | None = None


VERSIONED: Final = frozenset(
    key for key, facts in resources.table("actions.toml")["actions"].items() if facts.get("versioned", True)
)


@cache
def _urging(stage: str, urgent: bool) -> tuple[tuple[str, int, int], ...]:  # noqa: FBT001  a cache's key
    """Return colour, limits and working days of the cards for a stage."""
    return tuple(
        (rule["colour"], rule.get("limits", 0), rule.get("working_days", 0))
        for rule in resources.table("stages.toml")["urging"]
        if rule["urgent"] == urgent and rule.get("stage", stage) == stage and stage != "promised"
    )


class Ledger:
    """Entries of one incident in order; each step is written with the state that it leaves behind."""

    def __init__(self, time: WorkTime, server: int, i: Incident) -> None:
        self.i = i
        self.time = time
        self.at = 0
        self.seq = 0
        self.running: list[Clock] = []
        self._server = Actor(server, None)
        self._clocks: list[Clock] = []
        self._parties: list[Party] = []
        self._requests: list[Request] = []
        self._rows = no_rows()
        self._status: str | None = None

    def begin(self, at: int) -> None:
        """Start a step at ``at``: what time alone has changed until then is written first."""
        late = [clock for clock in self.running if clock.ends is not None and clock.ends < at]
        falls = sorted((*fall, n) for n, clock in enumerate(late) for fall in self._falls(clock))
        for second, colour, n in falls:
            if second <= at and colour not in late[n].given:
                late[n].given.add(colour)
                self._card(late[n], max(second, self.at), colour)
        self.at = max(at, self.at)
        self.seq += 1

    def start(self, stage: str, seconds: int, clock: str, instead: Clock | None = None) -> None:
        """Start a stage's clock now; ``instead`` of a stopped one, it began with that."""
        since = self.at if instead is None else instead.began
        ends, warns = self.time.due(since, seconds, clock), self.time.due(since, seconds * 4 // 5, clock)
        made = Clock(
            self.i.number,
            self.i.round,
            stage,
            self.seq if instead is None else instead.started_seq,
            moment(since),
            seconds,
            clock,
            self.time.calendar_id,
            _moment(ends),
            _moment(warns),
            since,
            ends,
        )
        self.running.append(made)
        self._clocks.append(made)

    def stop(self, stages: tuple[str, ...]) -> None:
        """Stop the running clocks of ``stages``."""
        for clock in self.running:
            if clock.stage in stages:
                clock.stopped_seq, clock.stopped_at = self.seq, moment(self.at)
        self.running = [clock for clock in self.running if clock.stopped_seq is None]

    def ends(self, stage: str) -> int | None:
        """Return the due second of a running stage."""
        return next((clock.ends for clock in self.running if clock.stage == stage), None)

    def had(self, stage: str) -> bool:
        """Tell whether this round had a clock of ``stage``."""
        return any(clock.stage == stage and clock.round == self.i.round for clock in self._clocks)

    def join(self, unit: int, grid: int | None, kind: str) -> None:
        """Add a unit to the case."""
        self._parties.append(Party(self.i.number, unit, grid, kind, self.seq, moment(self.at)))

    def part(self) -> None:
        """End the part of the lead and its co-handlers."""
        for party in self._parties:
            if party.until_seq is None:
                party.until_seq = self.seq

    def arrive(self, kind: str = "lead") -> None:
        """Note that the lead unit, or a co-handler ("co"), has come."""
        for party in self._parties:
            if party.kind == kind and party.until_seq is None and party.arrived_seq is None:
                party.arrived_seq, party.arrived_at = self.seq, moment(self.at)

    def ask(self, kind: str, by: int, seconds: int | None, clock: str | None, unit: int | None) -> None:
        """Open a request that the centre must answer."""
        self.i.pending = kind
        self._requests.append(
            Request(self.i.number, self.i.round, kind, seconds, clock, unit, by, self.seq, moment(self.at))
        )

    def decide(self, by: int | None, granted: bool | None) -> Request:  # noqa: FBT001  a column
        """Answer the open request; without a person it lapses."""
        asked = self._requests[-1]
        asked.decided_by, asked.decided_seq, asked.decided_at = by, self.seq, moment(self.at)
        asked.granted = granted
        self.i.pending = None
        return asked

    def write(
        self,
        action: str,
        actor: Actor,
        facts: dict[str, Any],
        texts: Mapping[str, str] | None = None,
        reason: str | None = None,
    ) -> None:
        """End the step: due limits, version, entry and state."""
        i = self.i
        self._set_due()
        i.version += action in VERSIONED and action != "report"
        i.last_seq, i.changed_at = self.seq, moment(self.at)
        told = {field: self._say(field, text) for field, text in (texts or {}).items() if text}
        if told:
            facts = facts | {"texts": told}
        seen = {i.centre_id} | {p.organisation_id for p in self._parties if p.until_seq in {None, self.seq}}
        entry = Entry(
            i.number,
            self.seq,
            i.round,
            moment(self.at),
            actor.person,
            actor.centre,
            actor.behalf,
            action,
            self._status,
            i.status,
            reason,
            _TO_JSON(facts),
            uuid.UUID(int=_COMMANDS | i.number << 16 | self.seq),
            sorted(seen),
        )
        self._put("entry", entry)
        self._put("state", i)
        self._status = i.status

    def pour(self, into: Rows) -> None:
        """Add this life's rows to those of others."""
        for table, some in (("clock", self._clocks), ("party", self._parties), ("request", self._requests)):
            into[table] += map(ROW[table], some)
        for table, rows in self._rows.items():
            into[table] += rows

    def _put(self, table: str, row: object) -> None:
        self._rows[table].append(ROW[table](row))

    def _set_due(self) -> None:
        i = self.i
        first = min(
            (clock for clock in self.running if clock.stage != "promised"),
            key=lambda clock: clock.ends if clock.ends is not None else 1 << 62,
            default=None,
        )
        i.due, i.warn_at, i.due_stage = (first.due, first.warn_at, first.stage) if first else (None,) * 3
        running = {clock.stage: clock.due for clock in self.running}
        i.handling_due, i.promised_due = running.get("handling"), running.get("promised")

    def _say(self, field: str, text: str) -> str:
        salt = hashlib.sha256(f"{self.i.number}/{self.seq}/{field}".encode()).digest()[:16]
        digest = hashlib.sha256(salt + text.encode())
        self._put("personal", Personal(self.i.number, self.seq, field, text, salt, digest.digest()))
        return digest.hexdigest()

    def _falls(self, clock: Clock) -> Iterator[tuple[int, str]]:
        """Yield when cards fall for an overdue clock that goes on running."""
        urgent = self.i.priority == 1 or self.i.handling_seconds <= URGENT_SECONDS
        for colour, limits, days in _urging(clock.stage, urgent):
            at = (
                self.time.due(clock.ends or 0, days * 28_800, WORKING)
                if days
                else self.time.due(clock.ends or 0, clock.seconds * limits, clock.clock)
            )
            if at is not None:
                yield at, colour

    def _card(self, clock: Clock, at: int, colour: str) -> None:
        self.at = at
        self.seq += 1
        fallen = Card(
            self.i.number, self.i.round, colour, self.seq, moment(at), clock.stage, clock.started_seq
        )
        self._put("card", fallen)
        facts: dict[str, Any] = {"card": colour, "stage": clock.stage}
        if colour == "red" and self.i.parent_centre is not None:
            facts["shown_to"] = self.i.parent_centre
        self.write("card", self._server, facts)
