"""Where the map looks, and whether it follows what is selected or stays where a hand has put it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from console.geography.view import Bounds, View, fitted

Boxes = NDArray[np.float64]
Covered = Callable[[View], Boxes]

MARGIN = 24  # pixels round everything
SHY = 40  # pixels: what is nearer to the edge counts as out of sight
CLEAR = 14  # pixels of a mark that legend and scale may not cover


class Camera(QObject):
    """The view, in device-independent pixels. It fits the bounds until a hand moves it.

    ``covered`` tells (n, 4) left, top, right and bottom of what lies over the window, at its foot.
    """

    changed = Signal()
    stepping = Signal()  # a hand is about to pan or zoom, a step of perhaps many
    leaping = Signal()  # the view is about to be elsewhere at once
    stance = Signal()  # it follows, holds still, or has let something out of sight be

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self.view = View(0, 0, 1000, 1, 1)
        self.following = True
        self.margin = MARGIN
        self.head = 0  # pixels at the top of the window that words cover
        self.covered: Covered = lambda _view: np.empty((0, 4))
        self.missed = False  # what was selected is out of sight, and the view was held still
        self._bounds: Bounds | None = None
        self._free = False

    def frame(self, bounds: Bounds) -> None:
        """Show these bounds, now and after a change of size, until a hand moves the view."""
        self._bounds = bounds
        self._show_all()

    @property
    def framed(self) -> bool:
        """Tell whether it is known what there is to see."""
        return self._bounds is not None

    def expect(self, bounds: Bounds) -> None:
        """Take these bounds for everything; a view that no hand has moved shows them."""
        if bounds != self._bounds:
            self._bounds = bounds
            self.settle()

    def know(self, bounds: Bounds) -> None:
        """Take these bounds for everything; the view stays."""
        self._bounds = bounds

    def fit(self) -> None:
        """Show everything again, and follow."""
        self.leaping.emit()
        self._show_all()

    def _show_all(self) -> None:
        self._free = False
        self._stand(following=True)
        self._fit()

    def settle(self) -> None:
        """Fit again what is shown, unless a hand has moved the view."""
        if not self._free:
            self._fit()

    @property
    def foot(self) -> int:
        """Pixels at the foot of the window that are covered."""
        tops = self.covered(self.view)[:, 1]
        return max(self.view.height - round(tops.min()), 0) if len(tops) else 0

    def _fit(self) -> None:
        if self._bounds is not None:
            self._set(self._fitted(self._bounds))

    def _fitted(self, bounds: Bounds, more: int = 0) -> View:
        margin = self.margin + more
        head, foot = self.head, self.foot
        whole = fitted(bounds, self.view.width, max(self.view.height - head - foot, 1), margin)
        return whole.panned(0, (head - foot) / 2).resized(self.view.width, self.view.height)

    def resize(self, width: int, height: int) -> None:
        """Follow the window's size."""
        self._set(self.view.resized(max(width, 1), max(height, 1)))
        self.settle()

    def pan(self, right: float, down: float) -> None:
        """Drag the content by so many pixels, by hand."""
        self.stepping.emit()
        self.go(self.view.panned(right, down))

    def zoom(self, factor: float, right: float, down: float) -> None:
        """Go nearer about a pixel, by hand."""
        self.stepping.emit()
        self.go(self.view.zoomed(factor, right, down))

    def approach(self, bounds: Bounds) -> None:
        """Show these bounds closely, by hand."""
        self.leaping.emit()
        self.go(self._fitted(bounds, 2 * SHY - MARGIN))

    def go(self, view: View) -> None:
        """Look where ``view`` does, by hand; the window keeps its size."""
        self._free = True
        self._stand(following=False, missed=self.missed)
        self._set(view.resized(self.view.width, self.view.height))

    def reveal(self, x: float, y: float) -> None:
        """Centre a point of the plane that is out of sight, unless a hand has moved the view since."""
        if self.shows(x, y):
            self._stand(following=self.following)
        elif not self.following:
            self._stand(following=False, missed=True)
        else:
            self.leaping.emit()
            self._free = True
            self._set(self.view.centred(x, y))

    def follow(self, *, following: bool = True) -> None:
        """Let the view be moved again, or hold it still."""
        self._stand(following=following)

    def shows(self, x: float, y: float) -> bool:
        """Tell whether a point of the plane is well in sight."""
        right, down = self.view.to_pixels(x, y)
        inside = SHY <= right <= self.view.width - SHY and SHY <= down <= self.view.height - SHY
        left, top, end, foot = self.covered(self.view).T
        over = (left - CLEAR < right) & (right < end + CLEAR) & (top - CLEAR < down) & (down < foot + CLEAR)
        return inside and not over.any()

    def _stand(self, *, following: bool, missed: bool = False) -> None:
        if (following, missed) != (self.following, self.missed):
            self.following, self.missed = following, missed
            self.stance.emit()

    def _set(self, view: View) -> None:
        self.view = view.on_earth()
        self.changed.emit()
