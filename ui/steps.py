"""Which steps a case offers now, and which comes first."""

from collections.abc import Callable
from typing import Any

import resources

Case = dict[str, Any]

HIDDEN = frozenset({"undo", "reveal"})  # have keys and places of their own

# What the rules allow in a status but this very case has no use for.
USELESS: dict[str, Callable[[Case], bool]] = {
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


def offered(case: Case) -> list[str]:
    """Return the actions that make sense now, the likely ones first."""
    table = resources.table("actions.toml")["actions"]
    legal = [key for key in table if key in case["legal"] and key not in HIDDEN]
    useful = [key for key in legal if not USELESS.get(key, _never)(case)]
    order = _order(case)
    return sorted(useful, key=lambda key: order.index(key) if key in order else len(order))


def main_step(case: Case) -> str | None:
    """Return the next step on the main road, None if it is somebody else's."""
    steps = resources.table("steps.toml")
    wanted = ["grant"] if case["pending"] else steps["main"].get(case["status"], [])
    usable = offered(case)
    return next((key for key in wanted if key in usable), None)


def direct(key: str) -> bool:
    """Tell whether ``key`` needs no form."""
    return key in resources.table("steps.toml")["direct"]["actions"]


def missing(case: Case) -> list[str]:
    """Return the units that were called and have not arrived."""
    parties = [party for party in case["parties"] if party["current"] and party["kind"] in {"lead", "co"}]
    return [party["unit"] for party in parties if not party["arrived"]]


def _order(case: Case) -> list[str]:
    order = resources.table("steps.toml")["order"]
    return [*(order["pending"] if case["pending"] else []), *order.get(case["status"], [])]


def _never(_case: Case) -> bool:
    return False
