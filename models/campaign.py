"""Campaigns: some classes of cases that an organisation attends to over some days."""

from datetime import date, datetime

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Identity, Numeric, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant


class Campaign(Base):
    """One campaign (专项行动); it is over after ``last``."""

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("last >= first"),
        CheckConstraint("classes <> '{}'"),
        CheckConstraint("target BETWEEN 0 AND 1"),
        UniqueConstraint("organisation_id", "name"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("gridseat.organisation.id"))
    name: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    classes: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="groups of the catalogue, or types by code"
    )
    target_figure: Mapped[str | None]
    target: Mapped[float | None] = mapped_column(Numeric, comment="the share that target_figure is to reach")
    set_by: Mapped[int] = mapped_column(ForeignKey("gridseat.person.id"))
    set_at: Mapped[datetime] = mapped_column(Instant)
