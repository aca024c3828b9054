"""The facts of a case as label and words, only those that there are."""

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from console.language import knows, say
from ui.case.history import figures
from ui.casefile import CaseFile
from ui.directory import Directory
from ui.moments import amount, brief, epoch, local
from ui.texts import label, paragraph, shown

Fact = tuple[str, str]


def facts(file: CaseFile, directory: Directory, now: float) -> list[Fact]:
    """Return key and words of each fact; the reporter stands apart."""
    found = [
        *_where(file, directory),
        *figures(file.past, directory),
        *_who(file, now),
        *_pending(file, now),
        *_course(file, now),
    ]
    return [(key, words) for key, words in found if words]


def _where(file: CaseFile, directory: Directory) -> Iterator[Fact]:
    case = file.incident
    town, spot = case["township"] or "", shown(case["place"] or "")
    place = spot if town in spot else say("case.dot").join(part for part in (town, spot) if part)
    if case["point"] and case["datum"] == "unknown":
        place = say("case.fact.datum_unknown", place=place)
    elif case["point"] and case["datum"] not in {"WGS-84", "CGCS2000"}:
        place = say("case.fact.converted", place=place, datum=case["datum"])
    yield "place", place
    yield "grid", _grid(directory.grid_name(case["grid_code"] or ""), case.get("grid_then"))


def _grid(name: str, then: dict[str, Any] | None) -> str:
    """Return the grid's name, and what it was when the case was recorded where it is another one since."""
    if then is None:
        return name
    key = "case.fact.grid_ended" if then["ended"] else "case.fact.grid_redrawn"
    day = f"{local(epoch(then['until']) or 0.0):%Y-%m-%d}"
    return say(key, grid=name, name=shown(then["name"]), version=then["version"], day=day)


def _who(file: CaseFile, now: float) -> Iterator[Fact]:
    case = file.incident
    held = say("case.fact.responsible", centre=case["centre"], responsible=case["responsible"] or "")
    yield "centre", held if case["responsible"] not in {None, case["centre"]} else case["centre"]
    if case["unit"]:
        at = epoch(case["acknowledged"])
        key = "case.fact.acknowledged" if at else "case.fact.not_acknowledged"
        yield "unit", say(key, unit=case["unit"], **({"at": brief(at, now)} if at else {}))
    parties = [party for party in case["parties"] if party["current"]]
    yield "with", "\n".join(_arrival(party, now) for party in parties if party["kind"] == "co")
    yield "copied", say("case.list").join(party["unit"] for party in parties if party["kind"] == "copy")
    yield "members", say("case.list").join(case["members"])


def _arrival(party: dict[str, str], now: float) -> str:
    at = epoch(party["arrived"])
    if at is None:
        return say("case.fact.not_arrived", unit=party["unit"])
    return say("case.fact.arrived", unit=party["unit"], at=brief(at, now))


def _pending(file: CaseFile, now: float) -> Iterator[Fact]:
    open_requests = [request for request in file.incident["requests"] if request["decided"] is None]
    yield "pending", say("case.list").join(_request(request, now) for request in open_requests)


def _request(request: dict[str, str], now: float) -> str:
    asked = epoch(request["asked"])
    told = {
        "what": say(f"case.request.{request['kind']}"),
        "by": request["by"],
        "at": brief(asked, now) if asked else "",
    }
    if not request["seconds"]:
        return say("case.fact.asked", **told)
    return say("case.fact.asked_amount", amount=amount(int(request["seconds"]), request["clock"]), **told)


def _course(file: CaseFile, now: float) -> Iterator[Fact]:
    case = file.incident
    yield "callback", _callback(case["callback"], now)
    yield "reminders", say("case.fact.times", count=case["reminders"]) if case["reminders"] else ""
    if case["returns"] or case["reworks"] or case["extensions"]:
        yield (
            "history",
            say("case.fact.returns", **{k: case[k] for k in ("returns", "reworks", "extensions")}),
        )
    yield "cards", say("case.list").join(say(f"case.card.{card['colour']}") for card in case["cards"])
    key = f"case.confirmed.{case['confirmation']}"
    yield "confirmation", say(key) if knows(key) else ""
    yield "external", shown(case["external"] or "")
    until = epoch(case["resume_at"])
    yield "resume", brief(until, now) if until else ""


def _callback(promise: dict[str, Any] | None, now: float) -> str:
    """Return for when a call back is promised, by whom, and whether it is time."""
    at = epoch(promise["at"]) if promise else None
    if promise is None or at is None:
        return ""
    key = "seats.callback.mine" if promise["mine"] else "seats.callback.promised"
    told = say(key, at=brief(at, now), **({} if promise["mine"] else {"name": shown(promise["by"])}))
    return say("seats.callback.due", told=told) if now >= at else told


class FactGrid(QWidget):
    """Two columns: what a fact is called, and what it says. Rebuilt only when something differs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: object = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self.reveal = QPushButton(self)
        self.reveal.setProperty("role", "chip")

    def forget(self) -> None:
        """Build everything anew next time: the language is another."""
        self._told = None

    def words(self) -> list[str]:
        """Return every text that is shown."""
        return [one.text() for one in self.findChildren(QLabel)]

    def show_facts(self, reporter: str, found: Iterable[Fact], offer: str) -> None:
        """Show the reporter, what the button beside offers ("": none), and then ``found``."""
        wanted = [("reporter", reporter), *found]
        self.reveal.setText(offer)
        self.reveal.setVisible(bool(offer))
        if (wanted, bool(offer)) == self._told:
            return
        self._told = (wanted, bool(offer))
        self._clear()
        for line, (key, words) in enumerate(wanted):
            name = label(say(f"case.fact.{key}"), "third", parent=self)
            beside_the_button = key == "reporter" and bool(offer)
            top = Qt.AlignmentFlag.AlignVCenter if beside_the_button else Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(name, line, 0, top)
            self._grid.addWidget(self._value(words), line, 1, 1, 1 if beside_the_button else 2)
        self._grid.addWidget(self.reveal, 0, 2, Qt.AlignmentFlag.AlignVCenter)

    def _value(self, words: str) -> QLabel:
        value = label(paragraph(words) or say("case.none"), wrap=True, parent=self)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return value

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.reveal:
                widget.hide()
                widget.deleteLater()
