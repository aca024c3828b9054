"""Which heading is which column: a line a column, with what the headings suggest."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from console.intake.columns import columns, suggested
from console.intake.mapping import Choice
from console.intake.table import Table
from console.intake.values import called, vocabulary
from console.language import say
from ui.texts import label, shown

Meaning = tuple[str, str]  # "heading" or "constant", and which


class ColumnsForm(QWidget):
    """``edited`` when another choice is made."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self.boxes: dict[str, QComboBox] = {}

    def offer(self, table: Table, kind: str, kept: Choice) -> None:
        """Ask for the columns of ``kind``: chosen as ``kept`` from before, else as the headings suggest."""
        self.clear()
        headings = {**suggested(table, kind), **kept.headings}
        self._form.addRow(label(say("importing.columns"), "second", parent=self))
        for key, column in columns(kind).items():
            box = QComboBox(self)
            box.addItem(say("importing.missing" if column.required else "importing.without"), None)
            for heading in table.columns:
                box.addItem(shown(heading), ("heading", heading))
            for word in vocabulary(column.reads):
                box.addItem(say("importing.all_are", word=called(column.reads, word)), ("constant", word))
            wanted = (
                ("heading", headings[key]) if key in headings else ("constant", kept.constants.get(key, ""))
            )
            box.setCurrentIndex(max(_place(box, wanted), 0))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setAccessibleName(column.label)
            box.currentIndexChanged.connect(lambda _index: self.edited.emit())
            self._form.addRow(label(column.label, parent=self), box)
            self.boxes[key] = box

    def clear(self) -> None:
        """Ask for nothing."""
        while self._form.rowCount():
            self._form.removeRow(0)
        self.boxes = {}

    @property
    def choice(self) -> Choice:
        """Return what is chosen now."""
        told = {key: box.currentData() or ("heading", "") for key, box in self.boxes.items()}
        return Choice(
            {key: what for key, (way, what) in told.items() if way == "heading"},
            {key: what for key, (way, what) in told.items() if way == "constant"},
        )

    def lacking(self, kind: str) -> list[str]:
        """Return the names of the columns that must be chosen and are not."""
        return [columns(kind)[key].label for key in self._lacking(kind)]

    def open_box(self, kind: str) -> QComboBox | None:
        """Return the first box where something must be chosen and is not."""
        return next((self.boxes[key] for key in self._lacking(kind)), None)

    def _lacking(self, kind: str) -> list[str]:
        wanted = columns(kind)
        return [key for key, box in self.boxes.items() if wanted[key].required and box.currentData() is None]


def _place(box: QComboBox, wanted: Meaning) -> int:
    return next((at for at in range(box.count()) if box.itemData(at) == wanted), -1)
