"""A campaign counts the cases of its classes, in its organisation, on its days; so does its bulletin."""

import json
from datetime import date
from typing import Any

import asyncpg
import pytest

from console import language
from console.bulletins import pages, sentences, words
from console.bulletins.bulletin import ISSUE, parse
from console.desk.desk import Desk
from console.language import say
from tests.database.boards import NANLOU, SignIn, at, closed, dispatched, handled
from tests.database.boards import lead as lead  # noqa: PLC0414  a fixture
from tests.database.boards import sign_in as sign_in  # noqa: PLC0414  a fixture
from tests.database.counting import fold
from tests.database_fixtures import Database, report

ADD = "SELECT desk.add_campaign($1, $2, $3, $4, $5, $6, $7::text::numeric)"
FIRST, LAST = date(2026, 11, 10), date(2026, 11, 30)
BAKING = {"class": "市容环境/露天烧烤"}


async def make(
    person: asyncpg.Connection, name: str, *classes: str, place: str | None = "130123", **args: object
) -> None:
    days = args.get("first", FIRST), args.get("last", LAST)
    await person.execute(ADD, place, name, *days, classes, args.get("figure"), args.get("target"))


async def told(person: asyncpg.Connection, name: str) -> dict[str, Any]:
    document = json.loads(await person.fetchval("SELECT desk.campaign_figures('130123', $1)", name))
    return {one["key"]: one for one in document["figures"]}


async def cases(person: asyncpg.Connection, name: str, figure: str) -> list[int]:
    rows = await person.fetch("SELECT desk.campaign_cases('130123', $1, $2)", name, figure)
    return [row[0] for row in rows]


async def three(database: Database, duty: Desk) -> tuple[int, int, int]:
    """One stall and two barbecues, one of these handled late and closed."""
    stall = await dispatched(database, duty, "09:00")
    late, waits = [await dispatched(database, duty, "09:10", **BAKING) for _ in range(2)]
    await handled(database, duty, late, "12:00")
    await closed(database, duty, late, "12:10")
    await at(database, "15:00")
    return stall, late, waits


async def test_a_campaign_counts_its_classes_alone(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    stall, late, waits = await three(database, duty)
    await make(lead, "夜间烧烤", "市容环境/露天烧烤", figure="on_time", target="0.9")
    await make(lead, "街面", "街面秩序")
    await make(lead, "两样", "街面秩序", "市容环境")
    await make(lead, "秋季", "街面秩序", first=date(2026, 10, 1))
    told_by = {}
    for name in ("秋季", "街面"):
        document = await lead.fetchval("SELECT desk.campaign_figures('130123', $1)", name)
        told_by[name] = json.loads(document)["step"]
    assert told_by == {"秋季": "week", "街面": "day"}, "a few classes have too few cases a day for a share"
    for folded in (False, True):
        if folded:
            await fold(database.owner)
        for name, received in (
            ("夜间烧烤", [late, waits]),
            ("街面", [stall]),
            ("两样", [stall, late, waits]),
        ):
            assert (await told(lead, name))["received"]["value"] == len(received)
            assert sorted(await cases(lead, name, "received")) == received
        found = await told(lead, "夜间烧烤")
        assert (found["closing"]["numerator"], found["closing"]["denominator"]) == (1, 2)
        assert (found["on_time"]["numerator"], found["on_time"]["denominator"]) == (0, 2)
        assert (found["open"]["value"], await cases(lead, "夜间烧烤", "open")) == (1, [waits])
        assert await cases(lead, "夜间烧烤", "closing:rest") == [waits]


async def test_its_bulletin_tells_whether_the_target_is_reached(
    database: Database, duty: Desk, lead: asyncpg.Connection
) -> None:
    await three(database, duty)
    await make(lead, "夜间烧烤", "市容环境/露天烧烤", figure="closing", target="0.5")
    await make(lead, "返工", "市容环境", figure="rework", target="0.05")

    async def issued(name: str) -> list[str]:
        row = await lead.fetchrow(ISSUE, "130123", "", "", False, name)
        assert row is not None
        bulletin = parse(row["document"], row["digest"])
        assert words.title(bulletin) == f"正定县“{name}”专项行动通报"
        assert words.period(bulletin) == "2026年11月10日至2026年11月18日"
        return list(sentences.summary(bulletin))

    said = await issued("夜间烧烤")
    assert said[:2] == [
        "行动范围：市容环境/露天烧烤，至 2026年11月30日 结束。",
        "目标：办结率不低于 50.0 %；目前 50.0 %，已达到。",
    ]
    assert "接报 2 件" in said[2]
    assert "返工率不高于 5.0 %；目前 0.0 %，已达到" in (await issued("返工"))[1]
    listed = await lead.fetch("SELECT number, campaign FROM desk.bulletins('130123')")
    assert [tuple(row) for row in listed] == [(2, "返工"), (1, "夜间烧烤")]


async def test_its_bulletin_names_classes_in_the_language_of_its_reader(
    database: Database, lead: asyncpg.Connection
) -> None:
    await at(database, "15:00")
    await make(lead, "两样", "街面秩序", "市容环境/露天烧烤")
    row = await lead.fetchrow(ISSUE, "130123", "", "", False, "两样")
    assert row is not None
    bulletin = parse(row["document"], row["digest"])
    assert "街面秩序、市容环境/露天烧烤，" in next(sentences.summary(bulletin))
    language.use("en")
    said = next(sentences.summary(bulletin))
    language.use("zh")
    assert said == "The campaign is about Street order, Sanitation/Open-air barbecue, until 2026-11-30."


async def test_it_ends_when_it_is_ended(database: Database, duty: Desk, lead: asyncpg.Connection) -> None:
    await three(database, duty)
    await make(lead, "街面", "街面秩序")
    assert await lead.fetchval("SELECT desk.end_campaign('130123', '街面')") == date(2026, 11, 18)
    await database.freeze("2026-11-20T09:00+08:00")
    assert (await told(lead, "街面"))["received"]["value"] == 1
    with pytest.raises(asyncpg.PostgresError, match="campaign_over"):
        await lead.execute("SELECT desk.end_campaign('130123', '街面')")
    await make(lead, "岁末", "街面秩序", first=date(2026, 12, 1), last=date(2026, 12, 31))
    with pytest.raises(asyncpg.PostgresError, match="campaign_ahead"):
        await told(lead, "岁末")


async def test_wrong_campaigns_are_refused(
    database: Database, lead: asyncpg.Connection, sign_in: SignIn
) -> None:
    await at(database, "12:00")
    await make(lead, "街面", "街面秩序")
    for code, name, classes, args in (
        ("no_such_class", "甲", ["月球"], {}),
        ("campaign_classes", "甲", [], {}),
        ("campaign_unnamed", " ", ["街面秩序"], {}),
        ("campaign_unnamed", "长" * 61, ["街面秩序"], {}),
        ("campaign_days", "甲", ["街面秩序"], {"last": date(2026, 11, 9)}),
        ("campaign_target", "甲", ["街面秩序"], {"figure": "received", "target": "0.5"}),
        ("campaign_target", "甲", ["街面秩序"], {"figure": "closing", "target": "1.5"}),
        ("campaign_target", "甲", ["街面秩序"], {"figure": "closing", "target": "NaN"}),
        ("campaign_known", "街面", ["街面秩序"], {}),
    ):
        with pytest.raises(asyncpg.PostgresError, match=code):
            await make(lead, name, *classes, **args)
    for login, positions, place in (("plain", "seat", "130123"), ("town", "seat supervisor", "130123101")):
        await database.add(login, positions, place)
    plain, town = [await sign_in(who) for who in ("plain", "town")]
    with pytest.raises(asyncpg.PostgresError, match="campaign_leader_needed"):
        await make(plain, "甲", "街面秩序")
    assert (await told(plain, "街面"))["received"]["value"] == 0
    for question in ("desk.campaign_figures('130123', '街面')", "desk.campaigns('130123')"):
        with pytest.raises(asyncpg.PostgresError, match="outside_your_tree"):
            await town.fetch(f"SELECT {question}")
    with pytest.raises(asyncpg.PostgresError, match="outside_your_tree"):
        await make(town, "甲", "街面秩序")
    await make(town, "甲", "街面秩序", place=None)
    with pytest.raises(asyncpg.PostgresError, match="permission denied"):
        await plain.fetch("SELECT * FROM gridseat.campaign")


async def test_one_that_has_not_begun_goes_when_it_is_ended(
    database: Database, lead: asyncpg.Connection
) -> None:
    await at(database, "12:00")
    await make(lead, "岁末", "街面秩序", first=date(2026, 12, 1), last=date(2026, 12, 31))
    assert await lead.fetchval("SELECT desk.end_campaign('130123', '岁末')") is None
    assert await lead.fetch("SELECT * FROM desk.campaigns('130123')") == []


async def test_it_goes_on_over_the_new_year(database: Database, duty: Desk, lead: asyncpg.Connection) -> None:
    """Its days are counted on; the number is the first of the year in which it is issued."""
    await make(lead, "岁末年初", "街面秩序", first=date(2026, 12, 20), last=date(2027, 1, 10))
    await database.freeze("2026-12-30T10:00+08:00")
    await report(duty, **NANLOU)
    old = await lead.fetchrow(ISSUE, "130123", "", "", False, "岁末年初")
    await database.freeze("2027-01-05T10:00+08:00")
    await report(duty, **NANLOU)
    new = await lead.fetchrow(ISSUE, "130123", "", "", False, "岁末年初")
    assert (await told(lead, "岁末年初"))["received"]["value"] == 2
    for row, number, period, received in (
        (old, (2026, 1), "2026-12-20/2026-12-30", 1),
        (new, (2027, 1), "2026-12-20/2027-01-05", 2),
    ):
        assert row is not None
        bulletin = parse(row["document"])
        assert ((bulletin.year, bulletin.number), bulletin.period) == (number, period)
        assert words.told(bulletin, "received") == str(received)


async def test_one_without_cases_says_so(database: Database, lead: asyncpg.Connection) -> None:
    await at(database, "12:00")
    await make(lead, "清静", "街面秩序", figure="closing", target="0.95")
    row = await lead.fetchrow(ISSUE, "130123", "", "", False, "清静")
    assert row is not None
    said = list(sentences.summary(parse(row["document"])))
    assert said[-2:] == ["目标：办结率不低于 95.0 %；目前 —，尚未达到。", say("bulletins.blank")]
    assert len(pages.drawn(parse(row["document"]))) == 1
    assert await cases(lead, "清静", "received") == []


async def test_a_wall_is_not_told_who_made_one(
    database: Database, lead: asyncpg.Connection, sign_in: SignIn
) -> None:
    await make(lead, "夜市", "街面秩序")
    await database.add("screen", "wall", "130123")
    screen = await sign_in("screen")
    assert [row["set_by"] for row in await screen.fetch("SELECT * FROM desk.campaigns('130123')")] == [""]
    assert [row["set_by"] for row in await lead.fetch("SELECT * FROM desk.campaigns('130123')")] == ["lead"]
