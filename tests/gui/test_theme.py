"""The look: readable in every theme, switched while running, Chinese never as boxes."""

import re
from itertools import product

import pytest
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

import resources
from console.settings import Settings
from ui import fonts, shapes
from ui.charts.graph import SIGNS, STROKES
from ui.language import language
from ui.preferences import preferences
from ui.theme import PALETTE, colours, names, theme

SURFACES = ("window", "panel", "raised", "hover", "selected")
TEXTS = {"text": 4.5, "text2": 4.5, "text3": 3.0, "accent": 4.5, "fine": 4.5, "near": 4.5, "overdue": 4.5}
FILLED = (("on_accent", "accent"), ("on_urgent", "urgent"), ("on_past", "past"))


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", names())
def test_text_is_readable_on_every_surface(name: str) -> None:
    of = colours(name)
    weak = {
        (text, surface): round(contrast(of[text], of[surface]), 2)
        for text, surface in product(TEXTS, SURFACES)
        if contrast(of[text], of[surface]) < TEXTS[text]
    }
    assert weak == {}
    assert all(contrast(of[text], of[fill]) >= 4.5 for text, fill in FILLED)


INKS = {
    "line",
    "edge",
    "text",
    "text2",
    "text3",
    "on_accent",
    "on_urgent",
    "on_past",
    "base_veil",
    "base_face",
}
ELSEWHERE = {"word", "bar", "ring", "figure"}  # not drawn by ui.shapes


def test_no_colour_with_a_meaning_is_without_a_shape() -> None:
    table = resources.table("themes.toml")
    told = table["shape"]
    assert set(table["color"]["dark"]) - INKS - {*SURFACES[:-1]} == set(told)
    assert {one for one in told.values() if isinstance(one, str)} <= ELSEWHERE | set(shapes.SHAPES)
    assert list(STROKES) == told["category"]


def test_shapes_differ_where_colours_do_not_show(dressed: QApplication) -> None:
    assert dressed

    def drawn(role: str) -> bytes:
        image = QImage(24, 24, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.black)
        painter = QPainter(image)
        painter.setBrush(Qt.GlobalColor.white)
        shapes.draw(painter, QPointF(12, 12), role, 5)
        painter.end()
        return bytes(image.constBits())

    assert len({drawn(role) for role in ("fine", "near", "overdue")}) == 3
    assert len({SIGNS[stroke] for stroke in STROKES.values()}) == len(STROKES)


@pytest.mark.parametrize("name", names())
def test_categories_stand_out_from_the_panel(name: str) -> None:
    of = colours(name)
    assert min(contrast(of[f"category{step}"], of["panel"]) for step in range(8)) >= 3.0


@pytest.mark.parametrize("name", names())
def test_choropleth_climbs_in_one_direction(name: str) -> None:
    steps = [luminance(QColor(colours(name)[f"choropleth{step}"])) for step in range(6)]
    assert steps in (sorted(steps), sorted(steps, reverse=True))
    of = colours(name)
    assert contrast(of["choropleth0"], of["panel"]) > 1.2, "the palest is no hole"


def test_high_contrast_beats_the_others() -> None:
    of = colours("contrast")
    weak = {
        (text, surface): round(contrast(of[text], of[surface]), 2)
        for text, surface in product(TEXTS, SURFACES)
        if contrast(of[text], of[surface]) < 7
    }
    assert weak == {}
    assert all(contrast(of[text], of[fill]) >= 7 for text, fill in FILLED)


def test_in_high_contrast_borders_and_the_focus_are_found_at_once(qtbot: QtBot) -> None:
    of = colours("contrast")
    assert min(contrast(of[line], of[on]) for line in ("line", "edge", "focus") for on in SURFACES) >= 4.5
    theme.use("contrast")
    button = QPushButton("派遣")
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    image, middle = button.grab().toImage(), button.height() // 2
    assert [image.pixelColor(across, middle) for across in (0, 1)] == [theme.color("focus")] * 2


@pytest.mark.parametrize("role", [None, "chip", "pill", "primary", "flat"])
def test_a_button_that_is_shown_keeps_its_words_whole_in_every_theme(role: str | None, qtbot: QtBot) -> None:
    shown, needed = button("待受理 12", role), set()
    qtbot.addWidget(shown)
    shown.show()
    for name in names():
        theme.use(name)
        fresh = button("待受理 12", role)
        qtbot.addWidget(fresh)
        needed.add(fresh.sizeHint().toTuple())
    assert needed == {shown.sizeHint().toTuple()}


def button(words: str, role: str | None) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("role", role)
    return made


def test_a_window_that_starts_is_dressed_once(dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets: list[str] = []
    monkeypatch.setattr(QApplication, "setStyleSheet", lambda _app, sheet: sheets.append(sheet))
    theme.start(dressed, "light")
    preferences.start(Settings.model_construct(theme="light"))
    assert len(sheets) == 1
    assert colours("light")["panel"] in sheets[0]


def test_every_theme_has_the_same_roles() -> None:
    roles = [set(colours(name)) for name in names()]
    assert roles[0] == roles[1] == roles[2]


@pytest.mark.parametrize("name", names())
def test_switching_recolours_what_is_already_shown(name: str, qtbot: QtBot, dressed: QApplication) -> None:
    button = QPushButton("派遣")
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(theme.changed):
        theme.use(name)
    assert {dressed.palette().color(role).name() for role in PALETTE} <= {
        QColor(colour).name() for colour in colours(name).values()
    }
    assert button.grab().toImage().pixelColor(8, 4) == theme.color("raised")


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.use("sepia")


def test_style_sheet_names_no_colour_of_its_own() -> None:
    sheet = resources.path("style.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", sheet) == []


def test_chinese_and_columns_of_digits() -> None:
    font = theme.font("base")
    assert fonts.shows_chinese(font)
    metrics = QFontMetrics(font)
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_icons_take_the_colour_of_their_role() -> None:
    theme.use("light")
    image = theme.icon("close", "overdue").pixmap(16, 16).toImage()
    assert image.pixelColor(8, 8).rgb() == theme.color("overdue").rgb()


def test_a_widget_follows_the_language_for_as_long_as_it_lives(qtbot: QtBot) -> None:
    heard: list[str] = []
    widget = QObject()
    language.follow(widget, lambda: heard.append("again"))
    language.use("en")
    assert heard == ["again", "again"]
    with qtbot.waitSignal(widget.destroyed):
        widget.deleteLater()
    language.use("zh")
    assert heard == ["again", "again"]
