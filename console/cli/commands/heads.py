"""Files of heads, one a line: what `verify --anchor` writes to be kept elsewhere, and `--against` reads."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from console.causes import cause
from console.errors import BadInput
from console.intake.hygiene import excerpt
from console.intake.saving import check_place, save, unwritable

HIGHEST: Final = 2**63 - 1
LONGEST_LINE: Final = 10_000

Head = dict[str, Any]


def shown(path: Path) -> str:
    """Return a file's name for a sentence."""
    return excerpt(str(path), 120)


def write(path: Path, heads: list[Head]) -> None:
    """Save one head a line; BadInput("file_unwritable")."""
    save(path, "".join(json.dumps(head) + "\n" for head in heads).encode())


def read(path: Path) -> Iterator[Head]:
    """Yield the heads of a file, checked line by line; BadInput("anchor_unreadable") names the line."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                yield _head(text, shown(path), number)
    except FileNotFoundError as error:
        raise BadInput("file_missing", file=shown(path)) from error
    except (OSError, ValueError) as error:
        raise BadInput("file_unreadable", file=shown(path), detail=cause(error)) from error


def holds_earlier(path: Path) -> bool:
    """Tell whether ``path`` holds heads already; BadInput where it holds anything else or is no place."""
    try:
        if path.exists() and not path.is_file():
            raise BadInput("not_an_anchor", file=shown(path), line="—")
        check_place(path)
        if not path.exists() or not path.stat().st_size:
            return False
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from error
    line = "—"
    try:
        for _ in read(path):
            pass
    except BadInput as error:
        line = str(error.facts.get("line", line))
        raise BadInput("not_an_anchor", file=shown(path), line=line) from error
    return True


def _head(text: str, file: str, line: int) -> Head:
    try:
        head = json.loads(text[:LONGEST_LINE])
        return {
            "number": _integer(head["number"], HIGHEST),
            "last_seq": _integer(head["last_seq"], 2**31 - 1),
            "head": bytes.fromhex(head["head"]).hex(),
        }
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput("anchor_unreadable", file=file, line=line) from error


def _integer(value: object, highest: int) -> int:
    if not isinstance(value, int) or not 0 <= value <= highest:
        raise ValueError(value)
    return value
