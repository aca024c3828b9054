"""Views that the operator has looked at, in order: a bounded way back, and forward again."""

from console.geography.view import View

MOST = 50  # views kept


class Trail:
    """A view is on the trail once ``rest`` keeps it; moving on from an older one forgets the later."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._views: list[View] = []
        self._place = -1

    def __len__(self) -> int:
        return len(self._views)

    @property
    def can_go_back(self) -> bool:
        """Tell whether there is an older view."""
        return self._place > 0

    @property
    def can_go_forward(self) -> bool:
        """Tell whether there is a later view."""
        return self._place < len(self._views) - 1

    def rest(self, view: View) -> None:
        """Keep ``view``, unless it shows what the last one does."""
        if self._views and _same(self._views[self._place], view):
            return
        self._views = [*self._views[: self._place + 1], view][-self._most :]
        self._place = len(self._views) - 1

    def back(self, now: View) -> View | None:
        """Return the view before ``now``, which is kept first; None where there is none."""
        self.rest(now)
        return self._step(-1) if self.can_go_back else None

    def forward(self, now: View) -> View | None:
        """Return the view that was left by going back; None where there is none, or ``now`` has moved on."""
        self.rest(now)
        return self._step(1) if self.can_go_forward else None

    def _step(self, way: int) -> View:
        self._place += way
        return self._views[self._place]


def _same(one: View, other: View) -> bool:
    return (one.x, one.y, one.scale) == (other.x, other.y, other.scale)
