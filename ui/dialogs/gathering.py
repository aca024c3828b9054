"""From filled-in fields to what an action is told, or to a sentence about what is missing."""

from collections.abc import Mapping
from contextlib import suppress

from console.errors import BadInput, Problem
from ui.dialogs.field import Field

NOTHING_WITHOUT = frozenset(
    {"classify"}
)  # says nothing where nothing is filled in, though no option is needed


def gathered(fields: Mapping[str, Field], action: str) -> tuple[dict[str, object], str]:
    """Return what ``action`` is told, and the path of a file, or "".

    Raises BadInput for what cannot be read or is missing; that field has the cursor.
    """
    args: dict[str, object] = {}
    file = ""
    for one in fields.values():
        try:
            args |= one.args()
            file = file or one.file()
        except Problem:
            one.setFocus()
            raise
    _check_needs(fields, action, args)
    return args, file


def known(fields: Mapping[str, Field]) -> dict[str, object]:
    """Return what can be read of the fields so far."""
    args: dict[str, object] = {}
    for one in fields.values():
        with suppress(Problem):  # half filled in
            args |= one.args()
    return args


def _check_needs(fields: Mapping[str, Field], action: str, args: Mapping[str, object]) -> None:
    for name, one in fields.items():
        if one.option.required and name not in args:
            one.setFocus()
            raise BadInput("option_needed", label=one.option)
    if not args and action in NOTHING_WITHOUT:
        raise BadInput("nothing_filled")
