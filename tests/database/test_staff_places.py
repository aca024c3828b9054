"""Where workers are: told by themselves, on duty, for half an hour, to those who may have to send them."""

import pytest

from console.desk.around import Around
from console.errors import BadInput, Refused
from console.geography.datum import from_wgs84
from tests.database.around import GRID, SOUTH_GRID, around, staff
from tests.database.cast import MONDAY, Cast, later

TRUE = (114.5501, 38.1100)


async def rota(people: Cast, starts: str, ends: str) -> None:
    await people.database.owner.execute(
        """INSERT INTO gridseat.shift (centre_id, by_centre_id, person_id, starts, ends)
           SELECT o.id, o.id, p.id, $1::text::timestamptz, $2::text::timestamptz
           FROM gridseat.organisation AS o, gridseat.person AS p
           WHERE o.code = '130123201' AND p.login = 'grid'""",
        starts,
        ends,
    )


async def test_a_worker_says_where_they_are_and_the_nearest_is_found(people: Cast) -> None:
    await staff(
        people,
        ("w1", "grid", "full_time", SOUTH_GRID),
        ("w2", "李网格长", "head", SOUTH_GRID),
        ("w3", "远处", "full_time", GRID),
    )
    worker: Around = await around(people, "grid")
    told = await worker.tell_place(*from_wgs84(*TRUE, "GCJ-02"), "GCJ-02")
    assert (told["code"], told["grid"], told["datum"]) == ("w1", SOUTH_GRID, "GCJ-02")

    ask = await around(people)
    found = await ask.near((114.55, 38.11))
    (near,) = found["staff"]
    assert (near["code"], near["phone"], near["rostered"]) == ("w1", "13912345678", False)
    assert near["metres"] == pytest.approx(8.7, abs=0.1)
    assert [one["code"] for one in found["grid"]["staff"]] == ["w2", "w1"]
    (shown,) = await ask.staff_places()
    assert (shown.lon, shown.lat) == pytest.approx(TRUE, abs=1e-6)
    assert [one["code"] for one in (await ask.within((114.55, 38.11), 100))["staff"]] == ["w1"]
    assert (await ask.within((114.56, 38.11), 100))["staff"] == []

    await worker.tell_place(*TRUE, "WGS-84")
    assert await people.database.owner.fetchval("SELECT count(*) FROM gridseat.staff_place") == 1, "no track"
    assert await worker.withdraw_place()
    assert not await worker.withdraw_place()
    assert await ask.staff_places() == []


async def test_who_may_not_send_workers_is_not_told_where_they_are(people: Cast) -> None:
    await staff(people, ("w1", "grid", "full_time", SOUTH_GRID))
    await (await around(people, "grid")).tell_place(*TRUE, "WGS-84")
    told = {
        login: (
            len(await (await around(people, login)).staff_places()),
            [one["phone"] for one in ((await (await around(people, login)).near(TRUE))["grid"]["staff"])],
        )
        for login in ("seat", "town_boss", "city_seat", "beside", "unit", "grid", "screen")
    }
    whole, masked = ["13912345678"], ["139****5678"]
    assert told == {
        "seat": (1, whole),
        "town_boss": (1, whole),
        "city_seat": (1, whole),
        "beside": (0, []),
        "unit": (0, []),
        "grid": (0, masked),
        "screen": (0, []),
    }


async def test_a_place_is_shown_while_it_is_fresh_and_then_forgotten(people: Cast) -> None:
    await staff(people, ("w1", "grid", "full_time", SOUTH_GRID))
    await (await around(people, "grid")).tell_place(*TRUE, "WGS-84")
    ask = await around(people)
    for minutes, shown in ((29, 1), (30, 0)):
        await people.database.freeze(later(minutes=minutes))
        assert len(await ask.staff_places()) == shown
    await (await people.desk("duty")).call(
        lambda raw: raw.fetchval("SELECT desk.set_setting('place_minutes', '60')::text")
    )
    assert len(await ask.staff_places()) == 1
    for minutes, kept in ((59, 1), (60, 0)):
        await people.database.freeze(later(minutes=minutes))
        await (await people.desk("duty")).call(lambda raw: raw.execute("SELECT desk.sweep()"))
        assert await people.database.owner.fetchval("SELECT count(*) FROM gridseat.staff_place") == kept


async def test_off_duty_by_the_roster_nothing_is_taken_and_nothing_shown(people: Cast) -> None:
    await staff(people, ("w1", "grid", "full_time", SOUTH_GRID))
    worker, ask = await around(people, "grid"), await around(people)
    await rota(people, MONDAY, later(hours=1))
    await worker.tell_place(*TRUE, "WGS-84")
    assert [one.rostered for one in await ask.staff_places()] == [True]
    assert (await ask.near(TRUE))["grid"]["staff"][0]["on_duty"] is True

    await people.database.freeze(later(minutes=59))
    await worker.tell_place(*TRUE, "WGS-84")
    await people.database.freeze(later(minutes=61))
    assert await ask.staff_places() == []
    assert (await ask.near(TRUE))["grid"]["staff"][0]["on_duty"] is False
    with pytest.raises(Refused) as told:
        await worker.tell_place(*TRUE, "WGS-84")
    assert told.value.code == "off_duty"


async def test_only_ones_own_place_can_be_told_and_only_a_place(people: Cast) -> None:
    with pytest.raises(Refused) as nobody:
        await (await around(people, "seat")).tell_place(*TRUE, "WGS-84")
    assert nobody.value.code == "not_in_staff_list"
    await staff(people, ("w1", "grid", "full_time", SOUTH_GRID), ("w2", "grid", "part_time", SOUTH_GRID))
    worker = await around(people, "grid")
    with pytest.raises(Refused, check=lambda error: error.code == "not_in_staff_list"):
        await worker.tell_place(*TRUE, "WGS-84")  # two of one name: whose place would it be
    await people.database.owner.execute("DELETE FROM gridseat.staff WHERE code = 'w2'")
    with pytest.raises(BadInput, check=lambda error: error.code == "bad_point"):
        await worker.tell_place(214.0, 38.0, "WGS-84")
    raw = await people.raw("grid")
    question = "SELECT desk.tell_place(114.5, 38.1, 114.5, 38.1, $1)"
    with pytest.raises(Exception, match="datum_needed"):
        await raw.fetchval(question, "unknown")
    await raw.close()
