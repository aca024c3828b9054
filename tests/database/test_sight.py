"""One answer for absent and unseen, whoever asks: a seat beside, a unit's person, a wall, a worker."""

import json

import asyncpg
import pytest

from tests.database.cast import PNG, Cast
from tests.database.test_access import NEAR
from tests.database_fixtures import Database

ABSENT = 999_999
OTHERS = (
    "beside",
    "stranger",
    "town_seat",
    "screen",
    "robot",
    "grid",
)  # what is restricted is none of theirs

ARGUMENTS: dict[str, dict[str, object]] = {
    "dispatch": {"unit": "城管局"}, "transfer": {"to": "seat"}, "copy": {"to": "130125"},
    "hand-down": {"to": "130123201", "reason": "属地"}, "task-force": {"member": "seat"},
    "feedback": {"text": "好"}, "extend": {"limit": {"seconds": 3600, "clock": "working"}, "reason": "难"},
    "undo": {"command": "00000000-0000-0000-0000-000000000001"}, "reveal": {"reason": "值班"},
}  # fmt: skip
PAIRED = {"merge": "into", "attach-report": "to", "link": "to"}


async def answer(raw: asyncpg.Connection, question: str, *values: object) -> object:
    """Return what the server says, rows or refusal; numbers that were asked for are made alike."""
    try:
        said = repr([tuple(row) for row in await raw.fetch(question, *values)])
    except asyncpg.PostgresError as refusal:
        said = repr((refusal.sqlstate, str(refusal), getattr(refusal, "detail", None)))
    for value in values:
        for number in value if isinstance(value, list) else [value]:
            said = said.replace(str(number), "N") if isinstance(number, int) and number > 1000 else said
    return said


@pytest.fixture
async def secret(people: Cast) -> int:
    """Give a restricted case with a file, that only 坐席 knows of; the others are there."""
    number = await people.report(restricted="true")
    await people.do("seat", "attach", number, file_name="现场.png", content=PNG)
    for login in OTHERS:
        await people.hire(login)
    return number


@pytest.mark.parametrize("login", OTHERS)
async def test_every_action_says_the_same_of_an_unseen_and_of_an_absent_case(
    people: Cast, secret: int, login: str
) -> None:
    actions = [row["key"] for row in await people.database.owner.fetch("SELECT key FROM gridseat.action")]
    raw = await people.raw(login)
    ask = "SELECT desk.act('00000000-0000-0000-0000-000000000007', $1, $2, $3, $4)"
    for action in sorted(set(actions) - {"report"}):
        for args in ("{}", json.dumps(ARGUMENTS.get(action, {"reason": "好", "text": "好"}))):
            for version in (None, 1, 2):
                unseen, absent = [
                    await answer(raw, ask, action, number, version, args) for number in (secret, ABSENT)
                ]
                assert unseen == absent, (action, args, unseen)
    await raw.close()


async def test_a_case_of_ones_own_cannot_be_tied_to_an_unseen_one(people: Cast, secret: int) -> None:
    mine = await people.report("beside", centre="130125")
    for action, option in PAIRED.items():
        unseen, absent = [
            await people.why("beside", action, mine, **{option: str(other)}) for other in (secret, ABSENT)
        ]
        said = [
            str(one.facts).replace(str(number), "N") for one, number in ((unseen, secret), (absent, ABSENT))
        ]
        assert (unseen.code, said[0]) == (absent.code, said[1])


READS = [
    "SELECT desk.incident($1)",
    "SELECT * FROM desk.timeline($1)",
    "SELECT desk.clocks($1)",
    "SELECT desk.history($1)",
    "SELECT * FROM desk.board(ARRAY[$1::bigint])",
    "SELECT * FROM desk.verify($1, $1)",
    "SELECT * FROM desk.anchor($1, $1)",
    "SELECT desk.range_end($1, 1)",
    "SELECT desk.renew(ARRAY[$1::bigint])",
    "SELECT count(*) FROM gridseat.timeline WHERE number = $1",
    "SELECT count(*) FROM gridseat.attachment WHERE number = $1",
    "SELECT count(*) FROM desk.board_cases('incidents', 'received', NULL, 3660) WHERE number = $1",
    "SELECT desk.sees($1) IS TRUE",
    "SELECT desk.erase('00000000-0000-0000-0000-000000000009', $1, '好')",
]


@pytest.mark.parametrize("login", [*OTHERS, "clerk"])
async def test_every_read_says_the_same_of_an_unseen_and_of_an_absent_case(
    people: Cast, secret: int, login: str
) -> None:
    raw = await people.raw(login)
    # An administrator may verify, anchor and erase what others reported: the chain holds no text.
    allowed = ("desk.verify", "desk.anchor", "desk.range_end") if login == "clerk" else ()
    for question in READS:
        if not any(name in question for name in allowed):
            unseen, absent = [await answer(raw, question, number) for number in (secret, ABSENT)]
            assert unseen == absent, question
    await raw.close()


async def test_ranges_to_verify_hold_what_each_may_verify(people: Cast, secret: int) -> None:
    plain = await people.report("town_seat", centre="130123201")
    for login, ends in (
        ("duty", [secret, plain]),
        ("clerk", [secret, plain]),
        ("town_seat", [plain, plain]),
        ("seat", [secret, plain]),
        ("beside", [None, None]),
    ):
        raw = await people.database.as_person(login) if login == "duty" else await people.raw(login)
        assert [await raw.fetchval("SELECT desk.range_end(0, $1)", size) for size in (1, 5)] == ends, login
        await raw.close()


@pytest.mark.parametrize("login", OTHERS)
async def test_a_file_of_an_unseen_case_is_as_absent_as_any(people: Cast, secret: int, login: str) -> None:
    file = await people.database.owner.fetchval(
        "SELECT id FROM gridseat.attachment WHERE number = $1", secret
    )
    raw = await people.raw(login)
    said = []
    for wanted in (file, ABSENT):
        with pytest.raises(asyncpg.PostgresError) as refusal:
            await raw.fetch("SELECT * FROM desk.attachment($1)", wanted)
        said.append(str(refusal.value).replace(str(wanted), "N"))
    assert said[0] == said[1]
    await raw.close()


@pytest.mark.parametrize("login", OTHERS)
async def test_the_feed_says_the_same_whether_or_not_something_unseen_happened(
    people: Cast, login: str
) -> None:
    raw = await people.raw(login)
    ask = f"SELECT number, id, more FROM desk.feed({NEAR}, 0, $1)"
    before = [await answer(raw, ask, size) for size in (1, 2, 5000)]
    number = await people.report(restricted="true")
    for action in ("accept", "note"):
        await people.do("seat", action, number, text="保密" if action == "note" else None)
    assert [await answer(raw, ask, size) for size in (1, 2, 5000)] == before
    assert before == ["[(None, 0, False)]"] * 3
    await raw.close()


async def test_the_feed_goes_page_by_page_and_misses_nothing(people: Cast) -> None:
    numbers = []
    for turn in range(6):
        numbers.append(await people.report("town_seat", centre="130123201"))
        await people.report("beside", centre="130125", restricted=str(bool(turn % 2)).lower())
    raw = await people.raw("town_seat")
    told, xid, id_, more = [], "3", 0, True
    while more:
        *facts, end = await raw.fetch("SELECT * FROM desk.feed($1, $2, 2)", xid, id_)
        told += [fact["number"] for fact in facts]
        xid, id_, more = end["xid"], end["id"], end["more"]
    assert told == numbers
    assert len(await raw.fetch("SELECT * FROM desk.feed($1, $2, 2)", xid, id_)) == 1
    await raw.close()


async def test_a_cursor_far_behind_is_led_on_in_stretches(people: Cast, database: Database) -> None:
    """A stretch is so many transactions long, seen or not; the cursor says to ask again."""
    xmin = await database.owner.fetchval("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    raw = await people.raw("seat")
    far = await raw.fetchrow("SELECT * FROM desk.feed($1, 0)", "3")
    assert far is not None
    assert (far["number"], far["id"]) == (None, 0)
    assert int(far["xid"]) == min(xmin, 20003) or int(far["xid"]) >= xmin
    assert far["more"] == (int(far["xid"]) < xmin)
    await raw.close()


async def test_people_are_known_in_their_own_tree_and_above(people: Cast) -> None:
    for login in ("city_seat", "seat", "town_seat", "unit", "beside"):
        await people.hire(login)
    ask = """SELECT array_agg(login ORDER BY login) FROM gridseat.person
             WHERE login ~ '^[a-z_]+$' AND login <> 'duty'"""
    known = {
        "city_seat": ["beside", "city_seat", "seat", "town_seat", "unit"],
        "seat": ["city_seat", "seat", "town_seat", "unit"],
        "town_seat": ["city_seat", "seat", "town_seat"],
        "unit": ["city_seat", "seat", "unit"],
        "beside": ["beside", "city_seat"],
    }
    for login, logins in known.items():
        raw = await people.raw(login)
        assert await raw.fetchval(ask) == logins
        shown = [row["login"] for row in await raw.fetch("SELECT login FROM desk.people()")]
        assert set(shown) <= set(logins)
        await raw.close()
