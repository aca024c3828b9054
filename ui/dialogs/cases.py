"""The cases behind a figure, as a list; Enter opens one."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.desk.behind import Facts, Listed
from console.language import say
from console.spoken import status_label
from ui.dialogs.paged_list import PagedList, instant, text
from ui.dialogs.paged_rows import Column
from ui.texts import shown

WIDE: Final = {
    "number": 76,
    "status": 108,
    "title": 0,
    "class_name": 104,
    "place": 190,
    "unit": 110,
    "received": 126,
    "due": 126,
    "closed": 126,
}


class CaseList(PagedList):
    """The cases ``listed`` behind ``name``; ``opened`` carries the one wanted."""

    opened = Signal(int)

    def __init__(self, name: str, listed: Listed, parent: QWidget | None = None) -> None:
        says: dict[str, Callable[[Facts], str]] = {"number": _number, "status": _status, "place": _place}
        says |= {key: instant(key) for key in ("received", "due", "closed")}
        columns = [
            Column(
                key,
                say(f"window.cases.column.{key}"),
                wide,
                says.get(key) or text(key),
                number=key == "number",
            )
            for key, wide in WIDE.items()
        ]
        super().__init__(name, listed, columns, "window.cases", parent)
        self.chosen.connect(self._open)

    def _open(self, row: dict[str, Any]) -> None:
        self.opened.emit(int(row["number"]))
        self.accept()


def _number(row: Facts) -> str:
    return str(row["number"])


def _status(row: Facts) -> str:
    return status_label(row["status"]) if "status" in row else say("window.cases.gone")


def _place(row: Facts) -> str:
    """Return the place, with the community or township before it where its own words do not name one."""
    place, areas = row.get("place") or "", [row.get(key) for key in ("community", "township")]
    known = [str(area) for area in areas if area]
    named = any(area in place for area in known)
    return shown(place if named else " ".join([*known[:1], place]).strip())
