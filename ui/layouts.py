"""What every list of widgets in a layout needs."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def grow(dialog: QWidget) -> None:
    """Give ``dialog`` the room that it wants, higher up where its foot would leave the window below it."""
    dialog.resize(dialog.sizeHint())
    below = dialog.parentWidget()
    if below is not None:
        ground = below.window().frameGeometry()
        over = dialog.frameGeometry().bottom() - ground.bottom()
        if over > 0:
            dialog.move(dialog.x(), max(ground.top(), dialog.y() - over))


def room(dialog: QWidget) -> QSize:
    """Return what ``dialog`` may take: the window or the screen, whichever is larger each way."""
    screen, window = dialog.screen().availableSize(), dialog.parentWidget()
    return screen if window is None else window.window().size().expandedTo(screen)


def scroll(area: QScrollArea, inner: QWidget) -> None:
    """Let ``area`` show ``inner``, as wide as itself and on the ground that lies below both."""
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for ground in (area.viewport(), inner):
        ground.setAutoFillBackground(False)  # setWidget fills it


def put_away(layout: QLayout, widgets: Iterable[QWidget]) -> None:
    """Take ``widgets`` out of ``layout`` for good; hidden at once, since Qt deletes them only later."""
    for widget in widgets:
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


def tab_stops(widget: QWidget) -> Iterator[QWidget]:
    """Yield what takes the keys in ``widget``, as it is laid out."""
    if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _stops_in(layout)


def in_tab_order(*widgets: QWidget) -> None:
    """Let Tab walk through ``widgets`` as they are laid out; what is made later would come last."""
    stops = [stop for widget in widgets for stop in tab_stops(widget)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops_in(layout: QLayout) -> Iterator[QWidget]:
    """Walk without ``itemAt``: what stands for an item outlives it, and is then taken for what lies there."""
    around = layout.parentWidget()
    inside = [*(around.children() if around is not None else ()), *layout.children()]
    members = [one for one in inside if isinstance(one, QWidget | QLayout) and layout.indexOf(one) >= 0]
    for one in sorted(members, key=layout.indexOf):
        yield from tab_stops(one) if isinstance(one, QWidget) else _stops_in(one)
