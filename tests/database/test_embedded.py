"""The embedded server: shared by processes, stopped by the last one out, whatever happens to any of them."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from console.database import cluster
from console.database.binaries import find
from console.database.embedded import EmbeddedServer
from console.errors import OutOfReach
from tests.database.clients import Client, ask, clients, eventually, postmaster, stopped, watched
from tests.waiting import SECONDS

QUICK = {"fsync": "off", "shared_buffers": "16MB"}
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="what root alone meets")


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make data with a table, to copy: making them anew costs a second."""
    folder = tmp_path_factory.mktemp("seed") / "desk"
    with EmbeddedServer(folder, settings=QUICK) as server:
        ask(server.start(), "CREATE TABLE kept (line text)")
    return folder / "data"


@pytest.fixture
def folder(seed: Path, tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(seed, tmp_path / "desk" / "data")
    yield tmp_path / "desk"
    shutil.rmtree(tmp_path / "desk")


@pytest.fixture
def open_place() -> Iterator[Path]:
    """Make a folder whose parents everybody may enter, unlike pytest's own."""
    place = Path(tempfile.mkdtemp(dir="/tmp"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.mark.parametrize("version", [16, 18])
def test_a_new_server_speaks_chinese_and_stops(tmp_path: Path, version: int) -> None:
    server = EmbeddedServer(tmp_path / "desk", version, QUICK | {"application_name": "it's a \\ test"})
    dsn = server.start()
    assert ask(dsn, "SHOW server_version").startswith(f"{version}.")
    assert ask(dsn, "SHOW server_encoding") == "UTF8"
    assert ask(dsn, "SELECT '网格' ~ '^[[:alpha:]]+$', upper('é')") == "t|É"
    assert ask(dsn, "SHOW listen_addresses") == ""
    assert ask(dsn, "SELECT reset_val FROM pg_settings WHERE name = 'shared_buffers'") == "2048"
    assert (
        ask(dsn, "SELECT setting FROM pg_file_settings WHERE name = 'application_name'") == "it's a \\ test"
    )
    host, port = server.address()
    assert (Path(host) / f".s.PGSQL.{port}").is_socket()
    server.stop()
    assert stopped(tmp_path / "desk")
    server.stop()
    with pytest.raises(OutOfReach) as caught:
        server.address()
    assert caught.value.code == "embedded_stopped"


def test_the_version_of_the_data_wins(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDSEAT_POSTGRES", "16")
    assert find().version == 16
    monkeypatch.setenv("GRIDSEAT_POSTGRES", "latest")
    with pytest.raises(OutOfReach) as caught:
        find()
    assert caught.value.facts["version"] == "latest"
    monkeypatch.setenv("GRIDSEAT_POSTGRES", "16")
    with EmbeddedServer(folder) as server:
        assert ask(server.start(), "SHOW server_version").startswith("18.")
    with pytest.raises(OutOfReach) as caught:
        EmbeddedServer(folder, 16).start()
    assert (caught.value.code, caught.value.facts["present"]) == ("embedded_version", 18)
    with pytest.raises(OutOfReach) as caught:
        EmbeddedServer(folder / "other", 17).start()
    assert caught.value.code == "embedded_missing"


def test_processes_share_one_server_and_the_last_one_out_stops_it(folder: Path) -> None:
    with clients(folder, 3) as (one, two, three):
        assert len({one.says(), two.says(), three.says()}) == 1
        server = postmaster(folder)
        assert one.told("stop") == "done"
        assert three.told("stop") == "done"
        assert two.told("start") == "done"
        assert postmaster(folder) == server
        assert one.told("start") == "done"
        assert two.told("stop") == "done"
        assert not stopped(folder)
        assert one.told("stop") == "done"
        assert stopped(folder)


def test_leaving_without_a_word_stops_the_server_too(folder: Path) -> None:
    with clients(folder, 1) as (only,):
        only.says()
        assert only.ends() == ""
        assert stopped(folder)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_the_watchdog_stops_the_server_of_the_dead(folder: Path, blow: signal.Signals) -> None:
    with clients(folder, 2) as (one, two):
        dsn = one.says()
        assert two.says() == dsn
        server = postmaster(folder)
        one.process.send_signal(blow)
        eventually(lambda: len(list((folder / "lease").iterdir())) == 1)  # the watchdog has seen it
        assert two.told("start") == "done"
        assert postmaster(folder) == server
        two.process.send_signal(blow)
        eventually(lambda: stopped(folder))
        eventually(lambda: not watched(folder))


def test_a_server_without_watchdog_is_adopted_and_watched_again(folder: Path) -> None:
    with clients(folder, 1) as (client,):
        dsn = client.says()
        eventually(lambda: watched(folder))
        for process in Path("/proc").glob("[0-9]*"):
            if is_watchdog(process, folder):
                os.kill(int(process.name), signal.SIGKILL)
        client.close()
        eventually(lambda: not watched(folder))
        assert not stopped(folder)
        server = postmaster(folder)
        with closing(Client(folder)) as heir:
            assert heir.says() == dsn
            assert postmaster(folder) == server
            eventually(lambda: watched(folder))
        eventually(lambda: stopped(folder))


def is_watchdog(process: Path, folder: Path) -> bool:
    with suppress(OSError):
        words = (process / "cmdline").read_bytes().split(b"\0")
        return b"console.database.watchdog" in words and os.fsencode(folder) in words
    return False


def test_a_killed_server_recovers_with_its_data(folder: Path) -> None:
    with EmbeddedServer(folder) as server:
        dsn = server.start()
        ask(dsn, "INSERT INTO kept VALUES ('井盖缺失')")
        endless = [str(find().tool("psql")), "-Xq", "-d", dsn, "-c", "DO $$ BEGIN LOOP END LOOP; END $$"]
        with subprocess.Popen(endless, stderr=subprocess.DEVNULL) as busy:
            eventually(
                lambda: ask(dsn, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO%'") == "1"
            )
            os.kill(postmaster(folder), signal.SIGKILL)
            assert server.start() == dsn  # its busy backend is an orphan that does not look up
            assert ask(dsn, "SELECT line FROM kept") == "井盖缺失"
            assert busy.wait(SECONDS) != 0


@pytest.mark.parametrize("kind", ["living", "zombie"])
def test_a_stale_pid_file_that_names_a_stranger_is_no_obstacle(folder: Path, kind: str) -> None:
    with EmbeddedServer(folder) as server:
        server.start()
        lines = (folder / "data" / "postmaster.pid").read_text().splitlines()
        os.kill(postmaster(folder), signal.SIGKILL)
        eventually(lambda: stopped(folder))
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as stranger:
            if kind == "zombie":
                stranger.kill()
            text = "\n".join([str(stranger.pid), *lines[1:]]) + "\n"
            (folder / "data" / "postmaster.pid").write_text(text)
            (folder / "socket" / ".s.PGSQL.5432.lock").write_text(text)
            assert ask(server.start(), "SELECT 1") == "1"
            assert kind == "zombie" or stranger.poll() is None


def test_a_first_start_that_was_killed_is_begun_anew(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with clients(folder, 1) as (client,):
        eventually(lambda: any(folder.glob("data.*/global")))
        client.process.kill()
        client.process.wait(SECONDS)
        with EmbeddedServer(folder, settings=QUICK) as server:
            assert ask(server.start(), "SELECT 1") == "1"


def test_a_frozen_server_is_an_error_in_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with EmbeddedServer(folder) as server:
        monkeypatch.setattr(cluster, "SECONDS", {**cluster.SECONDS, "start": 0.3, "answer": 0.1})
        os.kill(postmaster(folder), signal.SIGSTOP)
        with pytest.raises(OutOfReach) as caught:
            server.start()
        os.kill(postmaster(folder), signal.SIGCONT)
        assert caught.value.code == "embedded_timeout"
        assert str(folder) in caught.value.sentence


def test_the_log_stays_small(folder: Path) -> None:
    with EmbeddedServer(folder) as server:
        log = folder / "log" / "server.log"
        os.truncate(log, cluster.TABLE["log"]["bytes"] + 1)
        eventually(lambda: log.stat().st_size < 10_000)
        assert ask(server.start(), "SELECT 1") == "1"


@pytest.mark.parametrize(
    "name", ["桌 面/网格 $HOME '坐席' \"台\"", "/".join(["很深的文件夹"] * 12), "a,b\\c%20&d"]
)
def test_any_folder_name_will_do(seed: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(seed, tmp_path / name / "data")
    with EmbeddedServer(tmp_path / name) as server:
        assert Path(ask(server.start(), "SHOW data_directory")) == tmp_path / name / "data"


@root_only
def test_root_lends_the_server_an_unprivileged_user(seed: Path, open_place: Path) -> None:
    shutil.copytree(seed, open_place / "desk" / "data")
    with EmbeddedServer(open_place / "desk"):
        assert Path(f"/proc/{postmaster(open_place / 'desk')}").stat().st_uid != 0
    assert open_place.stat().st_mode & 0o777 == 0o755
    assert open_place.stat().st_uid == 0


@root_only
def test_root_in_a_private_folder_uses_a_namespace(folder: Path) -> None:
    folder.parent.chmod(0o700)
    with EmbeddedServer(folder):
        inside, *outside = Path(f"/proc/{postmaster(folder)}/uid_map").read_text().split()
        assert inside != "0", "PostgreSQL does not run as root"
        assert outside == ["0", "1"]
    assert folder.parent.stat().st_mode & 0o777 == 0o700


@root_only
def test_root_who_can_lend_nothing_is_told_the_folder(folder: Path) -> None:
    bare = 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"'
    with closing(Client(folder, "unshare", "--user", "--map-root-user", "sh", "-c", bare, "sh")) as client:
        words = client.ends()
    assert words.startswith("folder_unreachable")
    assert str(folder) in words


def test_a_folder_that_cannot_be_written_is_named(open_place: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (Path("/proc/desk"), tmp_path / "file" / "desk"):
        with pytest.raises(OutOfReach) as caught:
            EmbeddedServer(place).start()
        assert caught.value.code == "folder_unreachable"
        assert str(place) in caught.value.sentence
    (open_place / "closed").mkdir(0o555)
    lesser = ["unshare", "--user", "--map-user=1000", "--map-group=1000"] if os.geteuid() == 0 else []
    with closing(Client(open_place / "closed" / "desk", *lesser)) as client:
        assert client.ends().startswith("folder_unreachable")


def test_what_keeps_the_server_from_starting_is_told(folder: Path) -> None:
    (folder / "data" / "folder.conf").write_text("shared_buffers = 'much'\n")
    with pytest.raises(OutOfReach) as caught:
        EmbeddedServer(folder).start()
    assert caught.value.code == "embedded_start_failed"
    assert "shared_buffers" in caught.value.sentence
    eventually(lambda: not watched(folder))
