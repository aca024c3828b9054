"""What a unit does with a case, and how the centre looks at its work."""

from tests.database.cast import PNG, Cast

WHY = {"reason": "现场未整改"}


async def test_every_co_handler_arrives_once_and_only_for_itself(people: Cast) -> None:
    number = await people.at("dispatched")
    await people.do("helper", "arrive", number, text="两人到场")
    assert await people.no("helper", "arrive", number) == "nobody_to_arrive"
    assert await people.no("stranger", "arrive", number) == "not_found"
    arrived = (
        "SELECT o.name FROM gridseat.party AS p JOIN gridseat.organisation AS o ON o.id = p.organisation_id"
    )
    names = await people.database.owner.fetch(arrived + " WHERE arrived_seq IS NOT NULL")
    assert [row["name"] for row in names] == ["公安局"]
    assert await people.status(number) == "dispatched"
    await people.do("unit", "acknowledge", number)
    names = await people.database.owner.fetch(arrived + " WHERE arrived_seq IS NOT NULL ORDER BY p.id")
    assert [row["name"] for row in names] == ["城管局", "公安局"]
    assert await people.no("helper", "feedback", number, text="越权") == "not_allowed"


async def test_duty_speaks_for_a_unit_by_telephone(people: Cast) -> None:
    number = await people.at("dispatched")
    await people.do("duty", "arrive", number)
    await people.do("duty", "acknowledge", number)
    await people.do("duty", "feedback", number, text="电话反馈")
    story = await people.database.owner.fetch(
        """SELECT e.action, c.name AS centre, b.name AS behalf FROM gridseat.timeline AS e
           JOIN gridseat.organisation AS c ON c.id = e.centre_id
           LEFT JOIN gridseat.organisation AS b ON b.id = e.behalf_id
           WHERE e.number = $1 ORDER BY e.seq OFFSET 3""",
        number,
    )
    assert [tuple(row) for row in story] == [
        ("arrive", "正定县", "公安局"),
        ("acknowledge", "正定县", "城管局"),
        ("feedback", "正定县", "城管局"),
    ]


async def test_a_grid_worker_acts_for_its_own_grid_alone(people: Cast) -> None:
    number = await people.at("accepted")
    await people.do("seat", "dispatch", number, unit="130123201001001")
    await people.database.add("neighbour", "unit", "130123101001", "130123101001001")
    assert await people.no("neighbour", "acknowledge", number) == "not_found"
    await people.do("grid", "acknowledge", number)
    await people.do("grid", "feedback", number, text="已清理", content=PNG, file_name="现场.png")
    assert await people.no("grid", "check", number, result="true") == "own_work"


async def test_a_unit_does_not_verify_its_own_work(people: Cast) -> None:
    number = await people.at("handled")
    assert await people.no("unit", "check", number, result="true") == "own_work"
    assert await people.no("unit", "verify", number) == "not_allowed"
    assert await people.no("town_seat", "verify", number) == "not_allowed"
    assert await people.no("city_boss", "verify", number) == "not_allowed"
    await people.do("helper", "check", number, result="true", text="已复查")
    await people.do("seat", "verify", number)
    county = await people.at("accepted")
    await people.database.add("both", "seat unit", "130123-D02")
    await people.do("seat", "dispatch", county, unit="城管局")
    assert await people.no("both", "verify", county) == "illegal_move"


async def test_rework_goes_back_to_the_same_unit_with_history(people: Cast) -> None:
    number = await people.at("handled")
    lead = (await people.row(number))["lead_unit_id"]
    answer = await people.do("seat", "rework", number, **WHY)
    row = await people.row(number)
    assert (answer["status"], row["lead_unit_id"], row["reworks"], row["round"]) == ("dispatched", lead, 1, 1)
    await people.do("unit", "acknowledge", number)
    await people.do("unit", "feedback", number, text="再次整改")
    assert (await people.story(number)).count("feedback") == 2
    assert await people.no("seat", "close", number) == "verify_first"


async def reported_as_handled(people: Cast, login: str, *, drawn: bool) -> int:
    """Report until the draw falls as wanted."""
    for _ in range(400):
        facts = {
            "title": "已清理",
            "channel": "grid_worker",
            "class": "市容环境/暴露垃圾",
            "centre": "130123",
        }
        answer = await people.do(login, "report", None, **facts, handled=True)
        assert answer["status"] == "handled"
        if (await people.row(int(answer["number"])))["drawn"] is drawn:
            return int(answer["number"])
    raise AssertionError("the draw never falls so")


async def test_what_was_handled_at_once_closes_unless_it_is_drawn(people: Cast) -> None:
    number = await reported_as_handled(people, "grid", drawn=False)
    assert set(await people.clocks(number)) == {"close"}
    await people.do("seat", "close", number)
    assert (await people.row(number))["outcome"] == "at_once"
    drawn = await reported_as_handled(people, "grid", drawn=True)
    assert set(await people.clocks(drawn)) == {"verify"}
    assert await people.no("seat", "close", drawn) == "verify_first"
    assert await people.no("grid", "check", drawn, result="true") == "own_work"
    await people.do("seat", "verify", drawn)
    await people.do("seat", "close", drawn)


async def test_a_tenth_is_drawn(people: Cast) -> None:
    share = await people.database.owner.fetchval(
        "SELECT avg((get_byte(sha256(convert_to(n::text, 'UTF8')), 0) % 10 = 0)::integer) "
        "FROM generate_series(1001, 21000) AS n"
    )
    assert 0.09 < share < 0.115


async def test_a_failed_draw_goes_back_to_whoever_reported_it(people: Cast) -> None:
    number = await reported_as_handled(people, "grid", drawn=True)
    await people.do("seat", "rework", number, **WHY)
    await people.do("grid", "acknowledge", number)
    await people.do("grid", "feedback", number, text="已重新清理")
    own = await reported_as_handled(people, "seat", drawn=True)
    assert await people.no("seat", "verify", own) == "own_work"
    await people.do("second", "rework", own, **WHY)
    assert (await people.row(own))["status"] == "accepted", "it waits for dispatch like any other case"
    assert await people.faults() == []
