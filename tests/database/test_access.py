"""Who reads what with a role of their own, and forty ways in which nobody gets further."""

import asyncpg
import pytest

from console.connection import Connection
from console.database.faults import LOST
from console.desk.desk import Desk
from console.errors import Problem, Refused
from tests.database_fixtures import Database, act, report

COUNTY, TOWN, VILLAGE_TOWN, OTHER_COUNTY = "130123", "130123101", "130123201", "130125"
POLICE, CITY_MANAGEMENT, FIRE = "130123-D01", "130123-D02", "130123-D03"

CAST = {
    "city": ("seat supervisor", "1301"),
    "county": ("seat supervisor", COUNTY),
    "town": ("seat", TOWN),
    "beside": ("seat", VILLAGE_TOWN),
    "elsewhere": ("seat supervisor", OTHER_COUNTY),
    "lead": ("unit", CITY_MANAGEMENT),
    "helper": ("unit", FIRE),
    "stranger": ("unit", POLICE),
    "wall": ("wall", COUNTY),
    "screen": ("wall", OTHER_COUNTY),
    "robot": ("worker", OTHER_COUNTY),
    "admin": ("admin", OTHER_COUNTY),
}
WAYS = (
    "SELECT count(*) FROM gridseat.incident WHERE number = $1",
    "SELECT count(*) FROM desk.board(ARRAY[$1::bigint])",
    "SELECT count(*) FROM desk.queue() WHERE number = $1",
    "SELECT count(*) FROM gridseat.board_row WHERE number = $1",
    "SELECT least(count(*), 1) FROM gridseat.timeline WHERE number = $1",
    "SELECT desk.sees($1)::integer",
)
NAMES = "gridseat.board_row"  # tells titles and places, which a wall reads nowhere (see test_wall_role)
COUNTED = "SELECT coalesce(sum(total), 0) = (SELECT count(*) FROM gridseat.incident) FROM desk.counts()"


@pytest.fixture
async def cast(database: Database) -> Database:
    for login, (positions, organisation) in CAST.items():
        await database.add(login, positions, organisation)
    return database


async def sighted(database: Database, number: int) -> set[str]:
    """Return who sees ``number``, having proved that every way of reading says the same."""
    eyes = set()
    for login in CAST:
        async with database.eyes(login) as raw:
            said = [await raw.fetchval(w, number) for w in WAYS if CAST[login][0] != "wall" or NAMES not in w]
            assert await raw.fetchval(COUNTED), login
        assert len(set(said)) == 1, (login, said)
        eyes |= {login} if said[0] else set()
    return eyes


async def test_each_reads_what_their_part_in_the_case_lets_them(cast: Database, duty: Desk) -> None:
    number = await report(duty, centre=TOWN)
    assert await sighted(cast, number) == {"city", "county", "town", "wall"}
    await act(duty, "accept", number)
    await act(duty, "dispatch", number, unit=CITY_MANAGEMENT, **{"with": [FIRE]})
    assert await sighted(cast, number) == {"city", "county", "town", "wall", "lead", "helper"}
    await act(duty, "copy", number, to=VILLAGE_TOWN)
    assert await sighted(cast, number) == {"city", "county", "town", "wall", "lead", "helper", "beside"}


async def test_a_county_case_is_seen_in_its_subtree_and_above(cast: Database, duty: Desk) -> None:
    number = await report(duty, centre=COUNTY)
    assert await sighted(cast, number) == {"city", "county", "town", "beside", "wall"}


async def test_a_handed_down_case_leaves_the_sight_of_those_beside(cast: Database, duty: Desk) -> None:
    number = await report(duty, centre=COUNTY)
    await act(duty, "hand-down", number, to=TOWN)
    assert await sighted(cast, number) == {"city", "county", "town", "wall"}


async def test_a_restricted_case_is_for_the_named_alone(cast: Database, duty: Desk) -> None:
    number = await report(duty, centre=TOWN, restricted=True)
    assert await sighted(cast, number) == set()
    await act(duty, "task-force", number, member="stranger")
    await act(duty, "task-force", number, member="town")
    assert await sighted(cast, number) == {"stranger", "town"}


async def test_not_found_has_the_same_words_for_unseen_and_missing(cast: Database, duty: Desk) -> None:
    number = await report(duty, centre=TOWN)
    desk = Desk(cast.door("elsewhere"))
    sentences = []
    for wanted in (number, 999_999):
        with pytest.raises(Refused) as refusal:
            await act(desk, "note", wanted, text="好")
        sentences.append(refusal.value.sentence.replace(str(wanted), "N"))
    assert sentences[0] == sentences[1]
    await desk.close()


async def sqlstate(raw: Connection, attempt: str) -> str | None:
    """Return with which state ``attempt`` was refused; None when it was not."""
    try:
        await raw.execute(attempt)
    except asyncpg.PostgresError as refusal:
        return refusal.sqlstate
    return None


WRITES = [
    f"{verb} gridseat.{table} {rest}"
    for table in ("incident", "timeline", "personal", "person", "rule", "clock", "setting", "named")
    for verb, rest in (("INSERT INTO", "DEFAULT VALUES"), ("DELETE FROM", ""))
]
OWNERS = [
    "UPDATE gridseat.incident SET status = 'closed'",
    "UPDATE gridseat.timeline SET reason = 'x'",
    "TRUNCATE gridseat.timeline",
    "DROP TABLE gridseat.incident",
    "ALTER TABLE gridseat.incident DISABLE ROW LEVEL SECURITY",
    "CREATE OR REPLACE FUNCTION desk.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
    "CREATE TABLE gridseat.mine (i integer)",
    "CREATE TABLE public.mine (i integer)",
    "CREATE TEMP TABLE mine (i integer)",
    "CREATE SCHEMA mine",
    "CREATE ROLE intruder",
    "SELECT pg_advisory_lock(1)",
    "SELECT pg_try_advisory_xact_lock(1)",
    "SELECT lo_create(0)",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY gridseat.incident TO PROGRAM 'cat'",
    "SELECT gridseat.put_person('x', 'x', ARRAY['admin'], NULL, NULL, NULL)",
    "SELECT gridseat.is_named(NULL, 1)",
    "SELECT gridseat.renumber_tree()",
    "SELECT gridseat.settle(NULL)",
    "SELECT gridseat.store(NULL)",
    "SELECT gridseat.resume_due(1001)",
    "SELECT gridseat.give_card(1001, 1, 'red', true)",
    "SELECT gridseat.grant_rights()",
    "SELECT gridseat.seen_incident(1001)",
    "SELECT text FROM gridseat.personal",
    "SELECT facts FROM gridseat.timeline",
    "SELECT seen FROM gridseat.timeline",
    "SELECT content FROM gridseat.attachment",
    "SELECT phone FROM gridseat.staff",
    "SELECT name FROM gridseat.staff",
    "SELECT person_id FROM gridseat.shift",
    "SELECT kind FROM gridseat.alarm",
    "SELECT disabled_at FROM gridseat.person",
    "SELECT * FROM desk.status()",
    "SELECT * FROM desk.check()",
    "SELECT * FROM gridseat.named",
    "SELECT * FROM gridseat.setting",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
    "SELECT desk.disable_person('county')",
    "SELECT desk.add_person('x', 'x', ARRAY['admin'], NULL, NULL, NULL)",
    "SELECT desk.erase(gen_random_uuid(), 1001, 'x')",
    "SELECT desk.incident(1001)",
    "SELECT * FROM desk.timeline(1001)",
    "SELECT desk.clocks(1001)",
]


async def test_a_seat_with_psql_gets_no_further(cast: Database, duty: Desk) -> None:
    await report(duty, centre=TOWN)
    for login in ("elsewhere", "stranger", "screen", "robot"):
        raw = await cast.as_person(login)
        for attempt in WRITES + OWNERS:
            assert await sqlstate(raw, attempt) in {"42501", "GS001", "GS002"}, (login, attempt)
        await raw.close()


NEAR = "greatest(3, pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 9000)::text"
PEEPS = [
    "SELECT count(*) FROM gridseat.incident",
    "SELECT count(*) FROM gridseat.timeline",
    "SELECT count(*) FROM gridseat.clock",
    "SELECT count(*) FROM gridseat.party",
    "SELECT count(*) FROM gridseat.card",
    "SELECT count(*) FROM gridseat.request",
    "SELECT count(*) FROM gridseat.link",
    "SELECT count(*) FROM gridseat.attachment",
    "SELECT count(*) FROM desk.board()",
    "SELECT count(*) FROM desk.queue('{\"closed\": true}')",
    "SELECT count(*) FROM desk.counts()",
    "SELECT count(*) FROM desk.verify(0, 9999)",
    "SELECT count(*) FROM desk.anchor(0, 9999)",
    f"SELECT count(*) - 1 FROM desk.feed({NEAR}, 0)",
    "SELECT count(desk.range_end(0, 5))",
    "SELECT count(*) FROM desk.board_cases('incidents', 'received', NULL, 3660)",
    "SELECT coalesce(cardinality(desk.renew(array_agg(n))), 0) FROM generate_series(1000, 1010) AS n",
    "SELECT count(*) FROM gridseat.organisation AS o JOIN gridseat.incident AS i ON i.centre_id = o.id",
    "SELECT count(*) FROM gridseat.person AS p JOIN gridseat.incident AS i ON i.recorded_by = p.id",
]


async def test_nothing_of_another_subtree_shows_in_counts_joins_or_the_feed(
    cast: Database, duty: Desk
) -> None:
    number = await report(duty, centre=TOWN)
    await act(duty, "accept", number)
    await act(duty, "dispatch", number, unit=CITY_MANAGEMENT)
    await act(duty, "supervise", number, card="red")
    for login in ("elsewhere", "beside", "stranger", "screen", "robot"):
        raw = await cast.as_person(login)
        for peep in PEEPS:
            assert await raw.fetchval(peep) == 0, (login, peep)
        await raw.close()


@pytest.mark.parametrize(
    "trick",
    [
        "SET gridseat.person = 'county'",
        "SET application_name = 'county'",
        "SELECT set_config('gridseat.login', 'county', false)",
        "SET search_path = public, gridseat",
    ],
)
async def test_identity_is_the_login_and_no_setting_changes_it(
    cast: Database, duty: Desk, trick: str
) -> None:
    number = await report(duty, centre=TOWN)
    raw = await cast.as_person("elsewhere")
    await raw.execute(trick)
    assert "elsewhere" in await raw.fetchval("SELECT desk.whoami()::text")
    assert await raw.fetchval("SELECT count(*) FROM gridseat.incident WHERE number = $1", number) == 0
    await raw.close()


async def test_a_login_without_a_person_is_refused(cast: Database) -> None:
    with pytest.raises(asyncpg.PostgresError, match="no_person"):
        await cast.owner.fetchval("SELECT desk.whoami()")


async def test_a_disabled_person_is_shut_out(cast: Database, duty: Desk) -> None:
    raw = await cast.as_person("town")
    await duty.call(lambda mine: mine.fetchval("SELECT desk.disable_person('town')"))
    with pytest.raises(LOST):
        await raw.fetchval("SELECT desk.whoami()")
    with pytest.raises(asyncpg.PostgresError):
        await cast.as_person("town")


async def test_an_admin_makes_people_only_in_their_own_subtree(cast: Database) -> None:
    raw = await cast.as_person("admin")
    add = "SELECT desk.add_person('new', 'new', ARRAY['seat'], $1, NULL, NULL)"
    with pytest.raises(asyncpg.PostgresError, match="outside_your_tree"):
        await raw.fetchval(add, TOWN)
    assert await raw.fetchval(add, "130125100")
    await raw.close()


async def test_a_unit_sees_what_it_reported(cast: Database) -> None:
    desk = Desk(cast.door("stranger"))
    number = await report(desk, centre=TOWN)
    assert "stranger" in await sighted(cast, number)
    with pytest.raises(Problem):
        await act(desk, "accept", number)
    await desk.close()


async def test_views_ask_as_their_reader_and_tables_are_policed(cast: Database) -> None:
    offenders = await cast.owner.fetch(
        """SELECT c.relname FROM pg_class AS c
           WHERE c.relnamespace = 'gridseat'::regnamespace AND c.relkind IN ('v', 'm')
             AND NOT coalesce(c.reloptions @> ARRAY['security_invoker=true'], false)
           UNION ALL
           SELECT a.table_name FROM (
               SELECT DISTINCT k.conrelid::regclass::text AS table_name, k.conrelid AS id
               FROM pg_constraint AS k WHERE k.confrelid = 'gridseat.incident'::regclass) AS a
           JOIN pg_class AS t ON t.oid = a.id WHERE NOT t.relrowsecurity
           UNION ALL
           SELECT p.proname FROM pg_proc AS p
           WHERE p.pronamespace IN ('desk'::regnamespace, 'gridseat'::regnamespace) AND p.prosecdef
             AND NOT coalesce(p.proconfig @> ARRAY['search_path=pg_catalog, pg_temp'], false)
           UNION ALL
           SELECT p.proname FROM pg_proc AS p
           WHERE p.pronamespace IN ('desk'::regnamespace, 'gridseat'::regnamespace)
             AND has_function_privilege('public', p.oid, 'EXECUTE')"""
    )
    assert offenders == []


async def test_a_grid_worker_sees_what_happens_in_the_grid_and_confirms_it(
    cast: Database, duty: Desk
) -> None:
    await cast.add("walker", "unit", "130123101001", "130123101001001")
    here = await report(duty, point=[114.51, 38.11], datum="WGS-84")
    there = await report(duty, point=[114.53, 38.11], datum="WGS-84")
    desk = Desk(cast.door("walker"))
    await act(desk, "confirm", here, result="true")
    with pytest.raises(Refused, match=str(there)):
        await act(desk, "confirm", there, result="true")
    raw = await cast.as_person("walker")
    assert await raw.fetchval("SELECT array_agg(number) FROM gridseat.incident") == [here]
    assert await raw.fetchval("SELECT array_agg(number) FROM desk.board()") == [here]
    await raw.close()
    await desk.close()
