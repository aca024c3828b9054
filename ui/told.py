"""What the window tells: the notices of whoever sits here, where they stand on each page, and their list."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import anew
from ui.notices.notices import Notices
from ui.notices.room import seen
from ui.notices.stack import Stack
from ui.undo import Undo

if TYPE_CHECKING:
    from ui.pages import Pages


class Told(QObject):
    """Shows notices on ``page`` of ``window``, in the panels of the page that ``shown`` shows."""

    def __init__(self, window: QWidget, page: QWidget, shown: QStackedWidget) -> None:
        super().__init__(window)
        self._window, self._page, self._shown = window, page, shown
        self._pages: Pages | None = None
        self._nobody = self.notices = Notices(Undo(self), time.time, self)  # before somebody has signed in
        self.stack = Stack(page, self.notices, self._rooms, self._in_hand)
        self.stack.opened.connect(self._open)
        self.stack.undoing.connect(self._take_back)

    def take_seat(self, notices: Notices, pages: "Pages") -> None:
        """Tell what a seat is told from now on."""
        self.notices, self._pages = notices, pages
        self.stack.follow(notices)

    def give_up_seat(self) -> None:
        """Forget what was told: another person may sign in."""
        self.notices, self._pages = self._nobody, None
        self.stack.follow(self._nobody)

    def choose(self, key: str) -> bool:
        """Do what ``key`` of the window asks for; tell whether it is one of ours."""
        if key == "dismiss":
            self.notices.dismiss()
        elif key == "notices":
            self._list()
        return key in {"dismiss", "notices"}

    def _list(self) -> None:
        from ui.notices.listing import NoticeList  # noqa: PLC0415  seldom looked at

        def made() -> NoticeList:
            told = NoticeList(self.notices, self._window)
            told.opened.connect(self._open)
            return told

        anew.ask(made)

    def _open(self, number: int) -> None:
        if self._pages is not None:
            self._pages.open(number)

    def _take_back(self) -> None:
        if self._pages is not None:
            self._pages.dispatch.actions_.take_back()

    def _rooms(self) -> list[QRect]:
        dispatch = self._pages.dispatch if self._pages is not None else None
        if dispatch is None or not dispatch.isVisible():
            return [self._shown.geometry()]
        return [seen(widget, part, self._page) for widget, part in dispatch.rooms() if widget.isVisible()]

    def _in_hand(self, *, pointer: bool) -> list[QRect]:
        dispatch = self._pages.dispatch if self._pages is not None else None
        if dispatch is None or not dispatch.isVisible():
            return []
        return [seen(widget, part, self._page) for widget, part in dispatch.in_hand(pointer=pointer)]
