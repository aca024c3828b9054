"""Characters that nobody sees are left out of what is typed, and that is said."""

import sys

from console.errors import BadInput
from console.intake import hygiene
from console.language import say


def tidy(text: str, field: str, limit: int | None = None) -> str:
    """Return ``text`` as hygiene.clean does; a note on stderr counts the invisible characters it left out."""
    cleaned = hygiene.clean(text, field, limit)
    count = hygiene.left_out(text)
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
