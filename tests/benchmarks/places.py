"""Places of a county as large as a city: near, around, a grid's card, overlaps, a past board.

68,049 grids, 20,000 resources, 4,000 workers with a place, 200,000 incidents. The peers ask the same
plainly, by the owner: every resource and worker by its distance, every grid by PostgreSQL's own polygons
against a circle of 180 corners, a grid's cases by ``@>``, every pair of neighbours cut out, each case's
timeline on its own. They only count; ours answers with the rows that a window shows. Notes beside the index
of lives have notes without it as their peer: the bar there is 0.9.
"""

import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable
from math import cos, pi, radians, sin

import numpy as np
import shapely

from console.connection import Connection
from console.geography.projection import to_degrees
from console.intake.rows import GridRow
from console.intake.survey import Shapes, Standing, survey
from tests.benchmarks.bench_database import database
from tests.benchmarks.city import CITY, city
from tests.benchmarks.places_past import board, notes
from tests.database_fixtures import Database

ROUNDS, CORNERS, DEGREE = 5, 180, 111194.93
RADII = (1_000, 5_000, 20_000)
LOOSE = 5_000  # grids of the city that are surveyed, each fiftieth drawn over its neighbours
FILL = """
SET session_replication_role = replica;
INSERT INTO gridseat.grid (code, name, kind, organisation_id, outline)
SELECT 'B' || d.n, '网格' || d.n, 'comprehensive', o[1 + d.n % cardinality(o)], '\\x'
FROM drawn AS d, (SELECT array_agg(id ORDER BY id) AS o FROM gridseat.organisation
                  WHERE level = 'community' AND code LIKE '130123%') AS c;
INSERT INTO gridseat.grid_ring (grid_id, hole, ring)
SELECT g.id, false, d.ring::polygon FROM drawn AS d JOIN gridseat.grid AS g ON g.code = 'B' || d.n;
CREATE TEMP TABLE spot AS
SELECT d.n, point(d.lon, d.lat) AS at, g.id AS grid, g.organisation_id AS o,
       row_number() OVER (ORDER BY d.n) - 1 AS k
FROM drawn AS d JOIN gridseat.grid AS g ON g.code = 'B' || d.n;
INSERT INTO gridseat.staff (code, name, kind, grid_id, organisation_id)
SELECT 'S' || k, '网格员', 'full_time', grid, o FROM spot;
INSERT INTO gridseat.staff_place (staff_id, spot, raw, datum, told_at)
SELECT s.id, p.at, p.at, 'WGS-84', now() + interval '1 day'
FROM spot AS p JOIN gridseat.staff AS s ON s.code = 'S' || p.k WHERE p.k % 17 = 0;
INSERT INTO gridseat.resource (organisation_id, code, name, kind, grid_id, spot, raw, datum)
SELECT p.o, 'R' || i, '资源', k.keys[1 + i % cardinality(k.keys)], p.grid, p.at, p.at, 'WGS-84'
FROM generate_series(1, 20000) AS i, (SELECT count(*) AS all_of FROM spot) AS c,
     (SELECT array_agg(key ORDER BY place) AS keys FROM gridseat.resource_kind) AS k, spot AS p
WHERE p.k = i * 31 % c.all_of;
INSERT INTO gridseat.incident (status, title, class_id, priority, channel, centre_id, centre_lft,
    organisation_id, place_lft, grid_id, lon, lat, datum, raw_lon, raw_lat, received_at, recorded_at,
    recorded_by, changed_at, closed_at)
SELECT CASE WHEN i % 40 = 0 THEN 'accepted' ELSE 'closed' END, '商贩占道经营', i % 60 + 1,
       3, 'phone', c.id, c.lft, p.o, o.lft, p.grid, p.at[0], p.at[1], 'WGS-84', p.at[0], p.at[1],
       t.t, t.t, 1, t.t,
       CASE WHEN i % 40 > 0 THEN t.t + interval '1 hour' END
FROM generate_series(1, 200000) AS i, (SELECT count(*) AS all_of FROM spot) AS a,
     spot AS p, gridseat.organisation AS o, gridseat.organisation AS c,
     LATERAL (SELECT now() - i * interval '30 seconds' AS t) AS t
WHERE p.k = i * 37::bigint % a.all_of AND o.id = p.o AND c.code = '130123';
SET session_replication_role = origin;
VACUUM ANALYZE;
"""
NEAR = """
SELECT (SELECT array_agg(x.code) FROM (
            SELECT r.code FROM gridseat.resource AS r WHERE r.active
            ORDER BY gridseat.metres_between($1, $2, r.spot[0], r.spot[1]), r.id LIMIT 5) AS x),
       (SELECT array_agg(x.code) FROM (
            SELECT s.code FROM gridseat.staff_place AS w JOIN gridseat.staff AS s ON s.id = w.staff_id
            ORDER BY gridseat.metres_between($1, $2, w.spot[0], w.spot[1]), s.id LIMIT 5) AS x)
"""
WITHIN = """
SELECT (SELECT count(*) FROM gridseat.incident AS i WHERE i.closed_at IS NULL
          AND gridseat.metres_between($1, $2, i.lon, i.lat) <= $3),
       (SELECT count(*) FROM gridseat.resource AS r WHERE r.active
          AND gridseat.metres_between($1, $2, r.spot[0], r.spot[1]) <= $3),
       (SELECT count(*) FROM gridseat.staff_place AS w
          WHERE gridseat.metres_between($1, $2, w.spot[0], w.spot[1]) <= $3),
       (SELECT count(DISTINCT r.grid_id) FROM gridseat.grid_ring AS r
          JOIN gridseat.grid AS g ON g.id = r.grid_id AND g.ended_at IS NULL
          WHERE r.ring && $4::text::polygon)
"""
CARD = """
SELECT count(*) FILTER (WHERE i.closed_at IS NULL),
       count(*) FILTER (WHERE i.received_at >= now() - interval '30 days')
FROM gridseat.grid AS g JOIN gridseat.grid_ring AS r ON r.grid_id = g.id, gridseat.incident AS i
WHERE g.code = $1 AND r.ring @> point(i.lon, i.lat)
"""

Spot = tuple[float, float]
Ask = Callable[[Spot], Awaitable[object]]


def run() -> list[dict[str, object]]:
    """Lay the city into a database of its own and ask; the survey needs none."""
    shapes = shapely.transform(city(CITY), lambda points: np.column_stack(to_degrees(*points.T)))
    with database() as found:
        results = asyncio.run(measure(found, shapes))
    return [*results, overlaps(shapes)]


async def measure(found: Database, shapes: Shapes) -> list[dict[str, object]]:
    """Ask of the small county what hangs on timelines, then of the city what hangs on places."""
    found.owner = await found.cluster.open(found.name)
    results = [await board(found), await notes(found)]
    await found.add("county", "seat supervisor", "130123")
    await lay(found.owner, shapes)
    seat = await found.as_person("county")
    middles = shapely.get_coordinates(shapely.centroid(shapes))
    inmost = np.argsort(np.hypot(*(middles - middles.mean(axis=0)).T))[: len(middles) // 10]
    chosen = np.random.default_rng(7).choice(inmost, ROUNDS, replace=False)
    spots = [(float(lon), float(lat)) for lon, lat in middles[chosen]]
    results.append(await near(found.owner, seat, spots))
    results += [await within(found.owner, seat, spots, metres) for metres in RADII]
    results.append(await card(found.owner, seat, dict(zip(spots, chosen.tolist(), strict=True))))
    await seat.close()
    await found.owner.close()
    return results


async def lay(owner: Connection, shapes: Shapes) -> None:
    """Put the city's grids, people, resources and incidents into the county."""
    await owner.execute("CREATE TEMP TABLE drawn (n integer, ring text, lon float8, lat float8)")
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes)).tolist()
    rows = [
        (n, written(shapely.get_coordinates(shape.exterior).tolist()), *at)
        for n, (shape, at) in enumerate(zip(shapes, inside, strict=True))
    ]
    await owner.copy_records_to_table("drawn", records=rows)
    for statement in FILL.split(";")[:-1]:
        await owner.execute(statement, timeout=600)


def written(points: list[list[float]]) -> str:
    """Return a ring as PostgreSQL writes a polygon."""
    return f"({','.join(f'({x!r},{y!r})' for x, y in points[:-1])})"


def circle(at: Spot, metres: float) -> str:
    """Return the circle on the plane that touches the earth there."""
    turns = [2 * pi * n / CORNERS for n in range(CORNERS + 1)]
    wide = DEGREE * cos(radians(at[1]))
    return written([[at[0] + metres / wide * cos(t), at[1] + metres / DEGREE * sin(t)] for t in turns])


async def near(owner: Connection, seat: Connection, spots: list[Spot]) -> dict[str, object]:
    """Return the five nearest of each, which must be the same."""

    async def ours(at: Spot) -> object:
        told = json.loads(
            await seat.fetchval("SELECT desk.near($1::text::jsonb)::text", json.dumps({"point": at}))
        )
        return [[one["code"] for one in told[kind]] for kind in ("resources", "staff")]

    async def plain(at: Spot) -> object:
        return list(await owner.fetchrow(NEAR, *at) or ())

    return await versus("near: five resources and workers vs all by distance", spots, ours, plain)


async def within(owner: Connection, seat: Connection, spots: list[Spot], metres: int) -> dict[str, object]:
    """Return what lies in a circle; the counts must be the same, grids but for the circle's corners."""
    ask = "SELECT desk.within($1::text::jsonb, $2)::text"

    async def ours(at: Spot) -> object:
        told = json.loads(await seat.fetchval(ask, json.dumps({"point": at}), float(metres)))
        return [told["cases"]["total"], told["resources"]["total"], told["staff_total"], told["grids_total"]]

    async def plain(at: Spot) -> object:
        return list(await owner.fetchrow(WITHIN, *at, float(metres), circle(at, metres), timeout=600) or ())

    return await versus(f"within {metres // 1000} km vs polygons and distances of all", spots, ours, plain, 3)


async def card(owner: Connection, seat: Connection, grids: dict[Spot, int]) -> dict[str, object]:
    """Return a grid's card; what it counts must be what lies in the polygon."""

    async def ours(at: Spot) -> object:
        told = json.loads(await seat.fetchval("SELECT desk.grid_card($1, 30)::text", f"B{grids[at]}"))
        return [told["open"]["total"], told["figures"]["received"]]

    async def plain(at: Spot) -> object:
        return list(await owner.fetchrow(CARD, f"B{grids[at]}") or ())

    return await versus("a grid's card vs its cases by polygon", list(grids), ours, plain, 1)


async def versus(
    case: str, spots: list[Spot], ours: Ask, plain: Ask, same: int | None = None
) -> dict[str, object]:
    """Alternate both at each spot, after a first round that counts for nothing; the first ``same`` agree."""
    taken: tuple[list[float], list[float]] = ([], [])
    for at in [spots[0], *spots]:
        told = []
        for ask, times in zip((ours, plain), taken, strict=True):
            start = time.perf_counter()
            told.append(await ask(at))
            times.append((time.perf_counter() - start) * 1000)
        mine, theirs = (list(one)[:same] for one in told if isinstance(one, list))
        assert mine == theirs, (case, mine, theirs)
    return result(case, *(statistics.median(times[1:]) for times in taken))


def overlaps(shapes: Shapes) -> dict[str, object]:
    """Survey some of the city, drawn partly over neighbours; the peer cuts out every pair, unites all."""
    some = shapes[shapely.is_valid(shapes)][:LOOSE]
    some[::50] = shapely.buffer(some[::50], 0.0002, quad_segs=1)
    codes = [f"B{n}" for n in range(len(some))]
    rows = [GridRow(n, code, code, "comprehensive", "o", b"") for n, code in enumerate(codes)]
    start = time.perf_counter()
    found = survey(rows, some, Standing([], [], [], np.empty(0, object)))
    ours = time.perf_counter() - start
    start = time.perf_counter()
    one, other = shapely.STRtree(some).query(some, predicate="intersects")
    shapely.area(shapely.intersection(some[one], some[other]))
    shapely.union_all(some)
    peer = time.perf_counter() - start
    assert any(finding.what == "overlap" for finding in found)
    return result(f"overlaps and gaps of {LOOSE:,} grids vs every pair", ours * 1000, peer * 1000)


def result(case: str, ours: float, peer: float) -> dict[str, object]:
    """Return one line; both in milliseconds."""
    return {"case": case, "ours": ours, "peer": peer, "ratio": peer / ours, "unit": "ms"}
