"""What the scores of units are made of."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Identity, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant


class ScoreWeight(Base):
    """Points of 100 that a part of a unit's score gives; never deleted."""

    __tablename__ = "score_weight"
    __table_args__ = (
        CheckConstraint("weight BETWEEN 0 AND 100"),
        Index("score_weight_part", "part", "since", "id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    part: Mapped[str]
    since: Mapped[date] = mapped_column(Date, comment="in force for periods that end on this day or later")
    weight: Mapped[float] = mapped_column(Numeric)
    set_by: Mapped[int | None] = mapped_column(ForeignKey("gridseat.person.id"), comment="null: as delivered")
    set_at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(server_default="")
