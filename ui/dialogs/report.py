"""A new report: what is read out of class and place is said at once, before it is sent."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.errors import BadInput, Problem
from console.intake.places import Organisation, Places
from console.language import current, say
from ui.dialogs.chosen import ChoiceField
from ui.dialogs.form import Form, Perform
from ui.dialogs.reopening import ReopenOffer
from ui.dialogs.written import LineField
from ui.moments import amount
from ui.seat import Seat
from ui.texts import label

FIRST_CHANNEL = "phone"


class ReportForm(Form):
    """The form of the action that makes an incident; ``reopening`` carries a case and words to reopen it."""

    reopening = Signal(object, str)

    def __init__(self, seat: Seat, perform: Perform, parent: QWidget | None = None) -> None:
        super().__init__(seat, "report", None, perform, parent)
        self._places = Places(
            Organisation(one.code, one.name, one.level, one.parent) for one in seat.directory.places.values()
        )
        self._class_hint = label(role="small", wrap=True, parent=self)
        self._place_hint = label(role="small", wrap=True, parent=self)
        self._hang("class", self._class_hint)
        self._hang("place", self._place_hint)
        channel = self.fields["channel"]
        if isinstance(channel, ChoiceField) and not channel.draft():
            channel.restore(FIRST_CHANNEL)
        for name in ("class", "place"):
            self.fields[name].edited.connect(self._read)
        self.offer = ReopenOffer(seat, self)
        self.offer.wanted.connect(self._reopen)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.indexOf(self.error), self.offer)
        for name in ("class", "place", "point"):
            self.fields[name].edited.connect(self._look)
        self.finished.connect(lambda _result: self.offer.look(None))
        self._read()
        self._look()

    def _hang(self, name: str, hint: QWidget) -> None:
        layout = self.fields[name].layout()
        if isinstance(layout, QVBoxLayout):
            layout.addWidget(hint)

    def _read(self) -> None:
        """Say what class and place mean."""
        kind = self._seat.directory.kind(self._class())
        self._class_hint.setVisible(kind is not None)
        if kind is not None:
            self._class_hint.setText(
                say(
                    "dialogs.class_limit",
                    group=kind.group if current() == "zh" else kind.group_en,
                    priority=kind.priority,
                    amount=amount(kind.amount, kind.clock),
                )
            )
        typed = str(self.fields["place"].draft())
        code = self._organisation(typed)
        self._place_hint.setVisible(bool(typed.strip()))
        name = self._full_name(code) if code else ""
        self._place_hint.setText(
            say("dialogs.found_place", place=name) if code else say("dialogs.place_open")
        )

    def _look(self) -> None:
        """Look whether the same has been here before, as far as class and place are known."""
        args: dict[str, object] = {}
        for name in ("place", "point"):
            try:
                args |= self.fields[name].args()
            except Problem:  # half a point
                continue
        kind = self._seat.directory.kind(self._class())
        known = self._completed({"class": kind.code, **args}) if kind is not None and args else None
        self.offer.look(known)

    def _reopen(self, case: object) -> None:
        """Leave the report as a draft; its words begin the reason."""
        words = self.fields["text"].draft() or self.fields["title"].draft()
        self.reject()
        self.reopening.emit(case, str(words))

    def _class(self) -> str:
        chosen = self.fields["class"]
        try:
            return chosen.line.value() if isinstance(chosen, ChoiceField) else ""
        except BadInput:
            return ""

    def _organisation(self, place: str) -> str | None:
        return self._places.find(place).code if place.strip() else None

    def _full_name(self, code: str) -> str:
        one = self._seat.directory.places[code]
        above = self._seat.directory.places.get(one.parent)
        return f"{above.alias or above.name} {one.alias or one.name}" if above else one.alias or one.name

    def _completed(self, args: dict[str, object]) -> dict[str, object]:
        """Add the organisation that the written place names, unless a point says it better."""
        field = self.fields["place"]
        code = self._organisation(field.line.text()) if isinstance(field, LineField) else None
        return {**args, "at_organisation": code} if code and "point" not in args else args
