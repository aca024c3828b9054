"""The spoken language as the screen needs it: switched at run time, heard by every widget."""

from collections.abc import Callable

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from console import language as spoken

QT_WORDS = {"zh": "qtbase_zh_CN"}  # what Qt itself says; its English needs no file


class Language(QObject):
    """Switches the process's language; ``changed`` follows."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._qt_words: QTranslator | None = None

    def start(self, application: QApplication) -> None:
        """Let the menus of text fields and the choice of a file, which are Qt's own, speak along."""
        if self._qt_words is None:
            self._qt_words = words = QTranslator(application)
            self.follow(words, lambda: self._teach(application, words))

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

    def _teach(self, application: QApplication, words: QTranslator) -> None:
        application.removeTranslator(words)
        file = QT_WORDS.get(spoken.current())
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if file is not None and words.load(file, folder):
            application.installTranslator(words)


class _Listener(QObject):
    """A child of the widget, so that Qt ends the connection with it."""

    def __init__(self, parent: QObject, retranslate: Callable[[], None]) -> None:
        super().__init__(parent)
        self._retranslate = retranslate

    def hear(self) -> None:
        self._retranslate()


language = Language()
