"""A map without grids is a map: it stands at the county, shows its base map and the cases, and is used."""

from pathlib import Path

import pytest
import shapely
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.geography.atlas import NOTHING
from console.geography.projection import plane_to_point, point_to_plane
from console.settings import Settings
from tests.base_maps import RED, mbtiles
from tests.database_fixtures import Database, report
from tests.gui.desktop import Desktop, desktop, until
from tests.gui.map.chessboard import SIDE, corner, drawn, pixel, put, wheel
from tests.gui.map.test_base import near, picture, squares, veiled
from tests.small_county import GRIDS
from ui.map.notice import Notice
from ui.map.widget import MapView
from ui.preferences import preferences

OUTLINE = """INSERT INTO gridseat.organisation_outline (organisation_id, outline, drawn_at)
    SELECT o.id, $1, desk.now() FROM gridseat.organisation AS o WHERE o.code = $2"""
BEIJING, URUMQI, SANYA = (116.39, 39.91), (87.62, 43.83), (109.51, 18.25)
HERE = (114.55, 38.11)


@pytest.fixture
def bare(qtbot: QtBot) -> MapView:
    view = MapView()
    qtbot.addWidget(view)
    view.resize(590, 740)
    view.set_grids(NOTHING)
    view.camera.expect((*point_to_plane(*corner(0, 0)), *point_to_plane(*corner(SIDE, SIDE))))
    view.show()
    return view


def test_it_shows_the_base_map_and_cases_that_are_clicked(
    bare: MapView, qtbot: QtBot, tmp_path: Path
) -> None:
    tiles = {tile: picture("png", RED) for tile in squares(12)}
    path = mbtiles(tmp_path / "county.mbtiles", tiles, format="png", attribution="审图号")
    preferences.start(Settings(state=tmp_path, base_map=str(path)))
    qtbot.waitUntil(lambda: bare.scene.base.shown)
    put(bare, [(4, 4)], [2])
    assert near(drawn(bare, qtbot).pixelColor(pixel(bare, 2, 2)), veiled(RED))
    with qtbot.waitSignal(bare.incidentActivated) as activated:
        QTest.mouseClick(bare, Qt.MouseButton.LeftButton, pos=pixel(bare, 4, 4))
    assert activated.args == [1000]
    QTest.mouseMove(bare, pixel(bare, 4, 4))
    assert bare.card == ["1000 · 已超期"]
    QTest.mouseClick(bare, Qt.MouseButton.LeftButton, pos=pixel(bare, 6, 6))
    notice = next(one for one in bare.findChildren(Notice) if one.isVisible())
    assert not any(notice.geometry().contains(pixel(bare, *ends)) for ends in ((SIDE, 0), (SIDE, SIDE)))
    wheel(bare, QPoint(200, 200), 2)
    drawn(bare, qtbot)


def shows(desk: Desktop, *places: tuple[float, float]) -> bool:
    """Tell whether all these places are on the map."""
    view, shown = desk.page.map.camera.view, desk.page.map
    return all(
        shown.rect().contains(*(round(edge) for edge in view.to_pixels(*point_to_plane(*place))))
        for place in places
    )


async def test_it_stands_at_the_country_then_at_the_cases_then_at_the_county(
    database: Database, tmp_path: Path, duty: Desk
) -> None:
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        shown = desk.page.map
        await until(lambda: shown.camera.framed)
        assert shows(desk, BEIJING, URUMQI, SANYA)
        assert "还没有网格图形" in shown.state.notice
        number = await report(duty, point=list(HERE), datum="WGS-84")
        await until(lambda: shown.place_of(number) and not shows(desk, BEIJING))
        view = shown.camera.view
        assert plane_to_point(view.x, view.y) == pytest.approx(HERE, abs=0.05)
        wheel(shown, QPoint(50, 50), 3)
        held = shown.camera.view
        other = await report(duty, point=list(SANYA), datum="WGS-84")
        await until(lambda: shown.place_of(other))
        assert shown.camera.view == held, "a hand has moved it"
    county = shapely.to_wkb(shapely.box(114.3, 38.0, 114.8, 38.3))
    await database.owner.execute(OUTLINE, county, GRIDS[0][1])
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        await until(lambda: desk.page.map.camera.framed)
        assert shows(desk, (114.3, 38.0), (114.8, 38.3))
        assert not shows(desk, SANYA)
