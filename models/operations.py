"""What grid workers, message groups and telephones did, and the counters of it."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    UniqueConstraint,
    text,
)
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
        Index("visit_organisation", "organisation_id", "day", "next_day"),
        Index("visit_staff", "staff_id", "day"),
        Index(
            *("visit_again", "day", "next_day", "organisation_id"),
            postgresql_where=text("next_day - day <= 31"),
        ),
    )

    organisation_id: Mapped[int] = _place(key=True)
    household: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = _worker()
    grid_id: Mapped[int] = mapped_column(ForeignKey("gridseat.grid.id"))
    met: Mapped[bool] = mapped_column(comment="somebody was in")
    next_day: Mapped[date | None] = mapped_column(
        comment="derived: the day of the next visit to the same household; null: none yet"
    )


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


class Flag(Base):
    """What a community is to be without, month by month (三零, 七无)."""

    __tablename__ = "flag"
    __table_args__ = (
        UniqueConstraint("organisation_id", "key", name="flag_once", postgresql_nulls_not_distinct=True),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    key: Mapped[str]
    list: Mapped[str]
    zh: Mapped[str]
    en: Mapped[str]
    place: Mapped[int] = mapped_column(Integer)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("gridseat.organisation.id"),
        comment="whose list: it holds below, in place of lists of that name from above; null: everywhere",
    )
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class FlagMonth(Base):
    """What holds of a community's month."""

    __tablename__ = "flag_month"
    __table_args__ = (CheckConstraint("month = date_trunc('month', month)"),)

    organisation_id: Mapped[int] = _place(key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    flag_id: Mapped[int] = mapped_column(ForeignKey("gridseat.flag.id"), primary_key=True)
    kept: Mapped[bool]
    note: Mapped[str]
    told_by: Mapped[int] = mapped_column(ForeignKey("gridseat.person.id"))
    told_at: Mapped[datetime] = mapped_column(Instant)


class FlagBefore(Base):
    """What was said of a month before it was said otherwise."""

    __tablename__ = "flag_before"
    __table_args__ = (Index("flag_before_month", "organisation_id", "month", "flag_id"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    organisation_id: Mapped[int] = _place()
    month: Mapped[date]
    flag_id: Mapped[int] = mapped_column(ForeignKey("gridseat.flag.id"))
    kept: Mapped[bool]
    note: Mapped[str]
    told_by: Mapped[int] = mapped_column(ForeignKey("gridseat.person.id"))
    told_at: Mapped[datetime] = mapped_column(Instant)


class InspectionDraw(Base):
    """A draw of a month; its order is that of digests of ``seed`` and number or code."""

    __tablename__ = "inspection_draw"
    __table_args__ = (
        CheckConstraint("month = date_trunc('month', month)"),
        CheckConstraint("mode IN ('on_site', 'phone', 'platform', 'cross')"),
        CheckConstraint("subject IN ('cases', 'workers')"),
        UniqueConstraint("organisation_id", "month", "mode", "subject"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    organisation_id: Mapped[int] = _place()
    month: Mapped[date]
    mode: Mapped[str]
    subject: Mapped[str]
    seed: Mapped[str]
    until: Mapped[datetime] = mapped_column(Instant, comment="cases closed in the month and by then")
    drawn_by: Mapped[int] = mapped_column(ForeignKey("gridseat.person.id"))


class Inspection(Base):
    """A case or a worker that was drawn, and what was found."""

    __tablename__ = "inspection"
    __table_args__ = (
        CheckConstraint("num_nonnulls(number, staff_id) = 1"),
        CheckConstraint("num_nulls(passed, note, told_by, told_at) IN (0, 4)"),
        UniqueConstraint(
            "draw_id", "number", "staff_id", name="inspection_once", postgresql_nulls_not_distinct=True
        ),
        Index("inspection_number", "number"),
        Index("inspection_organisation", "organisation_id", "month"),
        Index("inspection_unit", "unit_id", "month", postgresql_where=text("unit_id IS NOT NULL")),
        Index("inspection_by", "by_id", "month", postgresql_where=text("by_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("gridseat.inspection_draw.id"))
    month: Mapped[date]
    number: Mapped[int | None] = mapped_column(ForeignKey("gridseat.incident.number"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.staff.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = _place()
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("gridseat.organisation.id"), comment="who led the case when it was drawn"
    )
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("gridseat.organisation.id"), comment="the other centre that looks into it"
    )
    passed: Mapped[bool | None]
    note: Mapped[str | None]
    told_by: Mapped[int | None] = mapped_column(ForeignKey("gridseat.person.id"))
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    hidden: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="its case is restricted now: counts for nobody"
    )
