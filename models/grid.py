"""Grids, ring by ring, and what they were before."""

from datetime import datetime

from sqlalchemy import ForeignKey, Identity, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Native


class Grid(Base):
    """Grid."""

    __tablename__ = "grid"
    __table_args__ = (
        Index("grid_organisation", "organisation_id"),
        Index("grid_ended", "id", postgresql_where=text("ended_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("gridseat.organisation.id"))
    outline: Mapped[bytes] = mapped_column(comment="well-known binary, WGS-84")
    initials: Mapped[str] = mapped_column(server_default=text("''"))
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    drawn_at: Mapped[datetime | None] = mapped_column(
        Instant, comment="since when it stands so; null: from before versions were kept"
    )
    ended_at: Mapped[datetime | None] = mapped_column(Instant, comment="gone since then; cases keep it")


class GridVersion(Base):
    """What a grid was before it was drawn or named anew."""

    __tablename__ = "grid_version"

    grid_id: Mapped[int] = mapped_column(ForeignKey("gridseat.grid.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("gridseat.organisation.id"))
    outline: Mapped[bytes]
    drawn_at: Mapped[datetime | None] = mapped_column(Instant)
    until: Mapped[datetime] = mapped_column(Instant)


class GridRing(Base):
    """The outline ring by ring, so that the database finds a point's grid."""

    __tablename__ = "grid_ring"
    __table_args__ = (
        Index("grid_ring_grid", "grid_id"),
        Index("grid_ring_box", text("box(ring)"), postgresql_using="gist"),
    )

    grid_id: Mapped[int] = mapped_column(ForeignKey("gridseat.grid.id", ondelete="CASCADE"), primary_key=True)
    hole: Mapped[bool] = mapped_column(primary_key=True)
    ring: Mapped[str] = mapped_column(Native("polygon"), primary_key=True)
