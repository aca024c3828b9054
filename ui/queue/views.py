"""The saved views of the queue: a button at its title, Ctrl and a digit, and a menu worked by keys."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from typing_extensions import override

from console.desk.views import KEYS, View, Views
from console.language import say
from ui import anew
from ui.language import language
from ui.naming import Naming
from ui.queue.chips import dress, escaped
from ui.texts import shown


class Shown(Protocol):
    """What has a state that a view may keep."""

    def view_state(self) -> dict[str, Any]:
        """Return filter, order and whatever else a view keeps, as JSON can hold it."""

    def show_state(self, state: Mapping[str, Any]) -> None:
        """Show what ``state`` says; what it does not name stays."""


class ViewsMenu(QMenu):
    """``renamed`` and ``deleted`` carry the view that is marked when F2 or Delete is pressed.

    The keys beside the views work while the menu is open too, which keeps them from the window: ``chosen``.
    """

    renamed = Signal(object)
    deleted = Signal(object)
    chosen = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        view = action.data() if action is not None else None
        asked = {Qt.Key.Key_F2: self.renamed, Qt.Key.Key_Delete: self.deleted}.get(Qt.Key(event.key()))
        if asked is not None and isinstance(view, View) and view.file is not None:
            self.close()
            asked.emit(view)
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() - Qt.Key.Key_0 in KEYS:
            self.close()
            self.chosen.emit(event.key() - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)


class ViewsButton(QPushButton):
    """Keeps and shows the views of ``panel``; keys work in the whole window of ``host``."""

    noticed = Signal(str)

    def __init__(self, views: Views, panel: Shown, host: QWidget) -> None:
        super().__init__(host)
        self._views, self._panel = views, panel
        dress(self)
        self._menu = ViewsMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill)
        self._menu.renamed.connect(self._rename)
        self._menu.deleted.connect(self._delete)
        self._menu.chosen.connect(self._choose)
        self.setMenu(self._menu)
        for key in KEYS:
            self._hear(f"Ctrl+{key}", partial(self._choose, key), host)
        self._hear("Ctrl+0", self.showMenu, host)
        self._hear("Ctrl+Shift+S", self.ask_name, host)
        self._known: list[View] = []  # so that a change of the filter reads no file
        language.follow(self, self._look)

    @property
    def active(self) -> View | None:
        """Return the view that the list is in now."""
        now = self._panel.view_state()
        return next((view for view in self._known if _same(view.state, now)), None)

    def refresh(self) -> None:
        """Say which view is shown."""
        active = self.active
        name = shown(active.name) if active else ""
        self.setText(escaped(say("views.active", name=name)) if name else say("views.button"))
        self.setAccessibleName(say("views.menu", name=name or say("views.none")))
        self.setToolTip(self.accessibleName())

    def _look(self) -> None:
        """Read which views there are: another window of this person may have kept one."""
        self._known = self._views.all()
        self.refresh()

    def tell_broken(self) -> None:
        """Tell of files that hold no view any more."""
        broken = self._views.broken()
        if broken:
            self.noticed.emit(say("views.broken", count=len(broken), files=", ".join(broken)))

    def ask_name(self) -> None:
        """Ask under which name the list as it is now is kept."""
        active = self.active
        name = active.name if active and active.file else ""
        self._ask(name, lambda given: self._views.save(given, self._panel.view_state()), _saved)

    def _rename(self, view: View) -> None:
        self._ask(
            view.name, partial(self._views.rename, view), lambda new: say("views.renamed", name=new.name)
        )

    def _delete(self, view: View) -> None:
        self._views.delete(view)
        self._look()
        self.noticed.emit(say("views.deleted", name=view.name))

    def _ask(self, name: str, keep: Any, told: Any) -> None:  # noqa: ANN401  from a name to a view, to a sentence
        anew.ask(partial(self._naming, name, keep, told))

    def _naming(self, name: str, keep: Any, told: Any) -> Naming:  # noqa: ANN401  as above
        asked = Naming(say("views.name"), say("views.name_hint"), name, keep, self.window())
        asked.kept.connect(lambda view: self.noticed.emit(told(view)))
        asked.kept.connect(lambda _view: self._look())
        return asked

    def _choose(self, key: int) -> None:
        self._look()
        found = next((view for view in self._known if view.key == key), None)
        if found is None:
            self.noticed.emit(say("views.missing", key=key))
        else:
            self._show(found)

    def _show(self, view: View, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        self._panel.show_state(view.state)
        self.refresh()

    def _fill(self) -> None:
        self._look()
        self._menu.clear()
        active = self.active
        for view in self._known:
            action = self._menu.addAction(_entry(escaped(shown(view.name)), view.key))
            action.setCheckable(True)
            action.setChecked(active is not None and view == active)
            action.setData(view)
            action.triggered.connect(partial(self._show, view))
            if view.file is not None:
                action.setToolTip(say("views.hint"))
        if any(view.file is not None for view in self._known):
            self._menu.addAction(say("views.hint")).setEnabled(False)
        self._menu.addSeparator()
        self._menu.addAction(say("views.save") + "\tCtrl+Shift+S").triggered.connect(self.ask_name)
        if active is not None and active.file is not None:
            name = escaped(shown(active.name))
            for key, act in (("rename", self._rename), ("delete", self._delete)):
                self._menu.addAction(say(f"views.{key}", name=name)).triggered.connect(
                    partial(_call, act, active)
                )

    def _hear(self, keys: str, act: Any, host: QWidget) -> None:  # noqa: ANN401  a slot without arguments
        QShortcut(QKeySequence(keys), host).activated.connect(act)


def _call(act: Any, view: View, _checked: bool = False) -> None:  # noqa: ANN401, FBT001, FBT002  Qt's signature
    act(view)


def _entry(name: str, key: int | None) -> str:
    return f"{name}\tCtrl+{key}" if key else name


def _saved(view: View) -> str:
    if view.key is None:
        return say("views.saved_keyless", name=view.name)
    return say("views.saved", name=view.name, key=f"Ctrl+{view.key}")


def _same(state: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Tell whether everything that ``state`` names is so ``now``; widths and order of conditions apart."""
    named = {name: value for name, value in state.items() if name != "widths"}
    return all(_plain(name, value) == _plain(name, now.get(name)) for name, value in named.items())


def _plain(name: str, value: Any) -> Any:  # noqa: ANN401  what JSON holds
    if name != "conditions" or not isinstance(value, list):
        return value
    return {(one.get("facet"), str(one.get("value")), bool(one.get("refused"))) for one in value if one}
