"""What belongs to one incident on its way: parties, clocks, requests, cards, links; and alarms."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, Integer, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant


class Party(Base):
    """Who takes part beside the centre: lead unit, co-handlers, copied centres."""

    __tablename__ = "party"
    __table_args__ = (
        Index("party_number", "number"),
        Index("party_organisation", "organisation_id", "number", postgresql_where=text("until_seq IS NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("gridseat.incident.number"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("gridseat.organisation.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.grid.id"))
    kind: Mapped[str]
    since_seq: Mapped[int] = mapped_column(Integer)
    since: Mapped[datetime] = mapped_column(Instant)
    until_seq: Mapped[int | None] = mapped_column(Integer)
    arrived_seq: Mapped[int | None] = mapped_column(Integer)
    arrived_at: Mapped[datetime | None] = mapped_column(Instant)


class Clock(Base):
    """Clock."""

    __tablename__ = "clock"
    __table_args__ = (
        Index("clock_due", "due"),
        Index("clock_number", "number"),
        Index("clock_running", "due", postgresql_where=text("stopped_seq IS NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("gridseat.incident.number"))
    round: Mapped[int] = mapped_column(SmallInteger)
    stage: Mapped[str]
    started_seq: Mapped[int] = mapped_column(Integer)
    started_at: Mapped[datetime] = mapped_column(Instant)
    seconds: Mapped[int]
    clock: Mapped[str]
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.calendar.id"))
    due: Mapped[datetime | None] = mapped_column(Instant)
    warn_at: Mapped[datetime | None] = mapped_column(Instant)
    stopped_seq: Mapped[int | None] = mapped_column(Integer)
    stopped_at: Mapped[datetime | None] = mapped_column(Instant)
    suspended: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="stopped by a suspension, to go on with what was left"
    )


class Request(Base):
    """Request."""

    __tablename__ = "request"
    __table_args__ = (Index("request_number", "number"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("gridseat.incident.number"))
    round: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[str]
    seconds: Mapped[int | None]
    clock: Mapped[str | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.organisation.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("gridseat.person.id"))
    asked_seq: Mapped[int] = mapped_column(Integer)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("gridseat.person.id"))
    decided_seq: Mapped[int | None] = mapped_column(Integer)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    granted: Mapped[bool | None]


class Card(Base):
    """Card."""

    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("clock_id", "colour"),
        Index("card_number", "number"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("gridseat.incident.number"))
    round: Mapped[int] = mapped_column(SmallInteger)
    colour: Mapped[str]
    clock_id: Mapped[int | None] = mapped_column(
        ForeignKey("gridseat.clock.id"),
        comment="the overdue clock of an automatic card; null: a supervisor",
    )
    given_by: Mapped[int | None] = mapped_column(ForeignKey("gridseat.person.id"))
    seq: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(Instant)


class CardWait(Base):
    """No card of this rule before ``until``, while the clock says what it said; derived, never edited."""

    __tablename__ = "card_wait"
    __table_args__ = (Index("card_wait_until", "until"),)

    clock_id: Mapped[int] = mapped_column(ForeignKey("gridseat.clock.id"), primary_key=True)
    rule_id: Mapped[int] = mapped_column(
        ForeignKey("gridseat.urging_rule.id", ondelete="CASCADE"), primary_key=True
    )
    due: Mapped[datetime] = mapped_column(Instant)
    seconds: Mapped[int]
    clock: Mapped[str]
    until: Mapped[datetime] = mapped_column(Instant)


class Link(Base):
    """Link."""

    __tablename__ = "link"
    __table_args__ = (Index("link_other", "other"),)

    number: Mapped[int] = mapped_column(ForeignKey("gridseat.incident.number"), primary_key=True)
    other: Mapped[int] = mapped_column(ForeignKey("gridseat.incident.number"), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer)


class Alarm(Base):
    """Alarm."""

    __tablename__ = "alarm"
    __table_args__ = (
        Index("alarm_once", "kind", "facts", unique=True, postgresql_where=text("cleared_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    raised_at: Mapped[datetime] = mapped_column(Instant)
    cleared_at: Mapped[datetime | None] = mapped_column(Instant)
