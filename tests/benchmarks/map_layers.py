"""The map with every layer on: heat, a figure, borders and names of three levels, resources, workers, cases.

The bars are those of the bare map: what lies over the grids must cost the hand nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication

from console.geography.atlas import Atlas
from console.geography.borders import Borders, Part, Stroke, areas_of, translucent
from console.geography.classes import equal
from console.geography.density import Heat
from console.geography.projection import plane_to_point
from console.resource_kinds import kinds
from ui.layers import supply
from ui.map.labels import Lettering
from ui.map.legend import Steps, Words
from ui.map.pins import Things
from ui.map.shading import Figures
from ui.map.widget import MapView
from ui.theme import theme

RESOURCES, WORKERS, REPEAT = 20_000, 2000, 9
LEVELS = {"community": (58, "small", 2), "township": (15, "base", 3), "county": (4, "title", 4)}  # a side
ROOM = 110  # pixels from name to name
FRAMES = 200
Numbers = NDArray[np.float64]


def lay_all(view: MapView) -> Callable[[], None]:
    """Show every layer on a map that has grids and cases; return what shows other figures by them."""
    grids, chance = view.atlas, np.random.default_rng(6)
    view.set_labels(named(grids))
    view.set_pins("resources", things(*near(grids, RESOURCES, chance), len(kinds())))
    view.set_pins("staff", things(*near(grids, WORKERS, chance), 1))
    view.scene.above.show([warmth(grids, 7), *borders(grids)])
    turn = count()
    figures = [figured(chance.uniform(0, 1, len(grids))) for _ in range(2)]
    return lambda: view.show_figures(figures[next(turn) % 2])


def laid_anew(view: MapView) -> Iterator[tuple[str, float, str]]:
    """Yield what it costs the UI thread, and how long it takes until it is seen, to show layers anew."""
    chance, recolour = np.random.default_rng(8), lay_all(view)
    settle(view)
    sheets: list[list[Part]] = [[warmth(view.atlas, seed), *borders(view.atlas)] for seed in range(REPEAT)]
    placed = [things(*near(view.atlas, RESOURCES, chance), len(kinds())) for _ in range(REPEAT)]
    works: dict[str, Callable[[int], None]] = {
        "choropleth anew": lambda _turn: recolour(),
        "heat and borders anew": lambda turn: view.scene.above.show(sheets[turn]),
        "20,000 resources anew": lambda turn: view.set_pins("resources", placed[turn]),
    }
    for name, work in works.items():
        held, seen = zip(*(timed(view, work, turn) for turn in range(REPEAT)), strict=True)
        yield name, float(np.median(held)), "held"
        yield name, float(np.median(seen)), "seen"


def timed(view: MapView, work: Callable[[int], None], turn: int) -> tuple[float, float]:
    """Return the longest that the UI thread was held, and all until it is seen, in milliseconds."""
    start, held = perf_counter(), 0.0
    first: Callable[[], None] = partial(work, turn)
    for step in (first, view.repaint):
        begun = perf_counter()
        step()
        held = max(held, perf_counter() - begun)
    while not view.exact:
        begun = perf_counter()
        QApplication.processEvents()
        view.repaint()
        held = max(held, perf_counter() - begun)
    return held * 1000, (perf_counter() - start) * 1000


def settle(view: MapView) -> None:
    """Wait until all is drawn for just this view."""
    view.repaint()
    while not view.exact:
        QApplication.processEvents()
        view.repaint()


def near(grids: Atlas, number: int, chance: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Return degrees of so many places about the middles of grids."""
    spots = grids.middles[chance.choice(len(grids), number)] + chance.normal(0, 90, (number, 2))
    lon, lat = np.array([plane_to_point(*spot) for spot in spots.tolist()]).T
    return lon, lat


def things(lon: Numbers, lat: Numbers, kinds_of: int) -> Things:
    """Return things of several kinds."""
    icons: Sequence[str] = [one.icon for one in kinds().values()] if kinds_of > 1 else ["person"]
    return Things(
        lon, lat, np.arange(len(lon)) % kinds_of, icons, str, lambda row: [str(row)], range(len(lon))
    )


def warmth(grids: Atlas, seed: int) -> Heat:
    """Return how thick ten thousand cases lie."""
    return supply.heat(*near(grids, 10_000, np.random.default_rng(seed)))


def figured(values: Numbers) -> Figures:
    """Return shares as the boards' figures are shown."""
    classes = equal(values)
    names = tuple(f"{edge:g}" for edge in classes.edges)
    found = Figures(
        values,
        classes,
        lambda grid: [str(values[grid])],
        lambda: (Words("按期办结率"), Steps(found.roles, names)),
    )
    return found


def areas(grids: Atlas, side: int) -> list[str]:
    """Return the area of each grid, ``side`` by ``side`` areas in all."""
    assert grids.bounds is not None
    west, south, east, north = grids.bounds
    place = (grids.middles - (west, south)) / (east - west + 1, north - south + 1) * side
    return [f"{int(along):02}{int(across):02}" for across, along in place.tolist()]


def borders(grids: Atlas) -> list[Borders]:
    """Return the borders of the three levels, between the grids that are drawn."""
    halo = translucent(theme.color("panel").rgb(), supply.HALO)
    found = []
    for side, _, width in LEVELS.values():
        of = areas(grids, side)
        found.append(
            Borders(Stroke(theme.color("text").rgb(), halo, width), None, areas_of(of, {a: a for a in of}))
        )
    return found


def named(grids: Atlas) -> list[Lettering]:
    """Return the names of all areas, the largest first."""
    assert grids.bounds is not None
    west, south, east, north = grids.bounds
    found = []
    for side, font, _ in reversed(LEVELS.values()):
        wide, high = (east - west) / side, (north - south) / side
        for number in range(side * side):
            x, y = west + (number % side + 0.5) * wide, south + (number // side + 0.5) * high
            found.append(
                Lettering(f"{number}号辖区", *plane_to_point(x, y), font, (wide * high) ** 0.5 / ROOM)
            )
    return found
