"""How a person has arranged the panels, kept from one sign-in to the next."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from PySide6.QtCore import QRect, QSettings

VERSION = 2  # of the panels there are; what was kept of other panels is not used


@dataclass(frozen=True, slots=True)
class Kept:
    """The bytes of QMainWindow.saveState at a width in pixels, and where each panel floated."""

    state: bytes
    pixels: int
    floating: Mapping[str, QRect] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)  # of the width in pixels


class Memory:
    """The arrangements of ``person``, one for each width class of the window.

    Torn state bytes end the process inside Qt, so it is given only what carries its own digest.
    """

    def __init__(self, settings: QSettings, person: str) -> None:
        self._settings = settings
        self._group = f"docks/{quote(person, safe='')[:120]}"

    def keep(self, width: str, kept: Kept) -> None:
        """Remember ``kept`` for windows of ``width``."""
        told = {
            "version": VERSION,
            "pixels": kept.pixels,
            "shares": dict(kept.shares),
            "state": base64.b64encode(kept.state).decode(),
            "floating": {
                key: [place.x(), place.y(), place.width(), place.height()]
                for key, place in kept.floating.items()
            },
        }
        text = json.dumps({**told, "digest": digest(told)})
        if text != self._settings.value(self._key(width)):
            self._settings.setValue(self._key(width), text)

    def kept(self, width: str) -> Kept | None:
        """Return what was remembered; None where there is nothing, or nothing whole of this version."""
        try:
            told = json.loads(str(self._settings.value(self._key(width))))
            if told.pop("digest") != digest(told) or told["version"] != VERSION:
                return None
            places = {str(key): QRect(*place) for key, place in told["floating"].items()}
            shares = {str(key): float(share) for key, share in told.get("shares", {}).items()}
            return Kept(base64.b64decode(told["state"], validate=True), int(told["pixels"]), places, shares)
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            return None

    def forget(self) -> None:
        """Remember nothing of this person."""
        self._settings.remove(self._group)

    def _key(self, width: str) -> str:
        return f"{self._group}/{width}"


def digest(told: Mapping[str, Any]) -> str:
    """Return the SHA-256 by which ``told`` is known to be whole."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
