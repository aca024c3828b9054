"""A figure among its peers: place and middle are those of the boards that the peers have themselves."""

from pathlib import Path
from statistics import median

import pytest

from console.desk.desk import Desk
from console.desk.reads import Reads
from console.errors import Refused
from console.indicators import figures
from console.indicators.figures import Peers
from console.indicators.indicator import BOARDS
from tests.database.boards import NANLOU
from tests.database.offices import ORGANISATIONS, table, take
from tests.database.operations import fold as fold_work
from tests.database.test_board_marks import busy, lively
from tests.database.test_board_marks import reads as reads  # noqa: PLC0414  a fixture
from tests.database_fixtures import Database, report

TOWNS = ("130123101", "130123201", "130123301")


async def test_peers_are_told_as_their_own_boards_tell_them(
    database: Database, duty: Desk, reads: Reads, tmp_path: Path
) -> None:
    assert await reads.board_peers("incidents", TOWNS[0], 3) == {}, "of two the other one would be told"
    await take(duty, "organisations", table(ORGANISATIONS, f"{TOWNS[2]},三镇,township,130123"))
    await busy(database, duty, tmp_path)
    await take(duty, "patrols", table("工号,开始时间,结束时间,网格编码", "W1,2026-11-01 09:00,,"))
    await take(duty, "visits", table("工号,走访日期,户编号,走访结果", "W1,2026-11-01,H1,是"))
    await fold_work(database.owner)
    await lively(database, duty, seed=11)
    for key in BOARDS:
        boards = [figures.parse(await reads.board(key, town, 3)) for town in TOWNS]
        told = await reads.board_peers(key, TOWNS[0], 3)
        assert len(told) > 3
        for name, one in told.items():
            peers = Peers(**one)
            own = [board.figure(name) for board in boards]
            values = [figure.value for figure in own if figure is not None and figure.value is not None]
            assert peers.of == len(values) == 3, name
            assert peers.median == pytest.approx(median(values), abs=1e-6), name
            assert peers.above == sum(value > values[0] for value in values), name
            assert peers.below == sum(value < values[0] for value in values), name
        assert not {"residents", "registered", "alone", "workers"} & {*told}, "nobody's merit"


async def test_peers_tell_nothing_of_restricted_cases_nor_to_others(
    database: Database, duty: Desk, reads: Reads
) -> None:
    await take(duty, "organisations", table(ORGANISATIONS, f"{TOWNS[2]},三镇,township,130123"))
    await report(duty, **NANLOU)
    before = await reads.board_peers("incidents", TOWNS[0], 1)
    assert before["received"] == {"of": 3, "median": 0, "above": 1, "below": 0}
    await report(duty, restricted=True, **NANLOU)
    assert await reads.board_peers("incidents", TOWNS[0], 1) == before
    await database.add("town", "seat supervisor", TOWNS[0])
    desk = Desk(database.door("town"))
    try:
        assert await Reads(desk).board_peers("incidents", None, 1) == before, "of one's own, the same"
        with pytest.raises(Refused, check=lambda error: error.code == "outside_your_tree"):
            await Reads(desk).board_peers("incidents", TOWNS[1], 1)
    finally:
        await desk.close()
