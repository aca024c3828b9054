"""On the smallest usual screen every word of every page is seen whole, in both languages."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QWidget

from console.desk.desk import Desk
from console.language import LANGUAGES
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, desktop, type_text, until
from ui.language import language

SMALL = (1280, 720)
RESTS = 10.0  # seconds in which the layouts of a busy machine come to rest


def cut(page: QWidget) -> list[str]:
    """Return the words of ``page`` that have less room than they need, or stand beyond the window."""
    found: list[QLabel | QPushButton] = [*page.findChildren(QLabel), *page.findChildren(QPushButton)]
    cut_ones = [one.text() for one in found if one.isVisible() and one.text() and _is_cut(one)]
    tabs = [bar for bar in page.findChildren(QTabBar) if bar.isVisible()]
    return [*cut_ones, *(bar.tabText(0) for bar in tabs if bar.width() < bar.sizeHint().width())]


def _is_cut(one: QLabel | QPushButton) -> bool:
    if one.mapTo(one.window(), QPoint(one.width(), 0)).x() > one.window().width():
        return True
    if isinstance(one, QLabel) and one.wordWrap():
        return one.height() < one.heightForWidth(one.width())
    return one.width() < one.sizeHint().width()


async def settled(page: QWidget) -> list[str]:
    """Return what is cut once the layouts have come to rest."""
    with suppress(AssertionError):
        await until(lambda: not cut(page), RESTS)
    return cut(page)


async def pages(desk: Desktop) -> dict[str, list[str]]:
    """Return what is cut on each page, with a form of a report begun."""
    found = {}
    for name in ("dispatch", "people-houses", "incidents", "operations"):
        desk.window.show_page(name)
        desk.window.tick()
        found[name] = await settled(desk.window)
    desk.window.show_page("dispatch")
    form = await begun(desk)
    type_text(form, "路口积水半米深，车过不去，孔村北口")
    found["report"] = await settled(desk.window)
    await desk.press("Ctrl+N")
    return found


async def begun(desk: Desktop) -> QWidget:
    """Begin a report and return where the keys go."""
    await desk.press("Ctrl+N")
    return await until(lambda: desk.page.reporting.form and desk.window.focusWidget())


async def test_nothing_is_cut_on_a_small_screen(database: Database, duty: Desk, tmp_path: Path) -> None:
    number = await report(duty, title="路口积水半米深，三轮车熄火在水里，居民担心孩子放学", place="孔村北口")
    await act(duty, "accept", number)
    await act(duty, "dispatch", number, unit="城管局")
    async with desktop(database, tmp_path, size=SMALL) as desk:
        await desk.open(number)
        await desk.furnished()
        for spoken in LANGUAGES:
            language.use(spoken)
            assert not {name: words for name, words in (await pages(desk)).items() if words}, spoken
