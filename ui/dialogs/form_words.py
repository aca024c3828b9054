"""What a form says of a limit that is not given, and of a database that stays away."""

from collections.abc import Mapping
from typing import Any

from console.errors import OutOfReach
from console.language import say
from console.spoken import size
from ui import steps
from ui.dialogs.field import Field
from ui.dialogs.written import AmountField
from ui.directory import Directory
from ui.moments import amount

SENDING = frozenset({"dispatch", "designate"})


def tell_default(
    fields: Mapping[str, Field], action: str, directory: Directory, case: Mapping[str, Any] | None
) -> None:
    """Say in the field of the limit which one runs where none is given."""
    kind = directory.kind(str(case.get("class_code"))) if case else None
    asked = fields.get("limit")
    if kind is not None and isinstance(asked, AmountField) and action in SENDING:
        told = say("dialogs.amount_default", amount=amount(kind.amount, kind.clock))
        asked.line.setPlaceholderText(told)


def under_words(action: str, case: Mapping[str, Any] | None) -> str:
    """Return how many reports end with ``case`` by ``action``, "" where none do."""
    under = [one for one in (case or {}).get("under") or [] if not one["outcome"]]
    return say("dialogs.under", count=len(under)) if under and steps.ends(action) else ""


def file_words(gone: int, whole: int) -> str:
    """Return how much of a file has gone out; all of it is not yet an answer."""
    if gone >= whole:
        return say("dialogs.away.gone", whole=size(whole))
    return say("dialogs.away.going", gone=size(gone), whole=size(whole))


def away_words(problem: OutOfReach) -> str:
    """Return what to say where an action had no answer."""
    if problem.code == "outcome_unknown":
        return say("dialogs.away.unknown")
    return say("dialogs.away.kept", sentence=problem.sentence.rstrip("。."))
