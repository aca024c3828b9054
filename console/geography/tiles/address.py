"""The address of a tile server: a template with {z}, {x}, {y} and the hosts that may be asked."""

import re
from dataclasses import dataclass
from string import ascii_lowercase, digits
from typing import Final
from urllib.parse import SplitResult, urlsplit

from console.errors import BadInput, Refused
from console.geography.tiles.pyramid import DEEPEST, SIDE, Tile

PARTS, SERVERS = "{z} {x} {y} ({-y})", "{s} {0-7}"  # as an address has them
FINE: Final = "@2x"  # marks pictures of twice the pixels
_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_RANGE: Final = re.compile(r"([0-9a-z])-([0-9a-z])")  # of servers, as in OpenLayers: {0-7}
_KNOWN: Final = {"z", "x", "y", "-y", "s", "r"}
_SERVERS: Final = "abc"  # that {s} stands for, as in Leaflet
_ALPHABET: Final = digits + ascii_lowercase
_PLAIN: Final = re.compile(r"[\x21-\x7e]+")
_SPLIT: Final = re.compile(r"[\s,;，；、]+")


@dataclass(frozen=True, slots=True)
class Address:
    """A template; {-y} counts rows from the south, {s} or {0-7} takes servers in turn, {r} is for @2x."""

    template: str
    hosts: tuple[str, ...]

    @property
    def host(self) -> str:
        """The host to be told; of several the pattern."""
        return urlsplit(_FIELD.sub("*", self.template)).hostname or ""

    @property
    def side(self) -> int:
        """Pixels of a square's side."""
        return 2 * SIDE if FINE in self.template or "{r}" in self.template else SIDE

    def url(self, tile: Tile) -> str:
        """Return where the picture of a square lies."""
        values = {
            "z": tile.level,
            "x": tile.column,
            "y": tile.row,
            "-y": 2**tile.level - 1 - tile.row,
            "r": FINE,
        }
        turn = tile.column + tile.row
        return _FIELD.sub(lambda field: str(values.get(field[1], _server(field[1], turn))), self.template)

    def prove(self) -> None:
        """Raise Refused("base_map_host") unless every server of the template may be asked."""
        for column in range(len(_ALPHABET)):
            self.allow(urlsplit(self.url(Tile(DEEPEST, column, 0))))

    def allow(self, url: SplitResult) -> None:
        """Raise Refused("base_map_host") unless the host of ``url`` may be asked."""
        host = (url.hostname or "").lower().rstrip(".")
        if not any(_matches(host, allowed) for allowed in self.hosts):
            raise Refused("base_map_host", host=host[:100])


def address(template: str, hosts: str) -> Address:
    """Return the address that settings tell; ``hosts`` between commas, ``*.gov.cn`` is all below gov.cn."""
    allowed = tuple(host.lower() for host in _SPLIT.split(hosts.strip()) if host)
    found = Address(checked(template), allowed)
    found.prove()
    return found


def is_address(text: str) -> bool:
    """Tell whether ``text`` is meant as an address rather than a file."""
    return "://" in text


def told(text: str) -> str:
    """Return ``text``, a file or an address; BadInput where it is meant as an address and is none."""
    return checked(text) if is_address(text) else text


def checked(template: str) -> str:
    """Return ``template`` if it is one; BadInput says what it lacks."""
    fields = set(_FIELD.findall(template))
    rest = _FIELD.sub("0", template)
    if not _PLAIN.fullmatch(template) or "{" in rest or "}" in rest or not all(map(_is_known, fields)):
        raise BadInput("base_map_address", parts=PARTS, servers=SERVERS)
    if not {"z", "x"} <= fields or len(fields & {"y", "-y"}) != 1:
        raise BadInput("base_map_address", parts=PARTS, servers=SERVERS)
    try:
        parts = urlsplit(rest)
        port = parts.port
    except ValueError as error:
        raise BadInput("base_map_address", parts=PARTS, servers=SERVERS) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0 or "@" in parts.netloc:
        raise BadInput("base_map_address", parts=PARTS, servers=SERVERS)
    return template


def _is_known(field: str) -> bool:
    span = _RANGE.fullmatch(field)
    return field in _KNOWN or (
        span is not None and span[1] <= span[2] and span[1].isdigit() == span[2].isdigit()
    )


def _server(field: str, turn: int) -> str:
    """Return the one of the servers of {s} or {0-7} whose turn it is."""
    span = _RANGE.fullmatch(field)
    servers = _ALPHABET[_ALPHABET.index(span[1]) : _ALPHABET.index(span[2]) + 1] if span else _SERVERS
    return servers[turn % len(servers)]


def _matches(host: str, allowed: str) -> bool:
    return host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed
