"""A line to the tests' server, as a host of its own: it can be slow, or freeze as half-open ones do."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from tests.database_fixtures import Cluster

CHUNK, PIECE = 1 << 16, 1 << 14
Reach = Callable[[], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


class Wire:
    """Carries bytes both ways between ``host``:``port`` and what ``reach`` opens, while it flows."""

    def __init__(self, reach: Reach, host: str = "127.0.0.1") -> None:
        self._reach, self._host = reach, host
        self._flows = asyncio.Event()
        self._flows.set()
        self._listening: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self.port = 0
        self.pace = 0  # bytes a second towards the server; 0: as fast as it goes

    async def open(self) -> None:
        """Let connections in, at the same port as before."""
        self._listening = await asyncio.start_server(self._carry, self._host, self.port, limit=PIECE)
        for one in self._listening.sockets:  # what waits here would have left a slow line's near end
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PIECE)
        self.port = self._listening.sockets[0].getsockname()[1]

    def freeze(self) -> None:
        """Let nothing pass, and tell nobody: connections stay open, new ones are taken and not answered."""
        self._flows.clear()

    def thaw(self) -> None:
        self._flows.set()

    async def cut(self) -> None:
        """End every connection and refuse new ones, as when a server has been killed."""
        if self._listening is not None:
            self._listening.close()
        for writer in tuple(self._writers):
            writer.transport.abort()
        self._flows.set()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await self._reach()
        self._writers |= {writer, server_writer}
        with suppress(OSError):
            await asyncio.gather(
                self._pump(reader, server_writer, slow=True), self._pump(server_reader, writer, slow=False)
            )
        self._writers -= {writer, server_writer}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slow: bool) -> None:
        try:
            while chunk := await reader.read(PIECE if slow and self.pace else CHUNK):
                if slow and self.pace:  # as long as a line of this pace is busy with it
                    await asyncio.sleep(len(chunk) / self.pace)
                await self._flows.wait()
                writer.write(chunk)
                await writer.drain()
        finally:
            writer.close()


@asynccontextmanager
async def wires(cluster: Cluster, *, answering: int, silent: int = 0) -> AsyncIterator[tuple[Wire, ...]]:
    """Give so many hosts that answer, then so many that refuse until they are opened."""
    folder, port = cluster.server.address()
    reach = partial(asyncio.open_unix_connection, Path(folder) / f".s.PGSQL.{port}")
    made = tuple(Wire(reach) for _ in range(answering + silent))
    for wire in made:
        await wire.open()
    for wire in made[answering:]:
        await wire.cut()
    try:
        yield made
    finally:
        for wire in made:
            await wire.cut()
