"""What a board of the city is asked for besides its document: maps, lists, scores, rankings, campaigns.

Each is asked in turns with the plain aggregate over the rows, which must tell the same; where there is none,
it stands against the bar alone.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import asyncpg

import resources
from console.connection import Connection
from console.indicators.areas import ASK as MAP
from console.indicators.areas import told
from tests.benchmarks.board_peer import EDGES
from tests.benchmarks.city_meter import Cost, cost

CITY, COUNTY, ROUNDS, LISTED = "3701", "370101", 3, 1000
DAYS = (30, 396)
BOARD = "SELECT desk.board_figures($1, $2, $3, $4, $5)"
CASES = "SELECT number, total FROM desk.board_cases($1, $2, $3, $4, NULL, NULL, $5)"
SCORES = "SELECT desk.scores($1, $2, $3)"
RECORDS = "SELECT * FROM desk.registry_records($1, $2, $3)"
CAMPAIGNS = """SELECT desk.campaign_figures($1, 'bench ' || $2::integer)"""
MADE = """INSERT INTO gridseat.campaign (organisation_id, name, first, last, classes, set_by, set_at)
    SELECT o.id, 'bench ' || d.days, t.day - d.days + 1, t.day, '{市容环境}', p.id, desk.now()
    FROM gridseat.organisation AS o CROSS JOIN unnest($2::integer[]) AS d (days)
    CROSS JOIN gridseat.day_of(desk.now(), 'Asia/Shanghai') AS t (day)
    CROSS JOIN (SELECT min(id) AS id FROM gridseat.person) AS p
    WHERE o.code = ANY ($1) ON CONFLICT DO NOTHING"""
ROWS: Final = {  # the cases that a figure is taken of, and which of them meet it
    "received": "SELECT i.*, true AS met FROM {i} WHERE i.received_at BETWEEN {starts} AND {ends}",
    "found": """SELECT i.*, i.channel IN ('grid_worker', 'dedicated_grid', 'patrol', 'door_to_door') AS met
        FROM {i} WHERE i.received_at BETWEEN {starts} AND {ends}""",
    "open": """SELECT i.*, true AS met FROM {i} WHERE i.status
        IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended')""",
    "closing": """SELECT i.*, i.status = 'closed' AND i.closed_at <= {ends} AS met
        FROM {i} JOIN gridseat.clock AS k ON k.number = i.number AND k.stage = 'handling'
        WHERE k.due BETWEEN {starts} AND {ends}
          AND i.status IN ('dispatched', 'handling', 'handled', 'verified', 'closed')""",
    "on_time": """SELECT i.*, i.status IN ('handled', 'verified', 'closed') AND k.stopped_at <= k.due AS met
        FROM {i} JOIN gridseat.clock AS k ON k.number = i.number AND k.stage = 'handling'
        WHERE k.due BETWEEN {starts} AND {ends}
          AND i.status IN ('dispatched', 'handling', 'handled', 'verified', 'closed')""",
}
SEEN = """(SELECT * FROM gridseat.incident AS i
    WHERE NOT i.restricted AND i.place_lft BETWEEN {lft} AND {rgt}) AS i"""
GRIDS = """SELECT g.code, count(r.number) AS cases, count(r.number) FILTER (WHERE r.met) AS hits
    FROM gridseat.grid AS g LEFT JOIN ({rows}) AS r ON r.grid_id = g.id
    WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL GROUP BY g.code"""
TOWNSHIPS = """SELECT t.code, count(r.number) AS cases, count(r.number) FILTER (WHERE r.met) AS hits
    FROM gridseat.organisation AS t
    LEFT JOIN (({rows}) AS r JOIN gridseat.organisation AS c ON c.id = r.organisation_id)
        ON t.id = CASE c.level WHEN 'community' THEN c.parent_id ELSE c.id END
    WHERE t.level = 'township' GROUP BY t.code"""
COMMUNITIES = """SELECT c.code, count(r.number) AS cases, count(r.number) FILTER (WHERE r.met) AS hits
    FROM gridseat.organisation AS c LEFT JOIN ({rows}) AS r ON r.organisation_id = c.id
    WHERE c.level = 'community' GROUP BY c.code"""
LIST = """SELECT r.number, count(*) OVER () AS total FROM ({rows}) AS r WHERE {which}
    ORDER BY r.number DESC LIMIT 1000"""
UNITS = """SELECT u.code, count(*) AS cases, count(*) FILTER (WHERE r.met) AS hits
    FROM ({rows}) AS r JOIN gridseat.organisation AS u ON u.id = r.lead_unit_id
    WHERE u.level = 'department' GROUP BY u.code"""
PEOPLE = {
    "residents": """SELECT g.code, count(r.id) AS cases FROM gridseat.grid AS g
        LEFT JOIN gridseat.resident AS r ON r.grid_id = g.id AND r.left_on IS NULL
        WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL GROUP BY g.code""",
    "workers": """SELECT g.code, count(s.id) AS cases FROM gridseat.grid AS g
        LEFT JOIN gridseat.staff AS s ON s.grid_id = g.id AND s.kind IN ('full_time', 'part_time')
        WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL GROUP BY g.code""",
}
PEOPLE["elderly"] = PEOPLE["residents"].replace("IS NULL\n", "IS NULL AND r.birth_year <= 1966\n", 1)
Answer = list[asyncpg.Record]


@dataclass(frozen=True)
class View:
    """One question, the plain aggregate of it (None: the bar alone), and whether both say the same."""

    case: str
    words: str
    asked: tuple[object, ...]
    peer: str | None = None
    same: Callable[[Answer, Answer], bool] | None = None


def same_areas(ours: Answer, peer: Answer) -> bool:
    """Compare what every area counts, and of how many."""
    found = told(dict(ours[0]))
    facts = {code: found.row(code)[1:] for code in found.codes}
    mine = {code: (hits, hits if whole is None else whole) for code, (hits, whole) in facts.items()}
    return mine == {row["code"]: (row["hits"], row["cases"]) for row in peer}


def same_people(ours: Answer, peer: Answer) -> bool:
    """Compare what every area counts, where it is told: fewer than five people are not."""
    found = told(dict(ours[0]))
    rows = {row["code"]: row["cases"] for row in peer}
    return all(found.row(code)[1] in (None, rows[code]) for code in found.codes)


def same_cases(ours: Answer, peer: Answer) -> bool:
    """Compare the pages, and how many there are."""
    return [*map(tuple, ours)] == [*map(tuple, peer)]


def same_scores(part: str) -> Callable[[Answer, Answer], bool]:
    """Compare a part of the scores of every unit that has cases."""

    def same(ours: Answer, peer: Answer) -> bool:
        units = json.loads(ours[0][0])["rows"]
        parts = {unit["code"]: unit["parts"][part] for unit in units}
        mine = {
            code: (one["numerator"], one["denominator"]) for code, one in parts.items() if one["denominator"]
        }
        return mine == {row["code"]: (row["hits"], row["cases"]) for row in peer}

    return same


def views() -> list[View]:
    """Return everything that is asked."""
    over = [view for days in DAYS for view in (*maps(days), *lists(days), *scores(days), *campaigns(days))]
    people = [
        View(f"map of {key} by grid", MAP, (key, "grid", CITY, DAYS[0], None), peer, same_people)
        for key, peer in PEOPLE.items()
    ]
    records = [
        View(f"records behind {key}", RECORDS, (key, CITY, DAYS[0]))
        for key in ("residents", "alone", "visits")
    ]
    ranks = [View(f"ranked by {key}", BOARD, ("incidents", CITY, DAYS[0], None, key)) for key in ranked()]
    return over + people + records + ranks


def maps(days: int) -> Iterator[View]:
    """Yield figures by area."""
    for area, words in (("grid", GRIDS), ("community", COMMUNITIES), ("township", TOWNSHIPS)):
        yield View(f"map of to_close by {area}", MAP, ("to_close", area, CITY, days, None))
        for key in ("received", "closing", "open", "found"):
            peer = words.replace("{rows}", ROWS[key])
            yield View(f"map of {key} by {area}", MAP, (key, area, CITY, days, None), peer, same_areas)


def lists(days: int) -> Iterator[View]:
    """Yield the first pages of cases."""
    for key, which in (("received", "true"), ("closing:rest", "NOT r.met"), ("open", "true")):
        peer = LIST.replace("{rows}", ROWS[key.partition(":")[0]]).replace("{which}", which)
        yield View(f"cases behind {key}", CASES, ("incidents", key, CITY, days, LISTED), peer, same_cases)


def scores(days: int) -> Iterator[View]:
    """Yield scores of peers; of departments a part of them is asked of the rows."""
    peer = UNITS.replace("{rows}", ROWS["on_time"])
    yield View("scores of departments", SCORES, (CITY, "department", days), peer, same_scores("on_time"))
    yield View("scores of counties", SCORES, (CITY, "county", days))


def campaigns(days: int) -> Iterator[View]:
    """Yield the figures of a campaign of one group of classes."""
    for place in (CITY, COUNTY):
        yield View("campaign", CAMPAIGNS, (place, days))


def ranked() -> list[str]:
    """Return the figures by which an incidents board may rank."""
    figures = resources.table("indicators.toml")["figures"]
    return [key for key, one in figures.items() if "fact" in one and one["kind"] != "span"]


async def costs(owner: Connection, raw: Connection, view: View) -> tuple[list[Cost], list[Cost]]:
    """Ask both in turns; the first answer of ours is not counted, and both must be the same."""
    days = next(value for value in view.asked if isinstance(value, int))
    edges = await owner.fetchrow(EDGES, CITY, days, None)
    assert edges is not None
    at: dict[str, datetime] = {"starts": edges["starts"], "ends": edges["now"]}
    values: dict[str, Any] = {name: f"timestamptz '{one.isoformat()}'" for name, one in at.items()}
    bounds = {"lft": edges["lft"], "rgt": edges["rgt"]}
    words = None if view.peer is None else view.peer.format(i=SEEN.format(**bounds), **values)
    ours, peer = [], []
    for _ in range(ROUNDS + 1):
        ours.append(await cost(raw, lambda: raw.fetch(view.words, *view.asked)))
        if words is not None:
            peer.append(await cost(owner, lambda: owner.fetch(words, timeout=600)))
    if view.same is not None:
        assert view.same(ours[-1].answer, peer[-1].answer), view.case
    return ours[1:], peer[1:]
