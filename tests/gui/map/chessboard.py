"""A chessboard of 64 grids, and the hand that drags, turns the wheel and looks at pixels."""

import numpy as np
import shapely
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.geography.atlas import Atlas, surveyed
from console.geography.projection import point_to_plane
from ui.map.widget import MapView

WEST, SOUTH, CELL, SIDE = 114.50, 38.10, 0.01, 8  # a chessboard of 64 grids near 正定
CODES = [f"130123{row}{column}" for row in range(SIDE) for column in range(SIDE)]


def corner(row: float, column: float) -> tuple[float, float]:
    return WEST + column * CELL, SOUTH + row * CELL


def board(rows: int = SIDE) -> Atlas:
    cells = [
        shapely.box(*corner(row, column), *corner(row + 1, column + 1))
        for row in range(rows)
        for column in range(SIDE)
    ]
    return grids({code: shapely.to_wkb(cell) for code, cell in zip(CODES, cells, strict=False)})


def grids(outlines: dict[str, bytes]) -> Atlas:
    names = [f"第{n}网格" for n in range(len(outlines))]
    return surveyed(list(outlines), names, ["130123101001"] * len(outlines), list(outlines.values()))


def drawn(view: MapView, qtbot: QtBot) -> QImage:
    """Wait for the exact picture and return what is on the screen."""
    view.repaint()
    qtbot.waitUntil(lambda: view.exact)
    return view.grab().toImage()


def pixel(view: MapView, row: float, column: float) -> QPoint:
    """Return where on the screen a place on the board is, counted in cells from the south-west."""
    across, along = view.camera.view.to_pixels(*point_to_plane(*corner(row, column)))
    return QPoint(round(across), round(along))


def put(view: MapView, places: list[tuple[float, float]], grades: list[int]) -> None:
    points = np.array([corner(*place) for place in places]).reshape(-1, 2)
    view.set_incidents(range(1000, 1000 + len(places)), points[:, 0], points[:, 1], grades)


def wheel(view: QWidget, at: QPoint, notches: int) -> None:
    none, buttons = QPoint(), Qt.MouseButton.NoButton
    event = QWheelEvent(
        QPointF(at),
        view.mapToGlobal(QPointF(at)),
        none,
        QPoint(0, 120 * notches),
        buttons,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def drag(view: MapView, start: QPoint, way: QPoint) -> None:
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + way / 2)
    QTest.mouseMove(view, start + way)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + way)
