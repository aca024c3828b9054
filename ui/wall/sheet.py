"""A page of 540 lines shown as large as the screen: drawn part by part, so that no moment is long."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.theme import theme

LINES = 540
PIECE = 42_000  # square lines that are drawn at one go
Fill = Callable[[], Iterable[QWidget]]  # fills a part; returns what in it looks otherwise


class Page(QWidget):
    """A window that nobody sees: it is laid out and lives, but draws itself only when it is asked to."""

    @override
    def event(self, event: QEvent) -> bool:
        return event.type() == QEvent.Type.UpdateRequest or super().event(event)


class Sheet:
    """Keeps a picture of ``page``, a widget that is laid out on LINES lines, at the pixels of ``host``."""

    def __init__(self, host: QWidget) -> None:
        self.page = Page(host, Qt.WindowType.Window)
        self.page.setObjectName("page")
        self.page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.page.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.parts: Callable[[], Iterable[QWidget]] = tuple  # what is drawn one at a time
        self._host = host
        self._stale: dict[QWidget, Fill] = {}
        self._whole: set[QWidget] = set()  # of them these are drawn anew whatever their filling tells
        self._pieces: list[QRect] = []
        self._drawn: list[QRect] = []  # of the same part, shown with its last piece
        self._part: QWidget | None = None
        self._places: dict[QWidget, QRect] = {}
        self.picture, self._draft = QPixmap(), QPixmap()

    @property
    def zoom(self) -> float:
        """Pixels of the host a line."""
        return max(self._host.height(), 1) / LINES

    @property
    def fineness(self) -> float:
        """Device pixels a line."""
        return self.zoom * self._host.devicePixelRatioF()

    def renew(self, parts: Iterable[QWidget]) -> None:
        """Draw these parts anew, one a step."""
        for part in parts:
            self._stale.setdefault(part, tuple)
            self._whole.add(part)

    def refill(self, parts: Mapping[QWidget, Fill]) -> None:
        """Fill these parts anew and draw them, one a step."""
        self._stale.update(parts)

    def step(self) -> None:
        """Draw the next piece that is not up to date; all, if a part has taken another place.

        A part is shown once it is whole, of one moment: the halves of two screenfuls would be a list that
        nobody has.
        """
        if not self._host.isVisible():
            return
        if self._part in self._whole:  # it reads otherwise by now, and is drawn from its top
            self._pieces.clear()
        if not self._pieces and self._stale:
            self._fill(next(iter(self._stale)))
        if self._pieces:
            self._drawn.append(self._pieces.pop(0))
            self._draft = self._render(self._draft, self._drawn[-1])
            if not self._pieces:
                self._show()

    def _fill(self, part: QWidget) -> None:
        """Fill ``part``, and tell what of it is to be drawn."""
        self._part, self._drawn = part, []
        changed = list(self._stale.pop(part)())
        if part in self._whole:
            self._whole.remove(part)
            changed = [part]
        self._settle()
        if self._places != self._laid_out():
            self.draw()
        elif part in self._places:
            self._pieces = [piece for one in changed for piece in _pieces(self._place(one))]

    def draw(self) -> None:
        """Draw everything."""
        for fill in self._stale.values():
            fill()
        self._stale.clear()
        self._whole.clear()
        self._pieces.clear()
        if not self._host.isVisible():
            return
        self._settle()
        self.page.resize(QSize(round(self._host.width() / self.zoom), LINES))
        if not self.page.isVisible():
            self.page.show()
        self._places = self._laid_out()
        self.picture = self._render(self.picture, self.page.rect())
        self._host.update()

    def hide(self) -> None:
        """Rest: nobody looks."""
        self.page.hide()

    def _settle(self) -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # new words, new widths

    def _laid_out(self) -> dict[QWidget, QRect]:
        return {part: self._place(part) for part in self.parts() if part.isVisibleTo(self.page)}

    def _place(self, part: QWidget) -> QRect:
        return QRect(part.mapTo(self.page, QPoint()), part.size())

    def _render(self, picture: QPixmap, box: QRect) -> QPixmap:
        """Draw what is in ``box`` into ``picture``, a new one where the screen is another; return it."""
        size = self._host.size() * self._host.devicePixelRatioF()
        if picture.size() != size:
            picture = QPixmap(size)
            picture.fill(theme.color("window"))
        picture.setDevicePixelRatio(self.fineness)
        painter = QPainter(picture)
        try:
            self.page.render(painter, box.topLeft(), QRegion(box))
        finally:
            painter.end()
        picture.setDevicePixelRatio(self._host.devicePixelRatioF())
        return picture

    def _show(self) -> None:
        """Take what is drawn of a part into the picture."""
        zoom, region = self.zoom, QRegion()
        for box in self._drawn:
            region += box
        for picture in (self.picture, self._draft):
            picture.setDevicePixelRatio(self.fineness)
        painter = QPainter(self.picture)
        try:
            painter.setClipRegion(region)
            painter.drawPixmap(0, 0, self._draft)
        finally:
            painter.end()
        for picture in (self.picture, self._draft):
            picture.setDevicePixelRatio(self._host.devicePixelRatioF())
        box = region.boundingRect()
        shown = QRectF(box.x() * zoom, box.y() * zoom, box.width() * zoom, box.height() * zoom)
        self._host.update(shown.toAlignedRect())


def _pieces(box: QRect) -> list[QRect]:
    """Return ``box`` in slices from the top that can be drawn at one go each."""
    tall = max(PIECE // max(box.width(), 1), 1)
    slices = -(-box.height() // tall)
    edges = [box.top() + box.height() * place // slices for place in range(slices + 1)]
    return [QRect(box.left(), top, box.width(), end - top) for top, end in pairwise(edges)]
