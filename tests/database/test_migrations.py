"""Migrations from empty to head make exactly what the mappings say."""

import importlib
import pkgutil
from functools import partial

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import models
from console.database import founding
from models.base import SCHEMA, Base, Native
from tests.database_fixtures import Database

for name in ("polygon", "xid8", "name"):
    postgresql.base.ischema_names[name] = partial(Native, name)  # type: ignore[assignment]


async def test_the_mappings_are_what_the_migrations_make(database: Database) -> None:
    for module in pkgutil.iter_modules(models.__path__):
        importlib.import_module(f"models.{module.name}")
    dsn = database.cluster.dsn(database.name).replace("postgresql://", "postgresql+asyncpg://")
    engine = create_async_engine(dsn, poolclass=NullPool)
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection,
        opts={
            "compare_type": True,
            "compare_server_default": True,
            "include_schemas": True,
            "version_table_schema": SCHEMA,
            "include_name": lambda name, kind, _: kind != "schema" or name == SCHEMA,
        },
    )
    return [change for change in compare_metadata(context, Base.metadata) if "comment" not in str(change[0])]


async def test_upgrading_again_changes_nothing(database: Database) -> None:
    await founding.upgrade(database.cluster.dsn("template_county"), "template_county")
