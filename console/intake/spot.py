"""Where something is, as one line says it: an address, a point with its datum, or both.

韩家庄村东头 · 114.55, 38.11 GCJ-02 · 村委会东 高德 38.11，114.55. Longitude and latitude of China cannot be
mistaken for each other, so either order is read; whole numbers are house numbers, never a point.
"""

import re
import unicodedata
from typing import NamedTuple

import resources
from console.errors import BadInput
from console.geography.datum import to_wgs84

UNKNOWN = "unknown"
LONGEST = 400  # characters: a place is at most half as long

_NUMBER = r"(\d{1,3}\.\d{2,15})"
_POINT = re.compile(
    rf"[(\[]?\s*(?:经度|东经|lon|lng|E)?\s*[:=]?\s*{_NUMBER}\s*°?\s*[EN]?\s*[,;、/\s]\s*"
    rf"(?:纬度|北纬|lat|N)?\s*[:=]?\s*{_NUMBER}\s*°?\s*[EN]?\s*[)\]]?",
    re.IGNORECASE,
)
_EDGES = " \t,;:、()[]【】·"
_NORTHMOST, _WESTMOST = 55.0, 72.0  # degrees: of China, with some room
_EAST, _POLE = 180.0, 90.0


class Spot(NamedTuple):
    """``address`` without the point; ``point`` as given, longitude first; "" and None where not said.

    ``swapped``: latitude was written first.
    """

    address: str
    point: tuple[float, float] | None
    datum: str
    swapped: bool = False

    def args(self) -> dict[str, object]:
        """Return what a report is told: place, point in WGS-84, raw_point, datum; BadInput("bad_point")."""
        told: dict[str, object] = {"place": self.address} if self.address else {}
        if self.point is None:
            return told
        lon, lat = self.point
        if not (-_EAST <= lon <= _EAST and -_POLE <= lat <= _POLE):
            raise BadInput("bad_point", point=f"{lon:g}, {lat:g}")
        known = self.datum != UNKNOWN
        point = to_wgs84(*self.point, self.datum) if known else self.point
        return {**told, "point": list(point), "raw_point": list(self.point), "datum": self.datum}


def read(text: str) -> Spot:
    """Read a place; a point whose datum is not named has the datum "unknown"."""
    plain = " ".join(unicodedata.normalize("NFKC", text[:LONGEST]).split())  # runs of blanks would cost time
    found = _POINT.search(plain)
    if found is None:
        return Spot(text.strip(), None, "")
    rest = f"{plain[: found.start()]} {plain[found.end() :]}"
    datum, named = _datum(rest)
    first, second = float(found[1]), float(found[2])
    swapped = first < _NORTHMOST and second > _WESTMOST
    address = rest.replace(named, " ", 1) if named else rest
    point = (second, first) if swapped else (first, second)
    return Spot(" ".join(address.split()).strip(_EDGES), point, datum, swapped)


def written(address: str, lon: float, lat: float, datum: str = "WGS-84") -> str:
    """Return the line that says this place; six decimals are a hand's breadth."""
    return f"{address} {lon:.6f}, {lat:.6f} {datum}".strip()


def kept(address: str, point: tuple[float, float], datum: str) -> str:
    """Return the line that says this place with every digit that was given; "unknown" is no word of it."""
    named = "" if datum == UNKNOWN else datum
    return f"{address} {point[0]!r}, {point[1]!r} {named}".strip()


def _datum(text: str) -> tuple[str, str]:
    """Return the datum that ``text`` names, by a word of the table, and the word as it stands there."""
    lower = text.lower()
    for datum, words in resources.table("datums.toml").items():
        for word in words:
            place = lower.find(word)
            if place >= 0:
                return datum, text[place : place + len(word)]
    return UNKNOWN, ""
