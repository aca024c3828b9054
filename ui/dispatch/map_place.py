"""Copying a place off the map: a case's point as it was given, another in WGS-84, or in a chosen datum."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QGuiApplication

from console.errors import Problem
from console.geography.datum import DATUMS, from_wgs84, to_wgs84
from console.geography.projection import plane_to_point
from console.intake.spot import UNKNOWN, written
from console.language import say
from ui.map.hand import Hand
from ui.map.menu import AS
from ui.seat import Seat
from ui.tasks import tasks


class Place(NamedTuple):
    """Degrees in ``datum``, and what people call the place."""

    lon: float
    lat: float
    datum: str = "WGS-84"
    words: str = ""


class PlaceCopier(QObject):
    """Adds its commands to ``hand``; the clipboard gets one line, which the place field reads again."""

    def __init__(self, seat: Seat, hand: Hand) -> None:
        super().__init__(hand)
        self._seat, self._hand, self._view = seat, hand, hand.view
        hand.commands["copy"] = self.copy
        hand.commands["copy_text"] = partial(self.copy, worded=True)
        hand.commands |= {AS + datum: partial(self.copy, datum) for datum in DATUMS}

    def copy(self, datum: str = "", *, worded: bool = False) -> None:
        """Copy the place under cross, cursor or menu, else that of the selected case."""
        number = self._view.selected if self._hand.at is None else self._view.under.incident(self._hand.at)
        if number is not None:
            tasks.start(self._copy_case(number, datum, worded=worded), "copying a place")
        elif self._hand.at is None:
            self._seat.notices.say(say("hand.no_place"))
        else:
            self._put(self._pointed(self._hand.at), datum, worded=worded)

    def _pointed(self, at: QPointF) -> Place:
        lon, lat = plane_to_point(*self._view.camera.view.to_plane(at.x(), at.y()))
        return Place(lon, lat, words=self._grid_words(self._view.under.code(at) or ""))

    async def _copy_case(self, number: int, datum: str, *, worded: bool) -> None:
        try:
            case = await self._seat.console.reads.incident(number)
        except Problem as problem:
            self._seat.notices.fail(problem.sentence, number)
            return
        if not case["point"]:
            self._seat.notices.say(say("hand.none_selected"))
            return
        words = f"{case['place'] or ''} {self._grid_words(case['grid_code'] or '')}".strip()
        lon, lat = case["point"]
        self._put(Place(lon, lat, case["datum"], words), datum, worded=worded)

    def _grid_words(self, code: str) -> str:
        return f"{self._seat.directory.grid_name(code)} {code}" if code else ""

    def _put(self, place: Place, datum: str, *, worded: bool) -> None:
        """Copy ``place``; one of unknown datum stays as it is."""
        lon, lat, known = place.lon, place.lat, place.datum
        if datum and known != UNKNOWN:
            lon, lat = from_wgs84(*to_wgs84(lon, lat, known), datum)
            known = datum
        text = written(place.words if worded else "", lon, lat, known)
        QGuiApplication.clipboard().setText(text)
        self._seat.notices.say(say("hand.copied", text=text))
