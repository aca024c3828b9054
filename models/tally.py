"""The counters of the boards, derived from incidents and timeline by the fold."""

from datetime import date, datetime

from sqlalchemy import ARRAY, BigInteger, Date, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Native


class Measure(Base):
    """What a case counts for, as it stood when it was folded."""

    __tablename__ = "measure"
    __table_args__ = (
        Index("measure_at", "at_id"),
        Index("measure_days", "days", postgresql_using="gin"),
        Index("measure_stray", "number", postgresql_where=text("stray")),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at_id: Mapped[int] = mapped_column(comment="where it counts: its place, without one its centre")
    tallied: Mapped[bool] = mapped_column(comment="in the tallies: neither restricted nor stray")
    stray: Mapped[bool] = mapped_column(
        comment="its centre is not above its place: seen by fewer than the place's boards"
    )
    days: Mapped[list[date]] = mapped_column(ARRAY(Date))
    facts: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="parallel to parts, ats, hits: which fact, of what part, when, met since"
    )
    parts: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    ats: Mapped[list[datetime]] = mapped_column(ARRAY(Instant))
    hits: Mapped[list[datetime]] = mapped_column(
        ARRAY(Instant), comment="-infinity: met from the start; infinity: not met"
    )


class Tally(Base):
    """The sums of the measures in an organisation's subtree; communities have none."""

    __tablename__ = "tally"

    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fact: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hit_day: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]


class Fold(Base):
    """One row: who folds locks it; up to which entry of the timeline the tallies tell."""

    __tablename__ = "fold"

    one: Mapped[bool] = mapped_column(server_default=text("true"), primary_key=True)
    epoch: Mapped[str | None] = mapped_column(
        comment="the database it was begun in; null: the tallies mean nothing yet"
    )
    zone: Mapped[str | None]
    xid: Mapped[str] = mapped_column(Native("xid8"), server_default=text("'3'"))
    id: Mapped[int] = mapped_column(server_default=text("0"))
    filled_to: Mapped[int | None] = mapped_column(comment="while all cases are told anew: up to which number")


class Unmeasured(Base):
    """Cases to fold whose entries stand below the cursor: loaded in bulk, restored."""

    __tablename__ = "unmeasured"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
