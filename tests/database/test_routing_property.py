"""Any cases, drawn by chance: what looks the same is seen by whoever asks, explained whole, and mutual."""

import random
from typing import Any

import pytest

from console.desk.reads import Reads
from tests.database.cast import Cast, later

TITLES = ("路口水管破裂跑水", "水管破了", "井盖丢失", "路口井盖没了", "垃圾桶满溢")
CLASSES = ("突发事件/管线破裂", "突发事件/积水", "公用设施/井盖缺失", "市容环境/暴露垃圾")
VIEWERS = ("seat", "second", "town_seat", "beside", "unit")


async def drawn(people: Cast, chance: random.Random, count: int) -> list[int]:
    """Report ``count`` cases in some 150 m and 40 hours; some hidden, some of a village or of nowhere."""
    numbers = []
    for _ in range(count):
        await people.database.freeze(later(hours=chance.uniform(0, 40)))
        who = chance.choice(("seat", "town_seat"))
        facts: dict[str, object] = {
            "title": chance.choice(TITLES),
            "class": chance.choice(CLASSES),
            "phone": f"1390000000{chance.randrange(4)}",
            "centre": "130123201" if who == "town_seat" else "130123",
            "restricted": chance.random() < 0.2,
        }
        if chance.random() < 0.6:
            point = [114.51 + chance.uniform(0, 0.0015), 38.11 + chance.uniform(0, 0.0015)]
            facts |= {"point": point, "datum": "WGS-84"}
        elif chance.random() < 0.8:
            village = chance.choice(("130123101001", "130123201001"))
            facts |= {"at_organisation": village, "place": chance.choice(("东街口", "西街口"))}
        numbers.append(await people.report(who, **facts))
    return numbers


def told_by(row: dict[str, Any]) -> set[str]:
    return {one["reason"] for one in row["reasons"]}


@pytest.mark.parametrize("seed", [1])
async def test_what_looks_the_same_is_seen_explained_and_mutual(people: Cast, seed: int) -> None:
    numbers = await drawn(people, random.Random(seed), 16)
    await people.database.freeze(later(hours=41))
    pairs = 0
    for login in VIEWERS:
        raw = await people.raw(login)
        seen = {row["number"] for row in await raw.fetch("SELECT number FROM gridseat.incident")}
        await raw.close()
        reads = Reads(await people.desk(login))
        told = {number: await reads.duplicates({"number": number}) for number in numbers if number in seen}
        for number, rows in told.items():
            assert {row["number"] for row in rows} <= seen - {number}
            for row in rows:
                assert 0.45 <= row["score"] <= 1
                assert row["score"] == pytest.approx(sum(one["points"] for one in row["reasons"]), abs=1e-6)
                near = row["metres"] is not None and row["metres"] <= 50
                assert near == ("distance" in told_by(row))
                assert (row["metres"] is not None) <= ("same_place" not in told_by(row))
                if len(rows) < 10 and len(told[row["number"]]) < 10:
                    assert number in {back["number"] for back in told[row["number"]]}
                pairs += 1
    assert pairs > 20, "chance has drawn nothing that looks the same"
