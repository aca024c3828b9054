"""Data files of the product and the one way to open them."""

import functools
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def path(name: str) -> Path:
    """Return the path of the data file ``name`` (slashes separate folders)."""
    return HERE / name


@functools.cache
def table(name: str) -> dict[str, Any]:
    """Return the TOML file ``name`` as a dictionary; callers must not change it."""
    return tomllib.loads(path(name).read_text(encoding="utf-8"))
