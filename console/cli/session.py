"""One command's time with the database: who acts, the way in, reads and actions."""

import argparse
import sys
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import asyncpg
from pydantic import ValidationError

from console.cli import passwords
from console.cli.hidden import tidy
from console.connection import Connection
from console.database import address
from console.database.age import same_age
from console.database.door import DUTY, Door
from console.database.faults import translated
from console.desk.command import Command
from console.desk.desk import Desk
from console.errors import BadInput, OutOfReach, Refused
from console.settings import Settings
from console.works import Works

MADE: Final = Path("data", "PG_VERSION")  # stands in the folder of an embedded database once it is there


def settings_of(given: argparse.Namespace) -> Settings:
    """Return the settings, those of the command line first."""
    told = {name: getattr(given, name) for name in ("database", "operator", "language")}
    if told["operator"] is not None and not told["operator"].strip():
        raise BadInput("operator_empty")  # an unset variable of a script must not act as the duty officer
    try:
        return Settings(**{name: value for name, value in told.items() if value is not None})
    except ValidationError as error:
        fault = error.errors()[0]
        raise BadInput(
            "bad_setting", setting=".".join(map(str, fault["loc"])), reason=fault["msg"]
        ) from error
    except ValueError as error:  # a settings file that is no TOML
        raise BadInput("bad_setting", setting="settings.toml", reason=str(error)) from error


class Session:
    """The database for one command: an open connection for reads, and a desk for actions."""

    def __init__(self, settings: Settings, *, any_age: bool = False) -> None:
        self.settings = settings
        self.address = address.told(settings.database)
        login = tidy(settings.operator, "name") if settings.operator else None
        self.door = Door(self.address, login, prefix=settings.prefix)
        if self.door.login is None and self.address.embedded:
            self.door = replace(self.door, login=DUTY)
        self.door.prefix = self.door.name_of_prefix
        self._raw: Connection | None = None
        self.any_age = any_age

    async def __aenter__(self) -> Self:
        """Connect, to a database of this program's age unless ``any_age``."""
        folder = self.address.folder
        if folder is not None and not (folder / MADE).exists():
            raise OutOfReach("no_such_database")
        try:
            self._raw = await self._connected()
            if not self.any_age:  # databases before 0010 do not tell theirs
                same_age(await self.fetchval("SELECT desk.whoami() ->> 'revision'") or "")
        except BaseException:
            await self._leave()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._leave()

    async def _leave(self) -> None:
        if self._raw is not None:
            await self._raw.close(timeout=2)
        await self.door.close()

    @asynccontextmanager
    async def unopened(self) -> AsyncIterator[Self]:
        """Serve a command that connects for itself, and leave the embedded server after it."""
        try:
            yield self
        finally:
            await self.door.close()

    async def _connected(self) -> Connection:
        if self.address.embedded:
            return await self._into_ours()
        self.door.password = passwords.stored(self.door.login or "", self.address.text)
        try:
            return await self.door.open()
        except Refused as refusal:
            if refusal.code != "wrong_password" or self.door.password or not sys.stdin.isatty():
                raise
        self.door.password = passwords.typed()
        return await self.door.open()

    async def _into_ours(self) -> Connection:
        """Tell an operator who is not there from a database that was never made."""
        try:
            return await self.door.open()
        except Refused as refusal:
            if refusal.code != "who_are_you" or await self.exists():
                raise
            raise OutOfReach("no_such_database") from refusal

    async def exists(self) -> bool:
        """Tell whether the embedded server has the database."""
        raw = await self.door.open_superuser("postgres")
        try:
            asked = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)"
            return bool(await raw.fetchval(asked, address.NAME))
        finally:
            await raw.close()

    @property
    def raw(self) -> Connection:
        """Return the open connection."""
        if self._raw is None:
            raise OutOfReach("database_lost", reason="closed")
        return self._raw

    async def execute(self, query: str, *values: object) -> str:
        """Run ``query`` and return its status tag."""
        with translated():
            return await self.raw.execute(query, *values)

    async def fetch(
        self, query: str, *values: object, seconds: float | None = None
    ) -> Sequence[asyncpg.Record]:
        """Return all rows; ``seconds`` where the answer may take longer than any command."""
        with translated():
            return await self.raw.fetch(query, *values, timeout=seconds)

    async def fetchrow(self, query: str, *values: object) -> asyncpg.Record | None:
        """Return the first row, if there is one."""
        with translated():
            return await self.raw.fetchrow(query, *values)

    async def fetchval(self, query: str, *values: object) -> Any:  # noqa: ANN401  a column may be anything
        """Return the first column of the first row; None without a row."""
        with translated():
            return await self.raw.fetchval(query, *values)

    async def perform(self, command: Command) -> dict[str, Any]:
        """Perform ``command``; where the outcome stays unknown, say the id with which it may be repeated."""
        async with self.desk(command.id) as desk:
            return await desk.perform(command)

    @asynccontextmanager
    async def works(self) -> AsyncIterator[Works]:
        """Give the desk for what is told of daily work."""
        async with self.desk() as desk:
            yield Works(desk)

    @asynccontextmanager
    async def desk(self, command: uuid.UUID | None = None) -> AsyncIterator[Desk]:
        """Give a desk; one for what ``command`` is the id of names it where the outcome is unknown."""
        desk = Desk(self.door, patience=self.settings.patience_seconds)
        try:
            yield desk
        except OutOfReach as lost:
            if command is None:
                raise
            raise OutOfReach(lost.code, **{**lost.facts, "command": str(command)}) from lost
        finally:
            await desk.close()
