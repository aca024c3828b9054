"""Incidents."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant

OPEN = "status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended')"
ENDED = "status IN ('closed', 'rejected', 'cancelled')"
SPAN = "tstzrange(recorded_at, GREATEST(recorded_at, closed_at))"
WITH_UNIT = "status IN ('dispatched', 'handling', 'handled', 'suspended')"


class Incident(Base):
    """One reported matter, from report to closing and follow-up; ``head`` is its chain's last hash."""

    __tablename__ = "incident"
    __table_args__ = (
        UniqueConstraint("external_source", "external_id"),
        Index(
            "incident_callback",
            "callback_person_id",
            "callback_at",
            postgresql_where=text("callback_at IS NOT NULL"),
        ),
        Index("incident_centre", "centre_id", "received_at"),
        Index("incident_claim", "claim_until", postgresql_where=text("claim_person_id IS NOT NULL")),
        Index("incident_closed", "closed_at"),
        Index("incident_due", "due", "number", postgresql_where=text(OPEN)),
        Index(
            "incident_free",
            "centre_id",
            "priority",
            "due",
            "number",
            postgresql_where=text(f"claim_person_id IS NULL AND {OPEN}"),
        ),
        Index("incident_grid", "grid_id", "received_at"),
        Index("incident_head", "head_number", postgresql_where=text("head_number IS NOT NULL")),
        Index("incident_lead", "lead_unit_id", postgresql_where=text(WITH_UNIT)),
        Index("incident_open", "centre_lft", "due", postgresql_where=text(OPEN)),
        Index("incident_life", text(SPAN), postgresql_using="gist", postgresql_where=text(ENDED)),
        Index("incident_place", "place_lft", "received_at"),
        Index("incident_received", "received_at"),
        Index("incident_recorded", "recorded_by"),
        Index("incident_resume", "resume_at", postgresql_where=text("status = 'suspended'")),
        Index("incident_spot", "lat", "lon", postgresql_where=text("closed_at IS NULL")),
        Index("incident_under", "merged_into", postgresql_where=text("merged_into IS NOT NULL")),
        Index("incident_urged", "centre_id", "urged_at", postgresql_where=text("urged_at IS NOT NULL")),
        Index("incident_words", "words", postgresql_using="gin"),
    )

    number: Mapped[int] = mapped_column(
        server_default=text("nextval('gridseat.incident_number')"), primary_key=True
    )
    status: Mapped[str]
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    round: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))
    title: Mapped[str]
    class_id: Mapped[int] = mapped_column(ForeignKey("gridseat.catalogue_class.id"))
    priority: Mapped[int] = mapped_column(SmallInteger)
    channel: Mapped[str]
    restricted: Mapped[bool] = mapped_column(server_default=text("false"))
    centre_id: Mapped[int] = mapped_column(ForeignKey("gridseat.organisation.id"))
    centre_lft: Mapped[int]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.organisation.id"))
    place_lft: Mapped[int | None]
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.grid.id"))
    place: Mapped[str | None]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    raw_lon: Mapped[float | None]
    raw_lat: Mapped[float | None]
    datum: Mapped[str | None]
    occurred_at: Mapped[datetime | None] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("gridseat.person.id"))
    at_once: Mapped[bool] = mapped_column(server_default=text("false"))
    drawn: Mapped[bool] = mapped_column(server_default=text("false"))
    external_source: Mapped[str | None]
    external_id: Mapped[str | None]
    dispatch_centre_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.organisation.id"))
    lead_unit_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.organisation.id"))
    lead_grid_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.grid.id"))
    designated: Mapped[bool] = mapped_column(server_default=text("false"))
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.organisation.id"))
    claim_person_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.person.id"))
    claim_at: Mapped[datetime | None] = mapped_column(Instant)
    claim_until: Mapped[datetime | None] = mapped_column(Instant)
    status_before: Mapped[str | None]
    resume_at: Mapped[datetime | None] = mapped_column(Instant)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("gridseat.incident.number"))
    head_number: Mapped[int | None] = mapped_column(ForeignKey("gridseat.incident.number"))
    pending: Mapped[str | None]
    confirmation: Mapped[str | None]
    due: Mapped[datetime | None] = mapped_column(Instant)
    warn_at: Mapped[datetime | None] = mapped_column(Instant)
    due_stage: Mapped[str | None]
    handling_due: Mapped[datetime | None] = mapped_column(Instant)
    promised_due: Mapped[datetime | None] = mapped_column(Instant)
    handling_seconds: Mapped[int | None]
    handling_clock: Mapped[str | None]
    reports: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    returns: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    extensions: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    reworks: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    reopens: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    reminders: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    unreached: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    outcome: Mapped[str | None]
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    words: Mapped[list[str]] = mapped_column(
        ARRAY(Text), server_default=text("'{}'"), comment="bigrams of title and place: search in Chinese"
    )
    last_seq: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    head: Mapped[bytes] = mapped_column(
        server_default=text(r"'\x'"), comment="hash of the last entry, so that a cut tail shows"
    )
    urged_at: Mapped[datetime | None] = mapped_column(
        Instant, comment="derived: the last urging that nobody has answered by a step since"
    )
    callback_at: Mapped[datetime | None] = mapped_column(Instant)
    callback_person_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.person.id"))
