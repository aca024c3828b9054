"""Where the map looks, and whose hand moved it last."""

import time

from PySide6.QtCore import QObject, Signal

from console.geography.view import Bounds, View, fitted

STILL = 10.0  # seconds after a gesture in which nothing but the operator moves the view
FOOT = 72  # pixels at the foot of the window that the legend and the scale take
SHY = 40  # pixels: what is nearer to the edge counts as out of sight


class Camera(QObject):
    """The view, in device-independent pixels. It fits the bounds until a hand moves it."""

    changed = Signal()

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self.view = View(0, 0, 1000, 1, 1)
        self.still = STILL
        self._bounds: Bounds | None = None
        self._free = False
        self._moved = float("-inf")

    def frame(self, bounds: Bounds) -> None:
        """Show these bounds, now and after a change of size, until a hand moves the view."""
        self._bounds = bounds
        self.fit()

    def fit(self) -> None:
        """Show everything again."""
        self._free = False
        self._moved = float("-inf")
        if self._bounds is not None:
            whole = fitted(self._bounds, self.view.width, max(self.view.height - FOOT, 1))
            self._set(whole.panned(0, -FOOT / 2).resized(self.view.width, self.view.height))

    def resize(self, width: int, height: int) -> None:
        """Follow the window's size."""
        self._set(self.view.resized(max(width, 1), max(height, 1)))
        if not self._free:
            self.fit()

    def pan(self, right: float, down: float) -> None:
        """Drag the content by so many pixels, by hand."""
        self._by_hand()
        self._set(self.view.panned(right, down))

    def zoom(self, factor: float, right: float, down: float) -> None:
        """Go nearer about a pixel, by hand."""
        self._by_hand()
        self._set(self.view.zoomed(factor, right, down))

    def approach(self, bounds: Bounds) -> None:
        """Show these bounds closely, by hand."""
        self._by_hand()
        self._set(fitted(bounds, self.view.width, self.view.height, SHY * 2))

    def reveal(self, x: float, y: float) -> None:
        """Centre a point of the plane that is out of sight, unless a hand has just moved the view."""
        if self.held or self.shows(x, y):
            return
        self._free = True
        self._set(self.view.centred(x, y))

    def follow(self) -> None:
        """Forget the last gesture: the view may be moved again."""
        self._moved = float("-inf")

    @property
    def held(self) -> bool:
        """Tell whether a hand has just moved the view."""
        return time.monotonic() - self._moved < self.still

    def shows(self, x: float, y: float) -> bool:
        """Tell whether a point of the plane is well in sight."""
        right, down = self.view.to_pixels(x, y)
        return SHY <= right <= self.view.width - SHY and SHY <= down <= self.view.height - SHY

    def _by_hand(self) -> None:
        self._free = True
        self._moved = time.monotonic()

    def _set(self, view: View) -> None:
        self.view = view
        self.changed.emit()
