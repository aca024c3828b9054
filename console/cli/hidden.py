"""Characters that nobody sees are left out of what is typed, and that is said."""

import sys
import unicodedata
from typing import Final

from console.errors import BadInput
from console.intake import hygiene
from console.language import say

BREAKS: Final = frozenset("\t\n\r\v\f\x85")  # white space, which is folded
UNSEEN: Final = frozenset({"Cc", "Cf", "Cn"})  # control, format (bidi, zero width), noncharacters


def tidy(text: str, field: str, limit: int | None = None) -> str:
    """Return ``text`` as hygiene.clean does; a note on stderr counts the invisible characters it left out."""
    cleaned = hygiene.clean(text, field, limit)
    count = hidden(text) - hidden(cleaned)
    if count > 0:
        label = hygiene.label(field)
        print(say("cli.notice.hidden", label=label, count=count), file=sys.stderr)
    return cleaned


def demand(text: str, field: str) -> str:
    """Tidy ``text`` and refuse an empty one."""
    cleaned = tidy(text, field)
    if not cleaned:
        raise BadInput("text_missing", field=field, label=hygiene.label(field))
    return cleaned


def hidden(text: str) -> int:
    """Return how many characters of ``text`` nobody sees."""
    return sum(char not in BREAKS and unicodedata.category(char) in UNSEEN for char in text)
