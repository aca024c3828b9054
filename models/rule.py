"""The workflow as the database holds it."""

from typing import Any

from sqlalchemy import ForeignKey, SmallInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Action(Base):
    """Action."""

    __tablename__ = "action"

    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    zh: Mapped[str]
    en: Mapped[str]
    shortcut: Mapped[str | None]
    options: Mapped[dict[str, Any]] = mapped_column(JSONB)
    versioned: Mapped[bool] = mapped_column(comment="a stale version is refused; false: does not conflict")
    undoable: Mapped[bool]


class Rule(Base):
    """The workflow: enforced by desk.act, read by consoles, printed in the docs."""

    __tablename__ = "rule"

    action: Mapped[str] = mapped_column(ForeignKey("gridseat.action.key"), primary_key=True)
    from_status: Mapped[str] = mapped_column(primary_key=True)
    to_status: Mapped[str | None]
    relation: Mapped[str] = mapped_column(primary_key=True)
    positions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text))
