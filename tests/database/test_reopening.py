"""The same matter from the same place, ended not long ago: reopening is offered before a new case goes on."""

from console.desk.command import Command
from console.desk.desk import Desk
from console.desk.reads import Reads
from tests.database_fixtures import Database, act, report

TOWN, VILLAGE_TOWN = "130123101", "130123201"


async def test_the_same_matter_from_the_same_place_offers_reopening(duty: Desk) -> None:
    facts = {"point": [114.51, 38.11], "datum": "WGS-84"}
    first = await report(duty, **facts)
    await act(duty, "answer", first, text="已告知")
    again = {"title": "又来了", "channel": "phone", "class": "街面秩序/游商", **facts}
    assert (await duty.perform(Command("report", args=again)))["reopen"] == [first]
    assert [row["number"] for row in await Reads(duty).reopen_candidates(again)] == [first]
    elsewhere = again | {"point": [114.53, 38.11]}
    assert await Reads(duty).reopen_candidates(elsewhere) == []
    assert "reopen" not in await duty.perform(Command("report", args=elsewhere))


async def test_the_same_words_offer_reopening_where_no_organisation_is_known(
    database: Database, duty: Desk
) -> None:
    first = await report(duty, place="建设路12号", centre=TOWN)
    await act(duty, "answer", first, text="已告知")
    again = {"class": "街面秩序/游商", "place": " 建设路12号", "centre": TOWN}
    told = await duty.perform(Command("report", args={"title": "又来了", "channel": "phone", **again}))
    assert told["reopen"] == [first]
    await database.add("elsewhere", "seat supervisor", "130125")
    elsewhere = Desk(database.door("elsewhere"))
    for desk, args, found in (
        (duty, again, [first]),
        (duty, again | {"place": "建设路14号"}, []),
        (duty, again | {"centre": VILLAGE_TOWN}, []),
        (duty, {"class": "街面秩序/游商", "centre": TOWN}, []),
        (elsewhere, again, []),
    ):
        rows = await Reads(desk).reopen_candidates(args)
        assert [row["number"] for row in rows] == found
    await elsewhere.close()
