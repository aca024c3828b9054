"""Organisations: the tree, and what the database says of itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant


class Setting(Base):
    """Facts of this database: role prefix, rules that a county sets."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Organisation(Base):
    """Organisation."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index("organisation_lft", "lft"),
        Index("organisation_parent", "parent_id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    alias: Mapped[str | None]
    level: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.organisation.id"))
    lft: Mapped[int] = mapped_column(comment="nested set, sparse; rgt likewise")
    rgt: Mapped[int]
    centre: Mapped[bool] = mapped_column(server_default=text("false"), comment="has seats")
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.calendar.id"))
    initials: Mapped[str] = mapped_column(server_default=text("''"))


class Tree(Base):
    """One row: whoever changes the tree locks it, reports share it."""

    __tablename__ = "tree"

    one: Mapped[bool] = mapped_column(server_default=text("true"), primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(Instant, server_default=text("now()"))
