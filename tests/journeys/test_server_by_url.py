"""A server that others run, named by its URL: set up by its administrator, then each by name and password."""

import asyncio
import contextlib
import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

import main
from console.app import Console
from console.database.embedded import EmbeddedServer
from console.settings import Settings
from tests.database_fixtures import FAST
from tests.journeys.command_line import folder_for_a_database

HBA = """
local all all trust
host all postgres 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""
NAME = "county"
PASSWORD = "口令 correct horse"  # noqa: S105  of a server that lives as long as this test


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Give the port of a server on this machine that asks everybody but its administrator for a password."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = int(free.getsockname()[1])
    network = {"listen_addresses": "127.0.0.1", "port": number}
    with (
        folder_for_a_database(tmp_path_factory.mktemp("server")) as folder,
        EmbeddedServer(folder, settings={**FAST, **network}) as server,
    ):
        (folder / "data" / "pg_hba.conf").write_text(HBA)
        asyncio.run(_reload(server))
        yield number


async def _reload(server: EmbeddedServer) -> None:
    raw = await asyncpg.connect(server.start())
    await raw.execute("SELECT pg_reload_conf()")
    await raw.close()


def ask(url: str, *words: str, typed: str = "") -> tuple[int, Any]:
    """Run one command with ``typed`` on standard input; return exit code and document."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(typed))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main.main(["--json", "--database", url, *words])
    return code, json.loads(out.getvalue())


def test_a_server_is_set_up_and_asks_for_a_name_and_a_password(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    passfile = tmp_path / "pgpass"
    monkeypatch.setenv("PGPASSFILE", str(passfile))
    mine = f"postgresql://127.0.0.1:{port}/{NAME}"
    admin = f"postgresql://postgres@127.0.0.1:{port}/{NAME}"

    assert ask(mine, "--as", "duty", "database", "status")[0] != 0
    assert ask(mine, "database", "create")[1]["error"]["code"] == "administrator_needed"
    code, made = ask(admin, "database", "create", "--password-stdin", typed=PASSWORD + "\n")
    assert (code, made["name"], made["operator"]) == (0, NAME, "duty")
    assert ask(admin, "database", "create")[1]["error"]["code"] == "database_exists"
    assert ask(admin, "database", "upgrade")[0] == 0

    assert ask(mine, "incident", "list")[1]["error"]["code"] == "operator_needed"
    refused = ask(mine, "--as", "duty", "incident", "list")
    assert (refused[0], refused[1]["error"]["code"]) == (1, "wrong_password")
    passfile.write_text(f"127.0.0.1:{port}:{NAME}:*:{PASSWORD}\n", encoding="utf-8")
    passfile.chmod(0o600)
    code, status = ask(mine, "--as", "duty", "database", "status")
    assert (code, status["prefix"]) == (0, NAME)

    words = ("operator", "add", "甲", "--position", "seat,supervisor", "--password-stdin")
    code, added = ask(mine, "--as", "duty", *words, typed=PASSWORD + "\n")
    assert (code, added["role"].split(".")[0]) == (0, NAME)
    assert ask(mine, "--as", "甲", "incident", "list") == (0, {"count": 0, "more": False, "incidents": []})
    assert ask(mine, "--as", "乙", "incident", "list")[0] == 1
    assert asyncio.run(_recognised(mine, tmp_path)) == [True, False, False]


async def _recognised(url: str, state: Path) -> list[bool]:
    """Type the right password, a wrong one and none into a console that is open; PGPASSFILE knows it."""
    console = Console(Settings(database=url, operator="甲", state=state))
    assert console.asks_password
    try:
        return [await console.recognises(typed) for typed in (PASSWORD, PASSWORD + "!", "")]
    finally:
        await console.stop()
