"""What stands in the county, on the chessboard: plates, crowds that lose nothing, cards, borders above."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.geography.borders import Borders, Stroke
from tests.gui.map.chessboard import corner, drawn, pixel, put
from ui.map.legend import Icon, Icons
from ui.map.pins import Things
from ui.map.widget import MapView

NAMES = ["消火栓", "摄像头"]
PLACES = [(1.5, 1.5), (1.52, 1.5), (1.5, 1.52), (6.5, 2.5)]


def stand(view: MapView, places: list[tuple[float, float]] = PLACES) -> None:
    points = np.array([corner(*place) for place in places])
    kinds = np.arange(len(places)) % 2
    told = [[f"第{n}处", NAMES[n % 2]] for n in range(len(places))]
    things = Things(
        points[:, 0],
        points[:, 1],
        kinds,
        ["drop", "camera"],
        NAMES.__getitem__,
        told.__getitem__,
        range(len(places)),
    )
    view.set_pins("resources", things)


def test_a_plate_and_a_crowd_tell_what_they_stand_for(view: MapView, qtbot: QtBot) -> None:
    bare = drawn(view, qtbot)
    stand(view)
    assert drawn(view, qtbot) != bare
    icons = Icons((Icon("text2", "drop", "消火栓"), Icon("text2", "camera", "摄像头")))
    assert icons in view.scene.legend.rows
    QTest.mouseMove(view, pixel(view, 6.5, 2.5))
    assert view.card == ["第3处", "摄像头"]
    QTest.mouseMove(view, pixel(view, 1.507, 1.507))
    assert view.card == ["此处 3 处资源", "消火栓　2 · 摄像头　1", "点击放大"]
    before = view.camera.view.scale
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 1.507, 1.507))
    assert view.camera.view.scale < before
    view.set_pins("resources", None)
    view.camera.fit()
    QTest.mouseMove(view, QPoint(2, 2))
    assert drawn(view, qtbot) == bare


def test_a_plate_that_is_clicked_is_held_with_its_card(view: MapView, qtbot: QtBot) -> None:
    stand(view)
    put(view, [(6.5, 6.5)], [0])
    drawn(view, qtbot)
    plate, grids = pixel(view, 6.5, 2.5), list[str]()
    view.gridActivated.connect(grids.append)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=plate)
    assert view.held.lines == ["第3处", "摄像头"]
    assert not grids
    assert "第3处" in view.accessibleDescription()
    bare = drawn(view, qtbot)
    view.select(1000)
    assert view.held.lines[2].startswith("距事件 1000 直线 ")
    stand(view)  # read again: the same things
    view.select(None)
    assert drawn(view, qtbot) == bare
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.held.lines
    view.cross.begin()
    view.cross.move(QPointF(plate) - (view.cross.at or QPointF()))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.held.lines[0] == "第3处"
    view.set_pins("resources", None)
    assert not view.held.lines


def test_crowds_of_plates_lose_nothing(view: MapView, qtbot: QtBot) -> None:
    chance = np.random.default_rng(5)
    stand(view, [(row, column) for row, column in chance.uniform(0.5, 7.5, (400, 2)).tolist()])
    drawn(view, qtbot)
    pins = view.scene.pins["resources"]
    assert pins.sum == 400
    view.camera.zoom(3, 295, 370)
    drawn(view, qtbot)
    assert 0 < pins.sum < 400


def test_borders_above_are_drawn_and_taken_away(view: MapView, qtbot: QtBot) -> None:
    bare = drawn(view, qtbot)
    at = pixel(view, 4.5, 4)
    view.scene.above.show([Borders(Stroke(0xFFFF00FF, 0x80800080, 4))])
    qtbot.waitUntil(lambda: view.scene.above.exact)
    assert drawn(view, qtbot).pixelColor(at).name() == "#ff00ff"
    view.camera.pan(30, 0)
    assert view.grab().toImage().pixelColor(at + QPoint(30, 0)).name() == "#ff00ff"
    view.scene.above.show([])
    view.camera.fit()
    assert drawn(view, qtbot) == bare
