"""Boards and bulletins as the database tells them, made up for tests."""

import json
from hashlib import sha256
from typing import Any

from console.bulletins.bulletin import Bulletin, parse

STEPS = [f"2026-11-{day:02}T00:00:00+08:00" for day in range(16, 24)]


def board(key: str, figures: list[dict[str, Any]], names: tuple[str, ...] = ()) -> dict[str, Any]:
    marks = [{"zh": name, "en": name, "figure": None} for name in names]
    lines = [{"key": "received", "values": [max(9 - place, 0) for place in range(len(names))]}]
    ranks = [
        {"code": name, "name": name, "value": 0.9, "numerator": 9, "denominator": max(10 - 2 * place, 0)}
        for place, name in enumerate(names)
    ]
    return {
        "board": key,
        "organisation": {"code": "1", "name": "县"},
        "days": 7,
        "at": STEPS[-1],
        "step": "day",
        "edges": STEPS,
        "figures": figures,
        "series": [{"key": "class", "kind": "pareto", "labels": marks, "lines": lines}],
        "ranking": {"figure": "closing", "rows": ranks},
        "waiting": [],
    }


def figure(key: str, value: float | None, spark: list[float | None] | None = None) -> dict[str, Any]:
    counted = {"numerator": 0 if value is None else 9, "denominator": None, "before": None, "change": None}
    return {"key": key, "value": value, "spark": spark or [], "cases": True, **counted}


def bulletin(*boards: dict[str, Any], name: str = "正定县", comment: str = "") -> Bulletin:
    document = json.dumps(
        {
            "year": 2026,
            "number": 11,
            "organisation": {"code": "1", "name": name},
            "period": {"key": "2026-W47", "kind": "week", "first": "2026-11-16", "last": "2026-11-22"},
            "issued_at": "2026-11-22T10:00:00+00:00",
            "issued_by": "张建国",
            "comment": comment,
            "boards": {one["board"]: one for one in boards},
        }
    )
    return parse(document, sha256(document.encode()).hexdigest())
