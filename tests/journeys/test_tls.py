"""Over the network: encrypted, the server proved by its certificate, the person by a password (SCRAM).

127.0.0.2 and 127.0.0.3 stand for other machines: to the console only 127.0.0.1 is this one.
"""

import asyncio
import contextlib
import io
import json
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import pytest

import main
from console.database import address
from console.database.door import Door, role_of
from console.desk.command import Command
from console.desk.desk import Desk
from console.errors import OutOfReach, Problem, Refused
from tests.database.following import Follower, following
from tests.database.test_slow_line import PACE, PHOTO, SILENCE
from tests.database_fixtures import FAST, act, report
from tests.gui.wire import Wire
from tests.journeys.servers import Server, home, system
from tests.small_county import lay_out
from tests.waiting import SECONDS, until

ENCRYPTED = "hostssl all all 127.0.0.0/8 scram-sha-256\n"
PASSWORD = "口令 correct horse"  # noqa: S105  of a server that lives as long as this file's tests
THERE, ELSEWHERE = "127.0.0.2", "127.0.0.3"
NAME = "county"
ROAD: tuple[tuple[str, dict[str, object], str], ...] = (
    ("accept", {}, "accepted"),
    ("dispatch", {"unit": "城管局", "with": ["公安局"]}, "dispatched"),
    ("acknowledge", {}, "handling"),
    ("extend", {"limit": {"seconds": 3600, "clock": "continuous"}, "reason": "需要机具"}, "handling"),
    ("grant", {}, "handling"),
    ("feedback", {"text": "已劝离"}, "handled"),
    ("rework", {"reason": "未清理"}, "dispatched"),
    ("acknowledge", {}, "handling"),
    ("feedback", {"text": "已清理"}, "handled"),
    ("verify", {}, "verified"),
    ("close", {"result": "解决"}, "closed"),
    ("follow-up", {"contacted": "yes", "solved": "yes", "satisfied": "yes"}, "closed"),
)


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=folder, timeout=SECONDS)


def authority(folder: Path, name: str) -> None:
    """Make a certificate authority: name.crt and name.key."""
    words = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN={name}"
    openssl(folder, *words.split(), "-keyout", f"{name}.key", "-out", f"{name}.crt")


def certificate(folder: Path, host: str) -> None:
    """Make server.crt and server.key for ``host``, signed by the centre's authority."""
    words = "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=server"
    openssl(folder, *words.split(), "-keyout", "server.key", "-out", "server.csr")
    (folder / "names").write_text(f"subjectAltName=IP:{host}")
    words = "x509 -req -in server.csr -CA centre.crt -CAkey centre.key -CAcreateserial -days 2 -extfile names"
    openssl(folder, *words.split(), "-out", "server.crt")


def encrypt(server: Server, folder: Path) -> dict[str, object]:
    """Give the server its certificate; return the settings that use it."""
    for name in ("server.crt", "server.key"):
        (server.data / name).write_bytes((folder / name).read_bytes())
        (server.data / name).chmod(0o600)
        server.who.own(server.data / name)
    return {**FAST, "ssl": "on", "password_encryption": "scram-sha-256"}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the centre's authority, another one, and the server's certificate."""
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("centre", "other"):
        authority(folder, name)
    certificate(folder, THERE)
    return folder


@pytest.fixture(scope="module")
def server(certificates: Path) -> Iterator[Server]:
    """Give the system's PostgreSQL, which lets nobody in without TLS and a password."""
    with home() as folder:
        found = Server(folder / "server", system(), ENCRYPTED)
        found.make()
        found.configure(encrypt(found, certificates))
        found.start()
        asyncio.run(_set_up(found, certificates, folder / "pgpass"))
        yield found
        found.stop()


async def _set_up(server: Server, certificates: Path, passfile: Path) -> None:
    """Give the administrator a password on the machine itself, then create the database over the network."""
    local = f"postgresql://postgres@/postgres?host={server.folder}&port={server.port}"
    raw = await asyncpg.connect(local)
    await raw.execute(f"ALTER ROLE postgres PASSWORD '{PASSWORD}'")
    write(passfile, f"{THERE}:{server.port}:*:*:{PASSWORD}")
    await asyncio.to_thread(_create, server, certificates, passfile)
    await raw.close()
    raw = await asyncpg.connect(local.replace("/postgres?", f"/{NAME}?"))
    await lay_out(raw)
    await raw.close()


def _create(server: Server, certificates: Path, passfile: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSFILE", str(passfile))
        code, said = ask(
            url(server, certificates, user="postgres@"), "database", "create", "--password-stdin"
        )
    assert (code, said.get("operator")) == (0, "duty"), said


def write(passfile: Path, line: str) -> None:
    passfile.write_text(line + "\n", encoding="utf-8")
    passfile.chmod(0o600)


def ask(database: str, *words: str) -> tuple[int, Any]:
    """Run one command with the password on standard input; return exit code and document."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main.main(["--json", "--database", database, *words])
    return code, json.loads(out.getvalue())


def url(server: Server, certificates: Path, host: str = THERE, user: str = "", root: str = "centre") -> str:
    return f"postgresql://{user}{host}:{server.port}/{NAME}?sslrootcert={certificates / root}.crt"


async def refusal(database: str, password: str | None = PASSWORD) -> Problem:
    """Knock as 值班 and return why the door stays shut."""
    with pytest.raises(Problem) as refused:
        await Door(address.parse(database), "duty", password).open()
    assert refused.value.code not in refused.value.sentence, "a sentence, not a code"
    return refused.value


async def test_a_whole_life_over_an_encrypted_connection(server: Server, certificates: Path) -> None:
    door = Door(address.parse(url(server, certificates)), "duty", PASSWORD)
    desk, console = Desk(door), Follower(door)
    raw = await door.open()
    used = await raw.fetchrow("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    assert used is not None
    assert used["ssl"]
    assert used["version"] in {"TLSv1.2", "TLSv1.3"}
    async with following(console):
        report = {"title": "商贩占道", "channel": "phone", "class": "街面秩序/违规牌匾", "reporter": "王某"}
        number = (await desk.perform(Command("report", args={**report, "centre": "130123"})))["number"]
        for action, args, status in ROAD:
            answer = await act(desk, action, number, **args)
            assert answer["status"] == status, action
            if status != "closed":
                await until(lambda: number in console.board)
        await until(lambda: number not in console.board)
        await console.agrees()
    assert not await raw.fetch("SELECT * FROM desk.verify(0, 99999)")
    assert len(await raw.fetch("SELECT * FROM desk.timeline($1)", number)) == len(ROAD) + 1
    await raw.close()
    await desk.close()


async def test_a_file_over_a_slow_encrypted_line_has_time_while_bytes_move(
    server: Server, certificates: Path
) -> None:
    wire = Wire(partial(asyncio.open_connection, THERE, server.port), THERE)
    await wire.open()
    there = url(server, certificates).replace(f":{server.port}/", f":{wire.port}/")
    desk = Desk(Door(address.parse(there), "duty", PASSWORD), silence=SILENCE)
    number = await report(desk)
    wire.pace = PACE
    now = asyncio.get_running_loop().time
    began = now()
    await desk.perform(Command("attach", number, {"file_name": "井盖.png"}, None, PHOTO))
    assert now() - began > SILENCE
    await desk.close()
    await wire.cut()


async def test_only_the_proved_server_gets_the_password(server: Server, certificates: Path) -> None:
    wrong = await refusal(url(server, certificates, root="other"))
    assert isinstance(wrong, OutOfReach)
    assert wrong.code == "tls_untrusted"
    assert (await refusal(url(server, certificates, host=ELSEWHERE))).code == "tls_other_name"
    nowhere = f"postgresql://{THERE}:{server.port}/{NAME}?sslrootcert=/nowhere/root.crt"
    assert (await refusal(nowhere)).code == "address_file"


async def test_without_a_root_certificate_of_ones_own_nothing_is_believed(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PGSSLROOTCERT", raising=False)
    bare = f"postgresql://{THERE}:{server.port}/{NAME}"
    assert (await refusal(bare)).code == "tls_no_authority"


async def test_a_server_without_tls_is_refused(server: Server, certificates: Path) -> None:
    with home() as folder:
        plain = Server(folder / "plain", system())
        plain.make()
        await asyncio.to_thread(plain.start)
        assert (await refusal(url(plain, certificates))).code == "tls_missing"
        await asyncio.to_thread(plain.stop)
    unencrypted = f"postgresql://{THERE}:{server.port}/{NAME}?sslmode=disable"
    assert (await refusal(unencrypted)).code == "not_let_in", "nor does the server want us without"


async def test_a_wrong_password_is_told_from_an_unreachable_server(
    server: Server, certificates: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "nothing"))
    for password in ("falsch", None):
        refused = await refusal(url(server, certificates), password)
        assert isinstance(refused, Refused)
        assert refused.code == "wrong_password"


async def test_the_server_keeps_no_password_but_a_verifier(server: Server) -> None:
    raw = await asyncpg.connect(f"postgresql://postgres@/postgres?host={server.folder}&port={server.port}")
    kept = await raw.fetchval("SELECT rolpassword FROM pg_authid WHERE rolname = $1", role_of(NAME, "duty"))
    assert kept.startswith("SCRAM-SHA-256$4096:")
    await raw.close()


async def test_the_password_comes_from_the_password_file(
    server: Server, certificates: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    passfile = tmp_path / "pgpass"
    monkeypatch.setenv("PGPASSFILE", str(passfile))
    write(passfile, f"{THERE}:{server.port}:{NAME}:*:{PASSWORD}")
    raw = await Door(address.parse(url(server, certificates)), "duty").open()
    assert await raw.fetchval("SELECT desk.whoami() ->> 'login'") == "duty"
    await raw.close()
    write(passfile, f"{THERE}:{server.port}:{NAME}:*:falsch")
    assert (await refusal(url(server, certificates), None)).code == "wrong_password"
