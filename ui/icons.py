"""Line icons of resources/icons, drawn in a colour of the theme."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

SIZES = (16, 24, 32, 48)


@cache
def icon(name: str, colour: str) -> QIcon:
    """Return the icon ``name`` in ``colour`` ("#RRGGBB"), sharp up to 48 pixels."""
    drawn = QIcon()
    renderer = QSvgRenderer(QByteArray(tinted(name, colour).encode()))
    for size in SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        drawn.addPixmap(pixmap)
    return drawn


def tinted(name: str, colour: str) -> str:
    """Return the SVG text of the icon ``name`` in ``colour``."""
    text = resources.path(f"icons/{name}.svg").read_text(encoding="utf-8")
    return text.replace("currentColor", QColor(colour).name())


def write(folder: Path, colours: dict[str, str]) -> None:
    """Write the icons named in ``colours`` into ``folder``, each in its colour (style sheets want files)."""
    for name, colour in colours.items():
        (folder / f"{name}.svg").write_text(tinted(name, colour), encoding="utf-8")
