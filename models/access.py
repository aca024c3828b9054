"""People, and who is named for a case."""

from datetime import datetime

from sqlalchemy import ForeignKey, Identity, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Native


class Person(Base):
    """Person."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(Native("name"), unique=True)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("gridseat.organisation.id"), comment="null: of all"
    )
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.grid.id"))
    positions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)


class Named(Base):
    """People named for one case: task force, and who sees a restricted one."""

    __tablename__ = "named"
    __table_args__ = (Index("named_person", "person_id"),)

    number: Mapped[int] = mapped_column(ForeignKey("gridseat.incident.number"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("gridseat.person.id"), primary_key=True)
    since_seq: Mapped[int] = mapped_column(Integer)
