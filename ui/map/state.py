"""How the map stands: nothing to show yet, on its way, old, failed, or partly unreadable; each in words."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.language import say
from ui.map.notice import Notice

EDGE = 48  # pixels of the map's width that words leave free
TOP = 48  # pixels above words that tell only what is missing: the map below them is in use


class State(QObject):
    """The words over ``owner``; ``retried`` when somebody asks for another try."""

    retried = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._stale, self._failed = False, ""
        self._notice = Notice(owner)
        self._notice.retried.connect(self.retried)
        self._drawn: bool | None = None  # not known yet
        self.unreadable = 0

    def show_grids(self, unreadable: int, *, drawn: bool) -> None:
        """Know whether there are grids to draw, and of how many the outline cannot be read."""
        self._drawn, self.unreadable = drawn, unreadable
        self.retell()

    def show_stale(self, *, stale: bool) -> None:
        """Mark what is shown as old, or take that back."""
        self._stale = stale
        self._owner.update()

    def show_failed(self, reason: str) -> None:
        """Say why there is no map, and offer another try (``retried``); "": there is one again."""
        if reason != self._failed:
            self._failed = reason
            self.retell()

    def retell(self) -> None:
        """Say it in the language that is spoken now."""
        self._notice.show()
        if self._failed:
            self._notice.say(say("map.failed"), self._failed, retry=True)
        elif self._drawn is None:
            self._notice.say(say("map.loading"))
        elif not self._drawn:
            self._notice.say(say("map.empty"), say("map.empty_next"))
        else:
            self._notice.hide()
        self.place()

    def place(self) -> None:
        """Put the words where they are seen and cover nothing that is needed."""
        self._notice.setMaximumWidth(max(self._owner.width() - EDGE, 1))
        self._notice.adjustSize()
        spare = self._owner.size() - self._notice.size()
        in_use = self._drawn is False and not self._failed
        self._notice.move(spare.width() // 2, TOP if in_use else spare.height() // 2)

    @property
    def head(self) -> int:
        """Pixels at the top of the map, in use, that the words cover."""
        in_use = self._drawn is False and not self._failed
        return self._notice.geometry().bottom() if in_use else 0

    @property
    def notice(self) -> str:
        """The words in the middle of the map, "" if there are none."""
        return "" if self._notice.isHidden() else self._notice.text

    @property
    def fault(self) -> str:
        """What is wrong with what is shown, "" where nothing is."""
        if self._stale:
            return say("map.stale")
        return say("map.unreadable", count=self.unreadable) if self.unreadable else ""
