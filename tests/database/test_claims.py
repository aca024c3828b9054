"""Claims: one seat at a time, by a lease that ends by itself and loses nothing."""

import asyncio
import random
import uuid
from datetime import datetime

import asyncpg
import pytest

from tests.database.cast import Cast, later
from tests.database_fixtures import Database

RACERS = 24
CASES = 800
CLAIM = "SELECT desk.act($1, 'claim', $2)"
TAKE = "SELECT (desk.take_next($1) ->> 'number')::bigint"


async def test_the_first_seat_gets_it_and_the_others_see_who_and_since_when(people: Cast) -> None:
    number = await people.at("reported")
    await people.do("seat", "claim", number)
    await people.database.freeze(later(minutes=1))
    refusal = await people.why("second", "claim", number)
    assert refusal.code == "claimed"
    assert refusal.facts["by"] == "seat"
    assert datetime.fromisoformat(str(refusal.facts["since"])) == datetime.fromisoformat(later())
    again = await people.do("seat", "claim", number)
    assert again["version"] == 1
    row = await people.row(number)
    assert row["claim_at"] == datetime.fromisoformat(later())
    assert row["claim_until"] == datetime.fromisoformat(later(minutes=11))


async def test_a_live_claim_refuses_moves_and_lets_words_pass(people: Cast) -> None:
    number = await people.at("reported")
    await people.do("seat", "claim", number)
    for action, args in (("accept", {}), ("reject", {"reason": "否"}), ("classify", {"priority": 2})):
        assert await people.no("second", action, number, **args) == "claimed"
    assert await people.no("second", "transfer", number, to="second") == "claimed"
    assert await people.no("second", "release", number) == "claimed"
    for action, args in (("note", {"text": "记"}), ("call", {"text": "通话"}), ("remind", {})):
        await people.do("second", action, number, **args)
    await people.do("seat", "accept", number)
    await people.do("seat", "dispatch", number, unit="城管局")
    await people.do("unit", "acknowledge", number)


async def test_a_supervisor_takes_over_with_a_reason(people: Cast) -> None:
    number = await people.at("reported")
    await people.do("seat", "claim", number)
    assert await people.no("boss", "claim", number) == "claimed"
    assert await people.no("boss", "accept", number) == "claimed"
    assert await people.no("second", "claim", number, reason="我来") == "claimed"
    await people.do("boss", "claim", number, reason="换班")
    await people.do("boss", "accept", number)
    assert await people.no("seat", "dispatch", number, unit="城管局") == "claimed"
    await people.do("boss", "transfer", number, to="second", note="请跟进")
    await people.do("second", "dispatch", number, unit="城管局")
    assert await people.no("second", "transfer", number, to="unit") in {"no_such_person", "not_a_seat_here"}


async def test_who_may_release(people: Cast) -> None:
    number = await people.at("reported")
    assert await people.no("seat", "release", number) == "not_claimed"
    await people.do("seat", "claim", number)
    await people.do("seat", "copy", number, to="130125")
    assert await people.no("beside", "release", number) == "claimed"
    await people.do("city_boss", "release", number)
    await people.do("seat", "claim", number)
    await people.do("seat", "release", number)
    assert (await people.row(number))["claim_person_id"] is None


async def test_a_claim_passes_only_to_a_seat_that_sees_the_case(people: Cast) -> None:
    number = await people.at("dispatched")
    for login in ("unit", "beside"):
        await people.hire(login)
        assert await people.no("seat", "transfer", number, to=login) == "not_a_seat_here"
    assert await people.no("seat", "transfer", number, to="谁也不是") == "no_such_person"


async def test_a_lease_ends_by_time_and_is_renewed_by_input(people: Cast) -> None:
    number = await people.at("reported")
    await people.do("seat", "claim", number)
    raw, other = await people.raw("seat"), await people.raw("second")
    await people.database.freeze(later(minutes=9))
    assert await raw.fetchval("SELECT desk.renew($1)", [number, 4711]) == [number]
    assert await other.fetchval("SELECT desk.renew($1)", [number]) == []
    await people.database.freeze(later(minutes=18))
    assert await people.no("second", "accept", number) == "claimed"
    await people.database.freeze(later(minutes=19))
    assert await raw.fetchval("SELECT desk.renew($1)", [number]) == []
    await people.do("second", "accept", number)
    await people.do("second", "claim", number)
    await raw.close()
    await other.close()


async def test_the_end_of_a_claim_loses_nothing(people: Cast) -> None:
    number = await people.at("reported")
    await people.do("seat", "claim", number)
    await people.do("seat", "note", number, text="正在核对门牌")
    await people.database.freeze(later(minutes=10))
    raw = await people.raw("second")
    assert '"claims": 1' in await raw.fetchval("SELECT desk.sweep()")
    await raw.close()
    assert await people.story(number) == ["report", "claim", "note", "claim-ended"]
    kept = await people.database.owner.fetchval(
        "SELECT text FROM gridseat.personal WHERE number = $1 AND seq = 3", number
    )
    assert kept == "正在核对门牌"
    assert await people.do("seat", "accept", number, version=1)
    assert await people.faults() == []


async def test_the_next_case_is_the_most_pressing_free_one_of_ones_own_centre(people: Cast) -> None:
    raw = await people.raw("seat")
    calm = await people.report()
    urgent = await people.report(priority=1)
    await people.report(restricted=True, priority=1)
    await people.report("town_seat", centre="130123201", priority=1)
    id_ = uuid.uuid4()
    assert await raw.fetchval(TAKE, id_) == urgent
    assert await raw.fetchval(TAKE, id_) == urgent
    assert await raw.fetchval(TAKE, uuid.uuid4()) == calm
    second = await people.raw("second")
    with pytest.raises(asyncpg.PostgresError, match="nothing_to_take"):
        await second.fetchval(TAKE, uuid.uuid4())
    await raw.close()
    await second.close()


async def test_the_same_command_from_two_connections_takes_one_case(people: Cast) -> None:
    for _ in range(6):
        await people.report()
    pair = [await people.raw("seat") for _ in range(2)]
    for _ in range(3):
        id_ = uuid.uuid4()
        taken = await asyncio.gather(*(raw.fetchval(TAKE, id_) for raw in pair))
        assert taken[0] == taken[1]
    assert (
        await people.database.owner.fetchval("SELECT count(*) FROM gridseat.timeline WHERE action = 'claim'")
        == 3
    )
    for raw in pair:
        await raw.close()


async def test_many_seats_racing_never_claim_a_case_twice(database: Database) -> None:
    logins = [f"s{n}" for n in range(RACERS)]
    for login in logins:
        await database.add(login, "seat", "130123")
    await database.owner.execute(
        """INSERT INTO gridseat.incident (status, title, class_id, priority, channel, centre_id, centre_lft,
               received_at, recorded_at, recorded_by, changed_at)
           SELECT 'reported', '案件', k.id, 3, 'phone', o.id, o.lft, desk.now(), desk.now(), p.id, desk.now()
           FROM generate_series(1, $1), gridseat.organisation AS o, gridseat.person AS p,
                gridseat.catalogue_class AS k
           WHERE o.code = '130123' AND p.login = 's0' AND k.code = '街面秩序/游商'""",
        CASES,
    )
    seats = [await database.as_person(login) for login in logins]
    free = {row[0] for row in await database.owner.fetch("SELECT number FROM gridseat.incident")}
    chance = random.Random(5)
    taken = await asyncio.gather(
        *(grab_all(raw) for raw in seats[::2]), *(grab_chosen(raw, free, chance) for raw in seats[1::2])
    )
    assert all(mine for mine in taken[1::2]), "both ways of claiming had their share"
    numbers = [number for mine in taken for number in mine]
    assert len(numbers) == len(set(numbers)) == CASES
    held = await database.owner.fetchval(
        "SELECT count(*) FROM gridseat.incident WHERE claim_person_id IS NOT NULL AND last_seq = 1"
    )
    assert held == CASES
    await asyncio.gather(*(raw.close() for raw in seats))


async def grab_chosen(raw: asyncpg.Connection, free: set[int], chance: random.Random) -> list[int]:
    """Claim chosen cases, among those that nobody here knows to be held, until there are none."""
    mine: list[int] = []
    while free:
        number = chance.choice(tuple(free))
        try:
            await raw.fetchval(CLAIM, uuid.uuid4(), number)
            mine.append(number)
        except asyncpg.PostgresError as error:
            assert error.args[0] == "claimed"  # noqa: PT017  anything else is a fault
        free.discard(number)
    return mine


async def grab_all(raw: asyncpg.Connection) -> list[int]:
    """Take cases until there are none."""
    mine: list[int] = []
    while True:
        try:
            mine.append(await raw.fetchval(TAKE, uuid.uuid4()))
        except asyncpg.PostgresError as error:
            assert error.args[0] == "nothing_to_take"  # noqa: PT017  anything else is a fault
            return mine
