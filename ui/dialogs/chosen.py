"""Fields that choose: one of many by typing, several of many, one of a few, yes."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from console.language import say
from console.workflow import Option
from ui.dialogs.field import Field
from ui.dialogs.offers import CaseLine, ChoiceLine, Choices
from ui.directory import Choice
from ui.keyboard import ENTER
from ui.queue.flow import FlowLayout
from ui.texts import label, shown


class ChoiceField(Field):
    """One of many."""

    def __init__(self, option: Option, line: ChoiceLine, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self.line = line
        self.line.setPlaceholderText(hint)
        self.line.ordered.connect(self.submitted)
        self.listen(self.line)
        self.column = self.stack(self.line, gap=4)

    @override
    def args(self) -> dict[str, object]:
        value = self.line.value()
        return {self.option.name: value} if value else {}

    @override
    def draft(self) -> object:
        return self.line.draft()

    @override
    def restore(self, draft: object) -> None:
        self.line.show_draft(str(draft))


class CaseField(ChoiceField):
    """A case by its number, or found by its title, which is said before it is too late."""

    def __init__(self, option: Option, cases: Choices, parent: QWidget | None = None) -> None:
        super().__init__(option, CaseLine(cases), say("dialogs.number"), parent)
        self.told = label(role="small", wrap=True, parent=self)
        self.column.addWidget(self.told)
        self.line.textChanged.connect(self._tell)
        self._tell()

    def _tell(self, _text: str = "") -> None:
        meant = self.line.meant()
        self.told.setText(shown(meant.hint) if meant else "")
        self.told.setVisible(meant is not None)


class Chip(QPushButton):
    """One of a few, small; Enter chooses it, and once it is chosen goes on."""

    entered = Signal()

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.setProperty("role", "chip")
        self.setAutoDefault(False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif self.isCheckable() and self.isChecked():
            self.entered.emit()
        else:
            self.click()


class ChoicesField(Field):
    """Several of many: each one that is taken becomes a chip; Enter on an empty line submits."""

    def __init__(self, option: Option, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self._taken: list[str] = []  # values
        self.line = ChoiceLine(choices, self)
        self.line.setPlaceholderText(say("dialogs.pick_more"))
        self.line.taken.connect(self._take)
        self.line.ordered.connect(self.submitted)
        self.listen(self.line)
        self._holder = QWidget(self)
        self._flow = FlowLayout(self._holder)
        self.stack(self.line, self._holder)
        self._holder.hide()

    @override
    def args(self) -> dict[str, object]:
        rest = self.line.value()
        chosen = list(dict.fromkeys([*self._taken, *([rest] if rest else [])]))
        return {self.option.name: chosen} if chosen else {}

    @override
    def draft(self) -> object:
        return [*self._taken, *([self.line.text()] if self.line.text() else [])]

    @override
    def restore(self, draft: object) -> None:
        for text in draft if isinstance(draft, list) else []:
            self.line.show_draft(str(text))
            meant = self.line.meant()
            if meant is not None:
                self._take(meant)

    def _take(self, choice: Choice) -> None:
        self.line.clear()
        if choice.value in self._taken:
            return
        self._taken.append(choice.value)
        chip = Chip(f"{shown(choice.label)} ×", self._holder)
        chip.setToolTip(say("dialogs.remove"))
        chip.clicked.connect(partial(self._drop, choice.value, chip))
        self._flow.addWidget(chip)
        self._holder.show()
        self.edited.emit()

    def _drop(self, value: str, chip: QPushButton, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's
        self._taken.remove(value)
        self._flow.removeWidget(chip)
        chip.deleteLater()
        self._holder.setVisible(bool(self._taken))
        self.line.setFocus()
        self.edited.emit()


class SetField(Field):
    """One of a few, as chips; arrows walk, Space or Enter chooses, a second Space takes it back."""

    def __init__(self, option: Option, few: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self.chips: dict[str, Chip] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for value, words in few.items():
            chip = Chip(words, self)
            chip.setCheckable(True)
            chip.setAccessibleName(f"{option.label} {words}")
            chip.toggled.connect(partial(self._toggled, value))
            chip.entered.connect(self.entered)
            self.chips[value] = chip
            row.addWidget(chip)
        row.addStretch(1)
        self.setFocusProxy(next(iter(self.chips.values())))

    @override
    def draft(self) -> object:
        return next((value for value, chip in self.chips.items() if chip.isChecked()), "")

    @override
    def restore(self, draft: object) -> None:
        if str(draft) in self.chips:
            self.chips[str(draft)].setChecked(True)

    def clear(self) -> None:
        """Choose none."""
        for chip in self.chips.values():
            chip.setChecked(False)

    def _toggled(self, value: str, checked: bool) -> None:  # noqa: FBT001  Qt's signature
        if checked:
            for other, chip in self.chips.items():
                if other != value:
                    chip.setChecked(False)
        self.edited.emit()


class FlagField(Field):
    """Yes, or nothing said."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self.box = QCheckBox(self)
        self.box.toggled.connect(lambda _checked: self.edited.emit())
        self.box.installEventFilter(self)
        self.stack(self.box).setContentsMargins(0, 4, 0, 4)

    @override
    def draft(self) -> object:
        return self.box.isChecked()

    @override
    def restore(self, draft: object) -> None:
        self.box.setChecked(bool(draft))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on; Space says yes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)
