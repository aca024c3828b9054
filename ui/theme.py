"""The look: colours, measures and type from resources/themes.toml, and nowhere else."""

import re
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtCore import QObject, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui import fonts, icons

Role = QPalette.ColorRole

PALETTE = {
    Role.Window: "window",
    Role.WindowText: "text",
    Role.Base: "panel",
    Role.AlternateBase: "raised",
    Role.Text: "text",
    Role.Button: "raised",
    Role.ButtonText: "text",
    Role.BrightText: "overdue",
    Role.ToolTipBase: "raised",
    Role.ToolTipText: "text",
    Role.PlaceholderText: "text3",
    Role.Highlight: "accent",
    Role.HighlightedText: "on_accent",
    Role.Accent: "accent",
    Role.Link: "accent",
    Role.LinkVisited: "accent",
    Role.Light: "raised",
    Role.Midlight: "line",
    Role.Mid: "line",
    Role.Dark: "edge",
    Role.Shadow: "window",
}
PADDINGS = (2, 5, 10, 12)  # pixels inside a button's thinnest ring
PIXELS = re.compile(r"\b(\d+)px")
FADED = (Role.WindowText, Role.Text, Role.ButtonText)


class Theme(QObject):
    """The one look of a process; ``changed`` follows every switch."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = names()[0]
        self._density, self._still = "normal", False
        self._family = ""
        self._fonts: dict[tuple[str, float], QFont] = {}
        self._sheet_icons: QTemporaryDir | None = None

    @property
    def name(self) -> str:
        """Return which theme is shown: "dark", "light" or "contrast"."""
        return self._name

    def start(self, application: QApplication, name: str = "") -> None:
        """Dress ``application`` in theme ``name``: Fusion, a face that has Chinese, palette, sheet."""
        self._name = name or self._name
        application.setStyle("Fusion")
        self._family = fonts.install()
        self._fonts.clear()
        application.setFont(self.font("base"))
        self._dress(application)

    def use(self, name: str) -> None:
        """Show theme ``name`` from now on."""
        if name not in names():
            raise ValueError(name)
        self._name = name
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._dress(application)
        self.changed.emit()

    def settle(self, density: str, *, still: bool) -> None:
        """Set rows "compact", "normal" or "roomy"; ``still``: nothing blinks or glides."""
        if (density, still) != (self._density, self._still):
            self._density, self._still = density, still
            self.changed.emit()

    @property
    def still(self) -> bool:
        """Tell whether motion is to be left out."""
        return self._still

    def color(self, role: str) -> QColor:
        """Return the colour of ``role``; steps and categories are "choropleth0" … and "category0" …."""
        return QColor(colours(self._name)[role])

    def measure(self, name: str) -> int:
        """Return the measure ``name`` in device-independent pixels (transition: milliseconds)."""
        measures = _tokens()["measure"]
        if name == "transition" and self._still:
            return 0
        return int(measures.get(f"{name}_{self._density}", measures[name]))

    def font(self, role: str, growth: float = 1.0) -> QFont:
        """Return the type of ``role`` ("base", "strong", "small", "title", …), with tabular digits.

        It is ``growth`` times as large as usual.
        """
        key = role, growth
        if key not in self._fonts:
            self._fonts[key] = self._make_font(_tokens()["font"][role], growth)
        return QFont(self._fonts[key])

    def _make_font(self, token: dict[str, int], growth: float) -> QFont:
        font = QFont(self._family) if self._family else QFont(QApplication.font().family())
        font.setPixelSize(round(token["size"] * growth))
        font.setWeight(QFont.Weight(token["weight"]))
        return fonts.tabular(font)

    def icon(self, name: str, role: str = "text2") -> QIcon:
        """Return the line icon ``name`` in the colour of ``role``."""
        return icons.icon(name, colours(self._name)[role])

    def _dress(self, application: QApplication) -> None:
        application.setPalette(self._palette())
        self._write_icons()
        application.setStyleSheet(self.sheet())

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in PALETTE.items():
            palette.setColor(role, self.color(token))
        for role in FADED:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text3"))
        return palette

    def _write_icons(self) -> None:
        self._sheet_icons = QTemporaryDir()
        of = colours(self._name)
        wanted = {icon: of[role] for icon, role in _tokens()["sheet_icon"].items()}
        icons.write(Path(self._sheet_icons.path()), wanted)

    def sheet(self, growth: float = 1.0) -> str:
        """Return the style sheet; letters, frames and paddings are ``growth`` times as large as usual."""
        folder = self._sheet_icons.path() if self._sheet_icons else ""
        sizes = {role: token["size"] for role, token in _tokens()["font"].items()}
        values = {**colours(self._name), **sizes, **_tokens()["measure"], "icons": folder}
        rings = _tokens()["ring"]
        values["ring"] = ring = rings[self._name]
        # A thicker ring takes its room from the padding: Qt's buttons never ask again how big they are.
        values |= {f"in{pad}": pad + min(rings.values()) - ring for pad in PADDINGS}
        template = resources.path("style.qss").read_text(encoding="utf-8")
        usual = Template(template).substitute(values)
        return PIXELS.sub(lambda found: f"{round(int(found[1]) * growth)}px", usual)


def names() -> tuple[str, ...]:
    """Return the themes there are, the default first."""
    return tuple(_tokens()["color"])


@cache
def colours(name: str) -> dict[str, str]:
    """Return every colour of theme ``name`` by role, lists numbered ("choropleth0" …)."""
    flat: dict[str, str] = {}
    for role, value in _tokens()["color"][name].items():
        if isinstance(value, str):
            flat[role] = value
        else:
            flat.update({f"{role}{step}": colour for step, colour in enumerate(value)})
    return flat


def _tokens() -> dict[str, Any]:
    return resources.table("themes.toml")


theme = Theme()
