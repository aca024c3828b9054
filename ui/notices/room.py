"""Where notices stand: low in a panel, clear of every control, of the row in hand and of open dialogs."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

CONTROLS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar, QTextEdit)
EDGE = 12
STEP = 6
LARGE = 160  # pixels: what is higher is a panel, not a control


def find(size: QSize, rooms: Sequence[QRect], taken: QRegion) -> QPoint | None:
    """Return where ``size`` stands clear of ``taken``: in the first room that has a place, low and right."""
    for room in rooms:
        inner = room.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        for y in range(inner.bottom() + 1 - size.height(), inner.top() - 1, -STEP):
            for x in range(inner.right() + 1 - size.width(), inner.left() - 1, -4 * STEP):
                if not taken.intersects(QRect(QPoint(x, y), size)):
                    return QPoint(x, y)
    return None


def taken(page: QWidget, but: QWidget) -> QRegion:
    """Return what must not be covered on ``page``: controls, what has the keys, dialogs; ``but`` aside."""
    region = QRegion()
    for one in page.findChildren(QWidget):
        if isinstance(one, CONTROLS) and one.isVisible() and not but.isAncestorOf(one):
            region += seen(one, one.rect(), page)
    focus = QApplication.focusWidget()
    if focus is not None and page.isAncestorOf(focus) and not but.isAncestorOf(focus):
        region += _in_hand(focus, page)
    for window in QApplication.topLevelWidgets():
        if window.isVisible() and window is not page.window():
            region += QRect(page.mapFromGlobal(window.geometry().topLeft()), window.size())
    return region


def seen(widget: QWidget, part: QRect, page: QWidget) -> QRect:
    """Return ``part`` of ``widget`` on ``page``, as far as what stands around it lets it be seen."""
    box, here = part, widget
    while here is not page:
        box = box.intersected(here.rect()).translated(here.pos())
        parent = here.parentWidget()
        if parent is None or here.isWindow():
            return QRect()
        here = parent
    return box.intersected(page.rect())


def _in_hand(focus: QWidget, page: QWidget) -> QRect:
    if isinstance(focus, QAbstractItemView):
        return seen(focus.viewport(), focus.visualRect(focus.currentIndex()), page)
    return seen(focus, focus.rect(), page) if focus.height() <= LARGE else QRect()


def united(rects: Iterable[QRect]) -> QRegion:
    """Return all of ``rects`` as one region."""
    region = QRegion()
    for rect in rects:
        region += rect
    return region
