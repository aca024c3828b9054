"""Which steps a case offers now, and which comes first."""

from collections import Counter
from collections.abc import Collection
from typing import Any

import resources
from console.desk.sense import useful
from console.workflow import actions

Case = dict[str, Any]

INLINE = ("note", "call")  # written at the foot of the story, without a form or a button
PARTS = {"unmerge": "merged", "detach-report": "head"}  # what leads out again, by how one came under
ENDS = frozenset({"closed", "rejected", "cancelled"})
GRANTED = frozenset({"grant", "suspend", "undo"})  # move a case by what they give, or give back
HIDDEN = frozenset({"undo", "reveal"})  # have keys and places of their own


def offered(case: Case) -> list[str]:
    """Return the actions that make sense now, the likely ones first."""
    able = {*useful(case), *(key for key in PARTS if parted(case, key))} - HIDDEN
    order = _order(case)
    return sorted(
        (key for key in resources.table("actions.toml")["actions"] if key in able),
        key=lambda key: order.index(key) if key in order else len(order),
    )


def parted(case: Case, key: str) -> list[Case]:
    """Return the reports under ``case`` that ``key`` leads out again, several at once.

    None where the step is for the case itself, and for who does not own it: its owner may always link it.
    """
    if key not in PARTS or key in case["legal"] or "link" not in case["legal"]:
        return []
    return [one for one in case["under"] if one["how"] == PARTS[key]]


def ends(key: str) -> bool:
    """Tell whether ``key`` brings a case to its end, and with it every report under it."""
    rules = resources.table("actions.toml")["actions"][key]["rules"]
    return any(rule.get("to") in ENDS for rule in rules)


def moves(key: str) -> bool:
    """Tell whether ``key`` is for bringing a case to another stage, by itself or by what it grants."""
    rules = resources.table("actions.toml")["actions"][key]["rules"]
    return key in GRANTED or any("to" in rule for rule in rules)


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


def fits_many(key: str) -> bool:
    """Tell whether ``key`` can be told the same for several cases."""
    many = resources.table("steps.toml")["many"]
    needed = {option.name for option in actions()[key].options if option.required}
    return key not in many["single"] and needed.isdisjoint(many["own"])


def stands_for(key: str, status: str) -> bool:
    """Tell whether a rule of ``key`` begins at ``status``, which is an open case's."""
    froms = [rule["from"] for rule in resources.table("actions.toml")["actions"][key]["rules"]]
    return any(begin in ("open", "any") or status in begin for begin in froms)


def left_to(key: str, case: Case, centre: str | None) -> str:
    """Return whose ``key`` is where ``case`` stands, if it is plainly not that of people of ``centre``.

    "owner": the case is another centre's; "lead": the step is its unit's; "": nothing is known.
    """
    rules = resources.table("actions.toml")["actions"][key]["rules"]
    by = {rule["by"] for rule in rules if rule["from"] == "open" or case["status"] in rule["from"]}
    own = centre in (None, case["centre"])
    if by == {"lead"} and own and case["unit"] not in (None, centre):
        return "lead"
    return "" if own or by != {"owner"} else "owner"


def offered_to(statuses: Collection[str]) -> list[str]:
    """Return the actions that several cases in these statuses can be told, the likely ones first."""
    usual = Counter(statuses).most_common(1)
    order = resources.table("steps.toml")["order"].get(usual[0][0], []) if usual else []
    able = [
        key for key in actions() if fits_many(key) and any(stands_for(key, status) for status in {*statuses})
    ]
    return sorted(able, key=lambda key: order.index(key) if key in order else len(order))


def direct(key: str) -> bool:
    """Tell whether ``key`` needs no form."""
    return key in resources.table("steps.toml")["direct"]["actions"]


def _order(case: Case) -> list[str]:
    order = resources.table("steps.toml")["order"]
    return [*(order["pending"] if case["pending"] else []), *order.get(case["status"], [])]
