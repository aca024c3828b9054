"""Bulletins (通报): what the boards said of a period, kept as it was issued."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant


class Bulletin(Base):
    """One bulletin; ``document`` is JSON of all that it shows, ``digest`` its SHA-256 in hexadecimal."""

    __tablename__ = "bulletin"
    __table_args__ = (
        CheckConstraint("last >= first"),
        CheckConstraint("digest = encode(sha256(convert_to(document, 'UTF8')), 'hex')"),
        UniqueConstraint("organisation_id", "year", "number"),
        Index("bulletin_period", "organisation_id", "period"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("gridseat.organisation.id"))
    year: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    period: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    comment: Mapped[str]
    document: Mapped[str]
    digest: Mapped[str]
    issued_at: Mapped[datetime] = mapped_column(Instant)
    issued_by: Mapped[int] = mapped_column(ForeignKey("gridseat.person.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("gridseat.campaign.id"))
