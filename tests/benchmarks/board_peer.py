"""A whole board by plain aggregates over the rows, and whether both tell the same, part by part.

One aggregate of each source for all that a board tells of it: by the period's steps (1: the stretch before),
by class, channel, unit or hour, by the organisations below. What is of one stretch is asked for each; of
registers that are whole days while a day runs.
"""

from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg

from console.connection import Connection
from tests.benchmarks.city_meter import Cost, cost

FOLDER = Path(__file__).parent / "board_peers"
STATEMENTS = {
    file.stem: [words.strip() for words in file.read_text("utf-8").split(";\n")]
    for file in FOLDER.glob("*.sql")
}
EDGES = """
SELECT (b.t).*, (b.p).now AS present, o.lft, o.rgt, w.now AS whole_ends, w.before_ends AS whole_before_ends
FROM gridseat.organisation AS o CROSS JOIN LATERAL (
    SELECT gridseat.board_period(o.id, $2, $3) AS t, gridseat.board_period(o.id, $2) AS p) AS b
CROSS JOIN LATERAL gridseat.whole_days(b.t) AS w
WHERE o.code = $1"""
CHILDREN = """
SELECT c.code, c.lft FROM gridseat.organisation AS c JOIN gridseat.organisation AS o ON o.id = c.parent_id
WHERE o.code = $1 AND c.level <> 'department' ORDER BY c.lft"""
Told = dict[tuple[str, str], dict[str, Any]]  # by what and which part, and what each column says of it
Value = float | int | None
UNKNOWN = "groups_live"  # of a period that is over
SPAN_STEP = 0.0296  # how far the middle of a step of 6 % is from what is in it; from a second on
SHARE_STEP = 1e-6


async def plain(owner: Connection, board: str, code: str, days: int, until: date | None) -> Cost:
    """Ask for everything; the answer is what was told, and the codes of the organisations below."""
    edges = await owner.fetchrow(EDGES, code, days, until)
    assert edges is not None
    children = await owner.fetch(CHILDREN, code)
    asked = list(statements(board, edges, [row["lft"] for row in children]))

    async def all_of_it() -> list[tuple[str, list[asyncpg.Record]]]:
        return [(stretch, await owner.fetch(words, timeout=600)) for stretch, words in asked]

    paid = await cost(owner, all_of_it)
    return Cost(paid.clock, paid.cpu, (gathered(paid.answer), [row["code"] for row in children]))


def statements(board: str, edges: asyncpg.Record, lfts: list[int]) -> list[tuple[str, str]]:
    """Return each statement with the stretch that it is of, its values written in as a person would."""
    stretches = {"now": (edges["starts"], edges["now"])}
    if edges["whole_ends"] is not None:
        stretches["before"] = (edges["before_starts"], edges["whole_before_ends"])
        if edges["whole_ends"] != edges["now"]:
            stretches["whole"] = (edges["starts"], edges["whole_ends"])
    return [
        (stretch, words.format(**values(edges, lfts, *stretches[stretch])))
        for words in STATEMENTS[board]
        for stretch in stretches
        if stretch == "now" or words.startswith("-- both")
    ]


def values(edges: asyncpg.Record, lfts: list[int], starts: datetime, ends: datetime) -> dict[str, object]:
    days = [at.astimezone(ZoneInfo(edges["zone"])).date() for at in (starts, ends, edges["present"])]
    marks = {"starts": starts, "ends": ends, "present": edges["present"]}
    marks |= {key: edges[key] for key in ("before_starts", "before_ends")}
    told: dict[str, object] = {key: f"timestamptz '{at.isoformat()}'" for key, at in marks.items()}
    steps = ", ".join(f"'{at.isoformat()}'" for at in edges["edges"])
    told |= {"edges": f"ARRAY[{steps}]::timestamptz[]", "children": f"ARRAY{lfts or [0]}::bigint[]"}
    told |= {key: f"date '{day}'" for key, day in zip(("since", "until", "today"), days, strict=True)}
    return told | {key: edges[key] for key in ("zone", "lft", "rgt")} | {"year": days[2].year}


def gathered(answers: list[tuple[str, list[asyncpg.Record]]]) -> Told:
    """Put rows of one part side by side; those that do not say of what they are, are of their stretch."""
    told: Told = defaultdict(dict)
    for stretch, rows in answers:
        for row in map(dict, rows):
            by, part = row.pop("by", stretch), row.pop("part", "true")
            if part is not None:
                told[by, part] |= {key: value for key, value in row.items() if value is not None}
    return told


def agree(document: dict[str, Any], answer: tuple[Told, list[str]]) -> None:
    """Fail unless the document's figures, lines, charts and ranking are what the aggregates tell."""
    told, children = answer
    compares = any(figure["before"] is not None for figure in document["figures"])
    steps = range(3, len(document["edges"]) + 2)
    for figure in document["figures"]:
        if figure["key"] == UNKNOWN and document["until"]:
            assert figure["numerator"] is None, figure
        else:
            of_figure(figure, told, steps, compares=compares)
    for chart in document["series"]:
        same(chart["key"], mentioned(chart), charted(chart, told, children, steps))
    figure = next(one for one in document["figures"] if one["key"] == document["ranking"]["figure"])
    ranked = {row["code"]: (row["numerator"], row["denominator"]) for row in document["ranking"]["rows"]}
    same(
        figure["key"],
        ranked,
        {code: pair(told["child", str(k)], figure["key"]) for k, code in enumerate(children, 1)},
    )


def of_figure(figure: dict[str, Any], told: Told, steps: range, *, compares: bool) -> None:
    """Check a figure: its number, the stretch before and its line, or its median."""
    key = figure["key"]
    if "p90" in figure:
        was = told["stretch", "false"].get(key) if compares else None
        for mine, plain in (
            (figure["value"], told["stretch", "true"].get(key)),
            (figure["p90"], told["stretch", "true"].get(f"{key}_p90")),
            (figure["before"], was),
        ):
            assert (mine is None) == (plain is None), (figure, plain)
            assert plain is None or near(mine, plain, SPAN_STEP, 1.0), (figure, plain)
        return
    constant = told["present", "true"] | told["now", "true"]
    by_step = [told["step", str(step)] for step in steps]
    stepped = any(key in one for one in [*by_step, told["step", "1"]])
    of_all = constant.get(f"{key}_of", 0)
    hits, whole = constant.get(key, 0), of_all
    if stepped:
        hits = sum(one.get(key, 0) for one in by_step)
        whole = sum(one.get(f"{key}_of", 0) for one in by_step) or of_all
        same(f"{key} line", figure["spark"], [share(figure, one, key, of_all) for one in by_step])
    if figure["numerator"] is None:  # too few people, or nothing recorded yet
        assert hits < 5, figure
        return
    same(
        key,
        (figure["numerator"], figure["denominator"] or 0),
        (hits, whole if figure["denominator"] is not None else 0),
    )
    if figure["before"] is not None:
        past = told["step", "1"] if stepped else told["before", "true"]
        same(f"{key} before", figure["before"], share(figure, past, key, of_all))
        if figure.get("before_of") is not None:
            same(f"{key} of before", figure["before_of"], past.get(f"{key}_of", of_all))
    if figure.get("compared") is not None:
        same(f"{key} compared", figure["compared"], share(figure, told["whole", "true"], key, of_all))


def share(figure: dict[str, Any], row: dict[str, Any], key: str, of_all: int) -> Value:
    """Return a count, or the share that hits are of the row's cases, or of what is constant."""
    if figure["denominator"] is None:
        return int(row.get(key, 0))
    whole = row.get(f"{key}_of", of_all)
    return float(row.get(key, 0) / whole) if whole else None


def mentioned(chart: dict[str, Any]) -> object:
    """Return what a chart's marks are called, with their numbers; of trends nothing: lines are checked."""
    lines = [line["values"] for line in chart["lines"]]
    names = [label["figure"].removesuffix(":of").removesuffix(":hit") for label in chart["labels"]]
    rows = zip(names, *lines, strict=True) if names else []
    return {row[0]: row[1:] for row in rows if chart["kind"] != "week" or row[1]}


def charted(chart: dict[str, Any], told: Told, children: list[str], steps: range) -> object:
    """Return the same of the aggregates."""
    lines = len(chart["lines"])
    if chart["kind"] in ("pareto", "bars", "week"):
        by = chart["labels"][0]["figure"].partition("=")[0] if chart["labels"] else ""
        return {
            f"{by}={part}": (row.get("cases", row.get("received")), row.get("hits", 0))[:lines]
            for (kind, part), row in told.items()
            if kind == by and row
        }
    if chart["kind"] == "funnel":
        return {
            name: (sum(told["step", str(step)].get(name, 0) for step in steps),)
            for name in mentioned_keys(chart)
        }
    if chart["kind"] == "answers":
        valid = told["answers", "true"]
        return {name: (valid[f"{name}_of"], valid[name]) for name in mentioned_keys(chart)}
    if chart["key"] == "staff":
        return {
            name: (few(told["staff", name.partition("=")[2]].get("people", 0)),)
            for name in mentioned_keys(chart)
        }
    return (
        {
            f"grids@{code}": (
                told["grids", str(k)].get("grids", 0),
                few(told["workers", str(k)].get("workers", 0)),
            )
            for k, code in enumerate(children, 1)
        }
        if chart["kind"] == "places"
        else {}
    )


def mentioned_keys(chart: dict[str, Any]) -> list[str]:
    return [label["figure"].removesuffix(":of").removesuffix(":hit") for label in chart["labels"]]


def few(people: int) -> int | None:
    """Return the number unless it tells of too few people."""
    return None if 1 <= people <= 4 else people  # as gridseat.of_people


def pair(row: dict[str, Any], key: str) -> tuple[int, int]:
    return row.get(key, 0), row.get(f"{key}_of", 0)


def same(what: str, mine: object, plain: object) -> None:
    """Fail unless both are equal, shares to the sixth place."""
    assert alike(mine, plain), (what, mine, plain)


def alike(mine: object, plain: object) -> bool:
    if isinstance(mine, dict) and isinstance(plain, dict):
        return mine.keys() == plain.keys() and all(alike(mine[key], plain[key]) for key in mine)
    if isinstance(mine, list | tuple) and isinstance(plain, list | tuple):
        return len(mine) == len(plain) and all(map(alike, mine, plain))
    if isinstance(mine, float) and isinstance(plain, float | int):
        return near(mine, plain, 0, SHARE_STEP)
    return mine == plain


def near(one: float, other: float, share: float, least: float) -> bool:
    return abs(float(one) - float(other)) <= share * float(other) + least
