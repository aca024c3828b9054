"""The map of a board: coloured by what is ranked, walked by key; each area asks for what it counts."""

from datetime import date, datetime
from typing import Any

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from console.desk.reads import Place
from console.errors import Refused
from console.geography.atlas import surveyed
from console.geography.borders import Borders
from console.indicators.areas import AreaFigures
from tests.gui.board_documents import AT, board_page, document
from tests.gui.board_documents import choose as choose_part
from tests.gui.desktop import until
from ui.boards.areas import Areas
from ui.boards.ask import Asked
from ui.boards.page import BoardPage
from ui.boards.table import area_rows
from ui.directory import Directory
from ui.growth import growth
from ui.language import language
from ui.layers.figure import Wanted
from ui.layers.figure import figures as coloured
from ui.theme import theme

Key = Qt.Key
VILLAGES = ("130123101001", "130123101002", "130123201001", "130125101001")
TREE = [
    Place("130123", "正定县", "", "county", "", True, ""),
    Place("130123101", "正定镇", "", "township", "130123", True, ""),
    Place("130123201", "南楼乡", "", "township", "130123", True, ""),
    Place("130125101", "=镇", "", "township", "", True, ""),
    *(Place(code, f"{code}村", "", "community", code[:9], False, "") for code in VILLAGES),
]
ROW = [shapely.to_wkb(shapely.box(114.5 + 0.1 * n, 38.0, 114.6 + 0.1 * n, 38.1)) for n in range(4)]
COUNTED: dict[str, list[list[Any]]] = {
    "township": [["130123101", 0.9, 9, 10], ["130123201", None, 0, 0]],
    "grid": [[f"{VILLAGES[0]}001", 0.5, 1, 2], [f"{VILLAGES[1]}001", 1.0, 2, 2]],
}


def directory() -> Directory:
    codes = [f"{code}001" for code in VILLAGES]
    return Directory(
        places={place.code: place for place in TREE},
        atlas=surveyed(codes, [f"{code}网格" for code in codes], list(VILLAGES), ROW),
    )


async def told(figure: str, area: str, place: str | None, days: int, until: date | None) -> AreaFigures:
    assert (figure, place, days, until) == ("closing", "130123", 30, None)
    if area not in COUNTED:
        raise Refused("outside_your_tree", unit="130123")
    columns = [[*column] for column in zip(*COUNTED[area], strict=True)]
    return AreaFigures(datetime.fromisoformat(AT), *columns)


def choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


async def shown(qtbot: QtBot) -> BoardPage:
    page, known = board_page(qtbot, size=(1920, 1000)), directory()
    page.lay(Areas(told, lambda: known))
    page.show_document(document("incidents"))
    page.activateWindow()
    page.body.areas.map.view.setFocus()
    await until(lambda: page.body.areas.drawn is not None and page.body.areas.map.view.exact)
    return page


async def test_a_map_is_on_its_way_until_it_is_known_what_grids_there_are(qtbot: QtBot) -> None:
    page = board_page(qtbot)
    panel = page.body.areas
    assert (panel.map.view.state.notice, panel._note.text()) == ("正在绘制网格…", "")
    page.lay(Areas(told, Directory))
    await until(lambda: "还没有网格图形" in panel.map.view.state.notice)
    assert panel._note.text() == "", "nothing is hatched where nothing is"


async def test_areas_are_walked_by_key_and_ask_for_exactly_what_they_count(qtbot: QtBot) -> None:
    page = await shown(qtbot)
    panel, view = page.body.areas, page.body.areas.map.view
    assert view.atlas.codes == ["130123101", "130123201"], "townships of the county, none of another's"
    assert np.isnan(view.values).tolist() == [False, True], "nothing to divide by: hatched"
    assert panel.title == "办结率分布"
    heard: list[Asked] = []
    page.body.asked.connect(heard.append)
    QTest.keyClick(view, Key.Key_Right)
    assert view.card == ["正定镇", "办结率 90.0 %（9 / 10）"]
    assert view.accessibleDescription().startswith("正定镇")
    QTest.keyClick(view, Key.Key_Right)
    assert view.card == ["南楼乡", "办结率 —（0 / 0）"]
    QTest.keyClick(view, Key.Key_Return)
    assert heard == [], "nothing is counted there"
    QTest.keyClick(view, Key.Key_Left)
    assert view.card[0] == "正定镇"
    QTest.keyClick(view, Key.Key_Return)
    assert choose_part(page, 2) == ["办结率 · 已办结", "办结率 · 应结", "办结率 · 未办结"]
    assert heard == [Asked(("closing:rest",), "130123101")]
    for press in (Key.Key_Right, Key.Key_Plus, Key.Key_Minus, Key.Key_Home):
        QTest.keyClick(view, press)


async def test_a_map_of_few_cases_alone_says_what_the_hatching_means(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await shown(qtbot)
    panel = page.body.areas
    assert panel._note.text() == "单位：%"
    monkeypatch.setitem(COUNTED, "township", [["130123101", 1.0, 1, 1], ["130123201", None, 0, 0]])
    panel.show_board(page._board)  # type: ignore[arg-type]  # it is shown
    await until(lambda: panel._note.text() == "斜线：<5 件")
    assert panel.map.steps.isHidden()


async def test_the_map_goes_down_to_grids_and_is_saved(qtbot: QtBot) -> None:
    page = await shown(qtbot)
    panel, view = page.body.areas, page.body.areas.map.view
    choose(panel.area, "grid")
    await until(lambda: len(view.atlas) == 3 and view.exact)
    view.point_at_area(1)
    at = view.cursor_at
    assert at is not None
    with qtbot.waitSignal(page.body.asked) as asked:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(at.x()), round(at.y())))
        choose_part(page, 0)
    assert asked.args == [Asked((f"closing/grid={VILLAGES[1]}001:hit",))]
    assert panel.drawn is not None
    assert [row[1:] for row in area_rows(panel.drawn)][1:] == [
        ["机构", "数值", "分子", "分母"],
        [f"{VILLAGES[0]}001网格", 50.0, 1, 2],
        [f"{VILLAGES[1]}001网格", 100.0, 2, 2],
    ]
    theme.use("light")
    await until(lambda: view.exact)
    assert page._board is not None
    assert not page.export.picture(page._board, panel).isNull()
    choose(panel.area, "community")
    await until(lambda: "管辖范围" in panel._none.text())


async def test_what_is_told_of_no_smaller_area_says_so(qtbot: QtBot) -> None:
    page: BoardPage = board_page(qtbot, "people-houses")
    answer = document("people-houses")
    answer["organisation"] |= {"level": "community"}
    answer["ranking"] = {"figure": "alone", "rows": []}
    page.show_document(answer)
    assert page.body.areas._none.text() == "该指标没有更小区域的数"
    answer["organisation"] |= {"level": "township"}
    page.show_document(answer)
    assert [page.body.areas.area.itemData(n) for n in range(page.body.areas.area.count())] == ["community"]


def test_a_share_has_its_colour_whatever_the_others_are_and_none_of_few_cases() -> None:
    known, at = directory(), datetime.fromisoformat(AT)
    codes = [*known.atlas.codes]

    def shades(values: list[float], wholes: list[int], figure: str = "closing") -> list[int]:
        told = AreaFigures(at, codes, [*values], [0] * len(codes), [*wholes])
        found = coloured(Wanted(figure, "grid", 30), told, known.atlas, known)
        return [int(shade) for shade in found.classes.shade(found.values)]

    rest = [0] * (len(codes) - 2)
    first = shades([1.0, 0.969, *map(float, rest)], [9, 9, *rest])
    assert first == shades([1.0, 0.97, *map(float, rest)], [9, 9, *rest])
    assert first == [5, 4, *(-1 for _ in rest)]
    assert shades([0.9, 0.45, *map(float, rest)], [9, 9, *rest], "found")[:2] == [5, 3]
    assert shades([1.0, 0.6, *map(float, rest)], [4, 5, *rest])[:2] == [-1, 1], "four cases are too few"


def test_what_has_no_centre_of_its_own_is_offered_above_those_that_have_one() -> None:
    known = directory()
    known.places = {
        "13": Place("13", "河北省", "", "province", "", False, ""),
        "1301": Place("1301", "石家庄市", "", "city", "13", False, ""),
        **known.places,
        "130123": Place("130123", "正定县", "", "county", "1301", True, ""),
    }
    everywhere = [place.code for place in known.centres_from(None)]
    assert everywhere == ["13", "1301", "130123", "130123101", "130123201", "130125101"], "no village"
    assert [place.code for place in known.centres_from("130123")] == ["130123", "130123101", "130123201"]


def test_the_list_of_places_names_one_that_it_does_not_offer(qtbot: QtBot) -> None:
    page = board_page(qtbot)
    page.hide()  # so that nothing is read
    page.offer(TREE[:3], "130123")
    page.choose_organisation(VILLAGES[0])
    village = document("incidents")
    village["organisation"] = {"code": VILLAGES[0], "name": "孔村", "level": "community"}
    page.show_document(village)
    assert page.centre.currentText() == "孔村"
    page.choose_organisation("130123101")
    assert page.centre.currentText().strip() == "正定镇"
    page.choose_organisation(VILLAGES[0])
    assert page.centre.currentText() == "孔村"


async def test_what_the_colours_mean_is_said_in_the_spoken_language(qtbot: QtBot) -> None:
    steps = (await shown(qtbot)).body.areas.map.steps
    chinese = steps.accessibleName()
    language.use("en")
    english = steps.accessibleName()
    assert (chinese.isascii(), english.isascii()) == (False, True), english
    assert steps._steps is not None
    assert steps._steps.unknown.isascii()


async def test_names_on_a_large_screen_grow_as_their_board(qtbot: QtBot) -> None:
    page = await shown(qtbot)
    names = page.body.areas.map.view.scene.overlay.names
    usual = names._sizes().copy()
    page.resize(3824, 2095)
    await until(lambda: growth(page) > 1)
    assert names._sizes() == pytest.approx(usual * growth(page), rel=0.05)
    edges = page.body.areas.map.view.scene.above._parts[-1]
    assert isinstance(edges, Borders)
    assert edges.stroke.width == round(growth(page)), "as wide as on a map that is drawn less finely"
