"""Where the map looks, and whether it follows what is selected or stays where a hand has put it."""

from PySide6.QtCore import QObject, Signal

from console.geography.view import Bounds, View, fitted

FOOT = 72  # pixels at the foot of the window that the legend and the scale take
SHY = 40  # pixels: what is nearer to the edge counts as out of sight


class Camera(QObject):
    """The view, in device-independent pixels. It fits the bounds until a hand moves it."""

    changed = Signal()
    stepping = Signal()  # a hand is about to pan or zoom, a step of perhaps many
    leaping = Signal()  # the view is about to be elsewhere at once
    stance = Signal()  # it follows, holds still, or has let something out of sight be

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self.view = View(0, 0, 1000, 1, 1)
        self.following = True
        self.foot = FOOT
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
            self.resize(self.view.width, self.view.height)

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

    def _fit(self) -> None:
        if self._bounds is not None:
            whole = fitted(self._bounds, self.view.width, max(self.view.height - self.foot, 1))
            self._set(whole.panned(0, -self.foot / 2).resized(self.view.width, self.view.height))

    def resize(self, width: int, height: int) -> None:
        """Follow the window's size."""
        self._set(self.view.resized(max(width, 1), max(height, 1)))
        if not self._free:
            self._fit()

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
        self.go(fitted(bounds, self.view.width, self.view.height, SHY * 2))

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
        return SHY <= right <= self.view.width - SHY and SHY <= down <= self.view.height - SHY

    def _stand(self, *, following: bool, missed: bool = False) -> None:
        if (following, missed) != (self.following, self.missed):
            self.following, self.missed = following, missed
            self.stance.emit()

    def _set(self, view: View) -> None:
        self.view = view
        self.changed.emit()
