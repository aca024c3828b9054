"""How the map stands: nothing to show yet, on its way, old, failed, or partly unreadable; each in words."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.language import say
from ui.map.notice import Notice

EDGE = 48  # pixels of the map's width that words leave free


class State(QObject):
    """The words over ``owner``; ``retried`` when somebody asks for another try."""

    retried = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._stale = ""
        self._notice = Notice(owner)
        self._notice.retried.connect(self.retried)
        self.grids, self.unreadable = 0, 0

    def show_grids(self, grids: int, unreadable: int) -> None:
        """Know how many grids there are now, and how many of them have no outline that can be read."""
        self.grids, self.unreadable = grids, unreadable
        if grids:
            self._notice.hide()
        else:
            self.retell()

    def show_loading(self) -> None:
        """Say that data is on its way."""
        self._notice.say(say("map.loading"))
        self.place()

    def show_stale(self, sentence: str = "") -> None:
        """Keep the map, marked with why it is old."""
        self._stale = sentence or say("map.stale")
        self._owner.update()

    def show_failed(self, reason: str) -> None:
        """Say why there is no map, and offer another try (``retried``)."""
        self._notice.say(say("map.failed"), reason, retry=True)
        self.place()

    def show_ready(self) -> None:
        """Take back ``show_stale`` and ``show_failed``."""
        self._stale = ""
        self._notice.setVisible(not self.grids)
        self._owner.update()

    def retell(self) -> None:
        """Say it in the language that is spoken now."""
        if not self.grids:
            self._notice.say(say("map.empty"), say("map.empty_next"))
        self.place()

    def place(self) -> None:
        """Put the words in the middle."""
        self._notice.setMaximumWidth(max(self._owner.width() - EDGE, 1))
        self._notice.adjustSize()
        spare = self._owner.size() - self._notice.size()
        self._notice.move(spare.width() // 2, spare.height() // 2)

    @property
    def notice(self) -> str:
        """The words in the middle of the map, "" if there are none."""
        return "" if self._notice.isHidden() else self._notice.text

    @property
    def fault(self) -> str:
        """What is wrong with what is shown, "" where nothing is."""
        return self._stale or (say("map.unreadable", count=self.unreadable) if self.unreadable else "")
