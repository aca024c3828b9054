"""The seat's menu: identity, language, appearance, and the window's own keys."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from console.language import LANGUAGES, current, say
from ui.language import language
from ui.theme import names, theme

KEYS = {"report": "Ctrl+N", "command": "Ctrl+K", "wall": "F11", "keys": "F1", "leave": "Ctrl+Q"}


class SeatMenu(QMenu):
    """``chosen`` carries one of KEYS; ``identity`` the login of whom to sign in as."""

    chosen = Signal(str)
    identity = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._people: list[dict[str, Any]] = []
        self._login = ""
        self.acts: dict[str, QAction] = {key: self._act(parent, key) for key in KEYS}
        language.follow(self, self._rebuild)

    def show_people(self, people: Iterable[dict[str, Any]], login: str) -> None:
        """Offer to sign in as one of ``people`` (desk.people); nobody: nothing is offered."""
        self._people, self._login = list(people), login
        self._rebuild()

    def _act(self, window: QWidget, key: str) -> QAction:
        """Return the action of ``key``, whose key ``window`` hears everywhere."""
        action = QAction(window)
        if key != "report":  # its key belongs to the workflow's own action
            action.setShortcut(KEYS[key])
        action.triggered.connect(partial(self._choose, key))
        window.addAction(action)
        return action

    def _choose(self, key: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        self.chosen.emit(key)

    def _rebuild(self) -> None:
        self.clear()
        if self._people:
            self._fill_people(self.addMenu(say("window.identity")))
            self.addSeparator()
        self._fill(say("window.language"), LANGUAGES, "spoken.in_", current(), language.use)
        self._fill(say("window.theme"), names(), "themes.", theme.name, theme.use)
        self.addSeparator()
        for key, action in self.acts.items():
            action.setText(say(f"window.{key}"))
            self.addAction(action)

    def _fill(
        self, title: str, values: Iterable[str], section: str, now: str, use: Callable[[str], None]
    ) -> None:
        menu = self.addMenu(title)
        group = QActionGroup(menu)
        for value in values:
            action = menu.addAction(say(f"window.{section}{value}"))
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(partial(_use, use, value))
            group.addAction(action)

    def _fill_people(self, menu: QMenu) -> None:
        """One menu a place, so that fifty people stay in reach."""
        places: dict[str, QMenu] = {}
        for person in self._people:
            place = person["organisation"] or say("window.all_centres")
            if place not in places:
                places[place] = menu.addMenu(place.replace("&", "&&"))
            words = " · ".join(
                part for part in (person["name"], _positions(person), person["grid"] or "") if part
            )
            action = places[place].addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(person["login"] == self._login)
            action.triggered.connect(partial(self._sign_in, person["login"]))

    def _sign_in(self, login: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        self.identity.emit(login)


def _use(use: Callable[[str], None], value: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
    use(value)


def _positions(person: dict[str, Any]) -> str:
    return "、".join(say(f"window.position.{position}") for position in person["positions"])
