"""What is said of other cases where one names them: their titles or reporters, and where they stand."""

from collections.abc import Mapping
from typing import Any

from console.language import say
from console.spoken import channel_label, outcome_label, status_label
from ui.moments import brief, epoch
from ui.texts import shown

Other = Mapping[str, Any]  # of desk.incident's main, under and linked, and of desk.history's cases


def standing(other: Other, now: float) -> str:
    """Return where a case stands: how it ended, else its status; and when it was received."""
    received = epoch(other["received"])
    where = outcome_label(other["outcome"]) if other["outcome"] else status_label(other["status"])
    return say("case.dot").join((where, brief(received, now))) if received else where


def titled(other: Other) -> str:
    """Return a case by its title."""
    return shown(other["title"])


def reported(other: Other) -> str:
    """Return a report by who made it, and how."""
    who = [shown(other[key]) for key in ("reporter", "phone") if other[key]]
    parts = [*(who or [say("case.beside.nameless")]), channel_label(other["channel"])]
    return say("case.dot").join(parts)
