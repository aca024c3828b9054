"""What time alone changes is true when read, before any sweep has written it down."""

import json
from typing import Any

import asyncpg

from tests.database.cast import Cast, later, limit


async def board(raw: asyncpg.Connection, number: int) -> dict[str, Any]:
    """Return the case's row, having proved that every list shows the same."""
    ways = [
        await raw.fetch("SELECT * FROM desk.board(ARRAY[$1::bigint])", number),
        await raw.fetch("SELECT * FROM desk.board() WHERE number = $1", number),
        await raw.fetch("SELECT * FROM desk.queue() WHERE number = $1", number),
        await raw.fetch("SELECT * FROM gridseat.board_row WHERE number = $1", number),
    ]
    assert ways[0]
    assert all(way == ways[0] for way in ways)
    return dict(ways[0][0])


async def whole(raw: asyncpg.Connection, number: int) -> dict[str, Any]:
    """Return everything that a console shows of the case but its timeline."""
    case = json.loads(await raw.fetchval("SELECT desk.incident($1)::text", number))
    clocks = json.loads(await raw.fetchval("SELECT desk.clocks($1)::text", number))
    counts = await raw.fetch("SELECT * FROM desk.counts() ORDER BY status")
    return {"case": case, "clocks": clocks, "counts": counts, "row": await board(raw, number)}


async def queue(raw: asyncpg.Connection, **facts: object) -> list[int]:
    rows = await raw.fetch("SELECT number FROM desk.queue($1::text::jsonb)", json.dumps(facts))
    return [row["number"] for row in rows]


async def test_a_suspension_past_its_end_reads_as_the_sweep_will_write_it(people: Cast) -> None:
    number = await people.at("suspended")
    raw = await people.raw("seat")
    assert (await board(raw, number))["status"] == "suspended"
    await people.database.freeze(later(days=10))
    read = await whole(raw, number)
    assert (read["row"]["status"], read["case"]["resume_at"]) == ("handling", None)
    assert read["row"]["due"] is not None
    assert [(row["status"], row["total"]) for row in read["counts"]] == [("handling", 1)]
    assert {clock["stage"] for clock in read["clocks"] if clock["stopped"] is None} == {
        "handling",
        "promised",
    }
    await raw.fetchval("SELECT desk.sweep()")
    assert await people.status(number) == "handling"
    assert await whole(raw, number) == read
    await raw.close()


async def test_filters_order_and_pages_go_by_what_is_true(people: Cast) -> None:
    ended, running = await people.at("suspended"), await people.at("handling")
    await people.database.freeze("2026-11-25T09:00:00+08:00")
    raw = await people.raw("seat")
    assert await queue(raw) == [running, ended]
    assert await queue(raw, status=["suspended"], grade="none") == [ended]
    await people.database.freeze("2026-11-30T10:00:00+08:00")
    await people.do("unit", "feedback", running, text="已办")
    assert await queue(raw, status=["suspended"]) == []
    assert await queue(raw, status=["handling"], grade="red") == [ended]
    assert await queue(raw) == [ended, running]
    first = await raw.fetchrow("SELECT due, number FROM desk.queue('{}', NULL, NULL, 1)")
    assert first is not None
    after = await raw.fetch("SELECT number FROM desk.queue('{}', $1, $2)", first["due"], first["number"])
    assert [row["number"] for row in after] == [running]
    await raw.close()


async def test_what_is_read_can_be_acted_on(people: Cast) -> None:
    number = await people.at("suspended")
    await people.database.freeze(later(days=10))
    raw = await people.raw("unit")
    case = (await whole(raw, number))["case"]
    assert "feedback" in case["legal"]
    assert "resume" not in case["legal"]
    await people.do("unit", "feedback", number, text="已办", version=case["version"])
    assert await people.status(number) == "handled"
    assert await people.faults() == []
    await raw.close()


async def test_a_suspension_that_still_runs_reads_suspended(people: Cast) -> None:
    number = await people.at("accepted")
    await people.do("seat", "suspend", number, limit=limit(2, "continuous"), reason="等回电")
    await people.do("boss", "grant", number)
    raw = await people.raw("seat")
    for at, status in ((later(hours=1.9), "suspended"), (later(hours=2), "accepted")):
        await people.database.freeze(at)
        assert (await board(raw, number))["status"] == status
    await raw.close()


async def test_a_claim_past_its_lease_is_nobodys(people: Cast) -> None:
    number = await people.at("accepted")
    await people.do("seat", "claim", number)
    raw = await people.raw("seat")
    row = await board(raw, number)
    assert (row["claim_by"], row["mine"]) == ("seat", True)
    assert await queue(raw, mine=True) == [number]
    await people.database.freeze(later(minutes=10))
    row = await board(raw, number)
    assert (row["claim_by"], row["claim_until"], row["mine"]) == (None, None, False)
    case = (await whole(raw, number))["case"]
    assert (case["claim_by"], case["claim_at"], case["claim_until"]) == (None, None, None)
    assert await queue(raw, mine=True) == []
    await raw.close()
