"""One kept-alive HTTP line of one thread: bounded in time and size, and another thread may hang it up.

Certificates are verified against the system's authorities; nothing is followed and nothing decoded here.
"""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from typing import Any, Final
from urllib.parse import SplitResult

import httpx

from console.errors import BadInput, OutOfReach, Problem, Refused

CONNECT, WHOLE = 5.0, 15.0  # seconds, to reach the host or hear a word of it, and for all of an answer
AGENT: Final = "Gridseat (dispatch console; base map)"
HEADERS: Final = {
    "User-Agent": AGENT,
    "Accept": "image/webp,image/png,image/jpeg",
    "Accept-Encoding": "identity",
}
WIRED: Final = {"connection.connect_tcp.complete", "connection.start_tls.complete"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer; header names in small letters."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Line:
    """Asks one host after another; a line to the same one stays open."""

    def __init__(self, secure: ssl.SSLContext) -> None:
        self._client = httpx.Client(verify=secure, headers=HEADERS, timeout=CONNECT, trust_env=False)
        self._wire: socket.socket | None = None
        self._hung_up = False

    def get(self, url: SplitResult, headers: Mapping[str, str], most: int) -> Answer:
        """Return the answer to a GET, at most ``most`` bytes of it.

        Raises OutOfReach where there is none in time, Refused where the certificate does not hold, BadInput
        where the answer is too large.
        """
        host = url.hostname or ""
        self._hung_up = False
        watch = Timer(WHOLE, self.hang_up)
        watch.daemon = True
        watch.start()
        try:
            answer = self._ask(url, headers, most)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise _problem(host, error) from error
        finally:
            watch.cancel()
        if self._hung_up:  # without a length told, half a body ends like a whole one
            raise OutOfReach("base_map_away", host=host)
        return answer

    def hang_up(self) -> None:
        """End what is under way, from any thread: whoever waits for it gets OutOfReach."""
        self._hung_up = True
        if self._wire is not None:
            with suppress(OSError):  # of TLS too: its own shutdown would pull the rug from under the reader
                socket.socket.shutdown(self._wire, socket.SHUT_RDWR)

    def close(self) -> None:
        """Let the line go."""
        self._client.close()

    def _ask(self, url: SplitResult, headers: Mapping[str, str], most: int) -> Answer:
        told = {"trace": self._note}
        with self._client.stream("GET", url.geturl(), headers=dict(headers), extensions=told) as answer:
            content = bytearray()
            for part in answer.iter_raw():
                content += part
                if len(content) > most:
                    raise BadInput("base_map_large", host=url.hostname, limit=most >> 20)
            return Answer(answer.status_code, dict(answer.headers), bytes(content))

    def _note(self, event: str, facts: Mapping[str, Any]) -> None:
        """Remember the socket that the client opens, to hang up on it."""
        if event in WIRED:
            self._wire = facts["return_value"].get_extra_info("socket")


def _problem(host: str, error: BaseException) -> Problem:
    """Return what is told of a line that broke: a certificate that does not hold, or a host that is away."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Refused("base_map_certificate", host=host, detail=cause.verify_message)
        cause = cause.__cause__ or cause.__context__
    return OutOfReach("base_map_away", host=host)
