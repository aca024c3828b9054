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
from console.database.door import role_of
from models.base import SCHEMA, Base, Native
from tests.database_fixtures import Database

for name in ("polygon", "point", "xid8", "name"):
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
    before = await routines(database)
    await founding.upgrade(database.cluster.dsn(database.name), database.name)
    assert await routines(database) == before


async def test_functions_of_an_older_version_are_replaced_or_go(database: Database) -> None:
    """Names of parameters and types of results cannot be replaced in place, and what is gone must go."""
    now = await routines(database)
    await database.owner.execute(
        """DROP FUNCTION gridseat.share_of CASCADE;
           CREATE FUNCTION gridseat.share_of(before numeric, renamed numeric) RETURNS integer
               LANGUAGE sql AS 'SELECT 1';
           CREATE FUNCTION desk.gone() RETURNS integer LANGUAGE sql AS 'SELECT 1';
           CREATE VIEW gridseat.gone AS SELECT * FROM gridseat.board_row"""
    )
    await founding.upgrade(database.cluster.dsn(database.name), database.name)
    assert await routines(database) == now


async def routines(database: Database) -> list[tuple[object, ...]]:
    """Return every function and view: its text, its owner, and whether duty and everybody may use it."""
    rows = await database.owner.fetch(
        """SELECT p.oid::regprocedure::text AS name, pg_get_function_result(p.oid), p.prosrc,
                  p.proowner::regrole::text,
                  has_function_privilege($1, p.oid, 'execute'),
                  has_function_privilege('public', p.oid, 'execute')
           FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
           WHERE n.nspname IN ('gridseat', 'desk') AND p.oid <> 'desk.now()'::regprocedure -- the test's clock
           UNION ALL
           SELECT c.oid::regclass::text, '', pg_get_viewdef(c.oid), c.relowner::regrole::text,
                  has_table_privilege($1, c.oid, 'select'), has_table_privilege('public', c.oid, 'select')
           FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
           WHERE c.relkind = 'v' AND n.nspname = 'gridseat' ORDER BY 1""",
        role_of(database.name, "duty"),
    )
    return [tuple(row) for row in rows]
