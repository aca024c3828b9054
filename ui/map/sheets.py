"""Pictures that are wider than the window, laid where they belong while the view moves on."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from console.geography.view import View

MARGIN: Final = 0.25  # of the window's size, drawn beyond each edge


def lay(painter: QPainter, image: QImage, of: View, view: View) -> None:
    """Draw the picture ``of`` a view where it belongs in ``view``, stretched where the scale is another.

    Both views and the painter count device pixels.
    """
    right, down = view.to_pixels(of.left, of.top)
    stretch = of.scale / view.scale
    if stretch == 1:
        painter.drawImage(round(right), round(down), image)
    else:
        target = QRectF(right, down, image.width() * stretch, image.height() * stretch)
        painter.drawImage(target, image, QRectF(image.rect()))
