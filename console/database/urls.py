"""What stands in a server's URL, checked before anything is asked: a wrong word is no lost database."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from console.causes import cause
from console.errors import BadInput

HIGHEST_PORT: Final = 65535
NAME_BYTES: Final = 50  # PostgreSQL has 63, and roles carry the name as prefix
HOST: Final = re.compile(r"(?P<host>\[[0-9A-Fa-f:.%]+\]|[\w.-]+)(?::(?P<port>[^:]*))?")
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    "sslnegotiation": ("postgres", "direct"),
    "target_session_attrs": ("any", "primary", "standby", "read-write", "read-only", "prefer-standby"),
}
FILES: Final = ("sslrootcert", "sslcert", "sslkey", "sslcrl", "passfile")
OTHERS: Final = ("ssl_min_protocol_version", "ssl_max_protocol_version", "application_name")
KNOWN: Final = (*WORDS, *FILES, *OTHERS)


def check(url: str) -> None:
    """Refuse (BadInput) a host, port, name or option of ``url`` that cannot be meant, by its name."""
    parts = urlsplit(url)
    for host in parts.netloc.rpartition("@")[2].split(","):
        _check_host(host)
    name = unquote(parts.path.removeprefix("/"))
    if "/" in name or len(name.encode()) > NAME_BYTES:
        raise BadInput("address_name", name=name, most=NAME_BYTES)
    if "password" in dict(parse_qsl(parts.query, keep_blank_values=True)):
        raise BadInput("password_in_address")
    for option, value in parse_qsl(parts.query, keep_blank_values=True):
        _check_option(option, value)


def _check_host(text: str) -> None:
    found = HOST.fullmatch(text)
    if found is None:
        raise BadInput("address_host", host=text)
    port = found["port"]
    if port is not None and not (port.isascii() and port.isdecimal() and 0 < int(port[:9]) <= HIGHEST_PORT):
        raise BadInput("address_port", port=port, most=HIGHEST_PORT)


def _check_option(option: str, value: str) -> None:
    if option not in KNOWN:
        raise BadInput("address_option", option=option, known=", ".join(KNOWN))
    if option in WORDS and value not in WORDS[option]:
        raise BadInput("address_value", option=option, value=value, known=", ".join(WORDS[option]))
    if option in FILES:
        _check_file(option, Path(value))


def _check_file(option: str, path: Path) -> None:
    try:
        with path.open("rb") as file:
            file.read(1)
        if option == "sslrootcert":
            _check_certificate(path)
    except (OSError, ValueError) as error:  # one without a certificate in it is an OSError too
        raise BadInput("address_file", option=option, file=str(path), detail=cause(error)) from error


def _check_certificate(path: Path) -> None:
    import ssl  # noqa: PLC0415  few URLs name one

    ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
