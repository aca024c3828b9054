"""Text for terminals: columns that stay straight where Chinese letters are two cells wide."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, Final

from console.language import knows, say
from console.spoken import local, width

GAP: Final = "  "
WIDEST: Final = 48  # cells of a column of a table


def line(value: object) -> str:
    """Return any value as one harmless line."""
    if isinstance(value, dict):
        shown = [f"{label(key)} {line(one)}" for key, one in value.items() if one not in (None, "", [], {})]
        return say("intake.semicolon").join(shown)
    if isinstance(value, list | tuple):
        if _run(value):
            return f"{value[0]}–{value[-1]}"
        return say("intake.comma").join(line(one) for one in value)
    if isinstance(value, bool):
        return say("cli.yes" if value else "cli.no")
    text = "—" if value is None else local(str(value))
    return "".join(c if c.isprintable() else " " for c in text)


def label(key: str) -> str:
    """Return the heading for ``key`` in the spoken language."""
    name = f"cli.label.{key}"
    return say(name) if knows(name) else key


def _cells(row: Sequence[object]) -> list[str]:
    """Cut what would push the next column aside; the last one, a story's words, is told whole."""
    *first, last = map(line, row)
    return [*map(cut, first), last]


def cut(text: str, most: int = WIDEST) -> str:
    """Return as much of ``text`` as fits into ``most`` cells."""
    if width(text) <= most:
        return text
    kept = ""
    for char in text:
        if width(kept + char) >= most:
            break
        kept += char
    return kept + "…"


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return aligned columns under their headings."""
    cells = [list(headings), *(_cells(row) for row in rows)]
    widths = [max(width(cell or "") for cell in column) for column in zip_longest(*cells)]
    return "\n".join(
        GAP.join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=False)).rstrip()
        for row in cells
    )


def plain(document: dict[str, Any]) -> str:
    """Return a document as labelled lines, lists of records as tables."""
    short = {key: value for key, value in document.items() if not _records(value)}
    wide = max((width(label(key)) for key in short), default=0)
    parts = [
        "\n".join(
            f"{label(key)}{' ' * (wide - width(label(key)))}{GAP}{line(value)}"
            for key, value in short.items()
        )
    ]
    for key, value in document.items():
        if _records(value):
            columns = list(value[0])
            rows = [[record.get(column) for column in columns] for record in value]
            parts.append(f"{label(key)}\n{table([label(column) for column in columns], rows)}")
    return "\n\n".join(part for part in parts if part)


def _run(values: Sequence[object]) -> bool:
    """Tell whether these are whole numbers without a gap."""
    whole = [value for value in values if isinstance(value, int)]
    return len(whole) == len(values) > 2 and whole == [*range(whole[0], whole[0] + len(whole))]  # noqa: PLR2004


def _records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
