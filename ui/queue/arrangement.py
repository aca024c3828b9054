"""How a person has arranged the list: columns, order and groups, kept from one day to the next."""

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QSettings, Signal

from console.feed.board_view import Sort
from ui.queue.columns import COLUMNS, Chosen

KEY = "queue/columns"
GROUPS = ("", "township", "unit")  # what rows can stand under; "" = nothing
SORTED = frozenset(column.sorts_by for column in COLUMNS.values())


class Arrangement(QObject):
    """``changed`` follows every change; without ``memory`` nothing is kept."""

    changed = Signal()

    def __init__(self, memory: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._memory = memory
        kept = _read(memory.value(KEY) if memory is not None else None)
        self.chosen, self.sort, self.group = _understood(kept)

    def choose(self, chosen: Chosen) -> None:
        """Show other columns, or the same in other widths."""
        self.chosen = chosen
        self._keep()

    def order_by(self, sort: Sort) -> None:
        """Sort by another column."""
        self.sort = sort
        self._keep()

    def sort_by(self, column: str) -> None:
        """Sort by ``column``; once more turns the order round."""
        turned = column == self.sort.column and not self.sort.descending
        self.order_by(Sort(column, descending=turned))

    def group_by(self, group: str) -> None:
        """Let rows stand under headings of ``group``, one of GROUPS."""
        self.group = group
        self._keep()

    def told(self) -> dict[str, Any]:
        """Return how the list is arranged, as JSON can hold it."""
        return {
            "names": list(self.chosen.names),
            "widths": dict(self.chosen.widths),
            "sort": self.sort.column,
            "descending": self.sort.descending,
            "group": self.group,
        }

    def show(self, told: Mapping[str, Any]) -> None:
        """Arrange the list as ``told`` says; what it does not name stays."""
        now = self.told()
        said = {**now, **{name: value for name, value in told.items() if name in now}}
        if said != now:
            self.chosen, self.sort, self.group = _understood(said)
            self._keep()

    def _keep(self) -> None:
        if self._memory is not None:
            self._memory.setValue(KEY, json.dumps(self.told()))
        self.changed.emit()


def _read(kept: object) -> dict[str, Any]:
    try:
        said = json.loads(str(kept))
    except ValueError:
        said = {}
    return said if isinstance(said, dict) else {}


def _understood(said: Mapping[str, Any]) -> tuple[Chosen, Sort, str]:
    """Return columns, order and groups; what cannot be read, or is no longer known, is as it usually is."""
    sort, group = str(said.get("sort")), str(said.get("group"))
    order = Sort(sort if sort in SORTED else Sort().column, descending=bool(said.get("descending")))
    return _chosen(said), order, group if group in GROUPS else ""


def _chosen(said: Mapping[str, Any]) -> Chosen:
    names, widths = said.get("names"), said.get("widths")
    chosen = Chosen().with_names([str(name) for name in names] if isinstance(names, list) else ())
    for name, width in widths.items() if isinstance(widths, dict) else ():
        if name in COLUMNS and isinstance(width, int):
            chosen = chosen.sized(name, width)
    return chosen
