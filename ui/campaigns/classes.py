"""The classes of a campaign, to be ticked: types under their groups; Space ticks."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from console.desk.reads import Kind
from console.language import current, say
from ui.texts import shown

CODE = Qt.ItemDataRole.UserRole
WHOLE, NONE = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ClassTree(QTreeWidget):
    """A group that is ticked as a whole is meant as a group: types that join it later are in it, too."""

    def __init__(self, kinds: Iterable[Kind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setAccessibleName(say("campaigns.field.classes"))
        english = current() == "en"
        for group, members in groupby(kinds, lambda kind: kind.group):
            types = list(members)
            top = self._tick(self.invisibleRootItem(), types[0].group_en if english else group, group)
            top.setFlags(top.flags() | Qt.ItemFlag.ItemIsAutoTristate)
            for kind in types:
                self._tick(top, kind.name_en if english else kind.name, kind.code)

    @property
    def chosen(self) -> list[str]:
        """Return the groups that are ticked as a whole, and of the others the types."""
        found = []
        for group in _under(self.invisibleRootItem()):
            types = [one for one in _under(group) if one.checkState(0) is WHOLE]
            whole = [group] if group.checkState(0) is WHOLE else types
            found += [str(one.data(0, CODE)) for one in whole]
        return found

    def choose(self, codes: Iterable[str]) -> None:
        """Tick these groups and types and nothing else."""
        wanted = {*codes}
        for group in _under(self.invisibleRootItem()):
            whole = group.data(0, CODE) in wanted
            for one in _under(group):
                one.setCheckState(0, WHOLE if whole or one.data(0, CODE) in wanted else NONE)

    def _tick(self, under: QTreeWidgetItem, words: str, code: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(under, [shown(words)])
        item.setData(0, CODE, code)
        item.setCheckState(0, NONE)
        return item


def _under(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    found = (item.child(row) for row in range(item.childCount()))
    yield from (one for one in found if one is not None)
