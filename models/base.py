"""What every mapping shares."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, MetaData, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine, UserDefinedType

SCHEMA = "gridseat"

Instant = TIMESTAMP(timezone=True)


class Native(UserDefinedType[str]):
    """A type of PostgreSQL that SQLAlchemy has no class for; read as text."""

    cache_ok = True

    def __init__(self, name: str) -> None:
        self.name = name

    def get_col_spec(self, **_: Any) -> str:  # noqa: ANN401  SQLAlchemy's own signature
        """Return the type as DDL says it."""
        return self.name


class Base(DeclarativeBase):
    """Base of all mappings; tables stand in the schema ``gridseat``."""

    metadata = MetaData(schema=SCHEMA)
    type_annotation_map: ClassVar[dict[type, TypeEngine[Any]]] = {int: BigInteger(), str: Text()}
