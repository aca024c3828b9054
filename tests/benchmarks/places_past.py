"""The board of a past moment against each timeline on its own, and what notes pay for the index of lives."""

import statistics
import time

from console.connection import Connection
from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report

STORIES, COPIES, ROUNDS, NOTES = 20, 260, 3, 40
SHARE = 10  # of the copies that the peer is asked, for all would take minutes
PLACE = {"point": [114.51, 38.11], "datum": "WGS-84"}
COLUMNS = """
SELECT array_agg(quote_ident(attname) ORDER BY attnum) FROM pg_attribute
WHERE attrelid = ('gridseat.' || $1)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
  AND attname <> 'id'"""
OTHERWISE = {"number": "x.number + k * 1000000", "command_id": "gen_random_uuid()"}
ONE_BY_ONE = """
SELECT count(s.stood) FROM gridseat.incident AS i
CROSS JOIN LATERAL (SELECT t.seq FROM gridseat.timeline AS t WHERE t.number = i.number AND t.at <= $1
                    ORDER BY t.seq DESC LIMIT 1) AS e
CROSS JOIN LATERAL gridseat.stood(ARRAY[i.number], ARRAY[e.seq]) AS s
WHERE i.closed_at IS NULL AND i.recorded_at <= $1 AND i.number < $2"""
LIFE = "SELECT pg_get_indexdef('gridseat.incident_life'::regclass)"


async def board(found: Database) -> dict[str, object]:
    """Let some cases live, copy them with their timelines, and look back at all of them."""
    desk = Desk(found.door("duty"))
    for _ in range(STORIES):
        number = await report(desk, **PLACE)
        await act(desk, "accept", number)
        await act(desk, "note", number, text="已电话核实")
        await act(desk, "dispatch", number, unit="城管局")
    await desk.close()
    await multiply(found.owner)
    at = await found.owner.fetchval("SELECT desk.now()")
    duty = await found.as_person("duty")
    ours, peer = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        told = len(await duty.fetch("SELECT * FROM desk.past($1)", at))
        ours.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        plain = await found.owner.fetchval(ONE_BY_ONE, at, SHARE * 1_000_000, timeout=600)
        peer.append((time.perf_counter() - start) * 1000 * (COPIES + 1) / SHARE)
        assert (told, plain) == (STORIES * (COPIES + 1), STORIES * SHARE)
    await duty.close()
    mine, theirs = statistics.median(ours), statistics.median(peer)
    case = f"past board of {told:,} open (first {ours[0]:.0f} ms) vs each timeline"
    return {"case": case, "ours": mine, "peer": theirs, "ratio": theirs / mine, "unit": "ms"}


async def multiply(owner: Connection) -> None:
    """Copy every case with all that its past is told by."""
    await owner.execute("SET session_replication_role = replica")
    for table in ("incident", "timeline", "clock", "party"):
        names = await owner.fetchval(COLUMNS, table)
        values = [OTHERWISE.get(name, f"x.{name}") for name in names]
        await owner.execute(
            f"INSERT INTO gridseat.{table} ({', '.join(names)}) SELECT {', '.join(values)} "
            f"FROM gridseat.{table} AS x, generate_series(1, {COPIES}) AS k"
        )
    await owner.execute("SET session_replication_role = origin")
    await owner.execute("VACUUM ANALYZE")


async def notes(found: Database) -> dict[str, object]:
    """Write notes with the index of ended lives and without, in turn."""
    desk = Desk(found.door("duty"))
    numbers = [
        row["number"] for row in await found.owner.fetch("SELECT number FROM gridseat.incident LIMIT 20")
    ]
    index = await found.owner.fetchval(LIFE)
    await write(desk, numbers)
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(await write(desk, numbers))
        await found.owner.execute("DROP INDEX gridseat.incident_life")
        peer.append(await write(desk, numbers))
        await found.owner.execute(index)
    await desk.close()
    mine, theirs = statistics.median(ours), statistics.median(peer)
    return {
        "case": "notes with the index of lives vs none",
        "ours": mine,
        "peer": theirs,
        "ratio": mine / theirs,
        "unit": "notes/s",
    }


async def write(desk: Desk, numbers: list[int]) -> float:
    """Return notes a second."""
    start = time.perf_counter()
    for n in range(NOTES):
        await act(desk, "note", numbers[n % len(numbers)], text="已电话核实")
    return NOTES / (time.perf_counter() - start)
