"""What the rules allow in a status and this very case has no use for."""

from collections.abc import Callable, Mapping
from typing import Any, Final

Case = Mapping[str, Any]

USELESS: Final[Mapping[str, Callable[[Case], bool]]] = {
    "claim": lambda case: bool(case["mine"]),
    "release": lambda case: not case["claim_by"],
    "grant": lambda case: not case["pending"],
    "refuse": lambda case: not case["pending"],
    "close": lambda case: case["status"] == "handled" and (case["drawn"] or not case["at_once"]),
    "rework": lambda case: not case["unit"],
    "arrive": lambda case: not missing(case),
    "extend": lambda case: bool(case["pending"]),
    "suspend": lambda case: bool(case["pending"]),
    "return": lambda case: bool(case["pending"] or case["designated"]),
    "unmerge": lambda case: not case["merged_into"],
    "detach-report": lambda case: not case["head_number"],
}


def useful(case: Case) -> list[str]:
    """Return the legal actions of a case (see desk.incident) that can come to something now."""
    return [key for key in case["legal"] if not USELESS.get(key, _never)(case)]


def missing(case: Case) -> list[str]:
    """Return the units that were called and have not arrived."""
    parties = [party for party in case["parties"] if party["current"] and party["kind"] in {"lead", "co"}]
    return [party["unit"] for party in parties if not party["arrived"]]


def _never(_case: Case) -> bool:
    return False
