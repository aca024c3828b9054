"""What would succeed now, and this very case has no use for all the same."""

from collections.abc import Callable, Mapping
from typing import Any, Final

Case = Mapping[str, Any]

USELESS: Final[Mapping[str, Callable[[Case], bool]]] = {
    "claim": lambda case: bool(case["mine"]),
    "rework": lambda case: not case["unit"],
}


def useful(case: Case) -> list[str]:
    """Return the legal actions of a case (see desk.incident) that can come to something now."""
    return [key for key in case["legal"] if key not in USELESS or not USELESS[key](case)]
