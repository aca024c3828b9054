"""The top of the window at every width: pages, figures and times whole; what matters least gives way."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from console.language import LANGUAGES
from ui.data_age import Health
from ui.dispatch.banner import Banner
from ui.growth import growth_in
from ui.language import language
from ui.theme import theme
from ui.topbar import PAGES, TopBar

WIDTHS = (1024, 1093, 1280, 1366, 1440, 1600, 1920)
ME: dict[str, object] = {
    "name": "卢子涛",
    "login": "卢子涛",
    "positions": ["seat", "supervisor"],
    "organisation": "正定县",
}
COUNTS = {"reported": 14, "accepted": 108, "handling": 1024, "handled": 9, "near": 8, "overdue": 104}


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[TopBar]:
    window = QWidget()
    made = TopBar(QMenu(window), window)
    qtbot.addWidget(window)
    window.show()
    yield made  # noqa: PT022  the window lives as long as the test


def work(bar: TopBar, width: int, health: Health = Health.LIVE, me: dict[str, object] = ME) -> None:
    """Let the bar be as it is while somebody works."""
    bar.resize(width, bar.height())
    bar.show_pages(list(PAGES))
    bar.show_person({**me, "level": "county", "sample": True})
    bar.age.show_age(health, 754.0 if health in {Health.STALE, Health.LOST} else 0.4)
    bar.show_time(1_795_228_927.0)
    bar.show_counts(COUNTS)
    bar.fit()
    bar._row.activate()


def cut(bar: TopBar) -> list[str]:
    """Return what is not seen whole, the centre's name apart."""
    parts = bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    seen = [one for one in parts if one not in {bar.centre, bar.findChild(QMenu)} and not one.isHidden()]
    narrow = [one for one in seen if one.width() < one.sizeHint().width()]
    outside = [one for one in seen if not bar.rect().contains(one.geometry())]
    tabs = next(one for one in seen if isinstance(one, QTabBar))
    hidden = [page for index, page in enumerate(PAGES) if not tabs.rect().contains(tabs.tabRect(index))]
    return [*(repr(one) for one in (*narrow, *outside)), *hidden]


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_at_any_width_in_any_language(bar: TopBar, width: int, tongue: str) -> None:
    language.use(tongue)
    for health in Health:
        work(bar, width, health)
        assert cut(bar) == []


@pytest.mark.parametrize(("width", "tongue"), [(768, "zh"), (960, "zh"), (960, "en")])
def test_every_page_can_be_clicked_on_a_screen_at_200_and_250_per_cent(
    bar: TopBar, width: int, tongue: str
) -> None:
    language.use(tongue)
    for health in Health:
        work(bar, width, health)
        assert cut(bar) == []
        bar.show_time(1_795_228_928.0)
        assert bar._asked() == bar._fitted, "a second moves nothing"


def test_the_bar_follows_a_window_that_shrinks_and_grows(bar: TopBar) -> None:
    work(bar, 1920)
    wide = bar.counters["near"].width()
    for width in (*reversed(WIDTHS), *WIDTHS):
        bar.resize(width, bar.height())
        bar._row.activate()
        assert cut(bar) == []
    assert bar.counters["near"].width() == wide


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_the_bell_finds_room_when_it_appears(bar: TopBar, tongue: str) -> None:
    language.use(tongue)
    for width in WIDTHS:
        bar.bell.hide()
        work(bar, width)
        bar.bell.show()
        bar.fit()
        bar._row.activate()
        assert cut(bar) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_centre_s_name_stays_and_tells_the_rest_where_it_gives_way(bar: TopBar, width: int) -> None:
    work(bar, width, me={**ME, "organisation": "石家庄市正定县城市管理综合行政执法局联合"})
    assert not bar.centre.isHidden()
    assert bar.centre.shown == bar.centre.text or bar.centre.toolTip() == bar.centre.text


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("brief", [True, False])
def test_the_words_for_the_age_of_the_data_have_room(bar: TopBar, tongue: str, *, brief: bool) -> None:
    language.use(tongue)
    bar.age.set_brief(brief=brief)
    for health in Health:
        bar.age.show_age(health, 0.4)
        words = QFontMetrics(theme.font("small")).horizontalAdvance(bar.age.text)
        assert bar.age.sizeHint().width() >= 16 + words


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_how_far_the_sample_s_history_is_filled_moves_nothing_out(
    bar: TopBar, width: int, tongue: str
) -> None:
    language.use(tongue)
    work(bar, width)
    fit, mark = bar._fit, bar._sample.text()
    bar.show_history(0.456)
    bar._row.activate()
    assert (cut(bar), bar._fit) == ([], fit)
    assert ("45%" in bar._sample.text()) or bar._sample.text() == mark
    assert "45%" in bar._sample.text() or width < max(WIDTHS)
    bar.show_history(1.0)
    assert bar._sample.text() == mark


def test_what_is_wrong_is_told_in_letters_as_large_as_those_of_the_page_below(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_health(Health.LOST, 9.0, "12:00:00")
    usual = theme.font("base").pixelSize()

    def letters(size: QSize, *, far: bool = False) -> list[int]:
        banner.fit(size, far=far)
        return [one.fontInfo().pixelSize() for one in (banner._text, banner.buttons["retry"])]

    large = QSize(3840, 2160)
    assert letters(QSize(1920, 1000)) == [usual, usual]
    assert letters(large) == [round(usual * growth_in(large))] * 2
    assert letters(large, far=True)[0] == 4 * usual
