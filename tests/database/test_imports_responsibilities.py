"""Importing the list of responsibilities: units by name within their centre, or those of the place itself."""

import pytest

from console.errors import Refused
from tests.database.cast import Cast
from tests.database.offices import counts, table, take

LIST = "大类,小类,承办单位,角色,适用中心"
HELD = """
    SELECT r.group_name AS class, k.name AS type, coalesce(o.code, r.local) AS unit, r.role, c.code AS centre
    FROM gridseat.responsibility AS r LEFT JOIN gridseat.catalogue_class AS k ON k.id = r.class_id
    LEFT JOIN gridseat.organisation AS o ON o.id = r.unit_id
    LEFT JOIN gridseat.organisation AS c ON c.id = r.centre_id ORDER BY 1, 2, 3"""


async def held(people: Cast) -> list[tuple[str | None, ...]]:
    return [tuple(row) for row in await people.database.owner.fetch(HELD)]


async def test_a_list_goes_in_once_changes_and_shrinks(people: Cast) -> None:
    clerk = await people.desk("clerk")
    given = table(
        LIST, "公共安全,火情,消防救援大队,主办,", "公共安全,火情,公安局,协办,", "街面秩序,,城管局,,南楼乡"
    )
    assert counts(await take(clerk, "responsibilities", given, dry_run=True)) == (3, 0, 0, 0)
    assert counts(await take(clerk, "responsibilities", given)) == (3, 0, 0, 0)
    assert counts(await take(clerk, "responsibilities", given)) == (0, 0, 3, 0)
    assert await held(people) == [
        ("公共安全", "火情", "130123-D01", "co", "130123"),
        ("公共安全", "火情", "130123-D03", "lead", "130123"),
        ("街面秩序", None, "130123-D02", "lead", "130123201"),
    ]
    changed = table(
        "class,type,unit,role,centre",
        "公共安全,火情,公安局,主办,130123",
        "公共安全,火情,消防救援大队,取消,正定县",
    )
    assert counts(await take(clerk, "responsibilities", changed)) == (0, 2, 0, 0)
    assert await held(people) == [
        ("公共安全", "火情", "130123-D01", "lead", "130123"),
        ("街面秩序", None, "130123-D02", "lead", "130123201"),
    ]


async def test_the_places_own_grid_community_or_township_needs_no_name(people: Cast) -> None:
    given = table(LIST, "民生服务,代办,网格员,,", "公共安全,焚烧,属地乡镇,协办,", "矛盾纠纷,邻里,村社区,,")
    assert counts(await take(await people.desk("clerk"), "responsibilities", given)) == (3, 0, 0, 0)
    assert {row[2] for row in await held(people)} == {"grid", "community", "township"}


async def test_a_county_means_its_own_unit_where_a_city_would_have_to_say_which(people: Cast) -> None:
    await people.database.owner.execute(
        "UPDATE gridseat.organisation SET name = '城管局' WHERE code = '130125-D02'"
    )
    mine = table(LIST, "街面秩序,,城管局,,")
    assert counts(await take(await people.desk("clerk"), "responsibilities", mine)) == (1, 0, 0, 0)
    duty = await people.desk("duty")
    told = await take(duty, "responsibilities", mine)
    assert (counts(told), "130125-D02" in told.errors[0].reason) == ((0, 0, 0, 1), True)
    assert counts(await take(duty, "responsibilities", table(LIST, "街面秩序,,城管局,,行唐县"))) == (
        1,
        0,
        0,
        0,
    )
    assert [(row[2], row[4]) for row in await held(people)] == [
        ("130123-D02", "130123"),
        ("130125-D02", "130125"),
    ]


async def test_bad_rows_are_named_and_the_good_ones_go_in(people: Cast) -> None:
    told = await take(
        await people.desk("clerk"),
        "responsibilities",
        table(
            LIST,
            "街面秩序,骆驼,城管局,主办,",
            "没有,,城管局,主办,",
            "街面秩序,,没有局,主办,",
            "街面秩序,,城管局,旁观,",
            "街面秩序,,城管局,主办,行唐县",
            "街面秩序,,城管局,主办,没有县",
            "街面秩序,,城管局,主办,",
        ),
    )
    assert counts(told) == (1, 0, 0, 6)
    words = ["街面秩序/骆驼", "没有", "没有局", "旁观", "行唐县", "没有县"]
    for fault, word in zip(told.errors, words, strict=True):
        assert word in fault.reason


async def test_only_an_administrator_brings_the_list_in(people: Cast) -> None:
    with pytest.raises(Refused):
        await take(await people.desk("boss"), "responsibilities", table(LIST, "街面秩序,,城管局,,"))
