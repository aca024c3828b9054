"""The plain aggregate of a board's figures over the very rows, and whether both tell the same."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg

from console.connection import Connection
from console.indicators.indicator import indicators
from tests.benchmarks.city_meter import Cost, cost

PEERS = {file.stem: file.read_text("utf-8") for file in (Path(__file__).parent / "board_peers").glob("*.sql")}
EDGES = """
SELECT (b.t).*, (b.p).now AS present, o.lft, o.rgt
FROM gridseat.organisation AS o CROSS JOIN LATERAL (
    SELECT gridseat.board_period(o.id, $2, $3) AS t, gridseat.board_period(o.id, $2) AS p) AS b
WHERE o.code = $1"""
UNKNOWN = "groups_live"  # of a period that is over
SPAN_STEP = 0.0296  # how far the middle of a step of 6 % is from what is in it; from a second on


async def plain(owner: Connection, board: str, code: str, days: int, until: date | None) -> Cost:
    """Ask for the stretch and for the one before, each in one statement; the answer is a row of each."""
    edges = await owner.fetchrow(EDGES, code, days, until)
    assert edges is not None
    now = statement(board, edges, edges["starts"], edges["now"])
    before = statement(board, edges, edges["before_starts"], edges["before_ends"])

    async def both() -> list[asyncpg.Record | None]:
        return [await owner.fetchrow(words, timeout=600) for words in (now, before)]

    return await cost(owner, both)


def statement(board: str, edges: asyncpg.Record, starts: datetime, ends: datetime) -> str:
    """Write the values into the statement, as a person does: so its plan is made for them."""
    days = [f"date '{at.astimezone(ZoneInfo(edges['zone'])):%Y-%m-%d}'" for at in (starts, ends)]
    today = edges["present"].astimezone(ZoneInfo(edges["zone"]))
    told = {name: f"timestamptz '{at.isoformat()}'" for name, at in (("starts", starts), ("ends", ends))}
    return PEERS[board].format(
        **told,
        present=f"timestamptz '{edges['present'].isoformat()}'",
        upto=f"timestamptz '{edges['now'].isoformat()}'",
        since=days[0],
        until=days[1],
        today=f"date '{today:%Y-%m-%d}'",
        year=today.year,
        lft=edges["lft"],
        rgt=edges["rgt"],
    )


def agree(document: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Fail unless every figure of a board is what the plain aggregates tell, before too where it compares.

    Of groups only the last message is known; what goes by months is compared with another stretch.
    """
    now, before = rows
    for figure in document["figures"]:
        key, told = figure["key"], (figure["numerator"], figure["denominator"])
        if key == UNKNOWN and document["until"]:
            assert told == (None, None), told
            continue
        if "p90" in figure:
            assert (figure["value"] is None) == (now[key] is None), (key, figure, now[key])
            assert now[key] is None or near(figure["value"], now[key], SPAN_STEP, 1.0), (
                key,
                figure,
                now[key],
            )
        else:
            assert told == (now[key], now.get(f"{key}_of")), (key, told, now[key], now.get(f"{key}_of"))
        if figure["before"] is not None and "p90" not in figure and not indicators()[key].monthly:
            assert near(figure["before"], was(before, key), 1e-6, 1e-6), (
                key,
                figure["before"],
                was(before, key),
            )


def was(row: dict[str, Any], key: str) -> float:
    """Return the value that the stretch before had."""
    return float(row[key] / row[f"{key}_of"]) if f"{key}_of" in row else float(row[key])


def near(one: float, other: float, share: float, least: float) -> bool:
    return abs(float(one) - float(other)) <= share * float(other) + least
