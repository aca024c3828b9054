"""The command line as tests use it: one database of its own, words in, exit code and document out."""

import argparse
import asyncio
import contextlib
import functools
import io
import json
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest

import main
from console.cli import arguments, entrance
from console.database import address
from console.database.address import local
from console.database.door import DUTY, Door
from console.database.embedded import EmbeddedServer
from console.desk.command import Command
from console.desk.desk import Desk
from console.workflow import actions
from tests.database_fixtures import FAST, quick_folder
from tests.small_county import lay_out

NOW = "2026-11-20 10:00+08"  # a Friday; inside a working span
FREEZE = f"""
    CREATE OR REPLACE FUNCTION desk.now() RETURNS timestamptz LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp AS $$ SELECT '{NOW}'::timestamptz $$
"""
PEOPLE = (
    ("县坐席", "seat", "130123"),
    ("县值班长", "seat,supervisor", "130123"),
    ("城管员", "unit", "130123-D02"),
    ("镇坐席", "seat", "130123101"),
)


@functools.cache
def incident_words() -> argparse.ArgumentParser:
    """Return what reads the words of actions; it takes longer to make than to use."""
    return entrance.parser(["incident"])


@dataclass(frozen=True)
class Outcome:
    """How one command ended; ``document`` is None where stdout was no JSON."""

    code: int
    document: Any
    out: str
    err: str

    @property
    def error(self) -> str:
        """Return the code of the error, "" without one."""
        return str(self.document["error"]["code"]) if "error" in (self.document or {}) else ""


def run(*words: str, typed: str = "") -> Outcome:
    """Run the whole command line in this process with ``typed`` on standard input."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(typed))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main.main([*words])
    text = out.getvalue()
    assert "Traceback" not in text + err.getvalue()
    document = json.loads(text) if text.startswith("{") else None
    return Outcome(code, document, text, err.getvalue())


class Line:
    """The command line over one embedded database, in this process."""

    def __init__(self, folder: Path, server: EmbeddedServer) -> None:
        self.folder = folder
        self.server = server
        self._runner = asyncio.Runner()
        self._raw: asyncpg.Connection[asyncpg.Record] | None = None
        self._door = Door(address.parse(self.url), DUTY)
        self._desk = Desk(self._door)

    @property
    def url(self) -> str:
        return f"embedded:{self.folder}"

    def run(self, *words: str, typed: str = "") -> Outcome:
        """Run one command with ``typed`` on standard input; a traceback would fail the test."""
        return run("--database", self.url, *words, typed=typed)

    def ask(self, *words: str, **more: str) -> Outcome:
        """Run one command with ``--json``."""
        return self.run("--json", *words, **more)

    def report(self, *more: str) -> int:
        """Report a case of the county, as ``prepare`` does, and return its number."""
        facts = ("--title", "商贩占道", "--channel", "phone", "--class", "街面秩序/游商")
        answer, _ = self._perform("report", *facts, *more)
        return int(answer["number"])

    def act(self, number: int, step: str, /, **names: object) -> Outcome:
        """Perform ``step`` ("dispatch --unit 城管局") on an incident; {names} in it are filled in."""
        action, *options = shlex.split(step.format(**names))
        return self.ask("incident", action, str(number), *options)

    def prepare(self, number: int, step: str, /, **names: object) -> str:
        """Perform ``step`` over a connection that stays open, which is quicker; return the command's id."""
        action, *options = shlex.split(step.format(**names))
        _, command = self._perform(action, str(number), *options)
        return str(command.id)

    def _perform(self, action: str, *words: str) -> tuple[dict[str, Any], Command]:
        given = incident_words().parse_args(["incident", action, *words])
        args, content = arguments.told(given, actions()[action])
        command = Command(action, getattr(given, "number", None), args, content=content)
        return self._runner.run(self._desk.perform(command)), command

    def owner(self, query: str, *values: object) -> list[asyncpg.Record]:
        """Run ``query`` as the database's own administrator."""
        return list(self._runner.run(self._owner(query, *values)))

    async def _owner(self, query: str, *values: object) -> list[asyncpg.Record]:
        if self._raw is None:
            self._raw = await asyncpg.connect(local(*self.server.address(), "postgres"))
        return await self._raw.fetch(query, *values)

    def close(self) -> None:
        """Leave the database."""
        self._runner.run(self._leave())
        self._runner.close()

    async def _leave(self) -> None:
        await self._desk.close()
        await self._door.close()
        if self._raw is not None:
            await self._raw.close()


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Line]:
    """Make a database by the command line itself, lay the small county out, and stop its clock."""
    with EmbeddedServer(folder, settings=FAST) as server:
        line = Line(folder, server)
        made = line.ask("database", "create")
        assert made.code == 0, made.err
        asyncio.run(_furnish(server))
        try:
            for login, positions, organisation in PEOPLE:
                words = ("operator", "add", login, "--position", positions, "--organisation", organisation)
                assert line.ask(*words).code == 0
            yield line
        finally:
            line.close()


async def _furnish(server: EmbeddedServer) -> None:
    raw = await asyncpg.connect(local(*server.address(), "postgres"))
    await lay_out(raw)
    await raw.execute(FREEZE)
    await raw.close()


@contextlib.contextmanager
def folder_for_a_database(otherwise: Path) -> Iterator[Path]:
    """Give a folder in memory where there is one."""
    folder = quick_folder() or otherwise
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
