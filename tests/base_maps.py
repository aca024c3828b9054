"""Base maps that tests make themselves: pictures, an MBTiles file, a server on this machine."""

import sqlite3
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from console.geography.tiles.pyramid import Tile

Colour = tuple[int, int, int]
RED, GREEN, BLUE = (200, 40, 40), (40, 160, 80), (40, 80, 200)


def png(colour: Colour, side: int = 256) -> bytes:
    """Return a picture of one colour."""
    rows = (b"\0" + bytes(colour) * side) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def mbtiles(path: Path, pictures: Mapping[Tile, bytes], **about: str) -> Path:
    """Write an MBTiles file of these pictures, its rows counted from the south as the standard has it."""
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE metadata (name text, value text)")
        file.execute(
            "CREATE TABLE tiles (zoom_level int, tile_column int, tile_row int, tile_data blob,"
            " PRIMARY KEY (zoom_level, tile_column, tile_row))"
        )
        file.executemany("INSERT INTO metadata VALUES (?, ?)", {"format": "png", **about}.items())
        rows = [
            (tile.level, tile.column, 2**tile.level - 1 - tile.row, data) for tile, data in pictures.items()
        ]
        file.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
    return path


class Handler(BaseHTTPRequestHandler):
    """Answers as the server's table says, else with a green picture."""

    protocol_version = "HTTP/1.1"
    server: "TileServer"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        answer = self.server.answers.get(self.path)
        if answer is None:
            self.give(200, png(GREEN), {"Content-Type": "image/png"})
        else:
            answer(self)

    def give(self, status: int, content: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        pass


class TileServer(ThreadingHTTPServer):
    """``asked``: path and headers of each request; ``answers`` by path; ``over`` ends those that wait."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, Callable[[Handler], None]] = {}
        self.over = threading.Event()

    @property
    def template(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{{z}}/{{x}}/{{y}}.png"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: consoles hang up on purpose."""


@contextmanager
def serving(server: TileServer) -> Iterator[TileServer]:
    """Run a server beside."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
