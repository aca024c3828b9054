"""Whatever the tree, the people and their parts in the cases: every way of reading shows the same cases."""

import json
from typing import Any

import asyncpg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.database_fixtures import Database

NODES, CASES, PEOPLE = 6, 6, 5

node, case = st.integers(0, NODES - 1), st.integers(0, CASES - 1)
levels = st.sampled_from(["city", "county", "township", "community", "department"])
positions = st.sampled_from(
    ["seat", "supervisor", "unit", "unit", "wall", "worker", "admin", "unit supervisor"]
)
worlds = st.fixed_dictionaries(
    {
        "nodes": st.lists(  # each hangs under one before it, or is a root
            st.fixed_dictionaries({"under": st.none() | node, "level": levels, "centre": st.booleans()}),
            min_size=NODES,
            max_size=NODES,
        ),
        "people": st.lists(
            st.fixed_dictionaries({"positions": positions, "at": st.none() | node, "grid": st.none() | node}),
            min_size=PEOPLE,
            max_size=PEOPLE,
        ),
        "cases": st.lists(
            st.fixed_dictionaries(
                {
                    "centre": node,
                    "place": st.none() | node,
                    "grid": st.none() | node,
                    "restricted": st.booleans(),
                    "by": st.integers(0, PEOPLE - 1),
                }
            ),
            min_size=CASES,
            max_size=CASES,
        ),
        "parties": st.lists(
            st.fixed_dictionaries(
                {"case": case, "unit": node, "grid": st.none() | node, "ended": st.booleans()}
            ),
            max_size=8,
        ),
        "named": st.sets(st.tuples(case, st.integers(0, PEOPLE - 1)), max_size=4),
    }
)

TABLES = (  # a wall reads none
    "SELECT number FROM gridseat.incident",
    "SELECT number FROM gridseat.present",
    "SELECT number FROM gridseat.board_row",
)
FUNCTIONS = (
    "SELECT number FROM desk.board()",
    "SELECT number FROM desk.board(ARRAY(SELECT generate_series(1, 99)::bigint))",
    "SELECT number FROM desk.queue()",
    "SELECT n AS number FROM generate_series(1, 99) AS n WHERE desk.sees(n)",
)
STEPS = (
    """INSERT INTO gridseat.organisation (code, name, level, centre, lft, rgt)
       SELECT 'n' || x.i - 1, x.i, x.e ->> 'level', (x.e -> 'centre')::boolean, 0, 1
       FROM jsonb_array_elements($1::text::jsonb -> 'nodes') WITH ORDINALITY AS x (e, i)""",
    """UPDATE gridseat.organisation AS o SET parent_id = p.id
       FROM jsonb_array_elements($1::text::jsonb -> 'nodes') WITH ORDINALITY AS x (e, i)
       JOIN gridseat.organisation AS p ON p.code = 'n' || (x.e ->> 'under')
       WHERE o.code = 'n' || x.i - 1 AND (x.e -> 'under')::integer < x.i - 1 AND $1 <> ''""",
    "SELECT gridseat.renumber_tree() WHERE $1 <> ''",
    """INSERT INTO gridseat.grid (code, name, kind, organisation_id, outline)
       SELECT 'g' || o.code, o.code, 'comprehensive', o.id, '\\x'
       FROM gridseat.organisation AS o WHERE o.code LIKE 'n%' AND $1 <> ''""",
    """SELECT gridseat.put_person('p' || x.i - 1, 'p', string_to_array(x.e ->> 'positions', ' '),
           (SELECT id FROM gridseat.organisation WHERE code = 'n' || (x.e ->> 'at')),
           (SELECT id FROM gridseat.grid WHERE code = 'gn' || (x.e ->> 'grid')), NULL)
       FROM jsonb_array_elements($1::text::jsonb -> 'people') WITH ORDINALITY AS x (e, i)""",
    """INSERT INTO gridseat.incident (number, status, title, class_id, priority, channel, restricted,
           centre_id, centre_lft, organisation_id, place_lft, grid_id,
           received_at, recorded_at, changed_at, recorded_by)
       SELECT x.i, 'reported', 't', (SELECT min(id) FROM gridseat.catalogue_class), 3, 'phone',
              (x.e -> 'restricted')::boolean, c.id, c.lft, o.id, o.lft, g.id,
              desk.now(), desk.now(), desk.now(), p.id
       FROM jsonb_array_elements($1::text::jsonb -> 'cases') WITH ORDINALITY AS x (e, i)
       JOIN gridseat.organisation AS c ON c.code = 'n' || (x.e ->> 'centre')
       JOIN gridseat.person AS p ON p.login = 'p' || (x.e ->> 'by')
       LEFT JOIN gridseat.organisation AS o ON o.code = 'n' || (x.e ->> 'place')
       LEFT JOIN gridseat.grid AS g ON g.code = 'gn' || (x.e ->> 'grid')""",
    """INSERT INTO gridseat.party (number, organisation_id, grid_id, kind, since_seq, since, until_seq)
       SELECT (x.e -> 'case')::bigint + 1, u.id, g.id, 'co', 1, desk.now(),
              CASE WHEN (x.e -> 'ended')::boolean THEN 2 END
       FROM jsonb_array_elements($1::text::jsonb -> 'parties') AS x (e)
       JOIN gridseat.organisation AS u ON u.code = 'n' || (x.e ->> 'unit')
       LEFT JOIN gridseat.grid AS g ON g.code = 'gn' || (x.e ->> 'grid')""",
    """INSERT INTO gridseat.named (number, person_id, since_seq)
       SELECT (x.e -> 0)::bigint + 1, p.id, 1 FROM jsonb_array_elements($1::text::jsonb -> 'named') AS x (e)
       JOIN gridseat.person AS p ON p.login = 'p' || (x.e ->> 1)""",
)


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(world=worlds)
async def test_every_way_of_reading_shows_the_same(database: Database, world: dict[str, Any]) -> None:
    owner = database.owner
    attempt = owner.transaction()
    await attempt.start()
    document = json.dumps(world | {"named": sorted(world["named"])})
    for step in STEPS:
        await owner.execute(step, document)
    for n, person in enumerate(world["people"]):
        await look(owner, f"p{n}", person)
    await attempt.rollback()


async def look(owner: asyncpg.Connection, login: str, person: dict[str, Any]) -> None:
    """Read in every way as this person, within the open transaction."""
    role = await owner.fetchval("SELECT gridseat.role_of($1)", login)
    await owner.execute(f'SET LOCAL SESSION AUTHORIZATION "{role}"')
    reads = FUNCTIONS if person["positions"] == "wall" else TABLES + FUNCTIONS
    seen = [sorted(row["number"] for row in await owner.fetch(read)) for read in reads]
    total = await owner.fetchval("SELECT coalesce(sum(total), 0) FROM desk.counts()")
    await owner.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
    assert all(one == seen[0] for one in seen), (person, seen)
    assert total == len(seen[0])
