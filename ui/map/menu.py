"""The menu of a place on the map: what can be done there, each with its key."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMenu

from console.geography.datum import DATUMS
from console.language import say
from ui.map import keys
from ui.map.hand import Hand
from ui.queue.chips import escaped

GROUPS = (
    ("copy", "copy_text"),
    ("card", "around", "place", "filter", "cross", "measure", "layers", "base"),
    ("closer", "further", "all", "selection", "mine"),
    ("back", "forward", "follow"),
)
AS = "copy "  # of a datum


def open_menu(hand: Hand, at: QPointF) -> QMenu:
    """Show the menu of the place ``at``, in pixels of the map."""
    menu = QMenu(hand.view)
    menu.aboutToHide.connect(menu.deleteLater)
    here = hand.view.under.named(at)
    if here:
        _act(menu, say("hand.open", what=here), "Enter", partial(hand.view.click, at))
    for group in GROUPS:
        menu.addSeparator()
        for command in (one for one in group if one in hand.commands):
            key = keys.COMMANDS[command].replace("Return", "Enter")
            _act(menu, say(f"hand.do.{command}"), key, partial(hand.do_at, at, command))
            if command == "copy":
                _offer_datums(menu, hand, at)
    menu.popup(hand.view.mapToGlobal(at.toPoint()))
    return menu


def _offer_datums(menu: QMenu, hand: Hand, at: QPointF) -> None:
    datums = menu.addMenu(say("hand.copy_as"))
    for datum in DATUMS:
        _act(datums, datum, "", partial(hand.do_at, at, AS + datum))


def _act(menu: QMenu, words: str, key: str, do: Callable[[], object]) -> None:
    menu.addAction(f"{escaped(words)}\t{key}").triggered.connect(lambda _checked: do())
