"""A report that repeats a case goes under it in one command: made and merged, or nothing at all."""

import uuid

from tests.database.cast import Cast

WHY = {"reason": "不是同一件"}


async def test_a_repeated_report_goes_under_its_case_in_one_command(people: Cast) -> None:
    main = await people.at("handling")
    answer = await people.do(
        "seat",
        "report",
        None,
        title="又有商贩占道",
        channel="phone",
        into=main,
        reporter="李四",
        phone="13900000002",
        centre="130123",
        **{"class": "街面秩序/违规牌匾"},
    )
    number = answer["number"]
    row = await people.row(number)
    assert (answer["status"], answer["version"], answer["due"]) == ("merged", 2, None)
    assert (row["merged_into"], row["status_before"], await people.clocks(number)) == (main, "reported", {})
    assert await people.story(number) == ["report", "merge"]
    assert (await people.story(main))[-1] == "merge"
    assert ((await people.row(main))["reports"], (await people.row(main))["version"]) == (1, 4)
    await people.do("unit", "feedback", main, text="已劝离")
    await people.do("seat", "verify", main)
    await people.do("seat", "close", main, result="解决")
    assert (await people.row(number))["outcome"] == "done"
    await people.do("seat", "follow-up", number, contacted="yes", solved="yes", satisfied="yes")
    assert await people.faults() == []


async def test_it_comes_out_again_where_it_would_have_been(people: Cast) -> None:
    main = await people.at("reported")
    number = await people.report(into=main)
    assert (await people.do("seat", "unmerge", number, **WHY))["status"] == "reported"
    assert set(await people.clocks(number)) == {"accept"}
    assert (await people.row(main))["reports"] == 0


async def test_under_a_head_incident_it_is_attached(people: Cast) -> None:
    head = await people.report(title="暴雨积水")
    await people.do("seat", "attach-report", await people.report(), to=head)
    number = await people.report(into=head)
    assert ((await people.row(number))["head_number"], (await people.row(head))["reports"]) == (head, 2)
    await people.do("seat", "detach-report", number, **WHY)
    assert await people.status(number) == "reported"
    assert await people.faults() == []


async def test_sent_twice_it_is_one_report_and_one_answer(people: Cast) -> None:
    main = await people.at("reported")
    facts = {
        "title": "商贩",
        "channel": "phone",
        "class": "街面秩序/游商",
        "centre": "130123",
        "into": main,
        "command_id": uuid.uuid4(),
    }
    first = await people.do("seat", "report", None, **facts)
    assert await people.do("seat", "report", None, **facts) == first
    assert first["status"] == "merged"
    assert (await people.row(main))["reports"] == 1


async def test_what_merge_refuses_stores_nothing(people: Cast) -> None:
    closed, hidden = await people.at("closed"), await people.report(restricted=True)
    below = await people.report("town_seat", centre="130123201")
    count = "SELECT (SELECT count(*) FROM gridseat.incident) + (SELECT count(*) FROM gridseat.timeline)"
    before = await people.database.owner.fetchval(count)
    facts = {"title": "商贩", "channel": "phone", "class": "街面秩序/游商", "centre": "130123"}
    for who, into, code in (
        ("seat", closed, "main_not_open"),
        ("second", hidden, "not_found"),
        ("seat", 999999, "not_found"),
        ("seat", below, "not_allowed"),
        ("unit", await people.at("dispatched"), "not_allowed"),
        ("seat", "甲", "bad_number"),
    ):
        stored = await people.database.owner.fetchval(count)
        assert await people.no(who, "report", None, **facts, into=into) == code
        assert await people.database.owner.fetchval(count) == stored
    assert before < stored
    assert await people.faults() == []


async def test_it_belongs_to_the_centre_of_its_case_wherever_the_point_lies(people: Cast) -> None:
    main = await people.report()
    spot = {"point": [114.51, 38.11], "datum": "WGS-84", "channel": "phone", "title": "商贩"}
    facts = {"class": "街面秩序/游商", **spot}
    number = (await people.do("seat", "report", None, **facts, into=main))["number"]
    row = await people.row(number)
    assert (row["status"], row["centre_id"]) == ("merged", (await people.row(main))["centre_id"])
    assert row["grid_id"] is not None
