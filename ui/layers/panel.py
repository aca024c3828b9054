"""The panel of layers on the map: a tree to tick, by mouse or by keys alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QTreeWidget, QTreeWidgetItem, QVBoxLayout
from typing_extensions import override

from console.language import say
from console.resource_kinds import kind_name, kinds
from ui.language import language
from ui.layers.choice import BORDER, GRID, HEAT, NAME, RESOURCE, STAFF, Choice, table
from ui.layers.fields import FigureFields
from ui.map.widget import MapView
from ui.texts import label
from ui.theme import theme

WIDTH, TOP, EDGE, ICON = 250, 44, 10, 16
LEAST = 260  # pixels of its height, even where it covers the legend
LAYER = Qt.ItemDataRole.UserRole
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@dataclass(frozen=True)
class Row:
    """A layer that may be ticked."""

    key: str
    words: str
    icon: str


def groups(levels: Mapping[str, int]) -> list[tuple[str, list[Row]]]:
    """Return the layers there are in words, group by group; ``levels``: how many organisations of each.

    Where there is one alone, it needs no name on its own map.
    """
    there = [level for level in reversed(table("organisation")) if levels.get(level)]
    many = [level for level in there if levels[level] > 1]
    return [
        ("grids", [Row(GRID + kind, say(f"places.grid.{kind}"), "grid") for kind in table("grid")]),
        ("borders", [Row(BORDER + level, say(f"layers.level.{level}"), "border") for level in there]),
        ("names", [Row(NAME + level, say(f"layers.level.{level}"), "map") for level in many]),
        ("live", [Row(HEAT, say("layers.heat"), "heat"), Row(STAFF, say("layers.staff"), "person")]),
        ("resources", [Row(RESOURCE + key, kind_name(key), kind.icon) for key, kind in kinds().items()]),
    ]


class LayersPanel(QFrame):
    """Stands over ``parent``; ``changed`` carries the Choice."""

    changed = Signal(object)
    left = Signal()

    def __init__(self, parent: MapView, choice: Choice) -> None:
        super().__init__(parent)
        self.setObjectName("picker")
        self.choice = choice
        self._map = parent
        self._levels: Mapping[str, int] = {}
        self._counts: Mapping[str, int] = {}
        self._title, self._ground_of = label(role="strong", parent=self), label(role="small", parent=self)
        self.ground, self.tree = QComboBox(self), QTreeWidget(self)
        self.figure = FigureFields(self)
        self.told = label(role="small", wrap=True, parent=self)
        self._arrange()
        self._ticked = QTimer(self, interval=0, singleShot=True)  # a whole group ticks its layers one by one
        self._ticked.timeout.connect(self._gather)
        self.tree.itemChanged.connect(self._ticked.start)
        self.tree.itemExpanded.connect(self._place)
        self.tree.itemCollapsed.connect(self._place)
        self.ground.activated.connect(self._lay)
        self.figure.changed.connect(lambda figure: self._choose(replace(self.choice, figure=figure)))
        self.figure.left.connect(self._leave)
        parent.installEventFilter(self)
        theme.changed.connect(self._dress)
        language.follow(self, self.refresh)
        self._dress()
        self.hide()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 6, 8)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._ground_of)
        column.addWidget(self.ground)
        column.addWidget(self.figure)
        column.addWidget(self.tree, 1)
        column.addWidget(self.told)
        tree = self.tree
        tree.setHeaderHidden(True)
        tree.setIndentation(14)
        tree.setIconSize(QSize(ICON, ICON))
        tree.setUniformRowHeights(True)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.installEventFilter(self)
        self.ground.installEventFilter(self)
        self.told.hide()

    def offer(self, levels: Mapping[str, int]) -> None:
        """Offer the levels of organisations that there are, so many of each."""
        self._levels = levels
        self.refresh()

    def count(self, counts: Mapping[str, int]) -> None:
        """Write how many there are of some layers, by key."""
        self._counts = {**self._counts, **counts}
        self.refresh()

    def turn(self) -> None:
        """Open with the keys, or close."""
        if self.isVisible():
            self._leave()
        else:
            self.show()
            self.raise_()
            self._place()
            self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Write everything anew; what was open and marked stays so."""
        tree = self.tree
        current = tree.currentItem()
        marked = current.data(0, LAYER) if current is not None else None
        tops = self._tops
        closed = {top.data(0, LAYER) for top in tops if not top.isExpanded()}
        if not tops and not self.choice.has(RESOURCE):
            closed = {"resources"}
        tree.blockSignals(True)  # noqa: FBT003  Qt's own
        tree.clear()
        for group, rows in groups(self._levels):
            self._group(group, rows, expanded=group not in closed)
        tree.blockSignals(False)  # noqa: FBT003
        self._mark(marked)
        self._say()
        self._place()

    def _group(self, group: str, rows: Sequence[Row], *, expanded: bool) -> None:
        top = QTreeWidgetItem(self.tree, [say(f"layers.group.{group}")])
        top.setData(0, LAYER, group)
        top.setFont(0, theme.font("strong"))
        top.setFlags(top.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
        for row in (one for one in rows if one.key != GRID + self.choice.ground):
            count = self._counts.get(row.key)
            words = row.words if count is None else say("layers.counted", name=row.words, count=count)
            item = QTreeWidgetItem(top, [words])
            item.setIcon(0, theme.icon(row.icon))
            item.setData(0, LAYER, row.key)
            item.setCheckState(0, CHECKED if row.key in self.choice.on else UNCHECKED)
        top.setExpanded(expanded)

    def _mark(self, key: str | None) -> None:
        found = self.item(key) if key else None
        found = found or self.tree.topLevelItem(0)
        if found is not None:
            self.tree.setCurrentItem(found)

    def item(self, key: str) -> QTreeWidgetItem | None:
        """Return the line of a layer or a group."""
        return next((line for line in (*self._tops, *self._lines()) if line.data(0, LAYER) == key), None)

    @property
    def _tops(self) -> list[QTreeWidgetItem]:
        """The groups."""
        tops = [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]
        return [top for top in tops if top is not None]

    def _lines(self) -> list[QTreeWidgetItem]:
        lines = [top.child(row) for top in self._tops for row in range(top.childCount())]
        return [line for line in lines if line is not None]

    def _say(self) -> None:
        self._title.setText(say("layers.title"))
        self._ground_of.setText(say("layers.ground"))
        self.setAccessibleName(say("layers.title"))
        self.tree.setAccessibleName(say("layers.title"))
        self.ground.setAccessibleName(say("layers.ground"))
        offered = list(table("grid"))
        self.ground.clear()
        for kind in offered:
            self.ground.addItem(say(f"places.grid.{kind}"), kind)
        self.ground.setCurrentIndex(offered.index(self.choice.ground))
        self.figure.show_wanted(self.choice.figure)

    def tell(self, sentence: str) -> None:
        """Say what is wrong below the layers, or nothing."""
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def _gather(self) -> None:
        ticked = {line.data(0, LAYER): line.checkState(0) == CHECKED for line in self._lines()}
        here = self.choice.turned([key for key, on in ticked.items() if on], on=True)
        self._choose(here.turned([key for key, on in ticked.items() if not on], on=False))

    def _lay(self, place: int) -> None:
        self._choose(replace(self.choice, ground=self.ground.itemData(place)))
        self.refresh()

    def _choose(self, choice: Choice) -> None:
        if choice != self.choice:
            self.choice = choice
            self.changed.emit(choice)

    def _dress(self) -> None:
        ground, edge = theme.color("raised").name(), theme.color("edge").name()
        self.setStyleSheet(
            f"QFrame#picker {{ background: {ground}; border: 1px solid {edge}; border-radius: 8px; }}"
            f"QTreeView {{ background: transparent; }}"
        )
        self.refresh()

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def _place(self) -> None:
        room = self._map.size()
        wanted = self.sizeHint().height() - self.tree.sizeHint().height() + self._rows_high()
        foot = self._map.scene.legend.box(self._map.camera.view).top() - 2 * EDGE
        height = min(wanted, max(int(foot) - TOP, LEAST))
        self.setGeometry(EDGE, TOP, min(WIDTH, room.width() - 2 * EDGE), height)

    def _rows_high(self) -> int:
        """Return the height of all lines that are open."""
        rows = sum(1 + (top.childCount() if top.isExpanded() else 0) for top in self._tops)
        return rows * max(self.tree.sizeHintForRow(0), 1) + 2 * self.tree.frameWidth() + 4

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the map's corner; close on Esc or its own key."""
        if watched is self._map:
            if event.type() == QEvent.Type.Resize:
                self._place()
        elif isinstance(event, QKeyEvent) and self._leaves(watched, event):
            if event.type() == QEvent.Type.KeyPress:
                self._leave()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _leaves(self, watched: QObject, event: QKeyEvent) -> bool:
        closing = {Qt.Key.Key_Escape} | ({Qt.Key.Key_L} if watched is self.tree else set())
        pressed = event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}
        return pressed and event.key() in closing and event.modifiers() == Qt.KeyboardModifier.NoModifier
