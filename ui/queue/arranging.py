"""What lets a hand arrange the list: header, menu and button on one side, list and memory on the other."""

from PySide6.QtCore import QPoint, QSettings, QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from console.language import say
from ui import anew
from ui.language import language
from ui.queue.arrangement import Arrangement
from ui.queue.columns_dialog import ColumnsDialog
from ui.queue.header import Header
from ui.queue.list_menu import ListMenu
from ui.queue.rows import RowList
from ui.theme import theme

ICON = 16
KEYS = "Ctrl+Shift+L"
WIDE = 640  # pixels of the queue from which on the key stands beside the sign


class ArrangeButton(QToolButton):
    """Opens the menu of ``rows``; keeps rows and header as they are arranged."""

    def __init__(self, rows: RowList, header: Header, memory: QSettings | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows, self._header = rows, header
        self.arrangement = Arrangement(memory, self)
        self.choices = ListMenu(self.arrangement, rows.lines.fold_all, self._choose_columns, self)
        self.setProperty("role", "flat")
        self.setIconSize(QSize(ICON, ICON))
        self._connect()
        self._rearrange()
        theme.changed.connect(self._dress)
        self._dress()
        language.follow(self, self._retranslate)

    def show_keys(self, width: int) -> None:
        """Show the key beside the sign where the queue's ``width`` leaves room."""
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonTextBesideIcon if width >= WIDE else style.ToolButtonIconOnly)

    def open_menu(self) -> None:
        """Show the menu under the button, its first line chosen."""
        self.choices.popup(self.mapToGlobal(QPoint(0, self.height())))
        self.choices.setActiveAction(self.choices.actions()[0])

    def _connect(self) -> None:
        header, arrangement = self._header, self.arrangement
        self._rows.arranged.connect(header.arrange)
        header.sorted_by.connect(arrangement.sort_by)
        header.moved.connect(lambda name, to: arrangement.choose(arrangement.chosen.moved(name, to)))
        header.sized.connect(self._size)
        header.fitted.connect(lambda name: self._size(name, self._rows.widest(name)))
        header.asked.connect(self.choices.popup)
        arrangement.changed.connect(self._rearrange)
        self.clicked.connect(self.open_menu)

    def _size(self, name: str, width: int) -> None:
        self.arrangement.choose(self.arrangement.chosen.sized(name, width))

    def _rearrange(self) -> None:
        """Let the list stand as it is arranged; what stands so already is left alone."""
        arrangement, rows = self.arrangement, self._rows
        rows.show_columns(arrangement.chosen)
        self._header.show_sort(arrangement.sort)
        if rows.view.sort != arrangement.sort:
            rows.view.order_by(arrangement.sort)
        if rows.lines.column != arrangement.group:
            rows.lines.group_by(arrangement.group)

    def _choose_columns(self) -> None:
        anew.ask(lambda: ColumnsDialog(self.arrangement, self.window()))

    def _dress(self) -> None:
        self.setIcon(theme.icon("more"))

    def _retranslate(self) -> None:
        self.setText(KEYS)
        self.setToolTip(say("columns.menu_button"))
        self.setAccessibleName(say("columns.menu_button"))
