"""`database`: set one up, bring it up to date, say how it is, check what must hold."""

import argparse
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import asyncpg

from console.cli import passwords
from console.cli.answer import Answer
from console.cli.instants import in_china
from console.cli.session import Session
from console.cli.table import plain
from console.cli.usage import Parser, Subparsers
from console.connection import Connection
from console.database.address import NAME, local
from console.database.door import CONNECT_SECONDS, DUTY, role_of, verified
from console.database.faults import translated
from console.desk.sending import ENDLESS
from console.errors import BadInput, OutOfReach, Refused
from console.language import say
from models import revision

MAINTENANCE = "postgres"
HERE_ALREADY = (
    asyncpg.exceptions.DuplicateObjectError,
    asyncpg.exceptions.DuplicateDatabaseError,
    asyncpg.exceptions.UniqueViolationError,
)


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("database", help=say("cli.database.help"))
    below = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    new = below.add_parser("create", help=say("cli.database.create"))
    secret = new.add_mutually_exclusive_group()
    for where in ("prompt", "stdin"):
        said = say(f"cli.database.password_{where}")
        secret.add_argument(f"--password-{where}", dest="password", action="store_true", help=said)
    new.set_defaults(run=create, unopened=True)
    below.add_parser("upgrade", help=say("cli.database.upgrade")).set_defaults(run=upgrade, unopened=True)
    below.add_parser("status", help=say("cli.database.status")).set_defaults(run=status, any_age=True)
    below.add_parser("check", help=say("cli.database.check")).set_defaults(run=check, any_age=True)
    new = below.add_parser("set", help=say("cli.database.set"))
    new.add_argument("key", metavar="KEY", help=say("cli.database.key"))
    new.add_argument("value", metavar="VALUE", help=say("cli.database.value"))
    new.set_defaults(run=set_)


async def create(given: argparse.Namespace, session: Session) -> Answer:
    """Make the database with its roles, rules and 值班; roles carry the database's name as prefix."""
    from console.database import founding  # noqa: PLC0415  SQLAlchemy and Alembic are slow to load

    name, prefix = _name(session), session.door.name_of_prefix
    verifier = passwords.verifier(passwords.asked()) if given.password else None
    async with _administrator(session, MAINTENANCE) as admin:
        if await admin.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name):
            await _refuse_finished(session, name)
        else:
            try:
                await founding.create(admin, lambda called: _connect(session, called), name, prefix)
            except HERE_ALREADY as error:
                raise Refused("roles_exist", prefix=prefix) from error
        await founding.upgrade(await _dsn(session, name), prefix)
        if verifier is not None:
            role = founding.quoted(role_of(prefix, DUTY))
            await admin.execute(f"ALTER ROLE {role} PASSWORD '{verifier}'")
    return Answer({"database": session.address.text, "name": name, "created": True, "operator": DUTY})


async def _refuse_finished(session: Session, name: str) -> None:
    """Let only a database through whose making was interrupted: it is brought to its end."""
    from console.database import founding  # noqa: PLC0415  as above

    async with _administrator(session, name) as raw:
        if not await founding.unfinished(raw):
            raise Refused("database_exists", name=name)


async def upgrade(_given: argparse.Namespace, session: Session) -> Answer:
    """Bring schema, rules and data to this version; after a restore also what spoke of the old server."""
    from console.database import founding  # noqa: PLC0415  as above

    if session.address.embedded and not await session.exists():
        raise OutOfReach("no_such_database")
    name = _name(session)
    async with _administrator(session, name):
        await founding.upgrade(await _dsn(session, name), session.door.name_of_prefix)
    return Answer({"database": session.address.text, "name": name, "upgraded": True})


async def status(_given: argparse.Namespace, session: Session) -> Answer:
    """Return versions, epoch, counts, years of the calendars, alarms and size in bytes.

    ``upgrade_needed`` after a restore, and where the tables or the rules are not this program's.
    """
    found = json.loads(await session.fetchval("SELECT desk.status()::text"))
    ours = found["revision"] == revision.HEAD and found.get("rules") == revision.rules()
    found["upgrade_needed"] |= not ours
    document = {"database": session.address.text, **in_china(found)}
    return Answer(document, human=plain({name: fact for name, fact in document.items() if fact != []}))


async def check(_given: argparse.Namespace, session: Session) -> Answer:
    """Return {"faults": [{"kind", "what"}]}; exit code 1 with findings."""
    faults = [dict(row) for row in await session.fetch("SELECT * FROM desk.check()", seconds=ENDLESS)]
    human = None if faults else say("cli.database.sound")
    return Answer({"sound": not faults, "faults": faults}, int(bool(faults)), human)


async def set_(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"key", "value", "before"} of a county's setting (desk.set_setting); status shows them all."""
    told = json.loads(await session.fetchval("SELECT desk.set_setting($1, $2)::text", given.key, given.value))
    return Answer(told, human=say("cli.database.changed", **told))


def _name(session: Session) -> str:
    return NAME if session.address.embedded else urlsplit(session.address.text).path.lstrip("/") or NAME


@asynccontextmanager
async def _administrator(session: Session, name: str) -> AsyncIterator[Connection]:
    """Give a connection to the database ``name`` of who set the server up: ours, or the one the URL names."""
    raw = await _connect(session, name)
    try:
        with translated():
            yield raw
    finally:
        await raw.close()


async def _connect(session: Session, name: str) -> Connection:
    dsn = await _dsn(session, name)
    with translated():
        return await asyncpg.connect(dsn, timeout=CONNECT_SECONDS)


async def _dsn(session: Session, name: str) -> str:
    """Return the administrator's DSN, with verified TLS unless the server is near or it says otherwise."""
    if session.address.embedded:
        return local(*await session.door.start(), "postgres", name)
    parts = urlsplit(session.address.text)
    if not parts.username:
        raise BadInput("administrator_needed")
    return verified(parts._replace(scheme="postgresql", path=f"/{name}").geturl())
