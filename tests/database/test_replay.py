"""Told in bulk is told as the desk would have told it: the same lives, played again through desk.act."""

import json
from typing import Any

import resources
from console.connection import Connection
from console.demo.county import County
from console.demo.past import Past, moved
from tests.database.sample_county import told
from tests.database_fixtures import Database

Row = dict[str, Any]


async def test_told_is_what_the_desk_would_have_written(sample: Database, county: County) -> None:
    """Two hundred lives, move by move through desk.act: every state, clock, party and card agrees."""
    raw = await told(sample, county, 200)
    entries = [dict(row) for row in await raw.fetch(ENTRIES)]
    around = [await raw.fetch(question) for question in AROUND]
    for table in ("card", "clock", "party", "request", "personal", "timeline", "incident"):
        await raw.execute(f"DELETE FROM gridseat.{table}")
    async with moved(raw) as past:
        for entry in entries:
            await replay(raw, past, entry)
    again = [dict(row) for row in await raw.fetch(ENTRIES)]
    for one, other in zip(entries, again, strict=True):
        assert differences(one, other) == {}
    assert [await raw.fetch(question) for question in AROUND] == around
    assert {entry["action"] for entry in entries} >= {
        "return",
        "grant",
        "arrive",
        "rework",
        "card",
        "follow-up",
    }


ENTRIES = """
    SELECT e.number, e.seq, e.round, e.at, p.login, e.actor_id, e.centre_id, e.behalf_id, e.action,
           e.from_status, e.to_status, e.reason, (e.facts - 'texts')::text AS facts, e.seen, e.restricted,
           (e.answer - 'number')::text AS answer, o.code AS centre, i.at_once, i.recorded_at,
           (SELECT coalesce(jsonb_object_agg(x.field, x.text), '{}') FROM gridseat.personal AS x
            WHERE (x.number, x.seq) = (e.number, e.seq))::text AS texts
    FROM gridseat.timeline AS e JOIN gridseat.incident AS i USING (number)
    JOIN gridseat.person AS p ON p.id = e.actor_id JOIN gridseat.organisation AS o ON o.id = i.centre_id
    ORDER BY e.number, e.seq"""
AROUND = (
    """SELECT number, round, stage, started_seq, started_at, seconds, clock, calendar_id, due, warn_at,
              stopped_seq, stopped_at, suspended
       FROM gridseat.clock ORDER BY number, started_seq, stage, stopped_seq""",
    """SELECT number, organisation_id, grid_id, kind, since_seq, since, until_seq, arrived_seq, arrived_at
       FROM gridseat.party ORDER BY number, since_seq, id""",
    """SELECT number, round, kind, seconds, clock, unit_id, asked_by, asked_seq, asked_at, decided_by,
              decided_seq, decided_at, granted FROM gridseat.request ORDER BY number, asked_seq""",
    """SELECT c.number, c.round, c.colour, c.seq, c.at, k.stage, k.started_seq
       FROM gridseat.card AS c JOIN gridseat.clock AS k ON k.id = c.clock_id ORDER BY c.number, c.seq""",
)
OPTIONS = set(resources.table("actions.toml")["options"]) | {"raw_point"}


def differences(one: Row, other: Row) -> dict[str, Any]:
    return {key: (one[key], other[key]) for key in one if one[key] != other[key]}


async def replay(raw: Connection, past: Past, entry: Row) -> None:
    """Make the move that an entry tells of, as the same person at the same instant."""
    facts = json.loads(entry["facts"])
    if entry["action"] == "card":
        await give_card(raw, entry, facts)
        return
    said = facts | json.loads(entry["texts"]) | ({"reason": entry["reason"]} if entry["reason"] else {})
    args = {key: value for key, value in said.items() if key in OPTIONS - {"priority"}}
    if entry["action"] == "extend":
        args["limit"] = {"seconds": facts["seconds"], "clock": facts["clock"]}
    number = None if entry["action"] == "report" else entry["number"]
    if entry["action"] == "report":
        await raw.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
        await raw.execute("SELECT setval('gridseat.incident_number', $1, false)", entry["number"])
        args |= {"centre": entry["centre"]} | ({"handled": True} if facts.get("at_once") else {})
    await past.act(entry["login"], entry["at"], entry["action"], number, **args)


async def give_card(raw: Connection, entry: Row, facts: dict[str, Any]) -> None:
    """Let the sweep's own rule say that this card is due, and give it."""
    await raw.execute(
        f"SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL gridseat.now = '{entry['at'].isoformat()}'"
    )
    due = await raw.fetchrow(
        """SELECT c.* FROM gridseat.cards_due($1) AS c JOIN gridseat.clock AS k ON k.id = c.clock_id
           WHERE c.number = $2 AND c.colour = $3 AND k.stage = $4""",
        entry["at"],
        entry["number"],
        facts["card"],
        facts["stage"],
    )
    assert due is not None, entry
    await raw.execute("SELECT gridseat.give_card($1, $2, $3, $4)", *due)
