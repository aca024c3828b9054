"""The seat's menu: language, appearance, and the window's own keys."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from console.language import LANGUAGES, current, say
from ui.docks.keys import PANELS
from ui.language import language
from ui.preferences import preferences
from ui.theme import names, theme

KEYS = {
    "identity": "Ctrl+I",
    "preferences": "Ctrl+,",
    "lock": "Ctrl+L",
    "report": "Ctrl+N",
    "command": "Ctrl+K",
    "palette": "Ctrl+Shift+P",
    "messages": "Ctrl+M",
    "handover": "Ctrl+H",
    "wall": "F11",
    "replay": "Shift+F11",
    "retry": "F5",
    "outbox": "Ctrl+O",
    "print_left": "Shift+F5",
    "alerts": "F7",
    "acknowledge": "F8",
    "quiet": "Shift+F8",
    "notices": "F6",
    "dismiss": "Shift+F6",
    "keys": "F1",
    "work": "Ctrl+Shift+O",
    "registry": "Ctrl+Shift+H",
    "scores": "Ctrl+Shift+G",
    "bulletins": "Ctrl+Shift+B",
    "campaigns": "Ctrl+Shift+X",
    "import": "Ctrl+Shift+I",
    "leave": "Ctrl+Q",
}


class SeatMenu(QMenu):
    """``chosen`` carries one of KEYS or of PANELS."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.acts = {key: _action(parent, keys, self.chosen, key) for key, keys in KEYS.items()}
        self.acts["report"].setShortcut("")  # its key belongs to the workflow's own action
        self.panels = {key: _action(parent, keys, self.chosen, key) for key, keys in PANELS.items()}
        self.offer_identity(offered=False)
        self.offer_import(offered=False)
        language.follow(self, self._rebuild)

    def offer_identity(self, *, offered: bool) -> None:
        """Offer to sign in as somebody else, or not."""
        self.acts["identity"].setVisible(offered)

    def offer_import(self, *, offered: bool) -> None:
        """Offer to import map files, or not."""
        self.acts["import"].setVisible(offered)

    def _rebuild(self) -> None:
        self.clear()
        self.addAction(self.acts["identity"])
        self.addSeparator()
        self._fill("language", LANGUAGES, current())
        self._fill("theme", names(), theme.name)
        panels = self.addMenu(say("panels.menu"))
        panels.addActions(list(self.panels.values()))
        for key, action in self.panels.items():
            action.setText(say(f"panels.command.{key}"))
        self.addSeparator()
        for key, action in self.acts.items():
            action.setText(say(f"window.{key}"))
            if key != "identity":
                self.addAction(action)

    def _fill(self, setting: str, values: Iterable[str], now: str) -> None:
        menu = self.addMenu(say(f"settings.{setting}"))
        group = QActionGroup(menu)
        for value in values:
            action = menu.addAction(say(f"settings.choice.{setting}-{value}"))
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(partial(_set, setting, value))
            group.addAction(action)


def _action(window: QWidget, keys: str, told: SignalInstance, key: str) -> QAction:
    """Return the action that tells ``key``; ``window`` hears its ``keys`` everywhere."""
    action = QAction(window)
    action.setShortcut(keys)
    action.triggered.connect(lambda: told.emit(key))
    window.addAction(action)
    return action


def _set(setting: str, value: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
    preferences.store({setting: value})
