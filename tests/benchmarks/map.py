"""The map at a county's and at the largest city's size: milliseconds against the limits of the design."""

import os
from collections.abc import Callable
from functools import partial
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from console.geography.paint import Lines
from console.geography.raster import rasterise
from console.geography.view import View, fitted
from tests.benchmarks.city import CITY, atlas_of, city

SIZE = (1600, 1000)
COUNTY = 1200
LIMITS = {"exact": 150.0, "pan": 8.0, "wheel": 12.0, "recolour": 20.0, "hit": 0.005}  # milliseconds
REPEAT = 20
LINES = (0xFF141A21, 0xFF0E1318, 0xFFE8A33D, 0xFF9AABBB)


def run() -> list[dict[str, object]]:
    """Return one row a case: ours and the limit in milliseconds, and how many times as fast ours is."""
    return [row for name, count in (("county", COUNTY), ("city", CITY)) for row in _cases(name, city(count))]


def _cases(name: str, shapes: NDArray[np.object_]) -> list[dict[str, object]]:
    from ui.map.ground import Look, Picture, drawn, recoloured  # noqa: PLC0415  Qt after the platform

    grids = atlas_of(shapes)
    look = Look(np.full(len(shapes), 0xFF21466A, np.uint32), Lines(*LINES))
    whole = fitted(grids.bounds, *SIZE, 0)
    rows = [
        _row(
            f"{name}: exact at {nearness} ×",
            "exact",
            _median(partial(rasterise, grids.topology, view), REPEAT),
        )
        for nearness, view in ((n, whole.zoomed(n, 800, 500)) for n in (1, 4, 32))
    ]
    picture: Picture = drawn(grids, look, whole.wider(0.25))
    rows.append(_row(f"{name}: recolour", "recolour", _median(partial(recoloured, picture, look), REPEAT)))
    return rows + _screen(name, picture, whole)


def _screen(name: str, picture: object, whole: View) -> list[dict[str, object]]:
    """Time what the UI thread does: blit, stretch, look up."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QObject  # noqa: PLC0415
    from PySide6.QtGui import QGuiApplication, QImage, QPainter  # noqa: PLC0415

    from ui.map.ground import Ground, Picture  # noqa: PLC0415

    application = QGuiApplication.instance() or QGuiApplication([])
    owner = QObject(application)
    ground = Ground(owner)
    assert isinstance(picture, Picture)
    ground.put(picture.atlas)
    ground.picture = picture
    screen = QImage(*SIZE, QImage.Format.Format_RGB32)

    def shown(view: View) -> None:
        painter = QPainter(screen)
        ground.draw(painter, view)
        painter.end()

    times = {
        "pan": _median(lambda: shown(whole.panned(37, -21)), REPEAT),
        "wheel": _median(lambda: shown(whole.zoomed(1.25, 700, 300)), REPEAT),
        "hit": _median(lambda: ground.at(whole, 700, 300), 2000),
    }
    return [_row(f"{name}: {case}", case, taken) for case, taken in times.items()]


def _median(work: Callable[[], object], repeat: int) -> float:
    taken = []
    for _ in range(repeat):
        start = perf_counter()
        work()
        taken.append((perf_counter() - start) * 1000)
    return float(np.median(taken))


def _row(case: str, limit: str, ours: float) -> dict[str, object]:
    peer = LIMITS[limit]
    return {"case": case, "ours": round(ours, 4), "peer": peer, "ratio": round(peer / ours, 2), "unit": "ms"}
