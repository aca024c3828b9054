"""The registry of people and houses: records, their personal texts, counters, spot checks and visits."""

from datetime import date, datetime

from sqlalchemy import (
    ARRAY,
    Boolean,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Native


class House(Base):
    """A dwelling; ``use`` self_occupied, rented, vacant, or null where nobody knows."""

    __tablename__ = "house"
    __table_args__ = (
        Index("house_grid", "grid_id"),
        Index("house_left", "left_on", postgresql_where=text("left_on IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    grid_id: Mapped[int]
    use: Mapped[str | None]
    filled: Mapped[int] = mapped_column(SmallInteger, comment="how many of use and address are known")
    confirmed_on: Mapped[date]
    left_on: Mapped[date | None]
    spot: Mapped[str | None] = mapped_column(Native("point"), comment="WGS-84; raw as it came in its datum")
    raw: Mapped[str | None] = mapped_column(Native("point"))
    datum: Mapped[str | None]


class Household(Base):
    """People who live together in a house."""

    __tablename__ = "household"
    __table_args__ = (Index("household_grid", "grid_id"), Index("household_house", "house_id"))

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    house_id: Mapped[int]
    grid_id: Mapped[int] = mapped_column(comment="derived: that of its house")
    confirmed_on: Mapped[date]
    left_on: Mapped[date | None]


class Resident(Base):
    """A person, without what names them; ``kind`` registered or floating."""

    __tablename__ = "resident"
    __table_args__ = (
        Index("resident_grid", "grid_id"),
        Index("resident_household", "household_id"),
        Index("resident_left", "left_on", postgresql_where=text("left_on IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    grid_id: Mapped[int]
    household_id: Mapped[int | None]
    kind: Mapped[str]
    birth_year: Mapped[int | None] = mapped_column(SmallInteger)
    alone: Mapped[bool]
    erased: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    filled: Mapped[int] = mapped_column(
        SmallInteger, comment="how many of name, birth year, phone and household are known"
    )
    confirmed_on: Mapped[date]
    left_on: Mapped[date | None]


class HouseText(Base):
    """Where a house is, in words."""

    __tablename__ = "house_text"

    house_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    address: Mapped[str | None]


class ResidentText(Base):
    """What names a person; erased alone."""

    __tablename__ = "resident_text"

    resident_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str | None]
    phone: Mapped[str | None]


class RegistryGrid(Base):
    """What a grid counts."""

    __tablename__ = "registry_grid"

    grid_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    houses: Mapped[int]
    self_occupied: Mapped[int]
    rented: Mapped[int]
    vacant: Mapped[int]
    households: Mapped[int]
    residents: Mapped[int]
    registered: Mapped[int]
    floating: Mapped[int]
    filled: Mapped[int]


class RegistryOld(Base):
    """Who of a grid turns 60 in the year that runs, or did before; and who of them lives alone."""

    __tablename__ = "registry_old"

    grid_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    elderly: Mapped[int]
    alone: Mapped[int]


class RegistryTally(Base):
    """What the grids of an organisation count (own), and those of all below it."""

    __tablename__ = "registry_tally"

    scope: Mapped[str] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="a year of birth, or days since 2000-01-01"
    )
    slot: Mapped[int] = mapped_column(
        SmallInteger,
        primary_key=True,
        autoincrement=False,
        server_default=text("0"),
        comment="of sums below: one of four, so that writers do not wait for each other",
    )
    n: Mapped[int]


class SpotCheck(Base):
    """A record drawn for a month; ``wrong`` names the fields that were."""

    __tablename__ = "spot_check"
    __table_args__ = (
        UniqueConstraint("month", "kind", "record_id", name="spot_check_once"),
        Index("spot_check_grid", "grid_id", "month"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    month: Mapped[date]
    grid_id: Mapped[int]
    kind: Mapped[str]
    record_id: Mapped[int]
    drawn_at: Mapped[datetime] = mapped_column(Instant)
    result: Mapped[str | None]
    wrong: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    checked_by: Mapped[int | None]


class VisitRule(Base):
    """Who is to be visited, and how often; a null column asks nothing."""

    __tablename__ = "visit_rule"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str | None]
    min_age: Mapped[int | None] = mapped_column(SmallInteger)
    alone: Mapped[bool | None]
    every_days: Mapped[int] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(server_default=text("true"))


class VisitTask(Base):
    """A visit that is due, or was made."""

    __tablename__ = "visit_task"
    __table_args__ = (
        UniqueConstraint("rule_id", "resident_id", "due_on", name="visit_task_once"),
        Index(
            "visit_task_open",
            "grid_id",
            "due_on",
            postgresql_where=text("done_on IS NULL OR result = 'absent'"),
        ),
        Index("visit_task_resident", "resident_id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("gridseat.visit_rule.id"))
    resident_id: Mapped[int]
    grid_id: Mapped[int]
    staff_id: Mapped[int | None]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    result: Mapped[str | None]
    done_by: Mapped[int | None]


class RegistryAct(Base):
    """Who saw, saved, printed or erased what is known of whom, and why.

    Of a list that was saved or printed ``kind`` is its figure, spot_list or visit_list; where it was of,
    and how many rows, stand beside.
    """

    __tablename__ = "registry_act"
    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int]
    action: Mapped[str]
    kind: Mapped[str]
    record_id: Mapped[int | None]
    reason: Mapped[str]
    organisation_id: Mapped[int | None]
    row_count: Mapped[int | None]
