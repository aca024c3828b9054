"""Every command by name: found by words, pinyin initials or its key, and run by Enter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from console.feed.board_search import initials
from console.language import say
from ui.keyboard import ENTER, WALKING
from ui.layouts import room
from ui.texts import label
from ui.theme import theme

WIDTH, LINES = 560, 14
PLACE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: what it is called, its key, and why it cannot be done now, "" where it can."""

    action: QAction
    name: str
    keys: str
    why_not: str

    def fits(self, words: Iterable[str]) -> bool:
        """Tell whether each of ``words`` is in the name, its initials or the key."""
        found_by = f"{self.name} {initials(self.name)} {self.keys}".lower()
        return all(word in found_by for word in words)


def entries(window: QWidget, likely: Sequence[QAction], not_now: Mapping[QAction, str]) -> list[Entry]:
    """Return the commands of ``window``, each name once: what is ``likely`` now, the others, ``not_now``.

    The last say of each why it cannot be done.
    """
    found: dict[tuple[str, str], Entry] = {}
    for action in window.findChildren(QAction):
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        name = action.text().replace("&", "")
        if name and keys and action.isVisible():
            why_not = not_now.get(action, "") or ("" if action.isEnabled() else say("words.not_now"))
            found.setdefault((name, keys), Entry(action, name, keys, why_not))
    rank = {action: place for place, action in enumerate(likely)}
    return sorted(found.values(), key=lambda entry: (bool(entry.why_not), rank.get(entry.action, len(rank))))


class Palette(QDialog):
    """A line to type in, and what fits; the first one that can be done is marked."""

    def __init__(self, found: list[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("words.palette.title"))
        self._entries = found
        self.line, self.list = QLineEdit(self), QListWidget(self)
        self._none: QLabel = label(say("words.palette.none"), "third", wrap=True, parent=self)
        self.line.setPlaceholderText(say("words.palette.search"))
        self.line.setAccessibleName(say("words.palette.search"))
        self.line.setMaxLength(100)
        self.list.setAccessibleName(say("words.palette.title"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 12)
        for widget in (
            self.line,
            self.list,
            self._none,
            label(say("words.palette.hint"), "third", parent=self),
        ):
            column.addWidget(widget)
        self.line.textChanged.connect(self._show)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._run())
        self.finished.connect(self.deleteLater)
        self._show("")
        self.list.setFixedHeight(self._lines() * self.list.sizeHintForRow(0))  # no half of a row
        self.setFixedWidth(WIDTH)

    @property
    def offered(self) -> list[Entry]:
        """Return what is listed now."""
        return [self.list.item(row).data(PLACE) for row in range(self.list.count())]

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in ENTER:
                self._run()
                return True
            if event.key() in WALKING:
                self.list.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def _show(self, typed: str) -> None:
        words = typed.lower().split()
        self.list.clear()
        for entry in (one for one in self._entries if one.fits(words)):
            item = QListWidgetItem(f"{entry.keys}\t{entry.name}")
            item.setData(PLACE, entry)
            if entry.why_not:
                item.setText(f"{item.text()}    {entry.why_not}")
                item.setToolTip(entry.why_not)
                item.setForeground(theme.color("text3"))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._none.setVisible(not self.list.count())

    def _lines(self) -> int:
        """Return how many lines are seen at once: fewer where the screen is small."""
        around = self.sizeHint().height() - self.list.sizeHint().height()
        return max(1, min(LINES, (room(self).height() - around) // max(1, self.list.sizeHintForRow(0))))

    def _run(self) -> None:
        """Close, then do what is marked; what cannot be done says why by itself."""
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            entry: Entry = item.data(PLACE)
            entry.action.trigger()
