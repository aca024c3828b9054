"""From resources/actions.toml to the tables that the database enforces."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from console.connection import Connection
from console.workflow import actions
from models.vocabulary import OPEN, Status

WIDE = {"open": sorted(OPEN), "any": sorted(Status)}


async def load(raw: Connection, source: dict[str, Any]) -> None:
    """Make the tables ``action`` and ``rule`` say what ``source`` says."""
    await raw.execute("DELETE FROM gridseat.rule; DELETE FROM gridseat.action")
    await raw.executemany(
        "INSERT INTO gridseat.action VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8)",
        [
            (
                key,
                position,
                action["zh"],
                action["en"],
                action["key"],
                json.dumps([asdict(option) for option in actions()[key].options]),
                action.get("versioned", True),
                action.get("undo", False),
            )
            for position, (key, action) in enumerate(source["actions"].items())
        ],
    )
    await raw.executemany("INSERT INTO gridseat.rule VALUES ($1, $2, $3, $4, $5, $6)", list(rules(source)))


def rules(source: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    """Yield (action, from, to, relation, positions, needs), one for each status a rule names."""
    for key, action in source["actions"].items():
        for rule in action["rules"]:
            relation = rule["by"]
            positions = rule.get("positions", source["relations"][relation]["positions"])
            statuses = WIDE[rule["from"]] if isinstance(rule["from"], str) else rule["from"]
            for status in statuses:
                yield key, status, rule.get("to"), relation, positions, rule.get("needs", [])
