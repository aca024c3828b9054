"""What the tests of the house's shape look at: its files, and the trees of its Python."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SKIPPED = {"__pycache__", "build", "dist"}
TEXT = {
    ".py",
    ".sql",
    ".toml",
    ".md",
    ".lock",
    ".sh",
    ".cfg",
    ".ini",
    ".mako",
    ".svg",
    ".csv",
    ".geojson",
    "",
}


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Return the files of the house with one of these suffixes, without what tools leave behind."""
    return tuple(sorted(path for path in _walk(ROOT) if path.suffix in suffixes))


def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


tree = cache(parsed)  # for this package's tests alone, which let them go again: they are a million nodes


def product() -> Iterator[Path]:
    """Yield the Python files that are not tests."""
    return (path for path in files(".py") if "tests" not in path.relative_to(ROOT).parts)


def name(path: Path) -> str:
    """Return the path as a reader of a failure wants it."""
    return path.relative_to(ROOT).as_posix()


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        hidden = path.name.startswith(".") and path.name not in {".ci", ".gitignore"}
        if hidden or path.name in SKIPPED or path.suffix == ".egg-info":
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path
