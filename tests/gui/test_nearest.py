"""What is near a case: read only when it is wanted, dialled and copied by key, drawn as a line on the map."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from console.desk.desk import Desk
from tests.database_fixtures import Database, report
from tests.gui.conftest import Outside
from tests.gui.desktop import Desktop, desktop, tap, until
from tests.gui.test_grid_card import STAFF
from tests.gui.test_map_work import CODES, PLACES, draw

Key, Held = Qt.Key, Qt.KeyboardModifier
RESOURCE = """INSERT INTO gridseat.resource (code, name, kind, organisation_id, spot, raw, datum, phone)
    SELECT $1, $2, $3, o.id, point($4, $5), point($4, $5), 'WGS-84', $6
    FROM gridseat.organisation AS o WHERE o.code = '130123'"""


async def stand(database: Database, code: str, kind: str, lon: float, lat: float, phone: str = "") -> None:
    """Put a resource of the county at a point."""
    await database.owner.execute(RESOURCE, code, f"资源{code}", kind, lon, lat, phone)


async def test_the_nearest_of_a_case_are_reached_by_key(
    database: Database, duty: Desk, tmp_path: Path, outside: Outside
) -> None:
    await draw(database)
    lon, lat = PLACES[0]
    await stand(database, "栓1", "hydrant", lon + 0.001, lat, "0311-88001122")
    await stand(database, "栓2", "hydrant", lon + 0.002, lat)
    await stand(database, "站1", "station", lon + 0.003, lat)
    await database.owner.execute(STAFF, "W1", "李网格", "head", "13912345678", CODES[0])
    number = await report(duty, point=[lon, lat], datum="WGS-84")
    other = await report(duty)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        await desk.furnished()
        near, reach = desk.case.body.nearest, desk.page.around.reach
        await until(lambda: desk.page.map.place_of(number) and desk.page.map.exact)
        near.toggle.setFocus()
        tap(Key.Key_Space)
        await until(lambda: len(near.resources.rows) == 3)
        assert [row.words for row in near.resources.rows] == [
            "资源栓1",
            "资源站1",
            "资源栓2",
        ]  # of each kind first
        hydrant, (head,) = near.resources.rows[0], near.own.rows
        assert (hydrant.lead, hydrant.aside) == ("消火栓", "88 米 · 0311-88001122")
        assert (head.lead, head.words, head.aside) == ("网格长", "李网格", "13912345678")
        await by_key(desk, outside)

        await desk.open(other)  # nothing of the other case stays, on the map neither
        await until(
            lambda: near.told.text() == f"事件 {other} 没有坐标，所在网格也不清楚；请先在“归类”里补上位置"
        )
        assert (reach.words, near.resources.rows) == ("", [])


async def by_key(desk: Desktop, outside: Outside) -> None:
    """Dial and copy a resource and draw the line to it; who told no place has none."""
    near, reach, (lon, lat) = desk.case.body.nearest, desk.page.around.reach, PLACES[0]
    hydrant, (head,) = near.resources.rows[0], near.own.rows
    hydrant.setFocus()
    tap(Key.Key_F9)
    assert outside.asked == ["tel:031188001122"]
    tap(Key.Key_C, Held.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"资源栓1 0311-88001122 {lon + 0.001:.6f}, {lat:.6f} WGS-84"
    tap(Key.Key_Return)
    await until(lambda: reach.words == "资源栓1 · 88 米")
    assert QApplication.focusWidget() is hydrant
    head.setFocus()
    tap(Key.Key_Return)
    assert desk.notice == "没有报过位置，地图上画不出来"
