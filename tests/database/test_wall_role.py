"""A wall's own role: it counts and follows cases, and reads nobody's name, number or words."""

import asyncpg
import pytest

from tests.database.cast import Cast

SECRETS = ("王小明", "13912345678", "甲家与乙家", "平安胡同", "先动手", "有人受伤", "职员某")
TOLD = {
    "title": "甲家与乙家争吵",
    "place": "平安胡同 3 号",
    "reporter": "王小明",
    "phone": "13912345678",
    "text": "听说是王小明先动手",
}
READS = (
    "SELECT * FROM desk.board()",
    "SELECT * FROM desk.board(ARRAY[{0}, {1}])",
    "SELECT * FROM desk.queue()",
    "SELECT * FROM gridseat.board_row",
    "SELECT desk.incident({0})",
    "SELECT * FROM desk.timeline({0})",
    "SELECT * FROM desk.clocks({0})",
    "SELECT desk.history({0})",
    "SELECT desk.board_figures('incidents', NULL, 1)",
    "SELECT * FROM desk.past(desk.now())",
    "SELECT * FROM desk.feed(NULL, 0, 100)",
)
CLOSED = (
    "SELECT title FROM gridseat.incident",
    "SELECT reason FROM gridseat.timeline",
    "SELECT * FROM gridseat.personal",
    "SELECT name FROM gridseat.attachment",
)

WORKER = """INSERT INTO gridseat.staff (code, name, kind, grid_id, organisation_id, phone)
            SELECT 'W1', '王小明', 'full_time', g.id, g.organisation_id, '13912345678'
            FROM gridseat.grid AS g LIMIT 1"""
EVERYTHING = """
    SELECT format('SELECT %s FROM %s', string_agg(quote_ident(a.attname), ', '), c.oid::regclass) AS question
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'gridseat'::regnamespace AND c.relkind IN ('r', 'v', 'm')
      AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'SELECT')
    GROUP BY c.oid
    UNION ALL
    SELECT format('SELECT * FROM desk.%I(%s)', p.proname, (
        SELECT string_agg(format('(%s)::%s', CASE WHEN x.type IN ('bigint', 'integer') THEN $1::text
                                                  WHEN x.type = 'bigint[]' THEN 'ARRAY[' || $1::text || ']'
                                                  WHEN x.type LIKE 'timestamp%' THEN 'desk.now()'
                                                  WHEN x.type = 'uuid' THEN 'gen_random_uuid()'
                                                  ELSE 'NULL' END, x.type), ', ' ORDER BY x.place)
        FROM (SELECT format_type(o.id, NULL) AS type, o.place
              FROM unnest(p.proargtypes) WITH ORDINALITY AS o (id, place)
              WHERE o.place <= p.pronargs - p.pronargdefaults) AS x))
    FROM pg_proc AS p WHERE p.pronamespace = 'desk'::regnamespace AND has_function_privilege(p.oid, 'EXECUTE')
"""


@pytest.fixture
async def numbers(people: Cast) -> tuple[int, int]:
    """Give a case that names people wherever one can, claimed and sent back, and a restricted one."""
    number = await people.at("handled", **TOLD)
    await people.do("seat", "rework", number, reason="有人受伤")
    await people.do("seat", "claim", number)
    secret = await people.report(restricted="true", **TOLD)
    await people.database.owner.execute("UPDATE gridseat.person SET name = '职员某' || id")
    return number, secret


async def told(screen: asyncpg.Connection, question: str) -> str:
    """Return all that is said to ``question``, refusals too."""
    try:
        return repr([tuple(row) for row in await screen.fetch(question)])
    except asyncpg.PostgresError as refusal:
        return repr((refusal.sqlstate, str(refusal)))


async def test_a_wall_reads_no_name_no_number_no_words_and_nothing_restricted(
    people: Cast, numbers: tuple[int, int]
) -> None:
    screen = await people.raw("screen")
    assert await screen.fetchval("SELECT pg_has_role(session_user, $1, 'MEMBER')", await group(people))
    for question in READS:
        said = await told(screen, question.format(*numbers))
        found = [word for word in (*SECRETS, str(numbers[1])) if word in said]
        assert not found, (question, found)
    assert await screen.fetchval("SELECT title FROM desk.board()") == "违规牌匾"
    assert await screen.fetchval("SELECT count(*) FROM desk.timeline($1)", numbers[0]) > 4
    for question in CLOSED:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await screen.fetch(question)
    for number in numbers:
        assert await people.no("screen", "reveal", number, reason="好奇") in {"not_allowed", "not_found"}
    await screen.close()


async def test_no_table_or_function_that_a_wall_may_use_names_anybody(
    people: Cast, numbers: tuple[int, int]
) -> None:
    await people.database.owner.execute(WORKER)
    screen = await people.raw("screen")
    questions = [row["question"] for row in await screen.fetch(EVERYTHING, str(numbers[0]))]
    assert {"SELECT * FROM desk.people()", "SELECT * FROM desk.board()"} <= {*questions}
    said = {question: await told(screen, question) for question in questions}
    naming = [question for question, words in said.items() if any(one in words for one in SECRETS)]
    assert naming == []
    await screen.close()


async def test_the_seat_reads_what_it_always_did(people: Cast, numbers: tuple[int, int]) -> None:
    seat = await people.raw("seat")
    rows = {row["number"]: row for row in await seat.fetch("SELECT * FROM desk.board()")}
    assert (rows[numbers[0]]["title"], rows[numbers[0]]["place"]) == (TOLD["title"], TOLD["place"])
    assert rows[numbers[0]]["claim_by"]
    await seat.close()


async def group(people: Cast) -> str:
    """Return the role that every wall of this database is a member of."""
    return f"{await people.database.owner.fetchval('SELECT gridseat.prefix()')}.gridseat_wall"
