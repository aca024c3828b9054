"""Squares of a base map: where they lie, what an MBTiles file gives, what stands in for those that miss."""

import math
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from console.errors import BadInput, OutOfReach, Problem, Refused
from console.geography.datum import from_wgs84
from console.geography.projection import plane_to_point, point_to_plane
from console.geography.tiles import chosen
from console.geography.tiles.address import address, told
from console.geography.tiles.file import MBTiles
from console.geography.tiles.mosaic import AGAIN, SQUARES, Mosaic
from console.geography.tiles.pyramid import EDGE, Tile, box, cover, level
from console.geography.view import View
from console.settings import Settings
from tests.base_maps import GREEN, RED, mbtiles, png

ZHENGDING = (114.57, 38.15)
TILE = Tile(12, 3351, 1577)  # in which Zhengding lies


def around(scale: float) -> View:
    return View(*point_to_plane(*ZHENGDING), scale, 800, 600)


def test_the_cut_is_the_one_of_public_maps() -> None:
    """The rule as OpenStreetMap's wiki ("Slippy map tilenames") writes it."""
    lon, lat = ZHENGDING
    row = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**12
    assert Tile(12, int((lon + 180) / 360 * 2**12), int(row)) == TILE
    assert cover(View(*point_to_plane(lon, lat), 1, 1, 1), 12) == [TILE]
    west, south, east, north = box(TILE)
    assert plane_to_point(west, north)[0] == pytest.approx(TILE.column / 2**12 * 360 - 180)
    assert (north - point_to_plane(lon, lat)[1]) / (north - south) == pytest.approx(row % 1)
    assert east - west == north - south == pytest.approx(2 * EDGE / 4096)
    assert TILE in (Tile(11, 1675, 788).children)
    assert TILE.parent == Tile(11, 1675, 788)
    assert TILE.part(Tile(11, 1675, 788)) == (0.5, 0.5, 0.5)
    assert Tile(0, 0, 0).parent is None


def test_a_view_is_covered_nearest_first_and_never_by_more_than_there_is() -> None:
    view = around(30)
    found = cover(view, level(view, 0, 18))
    boxes = [box(tile) for tile in found]
    west, south, east, north = view.bounds
    assert min(one[0] for one in boxes) <= west < east <= max(one[2] for one in boxes)
    assert min(one[1] for one in boxes) <= south < north <= max(one[3] for one in boxes)
    assert box(found[0])[0] <= view.x <= box(found[0])[2]
    assert len(found) < 40
    assert level(view, 0, 18, side=512) == level(view, 0, 18) - 1, "fine pictures are taken a level higher"
    assert (level(view, 0, 9), level(view, 15, 18)) == (9, 15)
    assert cover(View(0, 0, 80_000, 1600, 1000), 0) == [Tile(0, 0, 0)]
    assert cover(View(0, 0, 80_000, 1600, 1000), 18) == [], "a view of the earth asks for no million squares"


def test_a_map_in_gcj02_lies_where_its_content_is() -> None:
    """What such a map draws at a displaced place must appear at the true one."""
    view = around(1.2)
    tile = cover(view, 17, "GCJ-02")[0]
    displaced = point_to_plane(*from_wgs84(*ZHENGDING, "GCJ-02"))
    plain, moved = box(tile), box(tile, "GCJ-02")
    across = (displaced[0] - plain[0]) / (plain[2] - plain[0])
    assert moved[0] + across * (moved[2] - moved[0]) == pytest.approx(view.x, abs=1)
    up = (displaced[1] - plain[1]) / (plain[3] - plain[1])
    assert moved[1] + up * (moved[3] - moved[1]) == pytest.approx(view.y, abs=1)
    assert abs(moved[0] - plain[0]) > 300, "unshifted, it would be hundreds of metres off"
    right = Tile(17, tile.column + 1, tile.row)
    assert box(right, "GCJ-02")[0] == box(tile, "GCJ-02")[2], "neighbours share their edge"


def test_a_file_gives_its_squares_the_right_way_up(tmp_path: Path) -> None:
    path = mbtiles(
        tmp_path / "m.mbtiles", {TILE: png(RED), TILE.children[2]: png(GREEN)}, attribution="GS(2024)1号"
    )
    found = MBTiles(path, "WGS-84")
    about = found.open()
    assert (about.coarsest, about.finest, about.attribution) == (12, 13, "GS(2024)1号")
    assert found.read(TILE) == png(RED)
    assert found.read(TILE.children[2]) == png(GREEN)
    assert found.read(TILE.children[0]) is None, "rows count from the south in the file, from the north here"
    found.close()
    assert found.read(TILE) == png(RED), "it opens again when it is asked again"
    found.close()


def test_the_words_of_a_file_are_words_and_no_markup(tmp_path: Path) -> None:
    words = '<a href="https://example.org/?a=1&amp;b">&copy; 天地图</a>\n GS(2024)1号 &lt;1:5000'
    found = MBTiles(mbtiles(tmp_path / "m.mbtiles", {TILE: png(RED)}, attribution=words), "WGS-84")
    assert found.open().attribution == "© 天地图 GS(2024)1号 <1:5000"
    found.close()


def test_a_file_that_is_being_read_is_let_go_without_a_wait(tmp_path: Path) -> None:
    """Whoever hides the map stands at the window; the reader may wait for a disk far away."""
    path = mbtiles(tmp_path / "m.mbtiles", {TILE: png(RED)})
    counted = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30000000) SELECT min(i) FROM n"
    )
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("ALTER TABLE tiles RENAME TO kept")
        file.execute(f"CREATE VIEW tiles AS SELECT zoom_level * ({counted}) AS zoom_level FROM kept")
    found = MBTiles(path, "WGS-84")
    with ThreadPoolExecutor(1) as other:
        reading = other.submit(found.open)
        while not reading.done():
            found.close()
        with pytest.raises(Refused, match="interrupted"):
            reading.result()


def _text(path: Path) -> None:
    path.write_text("not a database " * 100)


def _torn(path: Path) -> None:
    mbtiles(path, {Tile(9, column, 1): png(RED) for column in range(200)})
    path.write_bytes(path.read_bytes()[:3000] + b"\xff" * 3000)


def _other(path: Path) -> None:
    sqlite3.connect(path).execute("CREATE TABLE case_ (n int)").connection.close()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (Path.exists, "base_map_missing"),
        (Path.mkdir, "base_map_missing"),
        (_text, "base_map_damaged"),
        (_torn, "base_map_damaged"),
        (_other, "base_map_damaged"),
        (lambda path: mbtiles(path, {}), "base_map_empty"),
        (lambda path: mbtiles(path, {TILE: b"x"}, format="pbf"), "base_map_format"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, make: object, code: str) -> None:
    path = tmp_path / "base map.mbtiles"
    assert callable(make)
    make(path)
    with pytest.raises(Refused) as refused:
        chosen.prove(Settings(base_map=str(path)))
    assert refused.value.code == code
    assert path.name in refused.value.sentence


def test_a_file_of_a_user_that_is_none_is_missing() -> None:
    with pytest.raises(Refused, check=lambda error: error.code == "base_map_missing"):
        chosen.prove(Settings(base_map="~nobody-of-this-name/m.mbtiles"))


def test_a_picture_that_is_none_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    found = MBTiles(mbtiles(tmp_path / "m", {TILE: b"<html>", Tile(12, 0, 0): png(RED)}), "WGS-84")
    with pytest.raises(BadInput, match="无法识别"):
        found.read(TILE)
    assert found.read(Tile(12, 0, 0)) == png(RED)
    found.close()


def test_what_misses_is_stood_in_for() -> None:
    now = [0.0]
    mosaic = Mosaic[str](11, lambda: now[0])
    parent, child = Tile(11, 1675, 788), TILE.children[0]
    assert mosaic.wanted([TILE]) == [TILE]
    mosaic.put(child, "child")
    assert mosaic.shown([TILE]) == [(child, child, "child")], "going away from it, what was near stays"
    mosaic.put(parent, "parent")
    assert mosaic.shown([TILE])[0] == (TILE, parent, "parent"), "going near, what was far is stretched"
    mosaic.put(TILE, None)
    assert mosaic.wanted([TILE]) == [], "no picture here: the one above serves"
    mosaic.put(TILE, "own")
    assert mosaic.shown([TILE]) == [(TILE, TILE, "own")]

    broken, away = Tile(12, 0, 0), Tile(12, 9, 9)
    mosaic.fail(broken, BadInput("base_map_picture", source="x"))
    mosaic.fail(away, OutOfReach("base_map_away", host="x"))
    assert mosaic.wanted([broken, away]) == [Tile(11, 0, 0)], (
        "of a broken one the square above, of others nothing"
    )
    assert isinstance(mosaic.fault([TILE, broken]), BadInput)
    assert mosaic.fault([TILE]) is None
    now[0] = AGAIN
    assert mosaic.wanted([broken, away]) == [broken, away], "later both are tried again"


def test_bare_ground_is_known_and_memory_is_bounded() -> None:
    mosaic = Mosaic[int](0)
    assert not mosaic.bare([Tile(1, 0, 0)]), "not asked yet"
    mosaic.put(Tile(1, 0, 0), None)
    assert not mosaic.bare([Tile(1, 0, 0)])
    mosaic.put(Tile(0, 0, 0), None)
    assert mosaic.bare([Tile(1, 0, 0)])
    for column in range(SQUARES + 100):
        mosaic.put(Tile(10, column, 0), column)
    seen = [Tile(10, column, 0) for column in (0, 1)]
    assert len(mosaic.shown(seen)) == 2, "what is seen stays"
    assert sum(bool(mosaic.shown([Tile(10, column, 0)])) for column in range(SQUARES + 100)) <= SQUARES + 2


@pytest.mark.parametrize(
    "wrong",
    [
        "https://maps.example/{z}/{x}.png",
        "https://maps.example/{z}/{x}/{y}/{q}",
        "https://maps.example/{z}/{x}/{y}/{-y}",
        "ftp://maps.example/{z}/{x}/{y}",
        "https://name:word@maps.example/{z}/{x}/{y}",
        "https:///{z}/{x}/{y}",
        "https://maps.example:port/{z}/{x}/{y}",
        "https://maps.example/{z}/{x}/{y}\nHost: evil",
        "https://maps.example/{z}/{x}/{y}}",
        "https://maps.example/{7-0}/{z}/{x}/{y}",
    ],
)
def test_an_address_that_is_none_is_told_in_the_preferences(wrong: str) -> None:
    with pytest.raises(BadInput) as refused:
        told(wrong)
    assert "{z}" in refused.value.sentence


def test_an_address_names_each_square_and_asks_only_allowed_servers() -> None:
    own = address("https://t{0-7}.map.gov.cn/{z}/{x}/{-y}{r}.png?tk=K", "x.cn，*.map.gov.cn")
    assert own.url(Tile(3, 1, 2)) == "https://t3.map.gov.cn/3/1/5@2x.png?tk=K"
    assert own.url(Tile(3, 0, 0)) == "https://t0.map.gov.cn/3/0/7@2x.png?tk=K"
    assert own.side == 512
    plain = address("https://{s}.x.cn/{x}/{y}/{z}", "a.x.cn b.x.cn c.x.cn")
    assert [plain.url(Tile(3, x, 0))[8:14] for x in range(3)] == ["a.x.cn", "b.x.cn", "c.x.cn"]
    for hosts in ("", "x.cn", "a.x.cn", "*.xx.cn", "evil-x.cn"):
        with pytest.raises(Refused) as refused:
            address("https://{s}.x.cn/{x}/{y}/{z}", hosts)
        assert refused.value.code == "base_map_host"


def test_nothing_chosen_is_nothing_done_and_a_key_is_never_told(tmp_path: Path) -> None:
    assert chosen.source(Settings(state=tmp_path)) is None
    chosen.prove(Settings(state=tmp_path))
    keyed = Settings(base_map="https://m.cn/{z}/{x}/{y}?tk=SECRET", base_map_hosts="m.cn", state=tmp_path)
    assert chosen.attribution(keyed, None) == "m.cn"
    with pytest.raises(Problem) as refused:
        chosen.source(keyed.model_copy(update={"base_map_hosts": None}))
    assert "SECRET" not in refused.value.sentence
    assert list(tmp_path.iterdir()) == []
