"""What boards count, and their counters, derived from incidents and timeline by the fold."""

from datetime import date, datetime, timedelta

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Date,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    PrimaryKeyConstraint,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Native


class Fact(Base):
    """What a case counts for: resources/facts.toml."""

    __tablename__ = "fact"

    key: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(Integer, comment="where it stands in what is kept of a case")
    body: Mapped[str]
    settles: Mapped[timedelta | None] = mapped_column(
        comment="counts so long after its instant; null: whenever that is"
    )
    splits: Mapped[list[str]] = mapped_column(
        ARRAY(Text),
        server_default=text("'{}'"),
        comment="by what its sums are kept apart: class, type, channel, unit, hour",
    )
    kept: Mapped[bool] = mapped_column(server_default=text("true"))
    spans: Mapped[bool] = mapped_column(server_default=text("false"), comment="its part is a length of time")


class Indicator(Base):
    """A figure of a board: resources/indicators.toml."""

    __tablename__ = "indicator"

    key: Mapped[str] = mapped_column(primary_key=True)
    board: Mapped[str]
    place: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str]
    fact: Mapped[str | None] = mapped_column(
        ForeignKey("gridseat.fact.key"), comment="null: it counts no cases"
    )
    at_present: Mapped[bool] = mapped_column(server_default=text("false"))
    sums: Mapped[str | None] = mapped_column(comment="whose sums it is told by: registry or operations")
    scale: Mapped[float] = mapped_column(
        Numeric, server_default=text("1"), comment="a ratio is so many times hits by whole"
    )
    sum: Mapped[str | None] = mapped_column(comment="which of the register's sums it is")
    per: Mapped[str | None] = mapped_column(comment="a ratio is shared out among grids or workers")
    cells: Mapped[list[str]] = mapped_column(
        ARRAY(Text),
        server_default=text("'{}'"),
        comment="the sums of people that it tells of, each a part of the next",
    )
    monthly: Mapped[bool] = mapped_column(server_default=text("false"))
    since: Mapped[str | None]
    last_only: Mapped[bool] = mapped_column(server_default=text("false"))
    once: Mapped[bool] = mapped_column(server_default=text("false"))


class Chart(Base):
    """A chart of a board: resources/indicators.toml."""

    __tablename__ = "chart"

    key: Mapped[str] = mapped_column(primary_key=True)
    board: Mapped[str]
    place: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str]
    fact: Mapped[str | None] = mapped_column(
        comment="FACT/BY: one mark for each part; null: the lines are figures over time"
    )
    lines: Mapped[list[str]] = mapped_column(ARRAY(Text))


class Measure(Base):
    """What a case counts for, as it stood when it was folded."""

    __tablename__ = "measure"
    __table_args__ = (
        Index("measure_at", "at_id"),
        Index("measure_days", "days", postgresql_using="gin"),
        Index("measure_class", "class_id", text("(days[cardinality(days)])")),  # a campaign's, since a day
        Index("measure_stray", "number", postgresql_where=text("stray")),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at_id: Mapped[int] = mapped_column(comment="where it counts: its place, without one its centre")
    tallied: Mapped[bool] = mapped_column(comment="in the tallies: neither restricted nor stray")
    stray: Mapped[bool] = mapped_column(
        comment="its centre is not above its place: seen by fewer than the place's boards"
    )
    group_id: Mapped[int] = mapped_column(comment="the first class of its group")
    class_id: Mapped[int]
    channel_id: Mapped[int]
    unit_id: Mapped[int | None]
    grid_id: Mapped[int | None]
    days: Mapped[list[date]] = mapped_column(ARRAY(Date))
    parts: Mapped[list[int | None]] = mapped_column(ARRAY(BigInteger), comment="of each fact, at its place")
    ats: Mapped[list[datetime | None]] = mapped_column(ARRAY(Instant), comment="null: does not count for it")
    hits: Mapped[list[datetime | None]] = mapped_column(
        ARRAY(Instant), comment="-infinity: met from the start; infinity: not met"
    )


class Tally(Base):
    """The sums of the measures in a subtree; communities have none, townships none by parts."""

    __tablename__ = "tally"
    __table_args__ = (
        PrimaryKeyConstraint(
            *("organisation_id", "fact", "day", "part", "hit_day"),
            name="tally_pkey",
            postgresql_include=["n"],  # boards read the key alone
        ),
    )

    organisation_id: Mapped[int] = mapped_column(autoincrement=False)
    fact: Mapped[str]
    day: Mapped[date]
    part: Mapped[int] = mapped_column(autoincrement=False)
    hit_day: Mapped[date]
    n: Mapped[int]


class TallyMonth(Base):
    """The sums of tally by parts, of months that are over."""

    __tablename__ = "tally_month"
    __table_args__ = (
        PrimaryKeyConstraint(
            *("organisation_id", "fact", "month", "part", "hit_month"),
            name="tally_month_pkey",
            postgresql_include=["n"],
        ),
    )

    organisation_id: Mapped[int] = mapped_column(autoincrement=False)
    fact: Mapped[str]
    month: Mapped[date]
    part: Mapped[int] = mapped_column(autoincrement=False)
    hit_month: Mapped[date]
    n: Mapped[int]


class TallyGrid(Base):
    """A grid's cases that count for a fact, in the order of their instants."""

    __tablename__ = "tally_grid"

    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, comment="the fact's")
    at_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    grid_id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="0: of cases without a grid"
    )
    ats: Mapped[list[datetime]] = mapped_column(ARRAY(Instant))
    met: Mapped[list[datetime]] = mapped_column(ARRAY(Instant), comment="those of ats that are met some time")
    hits: Mapped[list[datetime]] = mapped_column(ARRAY(Instant), comment="since when each is met")


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
    months_to: Mapped[date | None] = mapped_column(comment="months before this day are in tally_month")
    grids_to: Mapped[int | None] = mapped_column(
        server_default=text("0"),
        comment="while grids are told anew: up to which organisation",
    )
    filled_to: Mapped[int | None] = mapped_column(comment="while all cases are told anew: up to which number")


class Unmeasured(Base):
    """Cases to fold whose entries stand below the cursor: loaded in bulk, restored."""

    __tablename__ = "unmeasured"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
