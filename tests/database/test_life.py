"""The main road: report → accept → dispatch → acknowledge → feedback → verify → close."""

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report


async def test_an_incident_goes_its_whole_way(database: Database, duty: Desk) -> None:
    number = await report(duty, point=[114.55, 38.11], datum="WGS-84", reporter="王某", phone="13812345678")
    assert (await act(duty, "accept", number))["status"] == "accepted"
    assert (await act(duty, "dispatch", number, unit="城管局"))["status"] == "dispatched"
    assert (await act(duty, "acknowledge", number))["status"] == "handling"
    assert (await act(duty, "feedback", number, text="已劝离"))["status"] == "handled"
    assert (await act(duty, "verify", number))["status"] == "verified"
    assert (await act(duty, "close", number))["status"] == "closed"
    road = await database.owner.fetch(
        "SELECT action, to_status FROM gridseat.timeline WHERE number = $1 ORDER BY seq", number
    )
    assert [tuple(entry) for entry in road] == [
        ("report", "reported"),
        ("accept", "accepted"),
        ("dispatch", "dispatched"),
        ("acknowledge", "handling"),
        ("feedback", "handled"),
        ("verify", "verified"),
        ("close", "closed"),
    ]
    assert not await database.owner.fetch("SELECT * FROM gridseat.broken_entries(0, 9999)")
    assert not await database.owner.fetch("SELECT * FROM gridseat.broken_incidents(0, 9999)")
