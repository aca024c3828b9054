"""The wall: today at a glance, the map, what is overdue and the three boards in turn, full screen, for weeks.

Nobody's data is shown. Pages are laid out on a sheet of 540 lines and shown as large as the screen.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from console.feed.board import Board
from console.indicators.indicator import BOARDS
from console.language import say
from ui.language import language
from ui.map.widget import MapView
from ui.moments import local
from ui.preferences import preferences
from ui.texts import label
from ui.theme import theme
from ui.wall import frame
from ui.wall.content import Content, Reads
from ui.wall.night import Night
from ui.wall.pages import MAP, OVERVIEW, PAGES, page_name
from ui.wall.reading import Reading
from ui.wall.sheet import Sheet

BEAT = 250  # milliseconds between two steps of the progress line
STEP = 50  # and between two pieces of a picture
LIVELY = 5  # seconds between two pictures of the map
STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
LEAVE = {Qt.Key.Key_Escape, Qt.Key.Key_F11}
HOLD = {Qt.Key.Key_P, Qt.Key.Key_Space}


class WallView(QWidget):
    """Shows ``board`` at the time of ``clock``, and what ``reads`` answers."""

    left = Signal()

    def __init__(
        self, board: Board, clock: Callable[[], float], reads: Reads, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self.page, self.pages, self.pinned = OVERVIEW, PAGES, False
        self._beats = self._day = 0
        self.sheet = Sheet(self)
        self.content = Content(board, clock, reads, self.sheet)
        self.reading = Reading(self.content.read, (OVERVIEW, *BOARDS))
        self.night, self.hint = Night(), frame.Hint()
        self._dark = False  # as it was drawn last
        self._title = label(role="case", parent=self.sheet.page)
        self._state, self._sample = (label(role="near", parent=self.sheet.page) for _ in range(2))
        self._stack = QStackedWidget(self.sheet.page)
        self._head = [self._title, self._state, self._sample]
        self.sheet.parts = lambda: [*self._head, *self.content.page(self.page).parts]
        self._arrange()
        self._timer, self._steps = QTimer(self, interval=BEAT), QTimer(self, interval=STEP)
        self._timer.timeout.connect(self.beat)
        self._steps.timeout.connect(self.sheet.step)
        frame_of_map = [self.content.overview.map_frame]
        self.map.scene.ground.changed.connect(lambda: self.sheet.renew(frame_of_map))
        theme.changed.connect(self._retranslate)
        preferences.changed.connect(self.update)
        language.follow(self, self._retranslate)

    @property
    def map(self) -> MapView:
        """The live map, to be fed by whoever knows the grids."""
        return self.content.overview.map

    def _arrange(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._sample.hide()
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._title)
        head.addWidget(self._sample)
        head.addStretch(1)
        for page in self.content.pages:
            self._stack.addWidget(page)
        column = QVBoxLayout(self.sheet.page)
        column.setContentsMargins(10, 6, 10, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._state)
        column.addWidget(self._stack, 1)

    def rotate(self, pages: Sequence[str]) -> None:
        """Show these pages in turn from now on; one alone stays."""
        self.pages, self.pinned = tuple(pages), len(pages) == 1
        self.show_page(self.pages[0])

    def show_page(self, key: str) -> None:
        """Turn to a page, one of PAGES."""
        if key == self.pages[0]:
            self.content.turns += 1
        self.page, self._beats = key, 0
        self._stack.setCurrentWidget(self.content.page(key))
        self.reading.turn(key)
        self._draw()

    def pin(self, key: str) -> None:
        """Stay at a page."""
        self.pinned = True
        self.show_page(key)

    def turn(self, step: int) -> None:
        """Go to the next page or, with -1, to the one before; past the last one begins anew."""
        at = self.pages.index(self.page) if self.page in self.pages else -max(step, 0)
        self.show_page(self.pages[(at + step) % len(self.pages)])

    def hold(self) -> None:
        """Stay at this page, or go on turning."""
        self.pinned, self._beats = not self.pinned, 0
        self.update()

    def show_organisation(self, code: str | None, *, sample: bool = False) -> None:
        """Show the figures of ``code`` and of what is below it; a ``sample`` says that it is invented."""
        self.content.asked = code
        self._sample.setVisible(sample)
        self._draw()
        self.reading.want(at_once=True)

    def refresh(self) -> None:
        """Something has changed: read again soon."""
        self.reading.want()

    def beat(self) -> None:
        """Let a quarter of a second pass: progress, clock, lists, the next page, the next reading."""
        self._beats += 1
        if not self.pinned and self._beats * BEAT >= preferences.settings.wall_seconds * 1000:
            self.turn(1)
        if self._beats % (1000 // BEAT) == 0:
            self._second(int(self._clock()))
        self.hint.beat()
        self.update(QRect(0, 0, self.width(), round(frame.HEAD * self.sheet.zoom)))

    def _second(self, now: int) -> None:
        if (day := local(now).toordinal()) != self._day:
            self._day = day
            self.reading.want(at_once=True)  # what was today's is yesterday's
        if (dark := self.night.dark(now)) != self._dark:
            self._dark = dark
            self.update()
        self.reading.second(self.page)
        self._name()
        self.content.age(self.page, now)
        if now % LIVELY == 0 and self.page in {OVERVIEW, MAP}:
            self.sheet.renew([self.content.overview.map_frame])

    def _name(self) -> None:
        """Say what the page is, of whom, and why it is not of now; draw it where that is new."""
        fault, at = self.reading.faults.get(self.page, ""), self.content.at
        told = say("wall.as_of", fault=fault, at=at) if fault and at else fault
        title = say("boards.title", organisation=self.content.organisation or "—", board=page_name(self.page))
        if (title, told) != (self._title.text(), self._state.text()):
            self._title.setText(title)
            self._state.setText(told)
            self._state.setVisible(bool(told))
            self.sheet.renew(self._head)

    def _retranslate(self) -> None:
        self.setAccessibleName(say("wall.name"))
        self._sample.setText(say("wall.sample"))
        self.hint.text = self._keys
        self.content.retell()
        self.reading.want(at_once=True)  # a case that is followed is told anew
        self._draw()

    def _draw(self) -> None:
        """Draw everything anew, at the screen's own pixels."""
        self._name()
        self.content.refine(self.sheet.fineness)
        self.content.age(self.page, int(self._clock()))
        self.sheet.draw()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        now, zoom = self._clock(), self.sheet.zoom
        painter = QPainter(self)
        try:
            painter.drawPixmap(0, 0, self.sheet.picture)
            shade = self.night.shade(now)
            marks = [say("wall.held")] * self.pinned + [say("wall.dimmed")] * bool(shade)
            first = self._title.geometry().united(self._stack.geometry())
            first.setHeight(self._title.height())
            if hint := self.hint.strength:  # over the page it would cover what is read
                frame.draw_head(painter, first, zoom, [*marks, self.hint.text], "base", hint)
            else:
                frame.draw_head(painter, first, zoom, [*marks, frame.clock(now)])
            if not self.pinned:
                share = self._beats * BEAT / (preferences.settings.wall_seconds * 1000)
                frame.draw_progress(painter, self.width() * min(share, 1.0), zoom)
            frame.draw_shade(painter, event.rect(), shade)
        finally:
            painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self._steps.start()
        self.reading.want(at_once=True)
        self._help()
        self._draw()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._steps.stop()
        self.sheet.hide()

    @property
    def _keys(self) -> str:
        return say("wall.help", pages=len(PAGES))

    def _help(self) -> None:
        self.hint.show(self._keys)
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._help()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hold()
        self._help()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        place = event.text().isdecimal() and int(event.text()) - 1
        if key in LEAVE:
            self.left.emit()
        elif key in STEPS:
            self.turn(STEPS[key])
        elif key in HOLD:
            self.hold()
        elif key == Qt.Key.Key_N:
            self.night.turn(self._clock())
            self.update()
        elif place is not False and 0 <= place < len(PAGES):
            self.show_page(PAGES[place])
        else:
            super().keyPressEvent(event)
        self._help()
