"""What every list of widgets in a layout needs."""

from collections.abc import Iterable

from PySide6.QtWidgets import QLayout, QWidget


def put_away(layout: QLayout, widgets: Iterable[QWidget]) -> None:
    """Take ``widgets`` out of ``layout`` for good; hidden at once, since Qt deletes them only later."""
    for widget in widgets:
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
