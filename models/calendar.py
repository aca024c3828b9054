"""Calendars: the week, the days that override it, the years that are known, and the spans that follow."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TIME
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant

CLOCK_TIME = TIME(precision=0)


def _owner(*, primary_key: bool = False) -> Mapped[int]:
    return mapped_column(ForeignKey("gridseat.calendar.id", ondelete="CASCADE"), primary_key=primary_key)


class Calendar(Base):
    """Working hours of a place; its instants are local to ``timezone``."""

    __tablename__ = "calendar"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    timezone: Mapped[str] = mapped_column(server_default="Asia/Shanghai")
    next_day: Mapped[bool] = mapped_column(server_default=text("false"))


class CalendarRule(Base):
    """A span of a weekday (ISO 1 to 7; 0: a make-up workday on a weekday without spans of its own)."""

    __tablename__ = "calendar_rule"
    __table_args__ = (
        UniqueConstraint("calendar_id", "weekday", "starts"),
        CheckConstraint("weekday BETWEEN 0 AND 7"),
        CheckConstraint("starts < ends"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    calendar_id: Mapped[int] = _owner()
    weekday: Mapped[int] = mapped_column(SmallInteger)
    starts: Mapped[time] = mapped_column(CLOCK_TIME)
    ends: Mapped[time] = mapped_column(CLOCK_TIME)


class CalendarYear(Base):
    """A year with data; time in any other year is not guessed."""

    __tablename__ = "calendar_year"
    __table_args__ = (
        CheckConstraint("year BETWEEN 1900 AND 2999"),
        Index("calendar_year_starts", "calendar_id", "starts"),
    )

    calendar_id: Mapped[int] = _owner(primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    source: Mapped[str]
    starts: Mapped[datetime | None] = mapped_column(Instant)
    known_until: Mapped[datetime | None] = mapped_column(Instant)


class CalendarDay(Base):
    """A holiday or a make-up workday, overriding the week."""

    __tablename__ = "calendar_day"

    calendar_id: Mapped[int] = _owner(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    name: Mapped[str] = mapped_column(server_default="")


class CalendarSpan(Base):
    """A stretch of working time with the working seconds counted before it; derived, never edited."""

    __tablename__ = "calendar_span"
    __table_args__ = (
        CheckConstraint("starts < ends"),
        Index("calendar_span_before", "calendar_id", "before_seconds", unique=True),
    )

    calendar_id: Mapped[int] = _owner(primary_key=True)
    starts: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    ends: Mapped[datetime] = mapped_column(Instant)
    before_seconds: Mapped[int]
