"""The layers of the map, by keys alone: opened, ticked, drawn from the database, kept for the person."""

from pathlib import Path

import shapely
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.desk.desk import Desk
from console.indicators.figures import parse
from console.indicators.indicator import indicators
from console.indicators.words import value_text
from tests.database_fixtures import Database, report
from tests.gui.desktop import Desktop, desktop, until, work
from tests.gui.test_map_work import PLACES, at, draw
from tests.small_county import GRIDS
from ui.layers.choice import BORDER, GRID, RESOURCE, STAFF
from ui.map.legend import Words
from ui.queue.conditions import read, value_label

Key = Qt.Key
STATION = """INSERT INTO gridseat.resource (organisation_id, code, name, kind, spot, raw, datum, phone)
    SELECT o.id, 'S1', '东门驿站', 'station', point($1, $2), point($1, $2), 'WGS-84', '0311-0000-0001'
    FROM gridseat.organisation AS o WHERE o.code = $3"""
WORKER = """WITH s AS (INSERT INTO gridseat.staff (code, name, kind, organisation_id, grid_id, phone)
        SELECT 'W1', '李红', 'full_time', g.organisation_id, g.id, '199-0000-0007'
        FROM gridseat.grid AS g WHERE g.code = $3 RETURNING id)
    INSERT INTO gridseat.staff_place (staff_id, spot, raw, datum, told_at)
    SELECT s.id, point($1, $2), point($1, $2), 'WGS-84', desk.now() FROM s"""
POLICE = """INSERT INTO gridseat.grid (code, name, kind, organisation_id, outline)
    SELECT 'P1', '第一警务网格', 'police', o.id, $1 FROM gridseat.organisation AS o WHERE o.code = $2"""


async def furnish(database: Database) -> None:
    """Put a station, a worker and a police grid over all three grids."""
    await draw(database)
    code, organisation, _west = GRIDS[0]
    await database.owner.execute(STATION, *PLACES[0], organisation)
    await database.owner.execute(WORKER, *PLACES[1], code)
    around = shapely.to_wkb(shapely.box(114.50, 38.10, 114.56, 38.12))
    await database.owner.execute(POLICE, around, organisation)


def tick(desk: Desktop, key: str) -> None:
    """Walk to a layer by the arrow keys, and tick it with Space."""
    tree = desk.page.layers.panel.tree
    QTest.keyClick(tree, Key.Key_Home)
    for _ in range(60):
        item = tree.currentItem()
        assert item is not None
        if item.data(0, Qt.ItemDataRole.UserRole) == key:
            break
        closed = item.childCount() > 0 and not item.isExpanded()
        QTest.keyClick(tree, Key.Key_Right if closed else Key.Key_Down)
    QTest.keyClick(tree, Key.Key_Space)


async def test_layers_are_chosen_by_keys_and_kept(database: Database, tmp_path: Path, duty: Desk) -> None:
    await furnish(database)
    await report(duty, point=list(PLACES[2]), datum="WGS-84")
    await report(duty)  # without a point: in no police grid
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        shown, layers = desk.page.map, desk.page.layers
        await until(lambda: len(shown.atlas) == len(GRIDS) and shown.exact)
        bare = shown.grab().toImage()
        shown.setFocus()
        QTest.keyClick(shown, Key.Key_L)
        assert QApplication.focusWidget() is layers.panel.tree
        for key in (GRID + "police", BORDER + "township", STAFF, RESOURCE + "station"):
            tick(desk, key)
            await until(lambda key=key: key in layers.choice.on)  # type: ignore[misc]
        await until(lambda: len(shown.scene.pins["resources"]) == 1 and len(shown.scene.pins["staff"]) == 1)
        QTest.keyClick(layers.panel.tree, Key.Key_Escape)
        assert QApplication.focusWidget() is shown
        await until(lambda: shown.exact)
        assert shown.grab().toImage() != bare

        await told(desk)
        await hurried(desk)
        await figured(desk)
        layers.panel.ground.setCurrentIndex(layers.panel.ground.findData("police"))
        layers.panel.ground.activated.emit(layers.panel.ground.currentIndex())
        await until(lambda: shown.atlas.codes == ["P1"] and shown.exact)
        await policed(desk)
        chosen = layers.choice
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        assert desk.page.layers.choice == chosen
        await until(lambda: desk.page.map.atlas.codes == ["P1"])


async def told(desk: Desktop) -> None:
    """Rest on a station and on a worker, and read their cards."""
    shown = desk.page.map
    await until(lambda: pointed(desk, 0)[:1] == ["东门驿站"])
    assert shown.card[1].startswith("网格驿站 · ")
    assert shown.card[2] == "0311-0000-0001"
    await until(lambda: pointed(desk, 1)[:1] == ["李红 · 专职网格员"])
    assert shown.card[-1] == "0 分钟前上报位置"


async def hurried(desk: Desktop) -> None:
    """Tick and take back before the database has answered: what the panel says is what is shown."""
    shown, layers = desk.page.map, desk.page.layers
    for times in (1, 2):  # off; on and off again
        for _ in range(times):
            tick(desk, RESOURCE + "station")
            work()
    tick(desk, STAFF)
    await until(lambda: not len(shown.scene.pins["staff"]))
    tick(desk, STAFF)
    await until(lambda: len(shown.scene.pins["staff"]) == 1)  # so the answers before this one have come
    assert RESOURCE + "station" not in layers.choice.on
    assert not len(shown.scene.pins["resources"])


async def figured(desk: Desktop) -> None:
    """Colour the grids by a figure that is found by its initials; the card says what the board says."""
    fields = desk.page.layers.panel.figure
    completer = fields.figure.completer()
    assert completer is not None
    completer.setCompletionPrefix("jb")
    completer.activated.emit(completer.currentCompletion())
    fields.area.setCurrentIndex(fields.area.findData("township"))
    fields.area.activated.emit(fields.area.currentIndex())
    await until(lambda: [line for line in pointed(desk, 2, 60) if line.startswith("接报 ")])
    township = desk.session.seat.directory.at_level(GRIDS[2][1], "township") if desk.session.seat else ""
    board = parse(await desk.console.reads.board("incidents", township, 30))
    received = next(one for one in board.figures if one.key == "received")
    assert received.value == 1
    assert f"接报 {value_text(indicators()['received'], received.value)}" in desk.page.map.card
    said = [row.text for row in desk.page.map.scene.legend.rows if isinstance(row, Words)]
    assert "接报（件）· 按乡镇（街道）" in said


async def policed(desk: Desktop) -> None:
    """Click a police grid: the queue shows what lies in it, whatever grid it is filed under."""
    shown, queue, work_ = desk.page.map, desk.page.queue, desk.page.map_work
    shown.setFocus()
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=at(desk, PLACES[2], 60))
    assert work_.chosen.grids == ["P1"]
    assert work_.offer.text() == "只看第一警务网格（1）"
    QTest.keyClick(shown, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (condition,) = queue.filters.conditions
    assert value_label(condition) == "第一警务网格 P1"
    assert len(desk.rows) == 1
    assert read(condition.told()) == condition
    queue.show_all()
    assert len(desk.rows) == 2


def pointed(desk: Desktop, place: int, right: int = 0) -> list[str]:
    shown = desk.page.map
    shown.point_at(at(desk, PLACES[place], right).toPointF())
    return shown.card
