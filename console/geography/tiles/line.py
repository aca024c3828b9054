"""One kept-alive HTTP line of one thread: bounded in time and size, and another thread may hang it up.

The standard library's client, because a picture is one small GET: certificates are verified against the
system's authorities, nothing is followed and nothing decoded here.
"""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from typing import Final
from urllib.parse import SplitResult

from console.errors import BadInput, OutOfReach, Refused

CONNECT, WHOLE = 5.0, 15.0  # seconds, to reach the host and for all of an answer
AGENT: Final = "Gridseat (dispatch console; base map)"
HEADERS: Final = {
    "User-Agent": AGENT,
    "Accept": "image/webp,image/png,image/jpeg",
    "Accept-Encoding": "identity",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer; header names in small letters."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Line:
    """Asks one host after another; a line to the same one stays open."""

    def __init__(self, secure: ssl.SSLContext) -> None:
        self._secure = secure
        self._ends: tuple[str, str] | None = None
        self._connection: http.client.HTTPConnection | None = None
        self._wire: socket.socket | None = None  # lives on in the answer when the connection lets go of it
        self._hung_up = False

    def get(self, url: SplitResult, headers: Mapping[str, str], most: int) -> Answer:
        """Return the answer to a GET, at most ``most`` bytes of it.

        Raises OutOfReach where there is none in time, Refused where the certificate does not hold, BadInput
        where the answer is too large.
        """
        host = url.hostname or ""
        self._hung_up = False
        known = self._ends == (url.scheme, url.netloc)
        watch = Timer(WHOLE, self.hang_up)
        watch.daemon = True
        watch.start()
        try:
            try:
                return self._ask(url, headers, most)
            except (http.client.RemoteDisconnected, ConnectionError):
                if not known:
                    raise
                self.close()  # the server had let the old line go
                return self._ask(url, headers, most)
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise Refused("base_map_certificate", host=host, detail=error.verify_message) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise OutOfReach("base_map_away", host=host) from error
        except BaseException:
            self.close()
            raise
        finally:
            watch.cancel()

    def hang_up(self) -> None:
        """End what is under way, from any thread: whoever waits for it gets OutOfReach."""
        self._hung_up = True
        if self._wire is not None:
            with suppress(OSError):  # of TLS too: its own shutdown would pull the rug from under the reader
                socket.socket.shutdown(self._wire, socket.SHUT_RDWR)

    def close(self) -> None:
        """Let the line go."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self._ends, self._wire = None, None, None

    def _ask(self, url: SplitResult, headers: Mapping[str, str], most: int) -> Answer:
        connection = self._line(url)
        target = f"{url.path or '/'}?{url.query}" if url.query else url.path or "/"
        connection.request("GET", target, headers={**HEADERS, **headers})
        self._wire = connection.sock
        with connection.getresponse() as answer:
            content = answer.read(most + 1)
            if len(content) > most:
                raise BadInput("base_map_large", host=url.hostname, limit=most >> 20)
            if answer.length or self._hung_up:  # the library hands out half a body as if it were whole
                raise http.client.IncompleteRead(content)
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, content)

    def _line(self, url: SplitResult) -> http.client.HTTPConnection:
        if self._connection is None or self._ends != (url.scheme, url.netloc):
            self.close()
            host = url.hostname or ""
            if url.scheme == "https":
                self._connection = http.client.HTTPSConnection(
                    host, url.port, timeout=CONNECT, context=self._secure
                )
            else:
                self._connection = http.client.HTTPConnection(host, url.port, timeout=CONNECT)
            self._ends = (url.scheme, url.netloc)
        return self._connection
