"""Answers of desk.board_figures as the database gives them, small and made by hand."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

import resources
from console.indicators.indicator import indicators
from ui.boards.page import BoardPage

AT = "2026-11-18T04:30:00+00:00"  # a Wednesday in China, too
CHARTS: dict[str, dict[str, Any]] = resources.table("indicators.toml")["charts"]
PARTS: dict[str, list[tuple[str, str | None]]] = {  # of a chart: its marks, each with what a click asks for
    "class": [(f"类别{n}", f"received/class=类别{n}:of") for n in range(14)],
    "channel": [("phone", "received/channel=phone:of")],
    "week": [(str(hour), f"received/hour={hour}:of") for hour in range(168)],
    "course": [
        (step, step if step.endswith(":of") else f"{step}:hit")
        for step in ("received:of", "acceptance", "sent", "answered", "finished", "direct")
    ],
    "unit": [("城管局", "on_time/unit=130123-D02:of")],
    "reworked": [("城管局", "rework/unit=130123-D02:of")],
    "rhythm": [(str(hour), f"closed/hour={hour}:of") for hour in range(168)],
    "asked": [(one, f"{one}:of") for one in ("reached", "solved", "satisfied")],
    "findings": [(f"类别{n}", f"found/class=类别{n}:of") for n in range(14)],
    "grids": [("正定镇", None)],
    "staff": [("full_time", None)],
}


def choose(page: BoardPage, place: int) -> list[str]:
    """Choose from the menu that a mark has opened; return what it offers."""
    menu = next(menu for menu in page.body.findChildren(QMenu) if menu.isVisible())
    menu.setActiveAction(menu.actions()[place])
    QTest.keyClick(menu, Qt.Key.Key_Return)
    return [action.text() for action in menu.actions()]


async def nothing(*_asked: object) -> Any:  # noqa: ANN401  never answered
    raise AssertionError


def clock() -> float:
    """Return the moment of every document."""
    return datetime.fromisoformat(AT).timestamp()


def board_page(qtbot: QtBot, key: str = "incidents", size: tuple[int, int] = (1280, 660)) -> BoardPage:
    """Return a page that shows ``document(key)`` and reads nothing."""
    found = BoardPage(key, nothing, nothing, clock)
    found.resize(*size)
    qtbot.addWidget(found)
    found.show_document(document(key))
    found.refresh = lambda: None  # type: ignore[method-assign]
    found.body.asked.disconnect(found.finder.ask)  # it reads, and no loop runs here
    found.body.rankingChosen.disconnect(found.rank_by)
    found._wanted = False
    found.show()
    return found


def document(board: str, days: int = 30) -> dict[str, Any]:
    """Return a board on which 8 of 10 meet every rate, and two townships are ranked."""
    return {
        "board": board,
        "days": days,
        "at": AT,
        "step": "day",
        "from": "2026-10-19T16:00:00+00:00",
        "before": "2026-09-19T16:00:00+00:00",
        "before_ends": "2026-10-19T04:30:00+00:00",
        "whole": {"at": "2026-11-17T15:59:59+00:00", "before_ends": "2026-10-18T15:59:59+00:00"},
        "organisation": {"code": "130123", "name": "正定县", "level": "county"},
        "edges": [f"2026-11-{day}T16:00:00+00:00" for day in (15, 16, 17, 18)],
        "figures": [_figure(key) for key, one in indicators().items() if one.board == board],
        "series": [_series(key) for key, one in CHARTS.items() if one["board"] == board],
        "ranking": {
            "figure": "closing",
            "rows": [
                {"code": "130123101", "name": "正定镇", "value": 0.9, "numerator": 9, "denominator": 10},
                {"code": "130123201", "name": "南楼乡", "value": None, "numerator": 0, "denominator": 0},
            ],
        },
    }


def _figure(key: str) -> dict[str, Any]:
    kind = indicators()[key].kind
    rate = kind in {"rate", "ratio"}
    if kind == "span":
        told = {
            "value": 5400,
            "p90": 90000,
            "numerator": 12,
            "denominator": None,
            "before": 9000,
            "change": -3600,
        }
        return {"key": key, **told, "spark": [], "cases": True}
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


def _series(key: str) -> dict[str, Any]:
    kind, names = CHARTS[key]["kind"], CHARTS[key]["lines"]
    if kind == "trend":
        rate = indicators()[names[0]].kind == "rate"
        values = [0.5, 0.7, 0.4] if rate else [5, 7, 4]
        less = 0.3 if rate else 3
        lines = [
            {"key": name, "values": [v - less * place for v in values]} for place, name in enumerate(names)
        ]
        return {"key": key, "kind": kind, "labels": [], "lines": lines}
    marks = [{"zh": name, "en": name, "figure": figure} for name, figure in PARTS[key]]
    counts = [100 - 15 * n if kind == "funnel" else max(14 - n, 0) for n in range(len(marks))]
    told = {"funnel": ["cases"], "answers": ["valid", "yes"]}.get(kind, names)
    lines = [
        {"key": name, "values": [max(n - 3 * place, 0) for n in counts]} for place, name in enumerate(told)
    ]
    return {"key": key, "kind": kind, "labels": marks, "lines": lines}
