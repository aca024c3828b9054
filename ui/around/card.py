"""The card of a grid: who works there, what is open, how the last month went, what it was before."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.language import say
from console.resource_kinds import kind_name
from ui.around.said import worker
from ui.around.sheet import Figures, Sheet
from ui.lines import Lines, Said
from ui.moments import epoch, local
from ui.seat import Seat
from ui.texts import label, shown

NOW: Final = ("total", "red", "yellow", "green")
PERIOD: Final = ("received", "closed", "should_close", "on_time")
Card = Mapping[str, Any]  # desk.grid_card's answer


class GridCard(Sheet):
    """Shows one grid; ``opened`` carries a case of it."""

    opened = Signal(object)

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self.now, self.period = Figures(NOW, self), Figures(PERIOD, self)
        self.cases, self.staff, self.versions = (Lines(self, first) for first in (6, 12, 6))
        self.nobody = label(role="near", wrap=True, parent=self)
        self.resources = label(role="second", wrap=True, parent=self)
        for part in (
            self.now,
            self.cases,
            self.period,
            self.staff,
            self.nobody,
            self.resources,
            self.versions,
        ):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.cases.chosen.connect(self.opened)

    def show_card(self, card: Card, cases: Sequence[Said]) -> None:
        """Show ``card`` and the lines of its open cases."""
        above = (card["above"], card["organisation_name"])
        where = say("case.dot").join(dict.fromkeys(shown(one) for one in above if one))
        self.title.setText(shown(card["name"]))
        self.sub.setText(say("case.dot").join((say(f"places.grid.{card['kind']}"), card["code"], where)))
        ended = epoch(card["ended"])
        self.tell(say("around.ended", day=_day(ended)) if ended else "")
        self.now.show_figures(say("around.now"), {key: str(card["open"][key]) for key in NOW})
        self.cases.show_lines(say("around.cases", count=len(cases)), cases)
        self._show_period(card)
        staff = [worker(self._seat, one) for one in card["staff"]]
        self.staff.show_lines(say("around.staff", count=len(staff)), staff)
        self.nobody.setText(say("around.nobody"))
        self.nobody.setVisible(not staff)
        self._show_resources(card["resources"])
        versions = [_version(one) for one in reversed(card["versions"])]
        self.versions.show_lines(
            say("around.versions", count=len(versions)), versions if len(versions) > 1 else []
        )
        self.hint.setText(say("around.hint"))
        self.settle()

    def forget(self) -> None:
        """Build everything anew next time: the language is another."""
        for lines in (self.cases, self.staff, self.versions):
            lines.forget()

    def _show_period(self, card: Card) -> None:
        told = card["figures"]
        share = say("case.none") if told["on_time"] is None else f"{told['on_time']:.0%}"
        figures = {key: str(told[key]) for key in PERIOD if key != "on_time"} | {"on_time": share}
        self.period.show_figures(say("around.period", days=card["days"]), figures)

    def _show_resources(self, found: Mapping[str, int]) -> None:
        words = [say("around.of_kind", kind=kind_name(kind), count=count) for kind, count in found.items()]
        self.resources.setText(say("around.resources", words=say("case.list").join(words)))
        self.resources.setVisible(bool(words))


def _version(one: Mapping[str, Any]) -> Said:
    drawn, until = epoch(one["drawn"]), epoch(one["until"])
    span = say("around.span", since=_day(drawn), until=say("around.today") if one["now"] else _day(until))
    words = say("case.dot").join(shown(part) for part in (one["name"], one["organisation"]))
    return Said(("version", one["version"]), say("around.version", version=one["version"]), words, span)


def _day(at: float | None) -> str:
    return say("case.none") if at is None else f"{local(at):%Y-%m-%d}"
