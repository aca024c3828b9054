"""What the command bar shows without doing anything: the card of a grid, by code, name or initials."""

import re
from typing import Final

from console.errors import BadInput
from console.language import say
from ui.commandbar.lexicon import Lexicon
from ui.directory import Choice, find, resolve

WORD: Final = "格"
ASKED: Final = re.compile(r"(?:网格|格|grid(?=\s))\s*(.+)", re.IGNORECASE | re.DOTALL)
BEGUN: Final = re.compile(r"(?:网|网格|格|g|gr|gri|grid)\s*", re.IGNORECASE)


def named(text: str) -> str | None:
    """Return what names the grid that ``text`` asks for (格 130123201204002, grid hjz), None where none."""
    found = ASKED.fullmatch(text.strip())
    return found[1].strip() if found else None


def grid(text: str, lexicon: Lexicon) -> str | None:
    """Return the code of the grid that ``text`` asks for; BadInput where its name is that of several."""
    name = named(text)
    return None if name is None else resolve(_grids(lexicon), name)


def offered(text: str, lexicon: Lexicon) -> list[tuple[str, str, str]]:
    """Return line, label and hint of what ``text`` may become."""
    name = named(text)
    if name is not None:
        return [(f"{WORD} {one.value}", one.label, one.value) for one in find(_grids(lexicon), name)]
    return (
        [(f"{WORD} ", say("words.look.grid"), say("words.look.grid_hint"))] if BEGUN.fullmatch(text) else []
    )


def told(text: str, lexicon: Lexicon) -> tuple[str, bool] | None:
    """Return what ``text`` shows, and whether it is clear which; None where it asks for no grid."""
    name = named(text)
    if name is None:
        return None
    choices = _grids(lexicon)
    try:
        code = resolve(choices, name)
    except BadInput as several:
        return several.sentence, False
    found = next((one.label for one in choices if one.value == code), "")
    return say("words.look.told", name=found or name), bool(found)


def _grids(lexicon: Lexicon) -> list[Choice]:
    return list(lexicon.by_kind.get("grid", tuple)())
