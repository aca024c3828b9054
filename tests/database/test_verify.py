"""Nobody bends the story: whatever the owner changes, verify names the case and the entry."""

import json
import uuid
from typing import Any

import asyncpg

from tests.database.cast import PNG, Cast, limit

# Each column of an entry with another value for it; number and seq as well, which move the entry elsewhere.
ENTRY = {
    "at": "at + interval '1 microsecond'",
    "actor_id": "actor_id + 1",
    "centre_id": "centre_id + 1",
    "behalf_id": "coalesce(behalf_id, 0) + 1",
    "action": "'verify'",
    "from_status": "'closed'",
    "to_status": "'closed'",
    "reason": "coalesce(reason, '') || ' '",
    "facts": "facts || '{\"x\": 1}'",
    "command_id": "gen_random_uuid()",
    "answer": "answer || '{\"due\": 0}'",
    "seen": "seen || 1",
    "restricted": "NOT restricted",
    "before": "coalesce(before, '{}') || '{\"title\": \"别的\"}'",
    "round": "round + 1",
    "algorithm": "algorithm + 1",
    "bytes": "set_byte(bytes, 5, (get_byte(bytes, 5) + 1) % 256)",
    "hash": "set_byte(hash, 31, (get_byte(hash, 31) + 1) % 256)",
    "seq": "seq + 100",
}
UNHASHED = {
    "id",
    "xid",
    "number",
}  # the feed's order, which a restore rewrites; the number names the case itself

# The incident's own columns that no entry vouches for: they follow from other tables, or have no entry.
FOLLOWS = {"centre_lft", "place_lft", "words", "claim_until", "urged_at"}
OTHER = {
    "text": "coalesce({0}, '') || 'x'",
    "integer": "coalesce({0}, 0) + 1",
    "smallint": "coalesce({0}, 0) % 4 + 1",
    "double precision": "coalesce({0}, 0) + 0.000001",
    "timestamp with time zone": "coalesce({0}, desk.now()) + interval '1 microsecond'",
    "boolean": "NOT {0}",
    "bytea": "set_byte({0}, 0, (get_byte({0}, 0) + 1) % 256)",
}
CHOICES = {
    "status": "'closed'", "datum": "'BD-09'", "pending": "'suspend'", "confirmation": "'false'",
    "handling_clock": "'continuous'", "title": "'别的标题'", "status_before": "'closed'",
}  # fmt: skip


class Forger:
    """The owner changes something, asks what verify says, and takes it back."""

    def __init__(self, people: Cast) -> None:
        self.people = people
        self.owner = people.database.owner

    async def says(self, *statements: str) -> list[tuple[int, int | None]]:
        """Return what verify finds after the statements, which are undone."""
        transaction = self.owner.transaction()
        await transaction.start()
        try:
            await self.owner.execute(
                "SET LOCAL session_replication_role = replica"
            )  # no foreign keys in the way
            for statement in statements:
                done = await self.owner.execute(statement)
                assert not done.endswith(" 0"), f"nothing was changed by {statement}"
            return await self.people.faults()
        finally:
            await transaction.rollback()


async def story(people: Cast) -> int:
    """Make one case with a bit of everything; return its number."""
    number = await people.at(
        "handling", reporter="王某", phone="13812345678", place="东街", point=[114.55, 38.11], datum="WGS-84",
        external="12345:1", occurred="2026-11-23T08:00:00+08:00", text="占道经营",
    )  # fmt: skip
    await people.do("seat", "claim", number)
    await people.do("seat", "attach", number, file_name="现场.png", content=PNG)
    await people.do("unit", "extend", number, limit=limit(1), reason="需采购")
    return number


async def test_any_change_of_an_entry_names_it(people: Cast) -> None:
    number = await story(people)
    forger = Forger(people)
    columns = await columns_of(people, "timeline")
    assert set(columns) == set(ENTRY) | UNHASHED
    last = (await people.row(number))["last_seq"]
    for seq in range(1, last + 1):
        for column, value in ENTRY.items():
            found = await forger.says(
                f"UPDATE gridseat.timeline SET {column} = {value} WHERE number = {number} AND seq = {seq}"
            )
            named = seq + 100 if column == "seq" else seq
            assert (number, named) in found, (seq, column, found)
    assert await people.faults() == []


async def columns_of(people: Cast, table: str) -> dict[str, str]:
    rows = await people.database.owner.fetch(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'gridseat' AND table_name = $1",
        table,
    )
    return {row["column_name"]: row["data_type"] for row in rows}


async def test_any_change_of_the_incidents_own_facts_names_it(people: Cast) -> None:
    number = await story(people)
    forger = Forger(people)
    columns = await columns_of(people, "incident")
    assert set(columns) >= FOLLOWS
    for column, kind in columns.items():
        if column in FOLLOWS | {"number"}:
            continue
        value = CHOICES.get(column, OTHER.get(kind, "coalesce({0}, 0) + 1")).format(column)
        found = await forger.says(f"UPDATE gridseat.incident SET {column} = {value} WHERE number = {number}")
        assert found == [(number, None)], (column, value, found)


async def test_a_cut_tail_a_lost_middle_and_an_added_entry_show(people: Cast) -> None:
    number = await story(people)
    forger = Forger(people)
    last = (await people.row(number))["last_seq"]
    cut = f"DELETE FROM gridseat.timeline WHERE number = {number} AND seq = {last}"
    assert (number, None) in await forger.says(cut)
    head = f"""UPDATE gridseat.incident AS i SET head = e.hash, last_seq = e.seq FROM gridseat.timeline AS e
               WHERE i.number = {number} AND e.number = i.number AND e.seq = {last - 1}"""
    assert (number, None) in await forger.says(cut, head)
    assert (number, 3) in await forger.says(
        f"DELETE FROM gridseat.timeline WHERE number = {number} AND seq = 2"
    )
    copied = ", ".join(set(await columns_of(people, "timeline")) - {"id", "seq", "command_id"})
    added = f"""INSERT INTO gridseat.timeline (seq, command_id, {copied})
                SELECT {last + 1}, gen_random_uuid(), {copied} FROM gridseat.timeline
                WHERE number = {number} AND seq = {last}"""
    assert (number, last + 1) in await forger.says(added)


async def test_an_incident_that_was_taken_away_shows_by_the_entries_it_leaves(people: Cast) -> None:
    number = await story(people)
    forger = Forger(people)
    assert await forger.says(f"DELETE FROM gridseat.incident WHERE number = {number}") == [(number, None)]


async def test_personal_text_and_files_are_vouched_for(people: Cast) -> None:
    number = await story(people)
    forger = Forger(people)
    one = f"WHERE number = {number} AND seq = 1 AND field = 'phone'"
    for change in (
        "text = '13912345678'", "text = text || ' '", "salt = sha256(salt)", "digest = sha256(digest)",
        "text = NULL, salt = NULL", "field = 'fax'", "text = '1', salt = '\\x00', digest = sha256('\\x0031')",
    ):  # fmt: skip
        assert (number, 1) in await forger.says(f"UPDATE gridseat.personal SET {change} {one}"), change
    assert (number, 1) in await forger.says(f"DELETE FROM gridseat.personal {one}")
    added = f"""INSERT INTO gridseat.personal (number, seq, field, text, salt, digest)
                VALUES ({number}, 2, 'text', '多出的话', '\\x00', sha256('\\x00'))"""
    assert (number, 2) in await forger.says(added)
    seq = await people.database.owner.fetchval("SELECT seq FROM gridseat.attachment")
    for change in (
        "content = set_byte(content, 20, 65)", "content = content || '\\x00'", "name = '别的.png'",
        "media_type = 'image/jpeg'", "size = size + 1", "digest = sha256(digest)",
    ):  # fmt: skip
        found = await forger.says(f"UPDATE gridseat.attachment SET {change}")
        assert found == [(number, seq)], change
    assert await forger.says("DELETE FROM gridseat.attachment") == [(number, seq)]
    moved = await forger.says(f"UPDATE gridseat.attachment SET seq = {seq - 1}")
    assert moved == [(number, seq - 1), (number, seq)]


async def erase(raw: asyncpg.Connection, *args: object) -> dict[str, Any]:
    return dict(json.loads(await raw.fetchval("SELECT desk.erase($1, $2, $3)", *args)))


async def test_an_erasure_is_told_and_no_fault(people: Cast) -> None:
    number, id_ = await story(people), uuid.uuid4()
    clerk = await people.raw("clerk")
    answer = await erase(clerk, id_, number, "本人要求")
    assert answer["status"] == "handling"
    assert await erase(clerk, id_, number, "本人要求") == answer
    left = "SELECT count(*) FROM gridseat.personal WHERE text IS NOT NULL OR salt IS NOT NULL"
    assert await people.database.owner.fetchval(left) == 0
    assert (await people.story(number))[-1] == "erased"
    assert await people.faults() == []
    shown = await clerk.fetch("SELECT * FROM desk.timeline($1)", number)
    assert "王某" not in str(shown)
    assert json.loads(shown[0]["texts"]) == {"reporter": None, "phone": None, "text": None}
    await people.do("seat", "note", number, text="之后的话")
    forger = Forger(people)
    gone = (
        f"UPDATE gridseat.personal SET text = NULL, salt = NULL WHERE number = {number} AND text IS NOT NULL"
    )
    assert await forger.says(gone) == [(number, (await people.row(number))["last_seq"])]
    await clerk.close()


async def test_who_may_erase(people: Cast) -> None:
    number = await people.at("reported", reporter="王某")
    hidden = await people.report(restricted=True)
    await people.database.add("far", "admin", "130125")
    for login, case, reason, code in (
        ("boss", number, "要求", "not_allowed"),
        ("clerk", number, "  ", "reason_needed"),
        ("far", number, "要求", "not_found"),
        ("clerk", hidden, "要求", "not_found"),
        ("clerk", 999999, "要求", "not_found"),
    ):
        raw = await people.database.as_person(login) if login == "far" else await people.raw(login)
        try:
            await erase(raw, uuid.uuid4(), case, reason)
        except asyncpg.PostgresError as error:
            assert error.args[0] == code  # noqa: PT017
        else:
            raise AssertionError(login)
        await raw.close()


async def test_everybody_verifies_what_they_see_and_anchors_it(people: Cast) -> None:
    number, hidden = await story(people), await people.report(restricted=True)
    await people.database.owner.execute("UPDATE gridseat.incident SET title = '改' ")
    sees = {
        "seat": [number, hidden],
        "second": [number],
        "unit": [number],
        "stranger": [],
        "clerk": [number, hidden],
    }
    for login, numbers in sees.items():
        raw = await people.raw(login)
        rows = await raw.fetch("SELECT * FROM desk.verify(0, 999999)")
        assert [(row["number"], row["seq"]) for row in rows] == [(n, None) for n in numbers], login
        anchors = await raw.fetch("SELECT * FROM desk.anchor(0, 999999)")
        assert [row["number"] for row in anchors] == numbers
        assert all(row["entries"] == row["last_seq"] for row in anchors)
        await raw.close()
