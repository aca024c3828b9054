"""Which steps a case offers now, and which comes first."""

from typing import Any

import resources
from console.desk.sense import useful
from console.workflow import actions

Case = dict[str, Any]

HIDDEN = frozenset({"undo", "reveal"})  # have keys and places of their own


def offered(case: Case) -> list[str]:
    """Return the actions that make sense now, the likely ones first."""
    able = {*useful(case)} - HIDDEN
    order = _order(case)
    return sorted(
        (key for key in resources.table("actions.toml")["actions"] if key in able),
        key=lambda key: order.index(key) if key in order else len(order),
    )


def main_step(case: Case) -> str | None:
    """Return the next step on the main road, None if it is somebody else's."""
    steps = resources.table("steps.toml")
    wanted = ["grant"] if case["pending"] else steps["main"].get(case["status"], [])
    usable = offered(case)
    return next((key for key in wanted if key in usable), None)


def withheld(case: Case) -> list[str]:
    """Return the moves that another's claim may keep from being legal: tried, they are told who has it."""
    if not case["claim_by"] or case["mine"]:
        return []
    return [key for key in _order(case) if actions()[key].versioned]


def direct(key: str) -> bool:
    """Tell whether ``key`` needs no form."""
    return key in resources.table("steps.toml")["direct"]["actions"]


def _order(case: Case) -> list[str]:
    order = resources.table("steps.toml")["order"]
    return [*(order["pending"] if case["pending"] else []), *order.get(case["status"], [])]
