"""What seats do together: presence, messages, handovers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Identity, Index, Integer, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant


class Presence(Base):
    """Who sits at a console and looks at which case; unlogged, old within seconds."""

    __tablename__ = "presence"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("gridseat.person.id"), primary_key=True, autoincrement=False
    )
    signed_in_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    number: Mapped[int | None]
    since: Mapped[datetime | None] = mapped_column(Instant)


class Message(Base):
    """Between seats, about the work and not about residents; not kept for long."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("from_id", "command_id"), Index("message_at", "at"))

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    command_id: Mapped[UUID]
    from_id: Mapped[int] = mapped_column(ForeignKey("gridseat.person.id"))
    centre_id: Mapped[int | None] = mapped_column(
        ForeignKey("gridseat.organisation.id"), comment="it went to all seats of the centre"
    )
    number: Mapped[int | None] = mapped_column(ForeignKey("gridseat.incident.number"))
    seq: Mapped[int | None] = mapped_column(Integer, comment="a transfer, whose note stands with the case")
    text: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(Instant)


class MessageTo(Base):
    """Whom a message went to, and when they read it."""

    __tablename__ = "message_to"
    __table_args__ = (
        Index("message_to_person", "person_id", "message_id"),
        Index("message_to_unread", "person_id", postgresql_where=text("read_at IS NULL")),
    )

    message_id: Mapped[int] = mapped_column(
        ForeignKey("gridseat.message.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("gridseat.person.id"), primary_key=True)
    read_at: Mapped[datetime | None] = mapped_column(Instant)


class Handover(Base):
    """One shift's work as it stood, given to the next and signed by it."""

    __tablename__ = "handover"
    __table_args__ = (
        UniqueConstraint("from_id", "command_id"),
        UniqueConstraint("signed_by", "sign_command_id"),
        Index("handover_centre", "centre_id", "id"),
        Index(
            "handover_waiting",
            "centre_id",
            postgresql_where=text("signed_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    command_id: Mapped[UUID]
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.organisation.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("gridseat.person.id"))
    to_id: Mapped[int | None] = mapped_column(
        ForeignKey("gridseat.person.id"), comment="null: whoever of the centre comes next"
    )
    note: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    content: Mapped[dict[str, Any]] = mapped_column(
        JSONB, comment="the lists as they stood; words about people stay with the cases"
    )
    digest: Mapped[bytes]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("gridseat.person.id"))
    signed_at: Mapped[datetime | None] = mapped_column(Instant)
    sign_command_id: Mapped[UUID | None]
    outcome: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB, comment="which cases passed to the signer, and which did not and why"
    )
    signature: Mapped[bytes | None]
