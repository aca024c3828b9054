"""The figures of a board: whole in every window, and those beside each other told alike."""

from collections.abc import Iterable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.indicators.indicator import BOARDS, indicators
from console.language import LANGUAGES
from tests.gui.board_documents import board_page, document
from ui.boards.page import BoardPage
from ui.charts.tile import Tile
from ui.growth import growth, growth_in
from ui.language import language
from ui.theme import names, theme

WINDOWS = ((1264, 610), (1350, 660), (1904, 1015), (2544, 1375), (3824, 2095))  # pages of usual windows
LABELS = ("name", "value", "unit", "parts", "change")


def shown(qtbot: QtBot, key: str, size: tuple[int, int]) -> BoardPage:
    """Return a page of ``size`` that has come to rest, with numbers as long as a city's."""
    page = board_page(qtbot, key, size)
    answer = document(key)
    for one in answer["figures"]:
        if one["denominator"]:
            one |= {"numerator": 128_540, "denominator": 131_200}
    page.show_document(answer)
    qtbot.waitUntil(lambda: page.body.width() > size[0] - 60 and not cut(labels(page.body.tiles.values())))
    return page


def labels(tiles: Iterable[Tile]) -> list[QLabel]:
    return [getattr(tile, f"_{one}") for tile in tiles for one in LABELS]


def cut(told: Iterable[QLabel]) -> list[str]:
    """Return what is wider or higher than its place."""
    return [label.text() for label in told if label.isVisible() and _is_cut(label)]


def _is_cut(label: QLabel) -> bool:
    lines, metrics = label.text().split("\n"), label.fontMetrics()
    wide = max(metrics.horizontalAdvance(line) for line in lines)
    return wide > label.width() or metrics.lineSpacing() * len(lines) > label.height()


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("key", BOARDS)
def test_every_figure_tells_value_and_change_whole(qtbot: QtBot, key: str, tongue: str) -> None:
    language.use(tongue)
    for size in WINDOWS:
        page = shown(qtbot, key, size)
        titles = [label for panel in page.body.panels for label in panel.findChildren(QLabel)]
        assert not cut(titles), size
        for name, tile in page.body.tiles.items():
            assert tile._change.text() or name in {"grids", "workers", "staffed", "covered"}, name
            assert tile._unit.isVisibleTo(page) is (indicators()[name].kind not in {"rate", "span"}), name


def test_of_one_thing_the_unit_is_in_the_singular(qtbot: QtBot) -> None:
    language.use("en")
    page, answer = board_page(qtbot, "operations"), document("operations")
    for value, unit in ((1, "seat"), (2, "seats")):
        next(one for one in answer["figures"] if one["key"] == "seated")["value"] = value
        page.show_document(answer)
        assert page.body.tiles["seated"]._unit.text() == unit


def test_tiles_beside_each_other_are_told_alike(qtbot: QtBot) -> None:
    for tongue in LANGUAGES:
        language.use(tongue)
        for size in WINDOWS:
            body = shown(qtbot, "incidents", size).body
            for row in {id(tile.row): tile.row for tile in body.tiles.values()}.values():
                assert len({tile.y() for tile in row}) == len({tile.height() for tile in row}) == 1
                for label in ("_value", "_parts", "_change"):
                    assert len({_top(tile, getattr(tile, label)) for tile in row}) == 1, (label, size)
                assert len({tile._change.alignment() for tile in row}) == 1
                sparks = [tile for tile in row if tile._spark.isVisible()]
                assert len({tile.width() - tile._spark.x() - tile._spark.width() for tile in sparks}) <= 1
                assert len({tile._spark.x() for tile in sparks}) <= 1


def _top(tile: Tile, label: QWidget) -> int:
    return label.mapTo(tile, QPoint()).y()


def test_a_row_in_which_one_change_has_no_room_tells_all_of_them_briefly(qtbot: QtBot) -> None:
    language.use("en")
    page = shown(qtbot, "incidents", (1904, 1015))
    received, closing = (page.body.tiles[key]._change for key in ("received", "closing"))
    assert (received.text(), closing.text()) == (
        "↑ 64 vs the 30 days before",
        "↑ 10.0 pts, better vs the 30 days before",
    )
    page.resize(1264, 610)
    qtbot.waitUntil(lambda: closing.text() == "↑ 10.0 pts, better vs 30 d")
    assert received.text() == "↑ 64 vs 30 d", "though it had room for more"


@pytest.mark.parametrize("key", BOARDS)
def test_on_a_large_screen_all_of_a_board_grows_alike(qtbot: QtBot, key: str) -> None:
    small, large = shown(qtbot, key, (1904, 1015)), shown(qtbot, key, (3824, 2095))
    assert growth(small) == 1
    assert growth(large) == growth_in(large.size()) == pytest.approx(1.5, abs=0.05)
    for before, after in zip(letters(small), letters(large), strict=True):
        assert after == pytest.approx(before * growth(large), abs=0.5)
    gaps = [page.body.layout().spacing() for page in (small, large)]  # type: ignore[union-attr]
    assert gaps == [8, 12]
    large.resize(1904, 1015)
    qtbot.waitUntil(lambda: growth(large) == 1)
    assert large.body.layout().spacing() == 8  # type: ignore[union-attr]


def letters(page: BoardPage) -> list[int]:
    """Return how large the letters are of all that stands on a board."""
    told: list[QWidget] = [page.centre, *page.picker.stops, *labels(page.body.tiles.values())]
    for panel in page.body.panels:
        told += [panel._title, panel._note, panel.chart]
    return [one.font().pixelSize() for one in told]


def test_what_saves_a_chart_has_the_colour_of_the_theme(qtbot: QtBot) -> None:
    panel = board_page(qtbot).body.ranking
    for name in (*names(), *names()):
        theme.use(name)
        drawn, wanted = (icon.pixmap(16, 16).toImage() for icon in (panel.more.icon(), theme.icon("more")))
        assert drawn == wanted, name
