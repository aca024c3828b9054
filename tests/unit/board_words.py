"""Figures and boards as the tests of their words make them, without a database."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from console.indicators import figures
from console.indicators.figures import Figure

NIGHT = "T23:59:59.999999"
DOCUMENT: dict[str, Any] = {
    "board": "incidents",
    "days": 7,
    "at": "2026-11-18T04:30:00+00:00",
    "step": "day",
    "organisation": {"code": "130123", "name": "正定县", "level": "county"},
    "edges": ["2026-11-16T16:00:00+00:00", "2026-11-17T16:00:00+00:00", "2026-11-18T16:00:00+00:00"],
    "figures": [
        {
            "key": "closing",
            "value": None,
            "numerator": 0,
            "denominator": 0,
            "before": None,
            "change": None,
            "spark": [None, 0.5],
            "cases": True,
        }
    ],
    "series": [
        {
            "key": "class",
            "kind": "pareto",
            "labels": [{"zh": "街面秩序", "en": "Street order", "figure": "received/class=街面秩序:of"}],
            "lines": [{"key": "received", "values": [3]}],
        }
    ],
    "ranking": {
        "figure": "closing",
        "rows": [{"code": "130123101", "name": "正定镇", "value": 0.5, "numerator": 1, "denominator": 2}],
    },
}


def figure(key: str, value: float | None, change: float | None = None, **more: Any) -> Figure:  # noqa: ANN401
    facts: dict[str, Any] = {
        "numerator": 10,
        "denominator": 20,
        "before": None if value is None or change is None else value - change,
        "spark": (1.0,),
        "cases": True,
    }
    return Figure(**{"key": key, "value": value, "change": change, **facts, **more})


def moment(text: str) -> datetime:
    """Return a moment in China."""
    return datetime.fromisoformat(f"2026-{text}+08:00")


def board_of(days: int, at: str) -> figures.BoardFigures:
    """Return a board of so many days up to a moment; a last moment of a day is its end."""
    last = moment(at)
    first = last.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)
    return replace(figures.parse(DOCUMENT), days=days, at=last, edges=(first, last))
