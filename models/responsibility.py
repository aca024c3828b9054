"""Who is responsible for what: the list (权责清单) that a county keeps."""

from sqlalchemy import CheckConstraint, ForeignKey, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Responsibility(Base):
    """A unit, or the grid, community or township of the place, answers for a class or a whole group."""

    __tablename__ = "responsibility"
    __table_args__ = (
        CheckConstraint("local IN ('grid', 'community', 'township')"),
        CheckConstraint("role IN ('lead', 'co')"),
        CheckConstraint("(unit_id IS NULL) <> (local IS NULL)"),
        UniqueConstraint(
            "group_name",
            "class_id",
            "unit_id",
            "local",
            "centre_id",
            name="responsibility_once",
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    group_name: Mapped[str]
    class_id: Mapped[int | None] = mapped_column(
        ForeignKey("gridseat.catalogue_class.id"), comment="null: the whole group"
    )
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.organisation.id"))
    local: Mapped[str | None] = mapped_column(comment="not a unit: grid, community or township of the place")
    centre_id: Mapped[int | None] = mapped_column(
        ForeignKey("gridseat.organisation.id"), comment="holds for places in this subtree; null: everywhere"
    )
    role: Mapped[str]
