"""A connection test as proof of life (frontend/backend protocol 3.0, PostgreSQL manual, chapter 55)."""

import socket
import struct
from io import BufferedRWPair
from pathlib import Path

PROTOCOL = 196608


def data_folder(host: str, port: int, seconds: float) -> Path | None:
    """Return the data folder of the server that answers there as superuser, None if none is ready.

    ``host`` is a folder with a Unix socket or an IP address.
    """
    try:
        with _connect(host, port, seconds) as wire, wire.makefile("rwb") as stream:
            startup = b"user\0postgres\0database\0postgres\0\0"
            stream.write(struct.pack("!II", len(startup) + 8, PROTOCOL) + startup)
            stream.flush()
            _until_ready(stream)
            query = b"SHOW data_directory\0"
            stream.write(b"Q" + struct.pack("!I", len(query) + 4) + query)
            stream.flush()
            row = _until_ready(stream)
            stream.write(b"X" + struct.pack("!I", 4))
    except (OSError, EOFError):
        return None
    return Path(row[6:].decode()) if row else None  # one column: count, length, value


def _connect(host: str, port: int, seconds: float) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((host, port), seconds)
    wire = socket.socket(socket.AF_UNIX)
    wire.settimeout(seconds)
    try:
        wire.connect(f"{host}/.s.PGSQL.{port}")
    except OSError:
        wire.close()
        raise
    return wire


def _until_ready(stream: BufferedRWPair) -> bytes:
    """Read messages up to ReadyForQuery and return the last data row's body."""
    row = b""
    while True:
        head = stream.read(5)
        if len(head) < 5:  # noqa: PLR2004  one letter, four bytes of length
            raise EOFError
        kind, length = struct.unpack("!cI", head)
        body = stream.read(length - 4)
        if kind == b"E" or (kind == b"R" and body[:4] != bytes(4)):
            raise EOFError  # not ready yet, or no server of ours: it asks for a password
        if kind == b"D":
            row = body
        if kind == b"Z":
            return row
