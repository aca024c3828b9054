"""The wall's picture: each part of it is of one moment."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from ui.wall.sheet import LINES, Sheet

PLACES = range(10, 400, 20)


class Flat(QWidget):
    """Painted in one colour, in several pieces."""

    colour = Qt.GlobalColor.red

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.colour)
        painter.end()


def test_a_part_is_seen_once_it_is_drawn_to_its_foot(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(LINES * 3, LINES * 3 // 2)
    host.show()
    sheet = Sheet(host)
    part = Flat(sheet.page)
    part.resize(400, 400)
    sheet.parts = lambda: [part]
    sheet.draw()

    def seen() -> list[str]:
        image, zoom = sheet.picture.toImage(), sheet.zoom
        colours = {QColor(image.pixel(100, round(y * zoom))).name() for y in PLACES}
        return sorted(colours)

    def turn(colour: Qt.GlobalColor) -> None:
        part.colour = colour
        sheet.renew([part])
        sheet.step()

    assert seen() == ["#ff0000"]
    turn(Qt.GlobalColor.blue)
    assert seen() == ["#ff0000"], "its foot is still to be drawn"
    turn(Qt.GlobalColor.green)
    while sheet._pieces:
        assert seen() == ["#ff0000"], "what is drawn of blue is old by now"
        sheet.step()
    assert seen() == ["#00ff00"]
