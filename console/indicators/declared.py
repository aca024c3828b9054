"""What boards count, as facts.toml and indicators.toml of this version have it, into the database."""

import json
from typing import Any

import resources
from console.connection import Connection

TABLES = {  # table: the columns that a declaration gives, in their types; key and place are its own
    "fact": "key text, place integer, body text, settles interval, splits text[], "
    "kept boolean, spans boolean",
    "indicator": "key text, board text, place integer, kind text, fact text, at_present boolean, sums text, "
    "sum text, cells text[], per text, scale numeric, monthly boolean, since text, last_only boolean, "
    "once boolean",
    "chart": "key text, board text, place integer, kind text, fact text, lines text[]",
}


def rows() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each table, in the order of the declarations."""
    facts, declared = resources.table("facts.toml"), resources.table("indicators.toml")
    return {
        "fact": [_fact(key, place, one) for place, (key, one) in enumerate(facts.items(), 1)],
        "indicator": [
            {
                "key": key,
                "place": place,
                "at_present": one.get("present", False),
                "cells": _cells(key, declared["figures"]),
                "scale": one.get("scale", 1),
                "sum": one.get("sum", key if "sums" in one else None),
                **{name: one.get(name, False) for name in ("monthly", "last_only", "once")},
                **{name: one.get(name) for name in ("board", "kind", "fact", "sums", "per", "since")},
            }
            for place, (key, one) in enumerate(declared["figures"].items())
        ],
        "chart": [
            {"key": key, "place": place, **one} for place, (key, one) in enumerate(declared["charts"].items())
        ],
    }


def _cells(key: str, known: dict[str, dict[str, Any]]) -> list[str | None]:
    """Return the sums of people that a figure tells of, each a part of the next; None parts what is not.

    Its own, where it is one (of a rate what it is taken of, ":of"), those it is within, and those beside it.
    """
    one = known[key]
    sums = one.get("sum", key) + (":of" if one["kind"] == "rate" else "")
    own = [sums] if one.get("people") and "sums" in one else []
    within = _cells(one["within"], known) if "within" in one else []
    beside = [None, *_cells(one["beside"], known)] if "beside" in one else []
    return [*own, *within, *beside]


def _fact(key: str, place: int, one: dict[str, Any]) -> dict[str, Any]:
    settles = one.get("settles")
    return {
        "key": key,
        "place": place,
        "body": one["sql"],
        "settles": None if settles is None else f"{settles} seconds",
        "splits": one.get("splits", []),
        "kept": one.get("kept", True),
        "spans": one.get("spans", False),
    }


async def seed(raw: Connection) -> None:
    """Make the tables say what is declared; where a fact is another now, all cases are told anew."""
    told = """SELECT jsonb_build_array(jsonb_object_agg(f.key, to_jsonb(f)),
                  (SELECT jsonb_agg(p.place ORDER BY p.place) FROM gridseat.ordered_places() AS p))
              FROM gridseat.fact AS f WHERE f.kept"""
    before = await raw.fetchval(told)
    await raw.execute("DELETE FROM gridseat.chart; DELETE FROM gridseat.indicator; DELETE FROM gridseat.fact")
    for table, ones in rows().items():
        columns = ", ".join(column.split()[0] for column in TABLES[table].split(", "))
        await raw.execute(
            f"""INSERT INTO gridseat.{table} ({columns})
                SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS x ({TABLES[table]})""",  # noqa: S608  ours
            json.dumps(ones),
        )
    if await raw.fetchval(told) != before:
        await raw.execute("UPDATE gridseat.fold SET epoch = NULL")
    await raw.execute("SELECT gridseat.write_measured()")
