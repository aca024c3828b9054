"""The base map that the settings choose: a file, an address, or none."""

import hashlib
from pathlib import Path

from console.geography.tiles.address import address, is_address
from console.geography.tiles.cache import Cache
from console.geography.tiles.file import MBTiles
from console.geography.tiles.pyramid import Tile
from console.geography.tiles.source import About, Source
from console.settings import Settings

MIB = 1 << 20


def source(settings: Settings) -> Source | None:
    """Return the chosen base map, nothing asked or opened yet; None where none is chosen.

    BadInput and Refused say what is wrong with the settings.
    """
    told = (settings.base_map or "").strip()
    if not told:
        return None
    if not is_address(told):
        return MBTiles(_path(told), settings.base_map_datum.upper())
    from console.geography.tiles.web import Web  # noqa: PLC0415  its client is heavy, and few maps have a server

    found = address(told, settings.base_map_hosts or "")
    name = hashlib.sha256(told.encode()).hexdigest()[:24]
    most = settings.base_map_cache_mib * MIB
    cache = Cache(settings.state / "tiles", name, most, settings.base_map_cache_days)
    about = About(0, settings.base_map_level, "", found.side)
    return Web(found, about, settings.base_map_datum.upper(), cache)


def _path(told: str) -> Path:
    try:
        return Path(told).expanduser()
    except RuntimeError:  # no such user: told as a file that is missing
        return Path(told)


def name(settings: Settings) -> str:
    """Return what to call the base map in a sentence: never the whole address, it may hold a key."""
    told = (settings.base_map or "").strip()
    if not is_address(told):
        return Path(told).name
    return told.split("://", 1)[1].split("/", 1)[0][:100]


def attribution(settings: Settings, about: About | None) -> str:
    """Return the words that stand beside the map: the centre's, else the map's own, else where it is from."""
    return settings.base_map_attribution or (about.attribution if about else "") or name(settings)


def prove(settings: Settings) -> None:
    """Open the chosen map and read its uppermost square; a Problem says what is wrong."""
    found = source(settings)
    if found is None:
        return
    try:
        about = found.open()
        found.read(Tile(about.coarsest, 0, 0))
    finally:
        found.close()
