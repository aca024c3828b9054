"""切换身份: everybody whom one may sign in as, found by typing; Enter takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from typing_extensions import override

from console.language import say
from ui.dialog import Dialog
from ui.keyboard import WALKING
from ui.seat_people import Person, matching, people
from ui.texts import label, shown
from ui.theme import theme

SIZE = (560, 560)
LOGIN = Qt.ItemDataRole.UserRole


class SeatChooser(Dialog):
    """``chosen`` carries a login; nobody is chosen who has signed in already."""

    chosen = Signal(str)

    def __init__(self, rows: Sequence[Mapping[str, Any]], login: str, parent: QWidget) -> None:
        """Offer the people of ``rows`` (desk.people); ``login`` is who sits here now."""
        super().__init__(say("window.identity"), parent, SIZE)
        self._people, self._login = people(rows), login
        self._items: dict[str, QTreeWidgetItem] = {}
        self.line, self.list = QLineEdit(self), QTreeWidget(self)
        self._none = label(say("window.seats.none"), "second", parent=self)
        self.take = self.button(say("window.seats.take"), self.accept, main=True)
        self._arrange()
        self.line.textChanged.connect(self._offer)
        self.line.installEventFilter(self)
        self.list.itemActivated.connect(lambda _item, _column: self.accept())
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_whether())
        self._offer("")

    @property
    def offered(self) -> list[str]:
        """Return the logins that are offered, in order."""
        return list(self._items)

    @property
    def marked(self) -> str:
        """Return the login that Enter takes, "" if there is none."""
        item = self.list.currentItem()
        return str(item.data(0, LOGIN) or "") if item is not None else ""

    @override
    def accept(self) -> None:
        if self.marked:
            login = self.marked
            super().accept()
            if login != self._login:
                self.chosen.emit(login)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows walk the list while the line has the cursor."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in WALKING:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer(self.line.text())  # what is marked is scrolled to once the list has its size

    def _offer(self, typed: str) -> None:
        found = matching(self._people, typed)
        self.list.clear()
        self._items = {person.login: self._item(person) for person in found}
        for group in dict.fromkeys(person.group for person in found):
            heading = QTreeWidgetItem(self.list, [say(f"window.seats.{group}")])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setFirstColumnSpanned(True)
            heading.setFont(0, theme.font("small"))
            heading.setForeground(0, theme.color("text2"))
            heading.addChildren([self._items[person.login] for person in found if person.group == group])
        self.list.expandAll()
        self._none.setVisible(not found)
        self._mark(found, typed)

    def _mark(self, found: Sequence[Person], typed: str) -> None:
        """Mark who sits here; once something is typed, the first whose name begins with it, or the first."""
        begun = (person.login for person in found if person.begins(typed))
        first = next(begun, found[0].login if found else "")
        login = first if typed or self._login not in self._items else self._login
        if login:
            self.list.setCurrentItem(self._items[login])
            self.list.scrollToItem(self._items[login], QTreeWidget.ScrollHint.PositionAtCenter)
        self._show_whether()

    def _item(self, person: Person) -> QTreeWidgetItem:
        here = say("window.seats.here") if person.login == self._login else ""
        duties = say("case.dot").join(part for part in (person.duties, here) if part)
        item = QTreeWidgetItem([shown(person.name), shown(person.place), duties])
        item.setData(0, LOGIN, person.login)
        return item

    def _show_whether(self) -> None:
        self.take.setEnabled(bool(self.marked))

    def _arrange(self) -> None:
        self.line.setPlaceholderText(say("window.seats.find"))
        self.line.setAccessibleName(say("window.seats.find"))
        self.line.setClearButtonEnabled(True)
        self.list.setHeaderHidden(True)
        self.list.setColumnCount(3)
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setIndentation(12)
        self.list.setAccessibleName(say("window.identity"))
        self.list.setColumnWidth(0, 130)
        self.list.setColumnWidth(1, 200)
        self.take.setProperty("role", "primary")
        for widget in (self.line, self._none):
            self.column.addWidget(widget)
        self.column.addWidget(self.list, 1)
        self.foot(say("window.seats.hint"), self.button(say("dialogs.cancel"), self.reject), self.take)
