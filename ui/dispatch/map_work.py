"""The map's part in the dispatch page: what is chosen there and in the queue is the same."""

from collections.abc import Callable, Iterable
from functools import partial

import shapely
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from console.feed import board_area
from console.feed.board_area import Area
from console.feed.board_filter import AREA, admits
from console.feed.board_slots import Slots
from console.language import say
from ui.dispatch.map_place import PlaceCopier
from ui.dispatch.map_tips import BoardTips
from ui.language import language
from ui.map import keys
from ui.map.chosen import Chosen
from ui.map.hand import Hand
from ui.map.lasso import Lasso
from ui.map.menu import open_menu
from ui.map.widget import MapView
from ui.queue.chips import dress, escaped
from ui.queue.conditions import Condition, filter_of
from ui.queue.panel import QueuePanel
from ui.seat import Seat
from ui.texts import shown

FACET = "grid_code"


class MapWork(QObject):
    """Puts the hand on ``view``, and keeps it and ``queue`` agreed on incidents and grids.

    Grids that are chosen on the map are offered as a filter of the queue; those that the queue is filtered
    by are the chosen ones. ``picked`` carries an incident to open, ``looked`` a grid chosen once more.
    """

    picked = Signal(object)
    looked = Signal(str)

    def __init__(self, seat: Seat, view: MapView, queue: QueuePanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._seat, self._view, self.queue = seat, view, queue
        self.hand = Hand(view, self._marked, self._mine)
        self.chosen, self.lasso, self.offer = Chosen(view), Lasso(view), QPushButton(parent)
        dress(self.offer)
        queue.filters.stand(self.offer)
        self.hand.commands["filter"] = self.filter_queue
        PlaceCopier(seat, self.hand)
        view.tips = BoardTips(seat, view.update, self)
        view.menu_wanted.connect(partial(open_menu, self.hand))
        view.takers.append(self._step)
        self._connect()
        language.follow(self, self._retell)

    def _connect(self) -> None:
        view, marks = self._view, self.queue.list.selection
        self.hand.told.connect(self._seat.notices.say)
        self.offer.clicked.connect(self.filter_queue)
        self.lasso.caught.connect(self._catch)
        marks.changed.connect(lambda: self.chosen.show(incidents=self._numbers()))
        self.queue.filters.changed.connect(lambda _filter: self._follow_filter())
        self._seat.bridge.facts.connect(lambda _numbers: self._retell())
        view.laid.connect(self._keep_chosen)
        view.incidentActivated.connect(self.picked)
        view.incidentToggled.connect(marks.toggle)
        view.gridActivated.connect(self._take_grid)
        view.gridToggled.connect(lambda code: self.choose(sorted({code} ^ {*self.chosen.grids})))

    def choose(self, grids: list[str]) -> None:
        """Mark these grids on the map, and offer them to the queue."""
        self.chosen.show(grids=grids)
        self._retell()

    def _take_grid(self, code: str) -> None:
        """Choose the grid ``code``; the one that is chosen already is looked at."""
        if self.chosen.grids == [code]:
            self.looked.emit(code)
        else:
            self.choose([code])

    def filter_queue(self) -> None:
        """Show in the queue what is in the chosen grids."""
        others = [one for one in self.queue.filters.conditions if _grid(one) is None]
        self.queue.set_conditions([*others, *map(self._condition, self.chosen.grids)])

    def _condition(self, code: str) -> Condition:
        """Return what lets in the cases of a grid: those filed under it, of another kind those within it."""
        atlas = self._view.atlas
        if code in self._seat.directory.atlas.index or code not in atlas.index:
            return Condition(FACET, code)
        grid = atlas.index[code]
        return Condition(
            AREA, str(Area(code, atlas.names[grid], shapely.to_wkb(atlas.shape(grid), hex=True)))
        )

    def cases_in(self, grids: Iterable[str]) -> Slots:
        """Return where on the board the open cases of these grids are."""
        board = self._seat.console.board
        slots, wanted = board.all_slots(), filter_of(map(self._condition, grids), "")
        found: Slots = slots[admits(board, wanted, self._seat.bridge.now(), slots)]
        return found

    def _keep_chosen(self) -> None:
        """Forget chosen grids that the map does not show any more."""
        grids, known = self.chosen.grids, {*self._view.atlas.codes, *self._filtered}
        if not known.issuperset(grids):
            self.choose([code for code in grids if code in known])

    @property
    def _filtered(self) -> list[str]:
        """The grids that the queue shows alone."""
        return [code for one in self.queue.filters.conditions if (code := _grid(one)) is not None]

    _last: tuple[str, ...] = ()

    def _follow_filter(self) -> None:
        if self._last != tuple(self._filtered):
            self._last = tuple(self._filtered)
            self.chosen.show(grids=self._last)
        self._retell()

    def _catch(self, shape: shapely.Geometry) -> None:
        """Mark the incidents inside ``shape`` in the queue, beside those that are marked already."""
        found = self._view.within(shape)
        if found:
            self.queue.list.selection.choose([*self._numbers(), *found])
        self._seat.notices.say(say("hand.caught", count=len(found)) if found else say("hand.caught_none"))

    def _step(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Let Esc take back what is chosen but not filtered by, then the marks."""
        if event.key() != Qt.Key.Key_Escape:
            return None
        if {*self.chosen.grids} != {*self._filtered}:
            return lambda: self.choose(self._filtered)
        marks = self.queue.list.selection
        return marks.clear if len(marks) else None

    def _retell(self) -> None:
        """Offer the chosen grids, unless the queue shows just them."""
        grids, before = self.chosen.grids, self.offer.isVisibleTo(self.queue)
        count = len(self.cases_in(grids)) if grids else 0
        name = self._name(grids[0]) if grids else ""
        many = len(grids) > 1
        words = say("hand.offer_many", grids=len(grids), count=count) if many else ""
        self.offer.setText(escaped(words or say("hand.offer", grid=name, count=count)))
        self.offer.setToolTip(say("hand.offer_tip", key=keys.COMMANDS["filter"].replace("Return", "Enter")))
        self.offer.setVisible(bool(grids) and {*grids} != {*self._filtered})
        if before != self.offer.isVisibleTo(self.queue):
            self.queue.filters.show_chips()

    def _name(self, code: str) -> str:
        atlas = self._view.atlas
        return shown(
            atlas.names[atlas.index[code]] if code in atlas.index else self._seat.directory.grid_name(code)
        )

    def _numbers(self) -> list[int]:
        return [row.number for row in self.queue.list.selection.rows()]

    def _marked(self) -> list[int]:
        """Return what is marked in the queue, else what is selected."""
        selected = self._view.selected
        return self._numbers() or ([] if selected is None else [selected])

    def _mine(self) -> list[int]:
        """Return the incidents whose claim is this seat's."""
        board = self._seat.console.board
        slots = board.all_slots()
        held = board.columns["mine"].within(slots, {True}) & board.claimed(self._seat.bridge.now(), slots)
        found: list[int] = board.numbers[slots[held]].tolist()
        return found


def _grid(one: Condition) -> str | None:
    """Return the code of the grid that a condition lets in alone, None where it is about none."""
    if one.refused or one.facet not in {FACET, AREA}:
        return None
    area = board_area.read(str(one.value)) if one.facet == AREA else None
    return str(one.value) if area is None else area.code
