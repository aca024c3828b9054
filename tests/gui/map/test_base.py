"""The base map under the grids: of a file or a server, told whose and when it fails, gone when hidden."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QPoint
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from console.geography.projection import point_to_plane
from console.geography.tiles.pyramid import Tile, cover
from console.geography.view import View
from console.language import say
from console.settings import Settings
from tests.base_maps import BLUE, GREEN, RED, Colour, TileServer, mbtiles, png, serving
from tests.gui.map.chessboard import SIDE, corner, drawn, pixel
from ui.map.widget import MapView
from ui.preferences import preferences
from ui.theme import theme

MIDDLE = (SIDE / 2, SIDE / 2)
OUTSIDE = (SIDE / 2, SIDE + 0.4)  # on the map, beside the board


def squares(level: int) -> list[Tile]:
    """Return the squares around the board."""
    return cover(View(*point_to_plane(*corner(*MIDDLE)), 60, 800, 800), level)


def picture(kind: str, colour: Colour) -> bytes:
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor(*colour))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload]  # the stub wants bytes
    return bytes(buffer.data().data())


def rgb(colour: QColor) -> Colour:
    return colour.red(), colour.green(), colour.blue()


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return ``share`` of one colour over another."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def near(colour: QColor, other: Colour, slack: int = 6) -> bool:
    return all(abs(one - two) <= slack for one, two in zip(rgb(colour), other, strict=True))


def veiled(colour: Colour) -> Colour:
    """Return the colour of a picture as it is on the screen."""
    veil = theme.color("base_veil")
    return mixed(rgb(veil), colour, veil.alphaF())


def seen(view: MapView, qtbot: QtBot, row: float, column: float) -> QColor:
    return drawn(view, qtbot).pixelColor(pixel(view, row, column))


def choose(qtbot: QtBot, view: MapView, **settings: object) -> None:
    """Choose a base map and wait until it is there or said to fail."""
    preferences.store({"base_map": None} | settings)
    if settings.get("base_map"):
        qtbot.waitUntil(lambda: view.scene.base.shown or bool(view.scene.base.fault))


def test_a_file_is_shown_under_the_grids_and_hidden_again(
    view: MapView, qtbot: QtBot, tmp_path: Path
) -> None:
    preferences.start(Settings(state=tmp_path))
    alone = drawn(view, qtbot)
    at, beside = pixel(view, *MIDDLE) + QPoint(9, 9), pixel(view, *OUTSIDE)
    assert near(alone.pixelColor(beside), rgb(theme.color("panel")), 0)
    level = 12
    tiles = {tile: picture("webp", RED) for tile in squares(level)}
    path = mbtiles(tmp_path / "county.mbtiles", tiles, format="webp", attribution="<b>审图号</b> GS(2026)1号")
    choose(qtbot, view, base_map=str(path))
    under = drawn(view, qtbot)
    assert near(under.pixelColor(beside), veiled(RED))
    assert near(
        under.pixelColor(at), mixed(rgb(alone.pixelColor(at)), veiled(RED), theme.color("base_face").alphaF())
    )
    assert view.scene.base.words == ["审图号 GS(2026)1号"]
    assert view.scene.base.fault == ""

    choose(qtbot, view, base_map=str(path), base_map_gray=True, base_map_opacity=50, base_map_datum="gcj-02")
    gray = seen(view, qtbot, *OUTSIDE)
    assert max(rgb(gray)) == min(rgb(gray))
    assert say("base.moved", datum="GCJ-02") in view.scene.base.words, "that it was shifted is said"

    assert view.scene.base.turn() == say("base.hidden")
    assert drawn(view, qtbot) == alone, "without it the map is what it was"
    assert view.scene.base.words == []
    assert view.scene.base.turn() == say("base.shown")
    qtbot.waitUntil(lambda: view.scene.base.shown)

    theme.use("light")
    try:
        qtbot.waitUntil(lambda: view.scene.base.shown)
        preferences.store({"base_map_gray": False, "base_map_opacity": 100, "theme": "light"})
        qtbot.waitUntil(lambda: view.scene.base.shown)
        assert near(seen(view, qtbot, *OUTSIDE), veiled(RED))
    finally:
        theme.use("dark")


def test_what_misses_is_stretched_and_what_is_wrong_is_said(
    view: MapView, qtbot: QtBot, tmp_path: Path
) -> None:
    preferences.start(Settings(state=tmp_path))
    coarse, fine = squares(9), squares(12)
    tiles = {tile: picture("jpg", BLUE) for tile in coarse} | {tile: png(RED) for tile in fine}
    target = next(
        tile for tile in fine if tile in cover(View(*point_to_plane(*corner(*OUTSIDE)), 1, 1, 1), 12)
    )
    del tiles[target]
    choose(qtbot, view, base_map=str(mbtiles(tmp_path / "holes.mbtiles", tiles)))
    assert near(seen(view, qtbot, *OUTSIDE), veiled(BLUE)), "the square above, three levels up"
    assert view.scene.base.fault == ""

    tiles[target] = b"\x89PNG\r\n\x1a\n nothing more"
    choose(qtbot, view, base_map=str(mbtiles(tmp_path / "broken.mbtiles", tiles)))
    assert near(seen(view, qtbot, *OUTSIDE), veiled(BLUE)), "and in place of a broken one"
    assert view.scene.base.fault == say("errors.base_map_picture", source="broken.mbtiles")

    choose(qtbot, view, base_map=str(mbtiles(tmp_path / "far.mbtiles", {Tile(9, 0, 0): png(RED)})))
    drawn(view, qtbot)
    assert view.scene.base.fault == say("base.bare")

    missing = str(tmp_path / "none.mbtiles")
    choose(qtbot, view, base_map=missing)
    drawn(view, qtbot)
    assert view.scene.base.fault == say("errors.base_map_missing", file=missing)
    choose(qtbot, view, base_map="https://maps.example/{z}/{x}/{y}")
    assert view.scene.base.fault == say("errors.base_map_host", host="maps.example")
    choose(qtbot, view)
    assert view.scene.base.fault == ""
    assert view.scene.base.turn() == say("base.none")


def test_a_server_is_asked_only_while_the_map_is_shown(view: MapView, qtbot: QtBot, tmp_path: Path) -> None:
    preferences.start(Settings(state=tmp_path))
    with serving(TileServer()) as server:
        chosen = {"base_map": server.template, "base_map_hosts": "127.0.0.1"}
        preferences.store(chosen | {"base_map_shown": False})
        drawn(view, qtbot)
        assert server.asked == []
        preferences.store({"base_map_shown": True})
        qtbot.waitUntil(lambda: view.scene.base.shown)
        assert near(seen(view, qtbot, *OUTSIDE), veiled(GREEN))
        assert len(server.asked) == len(set(server.paths)) > 0, "each square once"
        assert view.scene.base.words == [f"127.0.0.1:{server.server_port}"]
        choose(qtbot, view)
        asked = len(server.asked)
        view.camera.zoom(1.6, 100, 100)
        drawn(view, qtbot)
        assert len(server.asked) == asked
    gone = {"base_map": server.template.replace("{z}", "new/{z}")}
    choose(qtbot, view, **(chosen | gone))
    view.repaint()
    qtbot.waitUntil(lambda: bool(view.scene.base.fault))
    assert view.scene.base.fault == say("errors.base_map_away", host="127.0.0.1")
    preferences.store({"base_map": None})


@pytest.fixture(autouse=True)
def none_left(view: MapView) -> Iterator[None]:
    yield
    preferences.start(Settings.model_construct())
    assert not view.scene.base.shown
