"""Fields that are typed into: a line, a text, an amount of time, an instant, a point, a file."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)
from typing_extensions import override

from console.amounts import parse_limit
from console.errors import BadInput
from console.geography.datum import to_wgs84
from console.intake import attachment
from console.language import say
from console.workflow import Option
from ui.dialogs.coming import told
from ui.dialogs.field import Field, preset_keys, values
from ui.dialogs.paper import PASTED, Paper
from ui.keyboard import ENTER
from ui.queue.flow import FlowLayout
from ui.texts import label

TEXT_HEIGHT = 84


class Presets(QWidget):
    """Chips that fill in a ready sentence; Alt and its number while the field has the cursor do the same."""

    def __init__(self, keys: list[str], fill: "Filler", parent: QWidget) -> None:
        super().__init__(parent)
        flow = FlowLayout(self)
        for number, key in enumerate(keys, 1):
            chip = QPushButton(say("dialogs.numbered", number=number, words=say(key)), self)
            chip.setProperty("role", "chip")
            chip.setAutoDefault(False)
            chip.clicked.connect(partial(fill.fill, say(key)))
            flow.addWidget(chip)
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), fill)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(chip.click)
        self.setVisible(bool(keys))


class Filler(Field):
    """A field that takes a ready text."""

    def fill(self, text: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        """Put ``text`` in."""
        raise NotImplementedError


class LineField(Filler):
    """One line of text, with presets where the action has some."""

    def __init__(self, action: str, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self.line = self._made_line()
        self.listen(self.line)
        self.column = self.stack(self.line, Presets(preset_keys(action, option.name), self, self))

    def _made_line(self) -> QLineEdit:
        line = QLineEdit(self)
        line.setMaxLength(PASTED)
        return line

    @override
    def args(self) -> dict[str, object]:
        text = self.cleaned(self.line.text())
        return {self.option.name: text} if text else {}

    @override
    def draft(self) -> object:
        return self.line.text()

    @override
    def restore(self, draft: object) -> None:
        self.line.setText(str(draft))

    @override
    def fill(self, text: str, _checked: bool = False) -> None:
        self.line.setText(text)
        self.line.setFocus()

    def beside(self, other: QWidget) -> None:
        """Stand ``other`` at the right of the line."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(other)
        self.column.insertLayout(0, row)


class TextField(Filler):
    """Several lines; Tab leaves the field. A paste that is too long is cut, and that is said."""

    def __init__(
        self, action: str, option: Option, parent: QWidget | None = None, height: int = TEXT_HEIGHT
    ) -> None:
        super().__init__(option, parent)
        self.edit, self.told = Paper(self), label(role="near", wrap=True, parent=self)
        self.edit.setFixedHeight(height)
        self.edit.textChanged.connect(self.edited)
        self.edit.left_out.connect(self._tell_cut)
        self.edit.installEventFilter(self)
        self.stack(self.edit, self.told, Presets(preset_keys(action, option.name), self, self))
        self.told.hide()

    @override
    def args(self) -> dict[str, object]:
        text = self.cleaned(self.edit.toPlainText())
        return {self.option.name: text} if text else {}

    @override
    def draft(self) -> object:
        return self.edit.toPlainText()

    @override
    def restore(self, draft: object) -> None:
        self.edit.setPlainText(str(draft))

    @override
    def fill(self, text: str, _checked: bool = False) -> None:
        self.edit.setPlainText(text)
        self.edit.setFocus()

    def _tell_cut(self, left_out: int) -> None:
        self.told.setVisible(bool(left_out))
        self.told.setText(say("dialogs.cut", kept=PASTED, left_out=left_out))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in ENTER
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.submitted.emit()
                return True
        return super().eventFilter(watched, event)


class AmountField(LineField):
    """A limit: 2h, 5d, 30m, 2u."""

    def __init__(self, action: str, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(action, option, parent)
        self.line.setPlaceholderText(say("dialogs.amount"))

    @override
    def args(self) -> dict[str, object]:
        text = self.line.text().strip()
        if not text:
            return {}
        limit = parse_limit(text)
        return {self.option.name: {"seconds": limit.seconds, "clock": str(limit.clock)}}


class InstantField(LineField):
    """An instant; a bare clock time is today's, by the server's clock ``now``."""

    def __init__(self, action: str, option: Option, now: float, parent: QWidget | None = None) -> None:
        super().__init__(action, option, parent)
        self._now = now
        self.line.setPlaceholderText(say("dialogs.instant"))

    @override
    def args(self) -> dict[str, object]:
        at = told(self.line.text(), self._now)
        return {self.option.name: at} if at else {}


class PointField(LineField):
    """Longitude and latitude with their datum; converted once, kept as they were given."""

    def __init__(self, action: str, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(action, option, parent)
        self.line.setPlaceholderText(say("dialogs.point"))
        self.datum = QComboBox(self)
        self.datum.setAccessibleName(say("intake.field.datum"))
        for name, words in values("datum").items():
            self.datum.addItem(words, name)
        self.beside(self.datum)

    @override
    def args(self) -> dict[str, object]:
        text = self.line.text().strip()
        if not text:
            return {}
        parts = text.replace("，", ",").replace(",", " ").split()
        try:
            lon, lat = (float(part) for part in parts)
        except ValueError as error:
            raise BadInput("point_unreadable", text=text[:40]) from error
        datum = str(self.datum.currentData())
        raw = [lon, lat]
        point = raw if datum == "unknown" else list(to_wgs84(lon, lat, datum))
        return {"point": point, "raw_point": raw, "datum": datum}

    @override
    def draft(self) -> object:
        return [self.line.text(), self.datum.currentData()] if self.line.text() else ""

    @override
    def restore(self, draft: object) -> None:
        text, datum = draft if isinstance(draft, list) else (draft, self.datum.currentData())
        self.line.setText(str(text))
        self.datum.setCurrentIndex(max(0, self.datum.findData(datum)))


class FileField(LineField):
    """A file by its path, typed or chosen."""

    def __init__(self, action: str, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(action, option, parent)
        self._choose = QPushButton(say("dialogs.file"), self)
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._browse)
        self.beside(self._choose)

    @override
    def args(self) -> dict[str, object]:
        if not self.line.text().strip():
            return {}
        name = attachment.name(self.line.text().strip())
        return {self.option.name: name, "file_name": name}

    @override
    def file(self) -> str:
        return self.line.text().strip()

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.option.label)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.line.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
