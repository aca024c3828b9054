"""What grid workers, message groups and telephones did, and the counters of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant

MOST = "BETWEEN 0 AND 1000000"


def _place(*, key: bool = False) -> Mapped[int]:
    return mapped_column(
        ForeignKey("gridseat.organisation.id"), primary_key=key, comment="where it counts, with all above"
    )


def _worker() -> Mapped[int]:
    return mapped_column(ForeignKey("gridseat.staff.id", ondelete="CASCADE"), primary_key=True)


class Attendance(Base):
    """A worker's day; ``due`` says that the roster had them."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("went >= came"),
        Index("attendance_organisation", "organisation_id", "day"),
    )

    staff_id: Mapped[int] = _worker()
    day: Mapped[date] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = _place()
    due: Mapped[bool]
    came: Mapped[datetime | None] = mapped_column(Instant)
    went: Mapped[datetime | None] = mapped_column(Instant)


class Patrol(Base):
    """A walk through a grid."""

    __tablename__ = "patrol"
    __table_args__ = (
        CheckConstraint("ended >= started"),
        Index("patrol_organisation", "organisation_id", "day"),
    )

    staff_id: Mapped[int] = _worker()
    started: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    ended: Mapped[datetime | None] = mapped_column(Instant)
    day: Mapped[date]
    grid_id: Mapped[int] = mapped_column(ForeignKey("gridseat.grid.id"))
    organisation_id: Mapped[int] = _place()


class Visit(Base):
    """A worker at the door of a household, known by its code; nothing of what was said."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("visit_organisation", "organisation_id", "day"),
        Index("visit_staff", "staff_id", "day"),
    )

    organisation_id: Mapped[int] = _place(key=True)
    household: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = _worker()
    grid_id: Mapped[int] = mapped_column(ForeignKey("gridseat.grid.id"))
    met: Mapped[bool] = mapped_column(comment="somebody was in")


class HouseholdVisited(Base):
    """The last day on which each household was visited; derived."""

    __tablename__ = "household_visited"
    __table_args__ = (Index("household_visited_day", "organisation_id", "day"),)

    organisation_id: Mapped[int] = _place(key=True)
    household: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date]


class GridHouseholds(Base):
    """How many households a grid has, as it is told."""

    __tablename__ = "grid_households"
    __table_args__ = (
        CheckConstraint(f"households {MOST}"),
        Index("grid_households_organisation", "organisation_id"),
    )

    grid_id: Mapped[int] = mapped_column(ForeignKey("gridseat.grid.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = _place()
    households: Mapped[int]


class MessageGroup(Base):
    """A group of residents (微信群); ``joined``: households with somebody in it."""

    __tablename__ = "message_group"
    __table_args__ = (
        CheckConstraint(f"joined {MOST}"),
        Index("message_group_organisation", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    organisation_id: Mapped[int] = _place()
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.grid.id"))
    joined: Mapped[int]
    last_message: Mapped[date | None]


class Call(Base):
    """A call as the telephone system reports it; who called is not kept."""

    __tablename__ = "call"
    __table_args__ = (
        CheckConstraint("answered >= rang"),
        Index("call_organisation", "organisation_id", "day"),
    )

    organisation_id: Mapped[int] = _place(key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date]
    rang: Mapped[datetime] = mapped_column(Instant)
    answered: Mapped[datetime | None] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.person.id"))


class WorkChange(Base):
    """What is counted and not yet in the sums; derived."""

    __tablename__ = "work_change"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    organisation_id: Mapped[int]
    fact: Mapped[str]
    day: Mapped[date]
    n: Mapped[int]
    hits: Mapped[int]


class WorkSum(Base):
    """The sums of an organisation and all below it by day; derived. ``-infinity`` holds now."""

    __tablename__ = "work_sum"

    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    fact: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]
    hits: Mapped[int]
