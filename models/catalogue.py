"""The catalogue: classes of incidents, limits of the other stages, cards that time gives."""

from sqlalchemy import CheckConstraint, Identity, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


def _words() -> Mapped[list[str]]:
    return mapped_column(ARRAY(TEXT), server_default="{}")


class CatalogueClass(Base):
    """A class of incidents, named by its path (街面秩序/游商); ``amount`` is seconds to handle it."""

    __tablename__ = "catalogue_class"
    __table_args__ = (
        CheckConstraint("priority BETWEEN 1 AND 4"),
        CheckConstraint("amount > 0"),
        CheckConstraint("urgent_amount > 0"),
        CheckConstraint("clock IN ('continuous', 'working')"),
        CheckConstraint("code = group_name || '/' || name"),
        CheckConstraint("priority > 1 OR clock = 'continuous'"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    group_name: Mapped[str]
    group_en: Mapped[str] = mapped_column(server_default="")
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(server_default="")
    priority: Mapped[int] = mapped_column(SmallInteger)
    amount: Mapped[int]
    clock: Mapped[str]
    urgent_amount: Mapped[int | None]
    restricted: Mapped[bool] = mapped_column(server_default=text("false"))
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    aliases: Mapped[list[str]] = _words()
    keywords: Mapped[list[str]] = _words()
    urgent_keywords: Mapped[list[str]] = _words()
    initials: Mapped[str] = mapped_column(server_default="")


class StageLimit(Base):
    """How long a stage may take, in seconds, on either clock; handling is the class's affair."""

    __tablename__ = "stage_limit"
    __table_args__ = (
        CheckConstraint("stage IN ('accept', 'dispatch', 'acknowledge', 'verify', 'close')"),
        CheckConstraint("continuous_when IN ('staffed', 'class', 'urgent')"),
        CheckConstraint("working_amount > 0"),
        CheckConstraint("continuous_amount > 0"),
    )

    stage: Mapped[str] = mapped_column(primary_key=True)
    continuous_when: Mapped[str]
    working_amount: Mapped[int]
    continuous_amount: Mapped[int]


class UrgingRule(Base):
    """A card so many limits or working days after due; ``stage`` null: any."""

    __tablename__ = "urging_rule"
    __table_args__ = (
        UniqueConstraint("stage", "urgent", "colour", postgresql_nulls_not_distinct=True),
        CheckConstraint("stage IN ('accept', 'dispatch', 'acknowledge', 'handling', 'verify', 'close')"),
        CheckConstraint("colour IN ('yellow', 'red')"),
        CheckConstraint("limits >= 0"),
        CheckConstraint("working_days >= 0"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    stage: Mapped[str | None]
    urgent: Mapped[bool]
    colour: Mapped[str]
    limits: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    working_days: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    to_parent: Mapped[bool] = mapped_column(server_default=text("false"))
