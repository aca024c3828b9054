"""Lists in panels, a line each: a lead, words, an aside at the end; walked, opened and more by key."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.language import say
from ui.keyboard import ENTER, STEPS
from ui.layouts import put_away
from ui.texts import label
from ui.theme import theme

FIRST, MORE = 3, 100  # lines at first; then so many each time they are wanted
HEIGHT, EDGE = 26, 6
LATE = "■"  # begins what a line says about being overdue
Acts = Mapping[str, Callable[[], object]]  # by key, as Qt names it


class Said(NamedTuple):
    """One line; ``key`` is what opening it carries."""

    key: object
    lead: str
    words: str
    aside: str = ""
    acts: Acts = MappingProxyType({})


class Line(QAbstractButton):
    """A lead and words at the left, an aside at the right; ``acts`` are done by keys of their own."""

    def __init__(self, said: Said, parent: QWidget) -> None:
        super().__init__(parent)
        self.key, self.lead, self.words, self.aside, self.acts = said
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(say("case.dot").join(part for part in said[1:4] if part))
        self.setToolTip(self.accessibleName())
        self.setMinimumWidth(1)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    @override
    def event(self, event: QEvent) -> bool:
        """Keep the keys of ``acts`` from what else they mean in the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(_pressed(event) in self.acts)
            return event.isAccepted()
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        act = self.acts.get(_pressed(event))
        if act is not None:
            act()
        elif event.key() in ENTER:
            self.click()
        elif step is not None:
            self.focusNextPrevChild(step > 0)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus() or self.underMouse():
                painter.setPen(theme.color("accent" if self.hasFocus() else "hover"))
                painter.setBrush(theme.color("hover"))
                painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
            self._paint_words(painter)
        finally:
            painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        box = self.rect().adjusted(EDGE, 0, -EDGE, 0)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font("small"))
        metrics = QFontMetrics(painter.font())
        words, mark, late = self.aside.partition(LATE)
        for part, role in ((mark + late, "overdue"), (words, "text2")):
            painter.setPen(theme.color(role))
            painter.drawText(box, middle | int(Qt.AlignmentFlag.AlignRight), part)
            box.setRight(box.right() - metrics.horizontalAdvance(part))
        box.setRight(box.right() - 12)
        painter.setPen(theme.color("accent"))
        painter.drawText(box, middle, self.lead)
        box.setLeft(box.left() + metrics.horizontalAdvance(self.lead) + 8)
        painter.setPen(theme.color("text"))
        painter.drawText(
            box, middle, metrics.elidedText(self.words, Qt.TextElideMode.ElideRight, box.width())
        )


class Lines(QWidget):
    """A heading and lines; ``chosen`` carries the key of the one that is opened."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None, first: int = FIRST) -> None:
        """Show at most ``first`` lines until the others are wanted."""
        super().__init__(parent)
        self._first = first
        self._told: object = None
        self._all: Sequence[Said] = ()
        self.rows: list[Line] = []
        self._heading = label(role="third", parent=self)
        self.more = QPushButton(self)
        self.more.setProperty("role", "chip")
        self.more.clicked.connect(self._show_more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._column.addWidget(self._heading)
        self._column.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_lines(self, heading: str, said: Sequence[Said]) -> None:
        """Show ``said`` under ``heading``; hidden where there is nothing."""
        told = heading, [one[:4] for one in said]
        if told == self._told:
            return
        self._told, self._all = told, said
        self._heading.setText(heading)
        self.setVisible(bool(said))
        self._fill(self._first)

    def forget(self) -> None:
        """Build everything anew next time: the language is another."""
        self._told = None

    def _fill(self, count: int) -> None:
        held = next((row.key for row in self.rows if row.hasFocus()), None)
        put_away(self._column, self.rows)
        self.rows = []
        for said in self._all[:count]:
            row = Line(said, self)
            row.clicked.connect(partial(self._open, said.key))
            self._column.insertWidget(len(self.rows) + 1, row)
            self.rows.append(row)
            row.show()  # now, so that it can take the keys
            if held is not None and said.key == held:
                row.setFocus()
        left = len(self._all) - len(self.rows)
        self.more.setVisible(left > 0)
        self.more.setText(say("case.beside.more", count=left))

    def _show_more(self) -> None:
        seen = len(self.rows)
        self._fill(seen + MORE)
        self.rows[seen].setFocus()

    def _open(self, key: object, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        self.chosen.emit(key)


def _pressed(event: QKeyEvent) -> str:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeySequence(held.value | event.key()).toString(QKeySequence.SequenceFormat.PortableText)
