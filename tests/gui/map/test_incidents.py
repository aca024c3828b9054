"""Incidents on the map: their grade, their crowds, and the click that opens one."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.map.chessboard import drawn, pixel, put
from ui.map.markers import Markers
from ui.map.widget import MapView
from ui.theme import theme


@pytest.mark.parametrize(("grade", "role"), list(enumerate(["fine", "near", "overdue"])))
def test_an_incident_shows_its_grade_and_answers_a_click(
    view: MapView, qtbot: QtBot, grade: int, role: str
) -> None:
    put(view, [(4.5, 4.5)], [grade])
    assert drawn(view, qtbot).pixelColor(pixel(view, 4.5, 4.5)) == theme.color(role)
    with qtbot.waitSignal(view.incidentActivated) as activated, qtbot.assertNotEmitted(view.gridActivated):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 4.5, 4.5) + QPoint(4, 3))
    assert activated.args == [1000]


def test_the_selected_incident_is_ringed_even_in_a_crowd(view: MapView, qtbot: QtBot) -> None:
    put(view, [(4.5, 4.5)] * 6, [0] * 6)
    view.select(1003)
    spot = pixel(view, 4.5, 4.5)
    ring = drawn(view, qtbot).pixelColor(spot + QPoint(15, 0))
    accent = theme.color("accent")
    assert abs(ring.blue() - accent.blue()) < 40
    view.select(None)
    assert drawn(view, qtbot).pixelColor(spot + QPoint(15, 0)) != QColor(ring)


def test_a_click_on_a_crowd_goes_nearer_until_it_falls_apart(view: MapView, qtbot: QtBot) -> None:
    put(view, [(4.50, 4.50), (4.52, 4.50), (4.50, 4.53), (4.53, 4.52)], [0, 2, 0, 0])
    before = view.camera.view.scale
    with qtbot.assertNotEmitted(view.incidentActivated):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 4.51, 4.51))
    assert view.camera.view.scale < before / 5
    with qtbot.waitSignal(view.incidentActivated) as activated:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=pixel(view, 4.52, 4.50))
    assert activated.args == [1001]


def test_incidents_without_a_point_are_left_out() -> None:
    markers = Markers()
    markers.put([1, 2], np.array([np.nan, 114.5]), np.array([38.1, 38.1]), [0, 0])
    assert len(markers) == 1
    assert markers.place(1) is None
