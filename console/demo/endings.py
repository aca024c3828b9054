"""What is said when a case is closed: its result and, of most disputes, whether they end in an agreement."""

import resources
from console.demo import material
from console.demo.dice import Dice


def said(code: str, dice: Dice) -> dict[str, str]:
    """Return the facts of closing a case of the class ``code``."""
    facts = {"result": material.words("result", dice)}
    if _dispute(code) and dice.fraction() < material.share("mediated"):
        facts["agreement"] = "yes" if dice.fraction() < material.share("agreed") else "no"
    return facts


def _dispute(code: str) -> bool:
    return code.partition("/")[0] in resources.table("steps.toml")["disputes"]["groups"]
