"""What only a hand with psql would send: answered by a rule's code or by nothing, never by chance."""

import json

import asyncpg
import pytest

from tests.database.cast import Cast
from tests.database_fixtures import Database


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"mine": False}, 1),
        ({"mine": True}, 0),
        ({"status": "reported"}, 1),
        ({"status": ["accepted", 7, None]}, 0),
        ({"priority": "abc"}, 0),
        ({"priority": 3}, 1),
        ({"closed": "perhaps"}, 1),
        ({"closed": [True]}, 1),
        ({"nothing": "known"}, 1),
    ],
)
async def test_a_filter_of_any_shape_filters_or_is_passed_over(
    people: Cast, asked: dict[str, object], found: int
) -> None:
    await people.report()
    raw = await people.raw("seat")
    assert len(await raw.fetch("SELECT * FROM desk.queue($1::text::jsonb)", json.dumps(asked))) == found
    await raw.close()


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        ("SELECT desk.erase(NULL, 1001, '本人要求')", "bad_command_id"),
        ("SELECT desk.erase(gen_random_uuid(), NULL, '本人要求')", "not_found"),
        ("SELECT desk.add_person('新人', NULL, ARRAY['seat'], NULL, NULL, NULL)", "bad_login"),
        ("SELECT desk.disable_person('系统')", "no_such_person"),
    ],
)
async def test_an_administrator_hears_a_code(database: Database, ask: str, code: str) -> None:
    raw = await database.as_person("duty")
    with pytest.raises(asyncpg.PostgresError, match=code) as refusal:
        await raw.fetchval(ask)
    assert refusal.value.sqlstate in {"GS001", "GS002"}
    await raw.close()


async def test_erasing_waits_for_the_upgrade_after_a_restore(people: Cast) -> None:
    number = await people.report(reporter="王五")
    raw = await people.database.as_person("duty")
    await people.database.owner.execute("UPDATE gridseat.setting SET value = '\"other\"' WHERE key = 'epoch'")
    with pytest.raises(asyncpg.PostgresError, match="upgrade_needed"):
        await raw.fetchval("SELECT desk.erase(gen_random_uuid(), $1, '本人要求')", number)
    await raw.close()
