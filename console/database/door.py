"""How a person comes in: a login role of their own, at our own server or at a centre's."""

import asyncio
import hashlib
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, urlsplit

import asyncpg

from console.connection import Connection
from console.database import urls
from console.database.address import NAME, Address, local
from console.database.embedded import EmbeddedServer
from console.database.faults import LOST, translated
from console.errors import BadInput, OutOfReach

DUTY: Final = "duty"
CONNECT_SECONDS: Final = 10.0
HOST_SECONDS: Final = 3.0  # of several hosts one that has frozen may not keep us from the others
COMMAND_SECONDS: Final = 20.0
NEAR: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def role_of(prefix: str, login: str) -> str:
    """Return the database role of the person who types ``login`` (gridseat.role_of says the same)."""
    return f"{prefix}.p_{hashlib.sha256(login.encode()).hexdigest()[:16]}"


@dataclass
class Door:
    """The way into one database for one person; ``server`` is ours while the address is embedded."""

    address: Address
    login: str | None = None
    password: str | None = None
    prefix: str = NAME
    settings: Mapping[str, object] = field(default_factory=dict)
    server: EmbeddedServer | None = None
    _good: str = ""  # the host that answered last: asked first

    async def open(self, *, timeout: float = COMMAND_SECONDS) -> Connection:  # noqa: ASYNC109  the driver's own limit
        """Return a new connection of this person; ``timeout`` seconds bound each command.

        Raises OutOfReach, Refused("who_are_you"), BadInput("operator_needed").
        """
        hosts = sorted(one_by_one(await self._dsn()), key=lambda dsn: dsn != self._good)
        with translated():
            for dsn in hosts[:-1]:
                with suppress(*LOST):
                    return await self._connect(dsn, HOST_SECONDS, timeout)
            return await self._connect(hosts[-1], HOST_SECONDS if hosts[1:] else CONNECT_SECONDS, timeout)

    async def _connect(self, dsn: str, patience: float, timeout: float) -> Connection:  # noqa: ASYNC109  as above
        raw = await asyncpg.connect(dsn, password=self.password, timeout=patience, command_timeout=timeout)
        self._good = dsn
        return raw

    async def open_superuser(self, name: str = NAME) -> Connection:
        """Return a connection of the server's own administrator: only for setting up and tests."""
        with translated():
            if not self.address.embedded:
                return await asyncpg.connect(self.address.text, timeout=CONNECT_SECONDS)
            host, port = await self.start()
            return await asyncpg.connect(local(host, port, "postgres", name), timeout=CONNECT_SECONDS)

    async def start(self) -> tuple[str, int]:
        """Make sure that our own server runs; return its host and port."""
        if self.server is None:
            if self.address.folder is None:
                raise BadInput("bad_database", database=self.address.text)
            self.server = EmbeddedServer(self.address.folder, settings=self.settings)
        await _patiently(self.server)
        return self.server.address()

    async def close(self) -> None:
        """Give our own server up; the last one out stops it."""
        if self.server is not None:
            await asyncio.to_thread(self.server.stop)
            self.server = None

    async def _dsn(self) -> str:
        if self.address.embedded:
            host, port = await self.start()
            return local(host, port, role_of(self.prefix, self.login or DUTY))
        if self.login is None:
            raise BadInput("operator_needed")
        return _with(self.address.text, user=role_of(self.name_of_prefix, self.login))

    @property
    def name_of_prefix(self) -> str:
        """Return the prefix of the roles: that of the database's name unless it was told."""
        if self.prefix != NAME or self.address.embedded:
            return self.prefix
        return urlsplit(self.address.text).path.lstrip("/") or NAME


async def _patiently(server: EmbeddedServer) -> None:
    """Start ``server``; when cancelled, leave only after what was begun has been ended."""
    given_up = threading.Event()
    starting = asyncio.ensure_future(asyncio.to_thread(server.start, given_up))
    try:
        await asyncio.shield(starting)
    except asyncio.CancelledError:
        given_up.set()
        with suppress(OutOfReach):
            await starting
        raise


def one_by_one(dsn: str) -> list[str]:
    """Return ``dsn`` for each of its hosts: the driver has one limit for all, which the first may use up."""
    parts = urlsplit(dsn)
    user, at, hosts = parts.netloc.rpartition("@")
    return [parts._replace(netloc=f"{user}{at}{host}").geturl() for host in hosts.split(",")]


def verified(dsn: str) -> str:
    """Return ``dsn`` with TLS verified, name included, unless its hosts are this machine or it decides.

    BadInput where it names what cannot be: a port, an option, a certificate's file.
    """
    urls.check(dsn)
    parts = urlsplit(dsn)
    hosts = {_host(one) for one in parts.netloc.rpartition("@")[2].split(",")}
    if "sslmode" in parse_qs(parts.query) or hosts <= NEAR:
        return dsn
    return parts._replace(query=f"{parts.query}&sslmode=verify-full".lstrip("&")).geturl()


def _with(dsn: str, user: str) -> str:
    """Return ``dsn`` for ``user``, whoever it names."""
    parts = urlsplit(verified(dsn))
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    return bare._replace(query=f"{parts.query}&user={user}".lstrip("&")).geturl()


def _host(text: str) -> str:
    """Return the host of "host:port" or "[address]:port"."""
    return text[1:].partition("]")[0] if text.startswith("[") else text.partition(":")[0]
