"""Answers of desk.board_figures as the database gives them, small and made by hand."""

from typing import Any

from console.indicators.indicator import indicators

SECOND = {
    "flow": "closed",
    "promptness": "acknowledged",
    "class": "closed_of",
    "unit": "on_time",
    "grids": "workers",
}
FIRST = {"unit": "should", "grids": "grids", "staff": "people"}
CHARTS = {
    "incidents": ("flow", "class"),
    "operations": ("unit", "promptness"),
    "people-houses": ("grids", "staff"),
}
MARKS = {
    "class": ("街面秩序", "received/class=街面秩序:of"),
    "unit": ("城管局", "on_time/unit=130123-D02:of"),
}


def document(board: str, days: int = 30) -> dict[str, Any]:
    """Return a board on which 8 of 10 meet every rate, and two townships are ranked."""
    return {
        "board": board,
        "days": days,
        "at": "2026-11-18T04:30:00+00:00",
        "step": "day",
        "organisation": {"code": "130123", "name": "正定县", "level": "county"},
        "edges": [f"2026-11-{day}T16:00:00+00:00" for day in (15, 16, 17, 18)],
        "figures": [_figure(key) for key, one in indicators().items() if one.board == board],
        "series": [_series(kind) for kind in CHARTS[board]],
        "ranking": {
            "figure": "closing",
            "rows": [
                {"code": "130123101", "name": "正定镇", "value": 0.9, "numerator": 9, "denominator": 10},
                {"code": "130123201", "name": "南楼乡", "value": None, "numerator": 0, "denominator": 0},
            ],
        },
        "waiting": ["residents"] if board == "people-houses" else [],
    }


def _figure(key: str) -> dict[str, Any]:
    rate = indicators()[key].kind in {"rate", "ratio"}
    return {
        "key": key,
        "value": 0.8 if rate else 1064,
        "numerator": 8 if rate else 1064,
        "denominator": 10 if rate else None,
        "before": 0.7 if rate else 1000,
        "change": 0.1 if rate else 64,
        "spark": [1, 3, 2],
        "cases": key not in {"grids", "workers", "staffed", "covered"},
    }


def _series(kind: str) -> dict[str, Any]:
    name, figure = MARKS.get(kind, ("full_time" if kind == "staff" else "正定镇", None))
    trend = kind in {"flow", "promptness"}
    marks = [] if trend else [{"zh": name, "en": name, "figure": figure}]
    values = [5, 7, 4] if trend else [12]
    lines = [{"key": FIRST.get(kind, "received"), "values": values}]
    if kind in SECOND:
        lines.append({"key": SECOND[kind], "values": [value - 3 for value in values]})
    return {"key": kind, "kind": "trend" if trend else "bars", "labels": marks, "lines": lines}
