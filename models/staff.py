"""Grid workers and the roster."""

from datetime import datetime

from sqlalchemy import ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Native


class Staff(Base):
    """Staff."""

    __tablename__ = "staff"
    __table_args__ = (Index("staff_grid", "grid_id"), Index("staff_person", "person_id"))

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.grid.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("gridseat.organisation.id"))
    phone: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.person.id"))


class StaffPlace(Base):
    """Where a grid worker last said to be: ``spot`` in WGS-84, ``raw`` in ``datum``. No track is kept."""

    __tablename__ = "staff_place"
    __table_args__ = (
        Index("staff_place_told", "told_at"),
        Index("staff_place_spot", "spot", postgresql_using="gist"),
    )

    staff_id: Mapped[int] = mapped_column(
        ForeignKey("gridseat.staff.id", ondelete="CASCADE"), primary_key=True
    )
    spot: Mapped[str] = mapped_column(Native("point"))
    raw: Mapped[str] = mapped_column(Native("point"))
    datum: Mapped[str]
    told_at: Mapped[datetime] = mapped_column(Instant)


class Shift(Base):
    """The roster; by_centre differs where another centre covers the night."""

    __tablename__ = "shift"
    __table_args__ = (
        Index("shift_centre", "centre_id", "ends"),
        Index("shift_person", "person_id", "ends"),
        Index("shift_starts", "starts"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("gridseat.organisation.id"))
    by_centre_id: Mapped[int] = mapped_column(ForeignKey("gridseat.organisation.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.person.id"))
    starts: Mapped[datetime] = mapped_column(Instant)
    ends: Mapped[datetime] = mapped_column(Instant)
