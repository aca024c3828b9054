"""The spoken language as the screen needs it: switched at run time, heard by every widget."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from console import language as spoken


class Language(QObject):
    """Switches the process's language; ``changed`` follows."""

    changed = Signal()

    def use(self, name: str) -> None:
        """Speak ``name`` ("zh" or "en") from now on; an open menu closes, for its words would stay."""
        spoken.use(name)
        menu = QApplication.activePopupWidget()
        while menu is not None and menu.close():
            menu = QApplication.activePopupWidget()
        self.changed.emit()

    def follow(self, widget: QObject, retranslate: Callable[[], None]) -> None:
        """Call ``retranslate`` now and after every switch, for as long as ``widget`` lives."""
        retranslate()
        listener = _Listener(widget, retranslate)
        self.changed.connect(listener.hear)


class _Listener(QObject):
    """A child of the widget, so that Qt ends the connection with it."""

    def __init__(self, parent: QObject, retranslate: Callable[[], None]) -> None:
        super().__init__(parent)
        self._retranslate = retranslate

    def hear(self) -> None:
        self._retranslate()


language = Language()
