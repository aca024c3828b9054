"""The notices that are in sight, the newest at the bottom; they give way to whatever is in hand."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QRegion
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.language import say
from ui.language import language
from ui.notices.card import WIDTH, Card, spoken
from ui.notices.notices import VISIBLE, Kind, Notice, Notices
from ui.notices.room import find, taken, united
from ui.texts import label
from ui.theme import theme

TICK = 200  # milliseconds
Rects = Callable[[], Sequence[QRect]]


class InHand(Protocol):
    """What is in use on a page."""

    def __call__(self, *, pointer: bool) -> Sequence[QRect]:
        """Return the rows that are in use, with or without the one under the pointer."""


class Stack(QWidget):
    """Shows what ``follow`` names, on ``page``; ``opened`` carries a case that is wanted.

    ``rooms``: where on the page it may stand, the best first. A new place is clear of the row under the
    pointer too, but none flees from the pointer.
    ``allowed``: whether notices may be seen at all; those that may not be wait.
    """

    opened = Signal(int)
    undoing = Signal()

    def __init__(self, page: QWidget, notices: Notices, rooms: Rects, in_hand: InHand) -> None:
        super().__init__(page)
        self._page, self._rooms, self._in_hand = page, rooms, in_hand
        self._notices = notices
        self._before: QWidget | None = None  # what had the keys before one of these
        self._stood_in: list[QRect] = []  # as the panels were when a place was found
        self._allowed = True
        self._waiting = label(parent=self)
        self._waiting.setObjectName("waiting")
        self._column = QVBoxLayout(self)
        self.cards = [Card(self) for _ in range(VISIBLE)]
        self._arrange()
        self._last = monotonic()
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._pass)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focused)
        theme.changed.connect(self.refresh)
        self._hear()
        language.follow(self, self._retranslate)

    def follow(self, notices: Notices) -> None:
        """Show these notices from now on."""
        self._notices.changed.disconnect(self.refresh)
        self._notices.said.disconnect(self._announce)
        self._notices = notices
        self._hear()
        self.refresh()

    def _hear(self) -> None:
        self._notices.changed.connect(self.refresh)
        self._notices.said.connect(self._announce)

    def allow(self, *, allowed: bool) -> None:
        """Let notices be seen, or wait."""
        if allowed != self._allowed:
            self._allowed = allowed
            self.refresh()

    def refresh(self) -> None:
        """Show what stands now."""
        visible = self._notices.visible if self._allowed else []
        had = any(card.hasFocus() for card in self.cards)
        for card, notice in zip(self.cards, [*visible, None, None, None], strict=False):
            card.setVisible(notice is not None)
            if notice is not None:
                card.show_notice(notice, self._notices.undo.left)
        more = len(self._notices.standing) - len(visible)
        self._waiting.setText(say("notices.waiting", count=more))
        self._waiting.setVisible(more > 0)
        self.setVisible(bool(visible))
        if had and not any(card.hasFocus() for card in self.cards):
            self._give_keys_back(len(visible))
        self.place()

    def place(self) -> None:
        """Stand clear of everything in hand; where that is so already, stay."""
        if self.isHidden():
            self._timer.stop()
            return
        if not self._timer.isActive():
            self._last = monotonic()
            self._timer.start()
        self._column.activate()
        size = self.sizeHint()
        kept, rooms = taken(self._page, self), [*self._rooms()]
        self._stood_in = rooms
        here = QRect(self.pos(), size)
        if size != self.size() or not _stands(here, rooms, kept + united(self._in_hand(pointer=False))):
            kept += united(self._in_hand(pointer=True))
            at = find(size, rooms, kept) or find(size, [self._page.rect()], kept)
            corner = QPoint(self._page.width() - size.width(), self._page.height() - size.height())
            self.setGeometry(QRect(at or corner, size))
        self.raise_()

    def _dismiss(self, notice: Notice) -> None:
        self._notices.dismiss(notice)

    def _give_keys_back(self, visible: int) -> None:
        if visible:
            self.cards[visible - 1].setFocus()
        elif self._before is not None and isValid(self._before):
            self._before.setFocus()

    def _focused(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            self._before = old if old is not None and not self.isAncestorOf(old) else self._before
        elif new is not None:
            self.place()

    def _pass(self) -> None:
        """Let time pass for what is in sight, unless somebody is at it."""
        now = monotonic()
        passed, self._last = now - self._last, now
        if not self.isVisible():
            return
        covering = united(self._in_hand(pointer=False)).intersects(self.geometry())
        if covering or [*self._rooms()] != self._stood_in:
            self.place()
        if not any(card.held for card in self.cards):
            self._notices.pass_time(passed)

    def _announce(self, notice: Notice) -> None:
        """Tell those who listen; nothing while the page is hidden by the lock."""
        if self._allowed and self._page.isVisible():
            event = QAccessibleAnnouncementEvent(self, spoken(notice))
            urgent = notice.kind is Kind.FAILED
            event.setPoliteness(POLITENESS[urgent])
            QAccessible.updateAccessibility(event)

    def _retranslate(self) -> None:
        self._notices.settle()  # what is said goes by itself in the language that it was said in
        self.setAccessibleName(say("notices.name"))
        self.refresh()

    def _arrange(self) -> None:
        self.setFixedWidth(WIDTH)
        column = self._column
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._waiting, 0, Qt.AlignmentFlag.AlignRight)
        for card in self.cards:
            card.hide()
            card.opened.connect(self.opened)
            card.undoing.connect(self.undoing)
            card.answered.connect(self._dismiss)
            column.addWidget(card)
        self.hide()


POLITENESS = {
    False: QAccessible.AnnouncementPoliteness.Polite,
    True: QAccessible.AnnouncementPoliteness.Assertive,
}


def _stands(here: QRect, rooms: Sequence[QRect], kept: QRegion) -> bool:
    return any(room.contains(here) for room in rooms) and not kept.intersects(here)
