"""Duplicates become one, a storm's reports go under one head, reversibly; reporters keep their numbers."""

import asyncio

from console.desk.bulk import Bulk, State, for_each
from console.desk.command import Command
from console.errors import Problem
from tests.database.cast import Cast, later, limit

WHY = {"reason": "并错了"}
STORM = 100
ANSWERED = """
    SELECT i.number, i.outcome, p.text FROM gridseat.incident AS i
    JOIN gridseat.timeline AS e ON e.number = i.number AND e.action = 'answer'
    JOIN gridseat.personal AS p ON p.number = i.number AND p.seq = e.seq AND p.field = 'text'
    WHERE i.head_number = $1"""


async def test_a_merged_case_waits_and_comes_back_where_it_was(people: Cast) -> None:
    main, child = await people.at("reported"), await people.at("handling")
    due = (await people.row(child))["handling_due"]
    await people.do("unit", "return", child, reason="非职责")
    await people.do("seat", "claim", child)
    answer = await people.do("seat", "merge", child, into=main, text="同一件")
    row = await people.row(child)
    assert (answer["status"], row["merged_into"], row["due"], row["pending"]) == ("merged", main, None, None)
    assert (row["claim_person_id"], await people.clocks(child)) == (None, {})
    assert ((await people.row(main))["reports"], (await people.row(main))["version"]) == (1, 1)
    await people.database.freeze(later(hours=1))
    answer = await people.do("seat", "unmerge", child, **WHY)
    row = await people.row(child)
    assert (answer["status"], row["merged_into"], row["status_before"]) == ("handling", None, None)
    assert (row["handling_due"] - due).total_seconds() == 3600
    assert (await people.row(main))["reports"] == 0
    assert await people.story(main) == ["report", "merge", "unmerge"]
    assert await people.faults() == []


async def test_every_reporter_is_answered_with_the_main_case(people: Cast) -> None:
    main, child, grandchild = [await people.at("reported") for _ in range(3)]
    await people.do("seat", "merge", grandchild, into=child)
    await people.do("seat", "merge", child, into=main)
    await people.do("seat", "answer", main, text="统一答复")
    for number in (child, grandchild):
        row = await people.row(number)
        assert (row["status"], row["outcome"]) == ("merged", "answered")
        assert row["closed_at"] is not None
        text = "SELECT text FROM gridseat.personal WHERE number = $1 AND field = 'text' ORDER BY seq DESC"
        assert await people.database.owner.fetchval(text, number) == "统一答复"
        await people.do("seat", "follow-up", number, contacted="yes", solved="yes", satisfied="yes")
    await people.do("seat", "unmerge", child, **WHY)
    assert ((await people.row(child))["outcome"], await people.status(child)) == (None, "reported")
    assert await people.faults() == []


async def test_a_storms_reports_go_under_a_head_and_out_again(people: Cast) -> None:
    head = await people.at("reported", title="暴雨积水")
    reports = [await people.at("reported") for _ in range(3)]
    for number in reports:
        await people.do("seat", "attach-report", number, to=head)
    assert (await people.row(head))["reports"] == 3
    await people.do("second", "remind", reports[0])
    assert [(await people.row(n))["reminders"] for n in (head, reports[0])] == [1, 1]
    assert await people.no("seat", "unmerge", reports[0], **WHY) == "not_under_one"
    await people.do("seat", "detach-report", reports[0], **WHY)
    assert (await people.row(head))["reports"] == 2
    merged = await people.at("merged")
    assert await people.no("seat", "detach-report", merged, **WHY) == "not_under_one"


async def test_a_hundred_reports_go_under_a_head_are_answered_with_it_and_come_out_each_in_one_action(
    people: Cast,
) -> None:
    head = await people.at("reported", title="暴雨积水")
    reports = [await people.report(title=f"积水{n}") for n in range(STORM)]
    seat = await people.desk("seat")
    cases: list[tuple[int, int | None]] = [(number, 1) for number in (head, *reports)]
    bulk = Bulk(seat.perform, for_each(Command("attach-report", args={"to": head}), cases))
    await bulk.run()
    assert bulk.count(State.DONE) == STORM, "the head itself is left out"
    assert ((await people.row(head))["reports"], (await people.row(head))["version"]) == (STORM, 1)
    await people.do("seat", "answer", head, text="已派人排水，两小时内退水")
    told = await people.database.owner.fetch(ANSWERED, head)
    assert {row["number"] for row in told} == {*reports}, "each keeps number and answer"
    assert {(row["outcome"], row["text"]) for row in told} == {("answered", "已派人排水，两小时内退水")}
    await people.do("seat", "follow-up", reports[0], contacted="yes", solved="yes", satisfied="yes")
    versions = [(number, (await people.row(number))["version"]) for number in reports]
    bulk = Bulk(seat.perform, for_each(Command("detach-report", args=WHY), versions))
    await bulk.run()
    assert bulk.count(State.DONE) == STORM
    assert (await people.row(head))["reports"] == 0
    assert await people.faults() == []


async def test_what_a_unit_did_for_the_head_ends_every_report_under_it(people: Cast) -> None:
    head = await people.at("handling", title="暴雨积水")
    reports = [await people.at("reported"), await people.at("handling")]
    for number in reports:
        await people.do("seat", "attach-report", number, to=head)
    await people.do("unit", "feedback", head, text="已排水")
    await people.do("seat", "verify", head)
    assert [(await people.row(number))["outcome"] for number in reports] == [None, None]
    await people.do("seat", "close", head, result="解决")
    assert (await people.row(head))["outcome"] is not None
    for number in reports:
        row = await people.row(number)
        assert (row["status"], row["outcome"]) == ("merged", (await people.row(head))["outcome"])
        assert (await people.story(number))[-1] == "close"
        await people.do("seat", "follow-up", number, contacted="yes", solved="yes", satisfied="yes")
    assert await people.faults() == []


async def test_what_cannot_be_merged(people: Cast) -> None:
    number, closed, hidden = (
        await people.at("reported"),
        await people.at("closed"),
        await people.report(restricted=True),
    )
    assert await people.no("seat", "merge", number, into=number) == "merge_with_itself"
    assert await people.no("seat", "merge", number, into=closed) == "main_not_open"
    assert await people.no("seat", "attach-report", number, to=closed) == "main_not_open"
    assert await people.no("second", "merge", number, into=hidden) == "not_found"
    assert await people.no("seat", "merge", number, into=999999) == "not_found"
    below = await people.report("town_seat", centre="130123201")
    assert await people.no("seat", "merge", number, into=below) == "not_allowed"
    assert await people.no("seat", "merge", below, into=number) == "not_allowed"


async def test_a_suspended_case_is_merged_and_stands_still_again_afterwards(people: Cast) -> None:
    main, child = await people.at("reported"), await people.at("suspended")
    until = (await people.row(child))["resume_at"]
    await people.do("seat", "merge", child, into=main)
    assert (await people.do("seat", "unmerge", child, **WHY))["status"] == "suspended"
    assert (await people.row(child))["resume_at"] == until
    assert await people.clocks(child) == {}
    assert (await people.do("seat", "resume", child))["status"] == "handling"
    assert set(await people.clocks(child)) == {"handling", "promised"}
    await people.do("unit", "suspend", child, limit=limit(1), reason="再等")
    await people.do("boss", "grant", child)
    await people.do("seat", "merge", child, into=main)
    await people.database.freeze(later(hours=2))
    await people.do("seat", "unmerge", child, **WHY)
    await people.do("seat", "note", child, text="时间到了")
    assert await people.status(child) == "handling"
    assert await people.faults() == []


async def merge(people: Cast, login: str, number: int, into: int) -> str:
    try:
        return str((await people.do(login, "merge", number, into=into))["status"])
    except Problem as problem:
        return problem.code


async def test_opposite_merges_at_once_leave_exactly_one_open(people: Cast) -> None:
    await people.desk("second")
    for _ in range(12):
        one, two = await people.at("reported"), await people.at("reported")
        said = await asyncio.gather(merge(people, "seat", one, two), merge(people, "second", two, one))
        assert sorted(said) == ["main_not_open", "merged"]
        assert sorted([await people.status(one), await people.status(two)]) == ["merged", "reported"]
    assert await people.faults() == []


async def test_a_ring_of_merges_leaves_exactly_one_open(people: Cast) -> None:
    logins = ("seat", "second", "duty")
    for login in logins:
        await people.desk(login)
    for _ in range(6):
        ring = [await people.at("reported") for _ in range(3)]
        await asyncio.gather(
            *(merge(people, login, ring[n], ring[(n + 1) % 3]) for n, login in enumerate(logins))
        )
        states = [await people.status(number) for number in ring]
        assert states.count("reported") == 1, states
    assert await people.faults() == []
