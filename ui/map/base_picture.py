"""The base map as one picture of a view: squares made fit for the theme, then laid side by side.

All of it runs off the UI thread, so it touches images alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from console.errors import BadInput
from console.geography.tiles.pyramid import Tile, box
from console.geography.view import View

WIDEST = 1024  # pixels of a square's side: a picture that claims more is none
Piece = tuple[Tile, Tile, QImage]


@dataclass(frozen=True)
class Manner:
    """How pictures are shown: on which ground, how much of them, under which veil, with colours or not."""

    name: str
    ground: int
    veil: int
    opacity: float
    gray: bool


@dataclass(frozen=True, eq=False)
class Sheet:
    """A composed view in device pixels; ``state`` tells what it was made of."""

    view: View
    image: QImage
    state: object


def treated(manner: Manner, content: bytes) -> QImage:
    """Return the picture of a square as it is shown; BadInput where the bytes are none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > WIDEST:
        raise BadInput("base_map_picture", source=manner.name)
    picture = reader.read()
    if picture.isNull():
        raise BadInput("base_map_picture", source=manner.name)
    image = QImage(picture.size(), QImage.Format.Format_RGB32)
    image.fill(manner.ground)
    painter = QPainter(image)
    try:
        painter.setOpacity(manner.opacity)
        painter.drawImage(0, 0, picture)
        painter.setOpacity(1.0)
        painter.fillRect(image.rect(), QColor.fromRgba(manner.veil))
    finally:
        painter.end()
    if manner.gray:
        shades = image.convertToFormat(QImage.Format.Format_Grayscale8)
        image = shades.convertToFormat(QImage.Format.Format_RGB32)
    return image


def composed(view: View, datum: str, pieces: Sequence[Piece], ground: int, state: object) -> Sheet:
    """Return the sheet of a view in device pixels."""
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.fill(ground)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for where, of, picture in pieces:
            right, down, share = where.part(of)
            width, height = picture.width(), picture.height()
            part = QRectF(right * width, down * height, share * width, share * height)
            painter.drawImage(_place(view, where, datum), picture, part)
    finally:
        painter.end()
    return Sheet(view, image, state)


def _place(view: View, tile: Tile, datum: str) -> QRectF:
    """Return where a square lies, on whole pixels, so that neighbours meet."""
    west, south, east, north = box(tile, datum)
    left, top = (round(edge) for edge in view.to_pixels(west, north))
    right, foot = (round(edge) for edge in view.to_pixels(east, south))
    return QRectF(left, top, right - left, foot - top)
