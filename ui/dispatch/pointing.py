"""A form that holds a place steps aside while the map is asked for one; the map offers it one itself."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from console.geography.projection import plane_to_point
from console.intake.spot import written
from console.language import say
from ui.actions import Actions
from ui.dialogs.form import Form
from ui.dialogs.place import PlaceField
from ui.docks.area import Docks
from ui.layouts import grow
from ui.map.hand import Hand
from ui.seat import Seat

POINT, MOVING = "Alt+G", "classify"  # the action that gives a case another place


class Pointing(QObject):
    """Hears the forms of ``actions``; that of a report, which is none of them, stands beside the map."""

    def __init__(self, seat: Seat, actions: Actions, hand: Hand, docks: Docks, parent: QWidget) -> None:
        super().__init__(parent)
        self._seat, self._actions, self._hand, self._docks = seat, actions, hand, docks
        hand.commands["place"] = self.offer
        actions.opened.connect(self._listen)

    def offer(self) -> None:
        """Offer the open case the place under cross, cursor or menu: in its form, where it is looked over."""
        at, file = self._hand.at, self._actions.file
        if at is None or file is None or MOVING not in file.incident["legal"]:
            self._seat.notices.say(say("place.no_case" if at is not None else "hand.no_place"))
            return
        place = plane_to_point(*self._hand.view.camera.view.to_plane(at.x(), at.y()))
        self._actions.form(MOVING, file.incident, {"place": written(file.incident["place"] or "", *place)})

    def _listen(self, form: object) -> None:
        field = form.fields.get("place") if isinstance(form, Form) else None
        if isinstance(form, Form) and isinstance(field, PlaceField):
            field.edited.connect(partial(grow, form))
            field.pointing.connect(lambda: self._ask(form, field))
            QShortcut(QKeySequence(POINT), form).activated.connect(field.pointing)

    def _ask(self, form: Form, field: PlaceField) -> None:
        """Hide the form, what is typed in it kept for the worst; show it again with the point or without."""

        def back() -> None:
            if isValid(form):
                form.open()
                form.activateWindow()
                field.line.setFocus()

        def taken(lon: float, lat: float) -> None:
            back()
            if isValid(form):
                field.point(lon, lat)

        form.keep()
        form.hide()
        self._docks.enter("map")
        self._hand.view.activateWindow()
        self._hand.view.picker.start(taken, back)
