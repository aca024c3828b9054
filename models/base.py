"""What every mapping shares."""

from typing import ClassVar

from sqlalchemy import BigInteger, MetaData
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

SCHEMA = "gridseat"

Instant = TIMESTAMP(timezone=True)


class Base(DeclarativeBase):
    """Base of all mappings; tables stand in the schema ``gridseat``."""

    metadata = MetaData(schema=SCHEMA)
    type_annotation_map: ClassVar[dict[type, TypeEngine[int]]] = {int: BigInteger()}
