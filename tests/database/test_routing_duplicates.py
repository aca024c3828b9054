"""Which living cases a report would repeat: found, explained in points, told only to those who see them."""

from typing import Any

import pytest

from console.desk.reads import Reads
from tests.database.cast import Cast, later

HERE = (114.5100, 38.1100)
DEGREE = 111195.08  # metres of a degree of latitude on the sphere that is measured on
SPOT = {"point": list(HERE), "datum": "WGS-84"}
BURST = {"title": "路口水管破裂跑水", "class": "突发事件/管线破裂"}


def away(metres: float) -> dict[str, object]:
    """Return a point so far north of HERE."""
    return {"point": [HERE[0], HERE[1] + metres / DEGREE], "datum": "WGS-84"}


async def duplicates(people: Cast, login: str, **args: object) -> list[dict[str, Any]]:
    return await Reads(await people.desk(login)).duplicates(args)


async def numbers(people: Cast, login: str, **args: object) -> list[int]:
    return [row["number"] for row in await duplicates(people, login, **args)]


def reasons(row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["reason"]: one for one in row["reasons"]}


async def test_the_second_caller_about_one_burst_pipe_is_told_of_the_first(people: Cast) -> None:
    first = await people.report(**BURST, **SPOT, place="恒山路口", phone="139 0000 0001")
    await people.database.freeze(later(minutes=10))
    (row,) = await duplicates(
        people, "seat", **(BURST | {"title": "水管破了在跑水"}), **away(20), phone="+86-13900000001"
    )
    assert (row["number"], row["status"], row["class_code"]) == (first, "reported", "突发事件/管线破裂")
    assert (round(row["metres"]), row["minutes"], row["same_phone"]) == (20, 10, True)
    assert (row["head"], row["reports"], row["place"], row["attachable"]) == (False, 0, "恒山路口", True)
    assert set(reasons(row)) == {"distance", "time", "phone", "text", "class"}
    assert row["score"] == pytest.approx(sum(one["points"] for one in row["reasons"]))
    assert 0.8 < row["score"] <= 1
