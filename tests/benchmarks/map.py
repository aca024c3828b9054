"""The map at the largest city's size: 68,049 irregular grids, 10,000 incidents, 1600 by 1000 pixels.

Milliseconds against the bars of the design, and against QGraphicsScene and QGIS in the same run.
"""

import ctypes
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, pairwise
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from console.geography import atlas
from console.geography.atlas import Atlas
from console.geography.paint import Lines
from console.geography.projection import plane_to_point
from console.geography.view import View, fitted
from tests.benchmarks import map_layers
from tests.benchmarks.city import CITY, atlas_of, city
from tests.benchmarks.map_peers import Scene, qgis_cpu
from ui.map.ground import Ground, Look, Picture, drawn, recoloured
from ui.map.sheets import MARGIN
from ui.map.widget import MapView
from ui.theme import theme

SIZE = (1600, 1000)
INCIDENTS, UPDATED = 10_000, 1000
BARS = {
    "first": 300.0,
    "exact": 150.0,
    "pan": 8.0,
    "wheel": 12.0,
    "recolour": 20.0,
    "hit": 0.005,
    "rest": 16.0,
}
SHADES = ("#16212c", "#1b3146", "#21466a", "#2b6290", "#3e86b5", "#6fb4cf")
FACES = np.array([int(shade[1:], 16) | 0xFF000000 for shade in SHADES], np.uint32)
LINES = Lines(0xFF141A21, 0xFF0E1318, 0xFFE8A33D, 0xFF9AABBB)
ZOOMS = (1, 4, 32)
FRAMES, REPEAT, PEER_REPEAT, HITS = 200, 15, 3, 5000
MEGABYTE = 2**20
Case = dict[str, object]


def whole_of(grids: Atlas) -> View:
    """Return the view of everything."""
    assert grids.bounds is not None
    return fitted(grids.bounds, *SIZE, 0)


def run() -> list[Case]:
    """Return one row a case: ours, the bar or the peer, and how many times as fast ours is."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.start(application)
    shapes = city(CITY)
    grids, shades = atlas_of(shapes), np.arange(CITY) % len(SHADES)
    whole = whole_of(grids)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cases = [first_frame(grids, folder, whole), *exact(grids, whole), hit(grids, whole)]
        cases += against_scene(shapes, grids, shades, whole)
        cases += under_the_hand(shown_map(grids, whole))
        cases += with_layers(grids, whole)
        cases += against_qgis(shapes, grids, shades, whole, folder)
        return [*cases, memory(folder)]


def first_frame(grids: Atlas, folder: Path, whole: View) -> Case:
    """Time the way from the file to the colours of the first picture, wider than the window."""
    file = folder / "city.npz"
    atlas.save(grids, file, "digest")

    def shown() -> None:
        found = atlas.load(file, "digest")
        assert found is not None
        drawn(found, look(np.arange(CITY) % len(SHADES)), whole.wider(MARGIN))

    return bar("first frame from cache", "first", median(shown, 5))


def exact(grids: Atlas, whole: View) -> Iterator[Case]:
    """Time the exact picture in its colours, as wide as the widget wants it, at three zooms."""
    colours = look(np.arange(CITY) % len(SHADES))
    for zoom in ZOOMS:
        view = whole.zoomed(zoom, 800, 500).wider(MARGIN)
        taken = median(partial(drawn, grids, colours, view), REPEAT)
        yield bar(f"exact redraw at {zoom} ×", "exact", taken)


def hit(grids: Atlas, whole: View) -> Case:
    """Time which grid is under the cursor."""
    ground = Ground(QObject())
    ground.put(grids)
    ground.picture = drawn(grids, look(np.zeros(CITY, np.int64)), whole)
    spots = np.random.default_rng(4).uniform((300, 0), (1300, 1000), (HITS, 2)).tolist()
    taken = [median(partial(ground.at, whole, *spot), 1) for spot in spots]
    return bar("hit test", "hit", float(np.median(taken)))


def against_scene(
    shapes: NDArray[np.object_], grids: Atlas, shades: NDArray[np.int64], whole: View
) -> Iterator[Case]:
    """Time other colours for all grids and other places for marks, until they are drawn."""
    scene, turn = Scene(shapes, SHADES, SIZE), count()

    def peer_colours() -> None:
        scene.colour((shades + next(turn)) % len(SHADES))
        scene.draw(whole)

    def peer_marks() -> None:
        scene.move(x[:UPDATED] + next(turn), y)
        scene.draw(whole)

    def colours(picture: Picture) -> None:
        recoloured(picture, look((shades + next(turn)) % len(SHADES)))

    wide = median(partial(colours, drawn(grids, look(shades), whole.wider(MARGIN))), REPEAT)
    yield bar("recolour all", "recolour", wide)
    alone = median(partial(colours, drawn(grids, look(shades), whole)), REPEAT)  # the window, as the peer's
    yield versus("recolour vs QGraphicsScene", alone, median(peer_colours, PEER_REPEAT))
    x, y = places(grids)
    scene.mark(x, y)  # now, for our picture of the grids has no marks either
    marks = median(marks_moved(shown_map(grids, whole), x, y), REPEAT)
    yield versus("1,000 marker updates vs QGraphicsScene", marks, median(peer_marks, PEER_REPEAT))


def with_layers(grids: Atlas, whole: View) -> Iterator[Case]:
    """Time the same with every layer on, at a city's and at a town's view, and layers that are shown anew."""
    view = shown_map(grids, whole)
    for name, taken, rule in map_layers.laid_anew(view):
        yield bar(f"{name}, UI thread", "recolour", taken) if rule == "held" else seen(name, taken)
    for zoom in (1, 8):
        view.camera.zoom(zoom, 800, 500)
        settled(view, wanted=True)
        yield from under_the_hand(view, f", all layers, {zoom} ×")


def seen(name: str, taken: float) -> Case:
    """Return a row without a bar: how long it takes until it is seen."""
    return versus(f"{name}, until seen", taken, None)


def under_the_hand(view: MapView, how: str = "") -> Iterator[Case]:
    """Time frames of the widget itself in full: the slowest but one in a hundred."""
    pans, wheels = [], []
    for frame in range(FRAMES):
        view.camera.pan(*((7, -3) if frame // 20 % 2 else (-7, 3)))
        pans.append(median(view.repaint, 1))
        settled(view, frame % 20 == 0)
    for frame in range(FRAMES // 2):
        view.camera.zoom(1.25 if frame // 8 % 2 else 0.8, 700, 300)
        wheels.append(median(view.repaint, 1))
        settled(view, frame % 4 == 0)
    rests = []
    for frame in range(REPEAT):
        view.select(frame)
        rests.append(median(view.repaint, 1))
    yield bar(
        f"marks and names anew at rest{how}", "rest" if not how else "recolour", float(np.median(rests))
    )
    yield bar(f"pan, 99th of 100 frames{how}", "pan", float(np.quantile(pans, 0.99)))
    yield bar(f"wheel, 99th of 100 frames{how}", "wheel", float(np.quantile(wheels, 0.99)))


def against_qgis(
    shapes: NDArray[np.object_], grids: Atlas, shades: NDArray[np.int64], whole: View, folder: Path
) -> Iterator[Case]:
    """Compare CPU seconds of a picture in all colours; without QGIS there is nothing to compare."""
    views = [whole.zoomed(zoom, 800, 500) for zoom in ZOOMS]
    ours = [median(partial(drawn, grids, look(shades), view), REPEAT, process_time) for view in views]
    theirs = qgis_cpu(shapes, shades, views, folder)
    for index, (zoom, mine) in enumerate(zip(ZOOMS, ours, strict=True)):
        name = "city view CPU vs QGIS" if zoom == 1 else f"{zoom} × nearer CPU vs QGIS"
        yield versus(name, mine, theirs[index] * 1000 if theirs else None)


def memory(folder: Path) -> Case:
    """Compare what a process holds in the end of what it has read from the same file."""
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        ours, theirs = (pool.apply(grown, (kind, folder)) for kind in ("ours", "peer"))
    return versus("memory vs QGraphicsScene", ours, theirs, "MB")


def grown(kind: str, folder: Path) -> float:
    """Return by how many MB the resident set grows with our map or the scene, both drawn once."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.start(application)
    before = resident()
    kept: list[object] = []
    if kind == "ours":
        grids = atlas.load(folder / "city.npz", "digest")
        assert grids is not None
        kept.append(shown_map(grids, whole_of(grids)))
    else:
        shapes = outlines(folder / "city.npz")
        west, south, east, north = shapely.total_bounds(shapes).tolist()
        kept.append(scene := Scene(shapes, SHADES, SIZE))
        del shapes
        scene.colour(np.arange(CITY) % len(SHADES))
        scene.draw(fitted((west, south, east, north), *SIZE, 0))
    ctypes.CDLL(None).malloc_trim(0)  # what is free already is held by nobody
    return (resident() - before) / MEGABYTE


def outlines(file: Path) -> NDArray[np.object_]:
    """Return the outlines of the grids in an atlas's file."""
    with np.load(file) as kept:
        wkb, starts = kept["wkb"].tobytes(), kept["starts"].tolist()
    found: NDArray[np.object_] = shapely.from_wkb([wkb[start:end] for start, end in pairwise(starts)])
    return found


def shown_map(grids: Atlas, whole: View) -> MapView:
    """Return the widget with grids, values, names and incidents, drawn."""
    view = MapView()
    view.resize(*SIZE)
    view.show()
    view.set_grids(grids)
    view.set_values(np.arange(CITY, dtype=float) % len(SHADES))
    chance = np.random.default_rng(3).choice(CITY, 80, replace=False)
    view.set_labels((f"第{grid}镇", *plane_to_point(*grids.middles[grid].tolist())) for grid in chance)
    marks_moved(view, *places(grids))()
    view.camera.approach(whole.bounds)
    settled(view, wanted=True)
    return view


def marks_moved(view: MapView, x: NDArray[np.float64], y: NDArray[np.float64]) -> Callable[[], None]:
    """Return the work of showing the incidents again, a thousand of them elsewhere."""
    lon, lat = np.array([plane_to_point(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]).T
    numbers, turn = np.arange(len(x)), count()

    def moved() -> None:
        lon[:UPDATED] += 1e-5 * (1 if next(turn) % 2 else -1)
        view.set_incidents(numbers, lon, lat, numbers % 3)
        view.repaint()

    return moved


def places(grids: Atlas) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where the incidents are, in metres of the plane."""
    chosen = np.random.default_rng(2).choice(CITY, INCIDENTS)
    return grids.middles[chosen, 0].copy(), grids.middles[chosen, 1].copy()


def settled(view: MapView, wanted: bool) -> None:
    """Let the worker bring its picture, if that is ``wanted``."""
    while wanted and not view.exact:
        view.repaint()
        QApplication.processEvents()


def look(shades: NDArray[np.int64]) -> Look:
    """Return the look of grids of these shades."""
    return Look(FACES[shades], LINES)


def median(work: Callable[[], object], repeat: int, clock: Callable[[], float] = perf_counter) -> float:
    """Return the median of milliseconds that ``work`` takes."""
    taken = []
    for _ in range(repeat):
        start = clock()
        work()
        taken.append((clock() - start) * 1000)
    return float(np.median(taken))


def resident() -> int:
    """Return the resident set in bytes."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def bar(case: str, name: str, ours: float) -> Case:
    """Return a row against a bar of the design."""
    return versus(case, ours, BARS[name])


def versus(case: str, ours: float, peer: float | None, unit: str = "ms") -> Case:
    """Return a row; without a peer it has no ratio."""
    ratio = None if peer is None else round(peer / ours, 2)
    told = None if peer is None else round(peer, 4)
    return {"case": case, "ours": round(ours, 4), "peer": told, "ratio": ratio, "unit": unit}
