"""What a new campaign is: its name, days, classes and target; what is wrong is told below its field."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from console.campaigns import Campaign, targets
from console.desk.reads import Kind
from console.errors import Problem
from console.language import say
from ui.campaigns.classes import ClassTree
from ui.texts import label

LONGEST: Final = 200  # characters that are taken; what is too long is refused, not cut
USUAL: Final = timedelta(days=29)
WHOLE: Final = 100
AT: Final = {  # which field a refusal is about
    "campaign_unnamed": "name",
    "campaign_known": "name",
    "text_too_long": "name",
    "text_nul": "name",
    "campaign_days": "days",
    "campaign_classes": "classes",
    "no_such_class": "classes",
    "campaign_target": "target",
}


class CampaignForm(QWidget):
    """``wanted`` is what is typed."""

    def __init__(self, kinds: Iterable[Kind], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.classes = QLineEdit(self), ClassTree(kinds, self)
        self.first, self.last = (
            self._day(day, key) for day, key in ((today, "first"), (today + USUAL, "last"))
        )
        self.figure, self.share = QComboBox(self), QDoubleSpinBox(self)
        self.wrong: dict[str, QLabel] = {}
        self._make()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._lay(column, "name", self.name)
        self._lay(column, "days", self.first, self.last)
        self._lay(column, "classes", self.classes)
        self._lay(column, "target", self.figure, self.share)

    def _make(self) -> None:
        self.name.setMaxLength(LONGEST)
        self.name.setPlaceholderText(say("campaigns.field.example"))
        self.name.setAccessibleName(say("campaigns.field.name"))
        self.figure.addItem(say("campaigns.field.no_target"), None)
        for one in targets():
            self.figure.addItem(one.name, one.key)
        self.figure.setAccessibleName(say("campaigns.field.target"))
        self.share.setRange(0, WHOLE)
        self.share.setDecimals(1)
        self.share.setSuffix(" %")
        self.share.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.share.setValue(95)
        self.share.setAccessibleName(say("campaigns.field.share"))
        self.share.hide()
        self.figure.currentIndexChanged.connect(lambda at: self.share.setVisible(at > 0))

    def _day(self, day: date, key: str) -> QDateEdit:
        box = QDateEdit(QDate(day.year, day.month, day.day), self)
        box.setCalendarPopup(True)
        box.setDisplayFormat("yyyy-MM-dd")
        box.setAccessibleName(say(f"campaigns.field.{key}"))
        return box

    def _lay(self, column: QVBoxLayout, key: str, *widgets: QWidget) -> None:
        row, self.wrong[key] = QHBoxLayout(), label(role="overdue", wrap=True, parent=self)
        for widget in widgets:
            row.addWidget(widget, 1)
        column.addWidget(label(say(f"campaigns.field.{key}"), "small", parent=self))
        column.addLayout(row, 1 if key == "classes" else 0)
        column.addWidget(self.wrong[key])
        self.wrong[key].hide()

    @property
    def wanted(self) -> Campaign:
        """Return the campaign to be made."""
        figure = self.figure.currentData()
        first, last = (date(*box.date().getDate()) for box in (self.first, self.last))
        target = self.share.value() / WHOLE if figure else None
        return Campaign(self.name.text().strip(), first, last, tuple(self.classes.chosen), figure, target)

    def blame(self, problem: Problem | None) -> bool:
        """Say ``problem`` below the field that it is about, and go there; tell whether there is one."""
        at = AT.get(problem.code) if problem else None
        for key, shown in self.wrong.items():
            shown.setVisible(key == at)
            shown.setText(problem.sentence if problem and key == at else "")
        if at:
            {"name": self.name, "days": self.last, "classes": self.classes, "target": self.share}[
                at
            ].setFocus()
        return at is not None

    def clear(self) -> None:
        """Be ready for another."""
        self.name.clear()
        self.classes.choose(())
        self.figure.setCurrentIndex(0)
