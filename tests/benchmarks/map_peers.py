"""What others need for the same map: one QGraphicsPolygonItem a grid, and QGIS where it is installed."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsEllipseItem, QGraphicsPolygonItem, QGraphicsScene

from console.geography.view import View

QGIS = Path(__file__).with_name("map_qgis.py")
PATIENCE = 600  # seconds that QGIS may take in all
SIGHT = 40.0  # metres: half a mark at the city's view


class Scene:
    """A QGraphicsScene of polygons and marks, and the picture that it is drawn on."""

    def __init__(self, shapes: NDArray[np.object_], shades: Sequence[str], size: tuple[int, int]) -> None:
        self.scene = QGraphicsScene()
        self.scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._brushes = [QBrush(QColor(shade)) for shade in shades]
        self._picture = QImage(QSize(*size), QImage.Format.Format_RGB32)
        pen = QPen(QColor("#0e1318"))
        pen.setCosmetic(True)
        self._grids: list[QGraphicsPolygonItem] = []
        for shape in shapes:
            corners = shapely.get_coordinates(shapely.get_exterior_ring(shape)).tolist()
            grid = QGraphicsPolygonItem(QPolygonF([QPointF(x, -y) for x, y in corners]))
            grid.setPen(pen)
            self.scene.addItem(grid)
            self._grids.append(grid)
        self._marks: list[QGraphicsEllipseItem] = []

    def colour(self, shades: NDArray[np.int64]) -> None:
        """Give each grid its shade."""
        for grid, shade in zip(self._grids, shades.tolist(), strict=True):
            grid.setBrush(self._brushes[shade])

    def mark(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Put marks at points of the plane."""
        for right, up in zip(x.tolist(), y.tolist(), strict=True):
            mark = QGraphicsEllipseItem(-SIGHT, -SIGHT, 2 * SIGHT, 2 * SIGHT)
            mark.setBrush(self._brushes[-1])
            mark.setPos(right, -up)
            self.scene.addItem(mark)
            self._marks.append(mark)

    def move(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Move the first marks to other points."""
        for mark, right, up in zip(self._marks, x.tolist(), y.tolist(), strict=False):
            mark.setPos(right, -up)

    def draw(self, view: View) -> None:
        """Draw the view."""
        west, south, east, north = view.bounds
        painter = QPainter(self._picture)
        self.scene.render(painter, QRectF(), QRectF(west, -north, east - west, north - south))
        painter.end()


def qgis_cpu(
    shapes: NDArray[np.object_], shades: NDArray[np.int64], views: Sequence[View], folder: Path
) -> list[float] | None:
    """Return the CPU seconds that QGIS takes for each view; None where it is not installed."""
    python = next(filter(_has_qgis, filter(None, map(shutil.which, ("/usr/bin/python3", "python3")))), None)
    if python is None:
        return None
    wkb = shapely.to_wkb(shapes).tolist()
    facts = {
        "lengths": [len(one) for one in wkb],
        "shades": shades.tolist(),
        "views": [view.bounds for view in views],
        "size": [views[0].width, views[0].height],
    }
    (folder / "city.wkb").write_bytes(b"".join(wkb))
    (folder / "city.json").write_text(json.dumps(facts), encoding="utf-8")
    command = [python, str(QGIS), str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    taken: list[float] = json.loads(answer.stdout.splitlines()[-1])
    return taken


def _has_qgis(python: str) -> bool:
    return (
        subprocess.run([python, "-c", "import qgis.core"], capture_output=True, check=False).returncode == 0
    )
