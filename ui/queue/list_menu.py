"""The list's menu: by what it is sorted, under what its rows stand, which columns it shows."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from console.feed.board_view import Sort
from console.language import say
from ui.queue.arrangement import GROUPS, Arrangement
from ui.queue.columns import COLUMNS, Chosen

AT_ONCE = 14  # columns: the whole table would not fit a screen of 720 lines


class ListMenu(QMenu):
    """Filled whenever it opens; ``fold`` closes or opens every group, ``choose`` opens the columns."""

    def __init__(
        self,
        arrangement: Arrangement,
        fold: Callable[..., None],
        choose: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._arrangement, self._fold, self._choose = arrangement, fold, choose
        self.aboutToShow.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        self._fill_order()
        self._fill_groups()
        self.addSeparator()
        self._act(self, "columns.menu.choose", self._choose)
        self._act(self, "columns.menu.usual", partial(self._arrangement.choose, Chosen()))

    def _fill_order(self) -> None:
        menu, sort = self.addMenu(say("columns.menu.sort")), self._arrangement.sort
        turns = QActionGroup(menu)
        for key, descending in (("ascending", False), ("descending", True)):
            order = Sort(sort.column, descending=descending)
            words = say(f"columns.menu.{key}")
            turns.addAction(
                self._tick(menu, words, partial(self._arrangement.order_by, order), on=order == sort)
            )
        menu.addSeparator()
        group, rest = QActionGroup(menu), QMenu(say("columns.menu.others"), menu)
        for place, column in enumerate(COLUMNS.values()):
            order = Sort(column.sorts_by, descending=sort.descending)
            words = say(f"columns.name.{column.name}")
            act = partial(self._arrangement.order_by, order)
            group.addAction(self._tick(menu if place < AT_ONCE else rest, words, act, on=order == sort))
        menu.addMenu(rest)

    def _fill_groups(self) -> None:
        menu, now = self.addMenu(say("columns.menu.group")), self._arrangement.group
        group = QActionGroup(menu)
        for name in GROUPS:
            words = say(f"columns.group.{name or 'none'}")
            group.addAction(
                self._tick(menu, words, partial(self._arrangement.group_by, name), on=name == now)
            )
        if now:
            menu.addSeparator()
            self._act(menu, "columns.menu.close_all", partial(self._fold, closed=True))
            self._act(menu, "columns.menu.open_all", partial(self._fold, closed=False))

    def _tick(self, menu: QMenu, words: str, do: Callable[[], None], *, on: bool) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(lambda _checked: do())
        return action

    def _act(self, menu: QMenu, key: str, do: Callable[[], None]) -> None:
        menu.addAction(say(key)).triggered.connect(lambda _checked: do())
