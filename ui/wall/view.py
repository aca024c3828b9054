"""The wall: today at a glance and the three boards in turn, full screen, for weeks, without anybody's data.

Pages are laid out on a sheet of 540 lines and shown as large as the screen: every size grows with it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from console.feed.board import Board
from console.indicators import figures
from console.indicators.figures import BoardFigures
from console.indicators.indicator import BOARDS, board_name
from console.language import say
from ui.language import language
from ui.map.widget import MapView
from ui.moments import local
from ui.panels.boards_body import BoardBody
from ui.queue.times import clock_time
from ui.theme import theme
from ui.wall.overview import OverviewPage
from ui.wall.reading import Reading

Load = Callable[[str, str | None, int], Awaitable[dict[str, Any]]]
LINES = 540  # of the sheet
OVERVIEW = "overview"
PAGES = (OVERVIEW, "incidents", "operations", "people-houses")
TURN = 20  # seconds a page
BEAT = 250  # milliseconds between two steps of the progress line
LISTED = 5  # seconds between two looks at what has aged
TODAY, MONTH = 1, 30


class WallView(QWidget):
    """Shows ``board`` at the time of ``clock``, and what ``load(board, organisation, days)`` reads."""

    left = Signal()

    def __init__(
        self, board: Board, clock: Callable[[], float], load: Load, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clock, self._load = clock, load
        self.page, self.pinned = OVERVIEW, False
        self._asked: str | None = None  # code of the organisation, None for the reader's own
        self._organisation = ""
        self._beats = self._day = 0
        self.reading = Reading(self._read, (OVERVIEW, *BOARDS))
        self._picture = QPixmap()
        self._sheet = QWidget(self, Qt.WindowType.Window)
        self._title, self._state, self._sample = (QLabel(self._sheet) for _ in range(3))
        self._stack = QStackedWidget(self._sheet)
        self.overview = OverviewPage(board, clock)
        self.bodies = {key: BoardBody(key) for key in BOARDS}
        self._arrange()
        self._timer = QTimer(self, interval=BEAT)
        self._timer.timeout.connect(self.beat)
        theme.changed.connect(self._retranslate)
        language.follow(self, self._retranslate)

    @property
    def map(self) -> MapView:
        """The live map, to be fed by whoever knows the grids."""
        return self.overview.map

    def _arrange(self) -> None:
        self._sheet.setObjectName("page")
        self._sheet.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._sheet.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title.setProperty("role", "case")
        for label in (self._state, self._sample):
            label.setProperty("role", "near")
        self._sample.hide()
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._title)
        head.addWidget(self._sample)
        head.addStretch(1)
        self._stack.addWidget(self.overview)
        for body in self.bodies.values():
            self._stack.addWidget(body)
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(10, 6, 10, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._state)
        column.addWidget(self._stack, 1)

    def show_page(self, key: str) -> None:
        """Turn to a page: "overview" or a board."""
        self.page, self._beats = key, 0
        self._stack.setCurrentWidget(self.bodies.get(key, self.overview))
        self.reading.turn(key)
        self._retranslate()

    def pin(self, key: str) -> None:
        """Stay at a page."""
        self.pinned = True
        self.show_page(key)

    def show_organisation(self, code: str | None, *, sample: bool = False) -> None:
        """Show the figures of ``code`` and of what is below it; a ``sample`` says that it is invented."""
        self._asked = code
        self._sample.setVisible(sample)
        self._redraw()
        self.reading.want(at_once=True)

    def refresh(self) -> None:
        """Something has changed: read again soon."""
        self.reading.want()

    def beat(self) -> None:
        """Let a quarter of a second pass: progress, clock, lists, the next page, the next reading."""
        self._beats += 1
        if not self.pinned and self._beats * BEAT >= TURN * 1000:
            self.show_page(PAGES[(PAGES.index(self.page) + 1) % len(PAGES)])
        if self._beats % (1000 // BEAT) == 0:
            self._second(int(self._clock()))
        self.update(QRect(0, 0, self.width(), round(40 * self._zoom)))

    def _second(self, now: int) -> None:
        day = local(now).toordinal()
        if day != self._day:
            self._day = day
            self.reading.want(at_once=True)  # what was today's is yesterday's
        self.reading.second(self.page)
        if self._state.text() != self._fault:
            self._retranslate()
        if self.page == OVERVIEW and (self.overview.tick(now) or now % LISTED == 0):
            self._redraw()

    async def _read(self, page: str) -> None:
        if page == OVERVIEW:
            self.show_today(await self._load("incidents", self._asked, TODAY))
            self.show_document(await self._load("incidents", self._asked, MONTH))
        else:
            self.show_document(await self._load(page, self._asked, MONTH))

    def show_today(self, document: dict[str, Any]) -> None:
        """Show the figures of today."""
        self.overview.show_today(self._take(document))
        self._retranslate()

    def show_document(self, document: dict[str, Any]) -> None:
        """Show the figures of a board over a month."""
        board = self._take(document)
        self.bodies[board.board].show_board(board)
        if board.board == "incidents":
            self.overview.show_ranking(board)
        self._retranslate()

    def _take(self, document: dict[str, Any]) -> BoardFigures:
        board = figures.parse(document)
        self._organisation = board.organisation
        return board

    def _retranslate(self) -> None:
        self.setAccessibleName(say("boards.wall.name"))
        name = say("boards.wall.overview") if self.page == OVERVIEW else board_name(self.page)
        period = "" if self.page == OVERVIEW else f"  {say(f'boards.days.{MONTH}')}"
        self._title.setText(say("boards.title", organisation=self._organisation or "—", board=name) + period)
        self._sample.setText(say("boards.wall.sample"))
        self._state.setText(self._fault)
        self._state.setVisible(bool(self._fault))
        self.overview.retell()
        for body in self.bodies.values():
            body.retranslate()
        self._redraw()

    @property
    def _fault(self) -> str:
        return self.reading.faults.get(self.page, "")

    @property
    def _zoom(self) -> float:
        return max(self.height(), 1) / LINES

    def _redraw(self) -> None:
        """Draw the sheet anew, at the screen's own pixels."""
        if not self.isVisible():
            return
        zoom = self._zoom
        self.overview.map.zoom = zoom * self.devicePixelRatioF()
        for body in self.bodies.values():
            body.set_weight(2 * zoom * self.devicePixelRatioF())
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # new words, new widths
        self._sheet.resize(QSize(round(self.width() / zoom), LINES))
        if not self._sheet.isVisible():
            self._sheet.show()
        size = self.size() * self.devicePixelRatioF()
        if self._picture.size() != size:
            self._picture = QPixmap(size)
        self._picture.setDevicePixelRatio(zoom * self.devicePixelRatioF())
        self._picture.fill(theme.color("window"))
        self._sheet.render(self._picture)
        self._picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(event.rect(), theme.color("window"))
            painter.drawPixmap(0, 0, self._picture)
            self._draw_head(painter)
        finally:
            painter.end()

    def _draw_head(self, painter: QPainter) -> None:
        """Draw the clock, and the thin line that tells when the page turns."""
        zoom = self._zoom
        font = theme.font("case")
        font.setPixelSize(round(font.pixelSize() * zoom))
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        line = self._title.geometry()
        head = QRectF(0, line.y() * zoom, self.width() - 12 * zoom, line.height() * zoom)
        painter.drawText(
            head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, clock_time(self._clock())
        )
        if not self.pinned:
            share = min(self._beats * BEAT / (TURN * 1000), 1.0)
            painter.fillRect(QRectF(0, 0, self.width() * share, 1.5 * zoom), theme.color("accent"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.reading.want(at_once=True)
        self.overview.tick(int(self._clock()))
        self._redraw()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._sheet.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_F11}:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Left}:
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self.show_page(PAGES[(PAGES.index(self.page) + step) % len(PAGES)])
        else:
            super().keyPressEvent(event)
