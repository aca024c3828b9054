"""Names on the map: aside from marks while there is room, on top of them where there is none."""

from itertools import combinations, product

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from console.geography.cover import Cover
from tests.gui.map.chessboard import board, corner, drawn, pixel, put
from ui.map import furniture
from ui.map.labels import TRIES, Labels, Lettering
from ui.map.widget import MapView
from ui.theme import theme

TOWNS = {"南楼乡": (6.5, 1.5), "正定镇": (1.5, 4.5), "新城铺镇": (5.5, 6.5), "诸福屯街道": (1.7, 6.2)}


def name_towns(view: MapView) -> None:
    view.set_labels([(name, *corner(*place)) for name, place in TOWNS.items()])


def test_a_name_steps_aside_for_a_mark(view: MapView) -> None:
    name_towns(view)
    at = {name.text: box for name, box in view.scene.names}["正定镇"]
    put(view, [TOWNS["正定镇"]], [0])
    moved = {name.text: box for name, box in view.scene.names}["正定镇"]
    assert not moved.contains(pixel(view, *TOWNS["正定镇"]).toPointF())
    assert (moved.center() - at.center()).manhattanLength() < 3 * at.height() + at.width()


def test_among_marks_everywhere_every_name_stands_and_is_read(view: MapView, qtbot: QtBot) -> None:
    put(view, [(0.35 * row, 0.35 * column) for row in range(23) for column in range(23)], [1] * 529)
    name_towns(view)
    assert {name.text for name, _box in view.scene.names} == set(TOWNS)
    picture = drawn(view, qtbot)
    ink = theme.color("text").lightness()
    for _name, box in view.scene.names:
        inside = box.toRect()
        dots = product(range(inside.left(), inside.right()), range(inside.top(), inside.bottom()))
        assert max(picture.pixelColor(*dot).lightness() for dot in dots) > 0.9 * ink


def test_on_a_wall_no_mark_covers_a_letter(view: MapView, qtbot: QtBot) -> None:
    overlay, ink = view.scene.overlay, theme.color("text").rgb()
    overlay.names.tries, overlay.names_last = TRIES[:1], True
    name_towns(view)

    def letters() -> list[int]:
        picture = drawn(view, qtbot)
        insides = [box.toRect() for _name, box in view.scene.names]
        dots = [product(range(one.left(), one.right()), range(one.top(), one.bottom())) for one in insides]
        return [sum(picture.pixel(*dot) == ink for dot in box) for box in dots]

    alone = letters()
    put(view, [(0.35 * row, 0.35 * column) for row in range(23) for column in range(23)], [1] * 529)
    assert all(now >= before for now, before in zip(letters(), alone, strict=True))
    assert min(alone) > 20


@pytest.mark.parametrize("restless", [False, True])
def test_a_restless_name_leaves_a_mark_as_soon_as_there_is_room(view: MapView, restless: bool) -> None:
    names, shown, nothing = Labels(), view.camera.view, np.empty((0, 4))
    names.restless = restless
    names.put([Lettering("正定镇", *corner(4, 4))])

    def stands(*marks: tuple[float, float, float, float]) -> QRectF:
        names.arrange(shown, shown, nothing, np.array(marks))
        return names.seen(shown, nothing)[0][1]

    among_marks = stands((0, 0, shown.width, shown.height))
    alone = stands((among_marks.left(), among_marks.top(), among_marks.right(), among_marks.bottom()))
    assert alone.intersects(among_marks) is not restless


def test_names_cover_neither_each_other_nor_the_legend(view: MapView) -> None:
    put(view, [(0.5 * row, 0.5 * column) for row in range(16) for column in range(16)], [0] * 256)
    view.set_labels([(f"村庄{number}", *corner(1 + number / 9, 1 + number / 7)) for number in range(40)])
    boxes = [box for _name, box in view.scene.names]
    assert len(boxes) > 10
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    fixed = (
        view.scene.legend.box(view.camera.view),
        furniture.scale_box(view.camera.view, view.scene.legend.box(view.camera.view)),
    )
    assert not any(box.intersects(one) for box in boxes for one in fixed)


def test_names_wait_for_what_they_name(view: MapView, qtbot: QtBot) -> None:
    name_towns(view)
    view.set_grids(board(), stay=True)
    bare = view.grab().toImage()
    view.set_labels([])
    assert view.grab().toImage() == bare
    name_towns(view)
    assert drawn(view, qtbot) != bare


def test_a_name_rather_covers_several_marks_than_the_number_of_a_crowd(view: MapView) -> None:
    put(view, [(4.0, 4.0)] * 20 + [(1.0, 1.0)], [0] * 21)
    shown = view.camera.view
    cover = Cover(view.scene.markers.boxes(shown), shown.width, shown.height, 1.0)
    middles = np.array([(at.x(), at.y()) for at in (pixel(view, 4, 4), pixel(view, 1, 1))])
    number, mark = cover.under(np.hstack((middles - 7, middles + 7)))
    assert number > 4 * mark > 0
