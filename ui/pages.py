"""The pages of one seat: dispatch, boards, wall. Loaded after the window is shown, for they are heavy."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QDialog, QWidget

from console.desk.behind import Page, Records
from console.errors import Refused
from console.grade import Grade
from ui import anew
from ui.alerts import Alerts
from ui.commandbar.palette import Palette, entries
from ui.data_age import Health
from ui.dialogs.keys import KeySheet
from ui.directory import SEATS
from ui.dispatch.page import DispatchPage
from ui.docks.keys import PANELS
from ui.lists.cases import CaseList
from ui.lists.records import RecordList
from ui.outage import Outage
from ui.queue.filters import Condition
from ui.queue.panel import State
from ui.seat import Seat
from ui.together.doing import Doing
from ui.topbar import PAGES

if TYPE_CHECKING:
    from ui.boards.areas import Areas
    from ui.boards.ask import Asked, Behind
    from ui.boards.page import BoardPage
    from ui.wall.displays import Walls
    from ui.wall.view import WallView

FILTERS = {
    "reported": Condition("status", "reported"),
    "accepted": Condition("status", "accepted"),
    "handling": Condition("status", "handling"),
    "handled": Condition("status", "handled"),
    "near": Condition("grade", Grade.NEAR),
    "overdue": Condition("grade", Grade.OVERDUE),
}


class Pages(QObject):
    """The pages by key; wall and boards, with their charts, are made when they are first looked at."""

    made = Signal(object)  # QWidget: a page that is new
    wanted = Signal(str)  # go to this page
    left = Signal()  # the wall

    def __init__(self, seat: Seat, memory: QSettings) -> None:
        super().__init__()
        self._seat, self._memory = seat, memory
        self.dispatch = DispatchPage(seat, memory)
        self.outage, self.alerts = Outage(seat, self.dispatch), Alerts(seat, self.dispatch, memory)
        self.doing = Doing(seat, self.dispatch, self)
        self.doing.opened.connect(self.open)
        self.doing.queued.connect(lambda: self.wanted.emit("dispatch"))
        self._walls: Walls | None = None
        self.widgets: dict[str, QWidget] = {"dispatch": self.dispatch}
        seat.bridge.linked.connect(lambda _link: self._show_state())
        seat.bridge.reloaded.connect(self._show_state)
        self._stale = self._furnished = False
        self._boards: list[BoardPage] = []
        self._areas: Areas | None = None  # which maps of all boards share

    @property
    def offered(self) -> list[str]:
        """Return the pages that this person may look at."""
        seated = not SEATS.isdisjoint(self._seat.console.me["positions"])
        return [page for page in PAGES if seated or page != "handover"]

    def page(self, key: str) -> QWidget:
        """Return the page ``key``: "dispatch", "wall", or a board."""
        if key not in self.widgets:
            makers = {
                "handover": self.doing.handover,
                "wall": lambda: self.walls.first,
                "replay": self._make_replay,
            }
            self.widgets[key] = makers[key]() if key in makers else self._board(key)
            self.made.emit(self.widgets[key])
        return self.widgets[key]

    @property
    def wall(self) -> "WallView":
        """Return the wall, made if it has not been."""
        return cast("WallView", self.page("wall"))

    @property
    def walls(self) -> "Walls":
        """Return the walls of every display, made if they have not been."""
        if self._walls is None:
            from ui.wall.displays import Walls  # noqa: PLC0415  as the boards, which are on it

            self._walls = Walls(self._seat, self._memory)
            self._walls.left.connect(self.left)
            if self._furnished:
                self._walls.furnish()
        return self._walls

    def end(self) -> None:
        """Leave what is not in the window: other displays, notices."""
        self.doing.leave()
        self.alerts.end()
        if self._walls is not None:
            self._walls.end()

    def _shows(self, key: str) -> bool:
        return key in self.widgets and self.widgets[key].isVisible()

    def _make_replay(self) -> QWidget:
        from ui.replay.page import ReplayPage  # noqa: PLC0415  looked at now and then

        page = ReplayPage(self._seat)
        page.left.connect(lambda: self.wanted.emit("dispatch"))
        page.shown.connect(self.dispatch.actions_.bar)
        page.refuse(self.dispatch.actions_.all.values())
        return page

    def _board(self, key: str) -> QWidget:
        from ui.boards.areas import Areas  # noqa: PLC0415  as above
        from ui.boards.page import BoardPage  # noqa: PLC0415  charts are heavy, and not everybody looks at them

        reads = self._seat.console.reads
        board = BoardPage(key, reads.board, reads.board_cases, self._seat.bridge.now)
        board.open_records(reads.board_records)
        board.compare(reads.board_peers)
        board.recordsRequested.connect(self._show_records)
        board.casesRequested.connect(self._show_cases)
        board.paperRequested.connect(self.choose)
        board.export.told.connect(self._seat.notices.say)
        board.export.failed.connect(self._seat.notices.fail)
        self._seat.bridge.facts.connect(lambda _numbers: board.refresh())
        self._areas = self._areas or Areas(reads.board_map, lambda: self._seat.directory)
        self._boards.append(board)
        self._offer(board)
        return board

    def _offer(self, board: "BoardPage") -> None:
        """Let ``board`` choose among the centres that this person may ask for."""
        directory, me = self._seat.directory, self._seat.console.me
        board.offer(directory.centres_from(me.get("organisation_code")), directory.home)
        if self._furnished and self._areas:  # until then nobody knows whether there are grids
            board.lay(self._areas)

    def _show_cases(self, asked: "Asked", find: "Behind") -> None:
        """List the cases behind a figure; the one that is chosen is opened on the dispatch page."""
        anew.ask(partial(self._case_list, asked, find))

    def _show_records(self, name: str, records: Records, first: Page) -> None:
        """List the records behind a figure that counts no cases."""
        anew.ask(lambda: RecordList(name, records, first, self.dispatch.window()))

    def _case_list(self, asked: "Asked", find: "Behind") -> CaseList:
        console, window = self._seat.console, self.dispatch.window()
        cases = CaseList(asked.name, console.reads.cases(find), window)
        cases.opened.connect(self.open)
        return cases

    def open(self, number: int) -> None:
        """Open a case on the dispatch page."""
        self.wanted.emit("dispatch")
        self.dispatch.open(number)

    def counts(self) -> dict[str, int]:
        """Return the figures of the top bar, from the board itself."""
        counts = self._seat.console.board.counts(self._seat.bridge.now())
        return {
            **counts.by_status,
            "near": counts.by_grade[Grade.NEAR],
            "overdue": counts.by_grade[Grade.OVERDUE],
        }

    def filters(self) -> set[str]:
        """Return the counters whose filter the queue has now."""
        conditions = self.dispatch.queue.filters.conditions
        return {key for key, condition in FILTERS.items() if condition in conditions}

    def filter(self, counter: str) -> None:
        """Show in the queue what ``counter`` counts, that alone; once more: everything."""
        wanted = FILTERS[counter]
        only = self.dispatch.queue.filters.conditions == (wanted,)
        self.dispatch.queue.set_conditions([] if only else [wanted])

    def choose(self, key: str) -> None:
        """Do what a key of the window asks for."""
        dialogs: dict[str, Callable[[], QDialog]] = {
            "work": self._work_dialog,
            "registry": self._registry_dialog,
            "scores": self._scores_dialog,
            "bulletins": self._bulletin_dialog,
            "campaigns": self._campaign_dialog,
            "import": self._import_dialog,
            "keys": partial(KeySheet, self.dispatch),
        }
        if key == "report":
            self.wanted.emit("dispatch")
            self.dispatch.reporting.start()
        elif key == "command":
            self.dispatch.bar.take_focus()
        elif key == "messages":
            self.doing.show_messages()
        elif key == "replay":
            self.wanted.emit("dispatch" if self._shows("replay") else "replay")
        elif key == "handover":
            self._go_to_handover()
        elif key in dialogs:
            anew.ask(dialogs[key])
        elif key == "palette":
            window = self.dispatch.window()
            now = self.dispatch.actions_
            anew.ask(lambda: Palette(entries(window, now.likely, now.withheld), window))
        elif key in PANELS:
            self._arrange(key)
        else:
            _ = self.outage.choose(key) or self.alerts.choose(key)

    def _work_dialog(self) -> QDialog:
        from ui.operations.dialog import WorkDialog  # noqa: PLC0415  looked at now and then

        dialog = WorkDialog(self._seat, self.dispatch.window())
        dialog.opened.connect(self.open)
        return dialog

    def _scores_dialog(self) -> QDialog:
        from ui.scores.dialog import ScoresDialog  # noqa: PLC0415  as above

        dialog = ScoresDialog(self._seat, self.dispatch.window())
        dialog.opened.connect(self.open)
        return dialog

    def _bulletin_dialog(self) -> QDialog:
        from ui.bulletins.dialog import BulletinDialog  # noqa: PLC0415  as above

        return BulletinDialog(self._seat, self.dispatch.window())

    def _campaign_dialog(self) -> QDialog:
        from ui.campaigns.dialog import CampaignDialog  # noqa: PLC0415  as above

        dialog = CampaignDialog(self._seat, self.dispatch.window())
        dialog.opened.connect(self.open)
        return dialog

    def _import_dialog(self) -> QDialog:
        from ui.importing.dialog import ImportDialog  # noqa: PLC0415  heavy, and few import

        return ImportDialog(self._seat.console.clerk(), self.dispatch.window())

    def _registry_dialog(self) -> QDialog:
        from ui.registry.dialog import RegistryDialog  # noqa: PLC0415  as above

        console = self._seat.console
        return RegistryDialog(console.registry(), console.clerk, self.dispatch.window())

    def _arrange(self, key: str) -> None:
        """Do with the panels what ``key`` says; not on the wall, which shows none."""
        if not self._shows("wall"):
            if not self.dispatch.isVisible():
                self.wanted.emit("dispatch")
            self.dispatch.docks.command(key)

    def _go_to_handover(self) -> None:
        if "handover" in self.offered:
            self.wanted.emit("handover")
        else:
            self._seat.notices.say(Refused("seats_only").sentence)

    def show_directory(self) -> None:
        """Use what the directory has loaded."""
        self.dispatch.show_directory()
        self._furnished = True
        if self._walls is not None:
            self._walls.furnish()
        for board in self._boards:
            self._offer(board)
            board.refresh()

    def show_health(self, health: Health) -> None:
        """Mark the map while the data is old."""
        stale = health in {Health.STALE, Health.LOST}
        if stale != self._stale:
            self._stale = stale
            self.dispatch.map.state.show_stale(stale=stale)

    def tick(self) -> None:
        """Let time pass."""
        self.alerts.tick()
        if self.dispatch.isVisible():
            self.dispatch.tick()

    def _show_state(self) -> None:
        """Tell the queue how the board stands; the window's banner tells of what is old."""
        link = self._seat.bridge.link.name
        empty = not len(self._seat.console.board)
        states = {"LIVE": State.LIVE, "LOST": State.FAILED if empty else State.LIVE}
        self.dispatch.queue.set_state(states.get(link, State.LIVE if not empty else State.LOADING))
