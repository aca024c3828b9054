"""What units' scores are made of: resources/scores.toml, and the weights as delivered into the database."""

import json
from typing import Any, Final

import resources
from console.connection import Connection
from console.indicators.indicator import indicators
from console.language import choose, say

FIRST = "2000-01-01"  # the weights as delivered are in force since
ASKED: Final = "SELECT desk.scores($1, $2, $3, $4)::text"
APPEALS: Final = "SELECT * FROM desk.score_appeals($1, $2, $3, $4)"
WEIGHTS: Final = "SELECT desk.weights()::text"
SET: Final = "SELECT desk.set_weights($1, $2::text::jsonb, $3)"


def parts() -> dict[str, dict[str, Any]]:
    """Return the parts by key: weight, figure, formula in both languages."""
    found: dict[str, dict[str, Any]] = resources.table("scores.toml")["parts"]
    return found


def groups() -> tuple[str, ...]:
    """Return the groups of peers."""
    return tuple(resources.table("scores.toml")["groups"])


def group_name(key: str) -> str:
    """Return what a group of peers is called."""
    return choose(resources.table("scores.toml")["groups"][key])


def name(part: str) -> str:
    """Return what a part is called; what is turned goes by the cases that it counts."""
    if part == "volume":
        return say("scores.volume")
    one = indicators()[parts()[part]["figure"]]
    turned = one.part("miss") if parts()[part].get("turned") else ""
    return turned[:1].upper() + turned[1:] if turned else one.name


def formula(part: str, weight: float) -> str:
    """Return how a part gives its points, in words."""
    return choose(parts()[part]["formula"]).replace("{weight}", f"{weight:g}")


def meaning(part: str) -> str:
    """Return what the rate of a part is taken of; "" for what is a number of cases."""
    one = indicators()[parts()[part]["figure"]]
    return "" if part == "volume" else say("scores.meaning", name=one.name, formula=one.formula)


async def seed(raw: Connection) -> None:
    """Put the delivered weights into a database that has none; what a county has set stays."""
    await raw.execute(
        """INSERT INTO gridseat.score_weight (part, since, weight, set_at)
           SELECT w.key, $2::text::date, w.value::numeric, desk.now()
           FROM jsonb_each_text($1::text::jsonb) AS w
           WHERE NOT EXISTS (SELECT FROM gridseat.score_weight)""",
        json.dumps({key: one["weight"] for key, one in parts().items()}),
        FIRST,
    )
