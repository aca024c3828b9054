"""A base map from a server on this machine that is slow, broken, greedy or sends elsewhere."""

import os
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import pytest

from console.errors import OutOfReach, Problem, Refused
from console.geography.tiles import chosen, line, web
from console.geography.tiles.cache import Cache, Kept
from console.geography.tiles.pyramid import Tile
from console.geography.tiles.source import Source
from console.geography.tiles.supply import Brought, Supply
from console.settings import Settings
from tests.base_maps import GREEN, RED, Handler, TileServer, png, serving
from tests.waiting import SECONDS

TILE, OTHER = Tile(3, 1, 2), Tile(3, 1, 3)
PATH = "/3/1/2.png"
PNG = {"Content-Type": "image/png"}
CERTIFICATE = (
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    " -addext subjectAltName=IP:127.0.0.1"
)


@pytest.fixture
def server() -> Iterator[TileServer]:
    with serving(TileServer()) as found:
        yield found


@pytest.fixture
def source(server: TileServer, tmp_path: Path) -> Iterator[Source]:
    found = made(server.template, tmp_path)
    yield found
    found.close()


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pauses be short; who is slow on a busy machine is not silent."""
    monkeypatch.setattr(line, "CONNECT", SECONDS)
    monkeypatch.setattr(line, "WHOLE", SECONDS)
    monkeypatch.setattr(web, "PAUSE", 0.01)


def made(template: str, state: Path) -> Source:
    settings = Settings(base_map=template, base_map_hosts="127.0.0.1", state=state)
    found = chosen.source(settings)
    assert found is not None
    return found


def refused(source: Source) -> Problem:
    with pytest.raises(Problem) as found:
        source.read(TILE)
    assert "127.0.0.1" in found.value.sentence
    return found.value


def test_a_picture_is_asked_for_once_and_kept_for_its_owner_alone(
    server: TileServer, source: Source, tmp_path: Path
) -> None:
    assert source.read(TILE) == source.read(TILE) == png(GREEN)
    ((path, headers),) = server.asked
    assert path == PATH
    assert headers["User-Agent"].startswith("Gridseat")
    again = made(server.template, tmp_path)
    assert again.read(TILE) == png(GREEN), "the next start has it, too"
    assert len(server.asked) == 1
    kept = tmp_path / "tiles"
    assert {path.stat().st_mode & 0o777 for path in [kept, *kept.rglob("*")] if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in kept.rglob("*") if path.is_file()} == {0o600}
    next(kept.rglob("*.tile")).write_bytes(b'{"length": 9}\ntorn')
    assert again.read(TILE) == png(GREEN)
    assert len(server.asked) == 2, "a torn file is no picture"
    again.close()


def test_an_old_picture_is_confirmed_and_serves_while_the_server_is_away(
    server: TileServer, source: Source
) -> None:
    def marked(handler: Handler) -> None:
        same = handler.headers.get("If-None-Match") == '"1"'
        headers = {"ETag": '"1"', "Cache-Control": "max-age=0"}
        handler.give(304, b"", headers) if same else handler.give(200, png(RED), PNG | headers)

    server.answers[PATH] = marked
    assert source.read(TILE) == source.read(TILE) == png(RED)
    assert [headers.get("If-None-Match") for _, headers in server.asked] == [None, '"1"']
    server.answers[PATH] = server.answers["/3/1/3.png"] = lambda handler: handler.give(503)
    assert source.read(TILE) == png(RED)
    assert source.read(TILE) == png(RED)
    assert len(server.asked) == 3, "a server that is busy is left alone"
    with pytest.raises(OutOfReach):
        source.read(OTHER)
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "answer",
    [
        lambda handler: handler.give(500),
        lambda handler: handler.give(403),
        lambda handler: handler.give(200, b"<html>please sign in</html>", {"Content-Type": "text/html"}),
    ],
)
def test_an_old_picture_serves_whatever_is_wrong_with_the_server(
    server: TileServer, source: Source, answer: Callable[[Handler], None]
) -> None:
    stale = PNG | {"Cache-Control": "max-age=0"}
    server.answers[PATH] = lambda handler: handler.give(200, png(RED), stale)
    assert source.read(TILE) == png(RED)
    server.answers[PATH] = answer
    assert source.read(TILE) == png(RED)


def half(handler: Handler) -> None:
    """Break off in the middle of a picture."""
    handler.give(200, png(RED)[:60], PNG | {"Content-Length": str(len(png(RED)))})
    handler.close_connection = True


@pytest.mark.parametrize(
    ("answer", "code", "asked"),
    [
        (lambda handler: handler.give(500), "base_map_answer", 3),
        (lambda handler: handler.give(403), "base_map_forbidden", 1),
        (lambda handler: handler.give(200, b"<html>", {"Content-Type": "text/html"}), "base_map_picture", 1),
        (lambda handler: handler.give(200, b"\x00garbage", PNG), "base_map_picture", 1),
        (lambda handler: handler.give(200, png(RED) + bytes(3 << 20), PNG), "base_map_large", 1),
        (half, "base_map_away", 3),
        (
            lambda handler: handler.give(302, b"", {"Location": "http://127.0.0.2:1/a.png"}),
            "base_map_host",
            1,
        ),
        (
            lambda handler: handler.give(302, b"", {"Location": "file:///etc/passwd"}),
            "base_map_redirected",
            1,
        ),
        (lambda handler: handler.give(302, b"", {"Location": PATH}), "base_map_redirected", 4),
    ],
)
def test_what_a_server_does_wrong_is_told(
    server: TileServer,
    source: Source,
    tmp_path: Path,
    answer: Callable[[Handler], None],
    code: str,
    asked: int,
) -> None:
    server.answers[PATH] = answer
    if code == "base_map_host":
        with pytest.raises(Refused, match=r"127\.0\.0\.2"):
            source.read(TILE)
    else:
        assert refused(source).code == code
    assert len(server.asked) == asked
    assert list(tmp_path.rglob("*.tile")) == []


def test_no_picture_here_is_no_fault_and_a_redirect_within_is_followed(
    server: TileServer, source: Source
) -> None:
    server.answers[PATH] = lambda handler: handler.give(404)
    assert source.read(TILE) is None
    server.answers[PATH] = lambda handler: handler.give(301, b"", {"Location": "/elsewhere.png"})
    assert source.read(TILE) == png(GREEN)
    assert server.paths[-1] == "/elsewhere.png"


def drip(handler: Handler) -> None:
    """Give a byte now and then, so that no single wait is long."""
    handler.send_response(200)
    handler.send_header("Content-Type", "image/png")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(png(RED)[:60])
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b"x")


def test_a_server_that_drips_does_not_hold_us(
    server: TileServer, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "WHOLE", 0.2)
    monkeypatch.setattr(web, "TRIES", 1)
    server.answers[PATH] = drip
    assert refused(source).code == "base_map_away"


def test_no_server_is_told(tmp_path: Path) -> None:
    gone = TileServer()
    gone.server_close()
    source = made(gone.template, tmp_path)
    assert refused(source).code == "base_map_away"
    source.close()


def test_what_nobody_waits_for_is_given_up_and_only_a_few_are_asked_at_once(
    server: TileServer, source: Source
) -> None:
    waiting = threading.Semaphore(0)

    def never(handler: Handler) -> None:
        waiting.release()
        handler.server.over.wait()

    slow = [Tile(4, column, 0) for column in range(9)]
    server.answers |= {f"/4/{tile.column}/0.png": never for tile in slow}
    heard: Queue[Brought[bytes]] = Queue()
    supply = Supply[bytes](source, bytes, heard.put)
    assert heard.get(timeout=SECONDS).about is not None
    supply.want(slow)
    for _ in range(source.at_once):
        assert waiting.acquire(timeout=SECONDS)
    assert len(server.asked) == source.at_once, "the others wait"
    supply.want([TILE, OTHER])
    assert {heard.get(timeout=SECONDS).tile, heard.get(timeout=SECONDS).tile} == {TILE, OTHER}
    assert set(server.paths[source.at_once :]) == {PATH, "/3/1/3.png"}, "and are never asked for"
    assert heard.empty(), "what was given up is not told as a fault"
    supply.want(slow)
    assert waiting.acquire(timeout=SECONDS), "nor is the server blamed for it"
    supply.close()
    assert heard.empty()


def test_the_cache_is_bounded_in_size_and_age(tmp_path: Path) -> None:
    kept = Cache(tmp_path, "a", most=100_000, days=2)
    for column in range(60):
        kept.put(Tile(9, column, 0), Kept(bytes(5000)))
    files = list(tmp_path.rglob("*.tile"))
    assert 15 <= len(files) < 20
    assert kept.get(Tile(9, 59, 0)) is not None
    assert kept.get(Tile(9, 0, 0)) is None, "the first ones went first"
    for file in tmp_path.rglob("*.tile"):
        os.utime(file, (0, 0))
    assert kept.get(Tile(9, 59, 0)) is None
    Cache(tmp_path, "b", most=100_000, days=2).put(Tile(1, 0, 0), Kept(b"new"))
    assert len(list(tmp_path.rglob("*.tile"))) <= 1
    nothing = Cache(tmp_path / "none", "a", most=0, days=2)
    nothing.put(TILE, Kept(b"x"))
    assert not (tmp_path / "none").exists()


def test_a_certificate_that_does_not_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", *CERTIFICATE.split(), "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    server = TileServer()
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate, key)
    server.socket = secure.wrap_socket(server.socket, server_side=True)
    with serving(server):
        template = server.template.replace("http:", "https:")
        unknown = made(template, tmp_path)
        assert refused(unknown).code == "base_map_certificate"
        unknown.close()
        assert server.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        known = made(template, tmp_path)
        assert known.read(TILE) == png(GREEN)
        known.close()
