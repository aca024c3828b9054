"""The timeline, texts about people, attachments."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Integer, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Native

DIGITS = r"""right(regexp_replace(text, '\D', '', 'g'), 11)"""


class Timeline(Base):
    """Append-only, hash-chained per incident; also the feed."""

    __tablename__ = "timeline"
    __table_args__ = (
        UniqueConstraint("actor_id", "command_id", "number"),
        UniqueConstraint("number", "seq"),
        Index("timeline_at", "at", "id"),
        Index("timeline_answer", "number", "seq", postgresql_where=text("action IN ('follow-up', 'undo')")),
        Index("timeline_board", "action", "at", postgresql_where=text("action IN ('follow-up', 'undo')")),
        Index("timeline_instruct", "number", postgresql_where=text("action = 'instruct'")),
        Index("timeline_feed", "xid", "id"),
        Index("timeline_words", "actor_id", "at", postgresql_where=text("action IN ('note', 'call')")),
        Index(
            "timeline_report_once", "actor_id", "command_id", unique=True, postgresql_where=text("seq = 1")
        ),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    xid: Mapped[str] = mapped_column(Native("xid8"), server_default=text("pg_current_xact_id()"))
    number: Mapped[int] = mapped_column(ForeignKey("gridseat.incident.number"))
    seq: Mapped[int] = mapped_column(Integer)
    round: Mapped[int] = mapped_column(SmallInteger)
    at: Mapped[datetime] = mapped_column(Instant)
    actor_id: Mapped[int] = mapped_column(ForeignKey("gridseat.person.id"))
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.organisation.id"))
    behalf_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.organisation.id"))
    action: Mapped[str]
    from_status: Mapped[str | None]
    to_status: Mapped[str | None]
    reason: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(
        JSONB, comment="what the action said; texts and the state after it by digest"
    )
    command_id: Mapped[UUID]
    answer: Mapped[dict[str, Any]] = mapped_column(JSONB)
    seen: Mapped[list[int]] = mapped_column(
        ARRAY(BigInteger), comment="organisations that could see the incident before or after"
    )
    restricted: Mapped[bool] = mapped_column(comment="before and after: only the named may learn of it")
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB, comment="the incident as it stood, for undo")
    algorithm: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))
    bytes_: Mapped[bytes] = mapped_column("bytes")
    hash: Mapped[bytes]


class Personal(Base):
    """Text that may name people: chained by salted digest, erasable."""

    __tablename__ = "personal"
    __table_args__ = (
        UniqueConstraint("number", "seq", "field"),
        Index("personal_phone", text(DIGITS), "number", postgresql_where=text("field = 'phone' AND seq = 1")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("gridseat.incident.number"))
    seq: Mapped[int] = mapped_column(Integer)
    field: Mapped[str]
    text: Mapped[str | None]
    salt: Mapped[bytes | None]
    digest: Mapped[bytes]


class Attachment(Base):
    """Attachment."""

    __tablename__ = "attachment"
    __table_args__ = (Index("attachment_number", "number", "seq"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("gridseat.incident.number"))
    seq: Mapped[int] = mapped_column(Integer)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(Integer)
    digest: Mapped[bytes]
    content: Mapped[bytes]
