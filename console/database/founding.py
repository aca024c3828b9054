"""Set a database up and bring it up to date: roles, schemas, migrations, rules, workflow, first people."""

import json
from collections.abc import Callable
from typing import Any

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection as Engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import resources
from console import calendar, catalogue, flags, resource_kinds
from console.connection import Connection
from console.database import workflow
from console.database.door import CONNECT_SECONDS
from console.errors import BadInput, Refused
from console.indicators import declared, scores
from models import migrations
from models.revision import RULES, rules

GROUPS = ("seat", "supervisor", "unit", "wall", "worker", "admin")
FIRST = "01_identity.sql"  # then what others stand on (named), then the numbered files in their order
LONGEST = 50  # bytes that a name may have beside its ending
SCHEMAS = ("gridseat", "desk")
MADE = {  # kind: how its names are found; one may already have gone with another
    "ROUTINE": """SELECT string_agg(p.oid::regprocedure::text, ', ') FROM pg_proc AS p
                  JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE n.nspname = ANY ($1)""",
    "VIEW": """SELECT string_agg(c.oid::regclass::text, ', ') FROM pg_class AS c
               JOIN pg_namespace AS n ON n.oid = c.relnamespace
               WHERE n.nspname = ANY ($1) AND c.relkind = 'v'""",
}
SHUT = "^(pg_(try_)?advisory_|lo_|loread$|lowrite$)"


def quoted(name: str) -> str:
    """Return ``name`` as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def owner_of(prefix: str) -> str:
    """Return the role that owns everything and never logs in."""
    return f"{prefix}.gridseat_owner"


async def create(admin: Connection, connect: Callable[[str], Any], name: str, prefix: str) -> None:
    """Make the database ``name`` with its roles; ``connect(name)`` opens a superuser's connection to it.

    It gets its name last, so that one which was interrupted is not taken for a whole one and is begun anew.
    Refused("roles_exist") while somebody else is at it; BadInput("locale_unfit") where Chinese is no text.
    """
    await check_locale(admin)
    if not await admin.fetchval("SELECT pg_try_advisory_lock(hashtext($1))", f"gridseat {prefix}"):
        raise Refused("roles_exist", prefix=prefix)
    begun = f"{name[:LONGEST]}.begun"
    if not await _ready(admin, begun, prefix):
        await admin.execute(f"DROP DATABASE IF EXISTS {quoted(begun)} WITH (FORCE)")
        await admin.execute(f"CREATE DATABASE {quoted(begun)} ENCODING 'UTF8' TEMPLATE template0")
        await _lay(await connect(begun), begun, prefix)
    await admin.execute(f"ALTER DATABASE {quoted(begun)} RENAME TO {quoted(name)}")


async def check_locale(raw: Connection) -> None:
    """Refuse a server whose locale takes Chinese characters for none: no word could be found in its texts."""
    found = await raw.fetchrow(
        """SELECT current_setting('server_encoding') AS encoding, d.datctype AS locale,
                  current_setting('server_encoding') = 'UTF8' AND $1 ~ '^[[:alnum:]]$' AS fit
           FROM pg_database AS d WHERE d.datname = current_database()""",
        "商",
    )
    if found is None or not found["fit"]:
        raise BadInput("locale_unfit", **dict(found or {}))


async def _ready(admin: Connection, begun: str, prefix: str) -> bool:
    """Tell whether only the name is missing: an owner is made and given in one step with all the rest."""
    return bool(
        await admin.fetchval(
            """SELECT EXISTS (SELECT FROM pg_database AS d JOIN pg_roles AS r ON r.oid = d.datdba
                              WHERE d.datname = $1 AND r.rolname = $2)""",
            begun,
            owner_of(prefix),
        )
    )


async def _lay(raw: Connection, name: str, prefix: str) -> None:
    """Give a new database its roles, its owner and its schemas, all or nothing."""
    owner = quoted(owner_of(prefix))
    try:
        async with raw.transaction():
            await create_roles(raw, prefix)
            await raw.execute(f"ALTER DATABASE {quoted(name)} OWNER TO {owner}")
            await _shut(raw, name, prefix)
            await raw.execute(
                "; ".join(f"CREATE SCHEMA {schema} AUTHORIZATION {owner}" for schema in SCHEMAS)
            )
    finally:
        await raw.close()


async def unfinished(raw: Connection) -> bool:
    """Tell whether this database was made by ``create`` and not yet brought up to date for the first time."""
    laid = await raw.fetchval("SELECT to_regnamespace('gridseat') IS NOT NULL")
    if not laid or not await raw.fetchval("SELECT to_regclass('gridseat.setting') IS NOT NULL"):
        return bool(laid)
    return not await raw.fetchval("SELECT EXISTS (SELECT FROM gridseat.setting WHERE key = 'epoch')")


async def create_roles(admin: Connection, prefix: str) -> None:
    """Make the owner and the six groups of ``prefix``."""
    owner = quoted(owner_of(prefix))
    await admin.execute(f"CREATE ROLE {owner} NOLOGIN CREATEROLE")
    await admin.execute(f"GRANT pg_signal_backend, pg_read_all_stats TO {owner}")
    for group in GROUPS:
        role = quoted(f"{prefix}.gridseat_{group}")
        await admin.execute(f"CREATE ROLE {role} NOLOGIN")
        await admin.execute(f"GRANT {role} TO {owner} WITH ADMIN OPTION")


async def _shut(raw: Connection, name: str, prefix: str) -> None:
    """Take from PUBLIC what a seat could disturb others with, and let the groups in."""
    groups = ", ".join(quoted(f"{prefix}.gridseat_{group}") for group in GROUPS)
    await raw.execute(f"REVOKE ALL ON DATABASE {quoted(name)} FROM PUBLIC")
    await raw.execute(f"GRANT CONNECT ON DATABASE {quoted(name)} TO {groups}")
    await raw.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for function in await raw.fetch(
        """SELECT p.oid::regprocedure::text AS name FROM pg_proc AS p
           WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ $1""",
        SHUT,
    ):
        await raw.execute(f"REVOKE ALL ON FUNCTION pg_catalog.{function['name']} FROM PUBLIC")


async def upgrade(dsn: str, prefix: str) -> None:
    """Bring the schema, the rules and their data to this version; safe to repeat.

    The driver reads ``dsn`` itself: several hosts and its words for TLS mean what they mean elsewhere.
    """
    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=lambda: asyncpg.connect(dsn, timeout=CONNECT_SECONDS),
        poolclass=NullPool,
    )
    async with engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None  # noqa: S101  an open connection has its driver
        await raw.execute(f"SET ROLE {quoted(owner_of(prefix))}; SET check_function_bodies = off")
        await connection.run_sync(_migrate)
        await connection.commit()
        async with raw.transaction():
            await apply_rules(raw, prefix)
        for fold in ("fold_measures", "fold_work"):
            while await raw.fetchval(f"SELECT gridseat.{fold}()"):
                pass  # each batch commits by itself, so that no feed waits for long
    await engine.dispose()


def _migrate(connection: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def apply_rules(raw: Connection, prefix: str) -> None:
    """Load the functions, the workflow, the catalogue and the calendar, and note the epoch."""
    await _clear(raw)
    await _set(raw, "prefix", prefix)
    await _set(raw, "sweep", "one at a time holds this row")
    for file in rule_files():
        await raw.execute((RULES / file).read_text(encoding="utf-8"))
    await workflow.load(raw, resources.table("actions.toml"))
    await catalogue.seed(raw)
    await calendar.seed(raw)
    await resource_kinds.seed(raw)
    await flags.seed(raw)
    await declared.seed(raw)
    await scores.seed(raw)
    await raw.execute("DELETE FROM gridseat.setting WHERE key = 'rules'")
    await _set(raw, "rules", rules())
    await raw.execute("SELECT gridseat.rebase_feed()")
    await raw.execute("SELECT gridseat.first_people()")


async def _clear(raw: Connection) -> None:
    """Take away what the rule files made, with what hangs on it: an older one may not be replaceable."""
    for kind, names in MADE.items():
        found = await raw.fetchval(names, SCHEMAS)
        if found:
            await raw.execute(f"DROP {kind} {found} CASCADE")


def rule_files() -> list[str]:
    """Return the names of the rule files in the order of loading."""
    names = {file.name for file in RULES.glob("*.sql")} - {FIRST}
    return [FIRST, *sorted(names, key=lambda name: (name[0].isdigit(), name))]


async def _set(raw: Connection, key: str, value: object) -> None:
    await raw.execute(
        "INSERT INTO gridseat.setting VALUES ($1, $2::text::jsonb) ON CONFLICT (key) DO NOTHING",
        key,
        json.dumps(value),
    )
