"""What stands in the county beside its grids: resources, and the outlines of organisations."""

from datetime import datetime

from sqlalchemy import ForeignKey, Identity, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Native


class ResourceKind(Base):
    """Keys of resources/resource_kinds.toml, in its order."""

    __tablename__ = "resource_kind"

    key: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(Integer)


class Resource(Base):
    """A station, camera, hydrant …; ``spot`` in WGS-84, ``raw`` as it came in ``datum``."""

    __tablename__ = "resource"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code", name="resource_once"),
        Index("resource_grid", "grid_id"),
        Index("resource_kind_of", "kind", "code"),
        Index("resource_spot", "spot", postgresql_using="gist", postgresql_where=text("active")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("gridseat.organisation.id"))
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(ForeignKey("gridseat.resource_kind.key"))
    grid_id: Mapped[int | None] = mapped_column(
        ForeignKey("gridseat.grid.id"), comment="derived: the comprehensive grid at the spot"
    )
    spot: Mapped[str] = mapped_column(Native("point"), comment="WGS-84, (longitude, latitude)")
    raw: Mapped[str] = mapped_column(Native("point"))
    datum: Mapped[str]
    phone: Mapped[str | None]
    note: Mapped[str] = mapped_column(server_default=text("''"))
    initials: Mapped[str] = mapped_column(server_default=text("''"))
    active: Mapped[bool] = mapped_column(server_default=text("true"))


class OrganisationOutline(Base):
    """An organisation's own border, where one was given; else its grids tell it."""

    __tablename__ = "organisation_outline"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("gridseat.organisation.id", ondelete="CASCADE"), primary_key=True
    )
    outline: Mapped[bytes] = mapped_column(comment="well-known binary, WGS-84")
    drawn_at: Mapped[datetime] = mapped_column(Instant)
