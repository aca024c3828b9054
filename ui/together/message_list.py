"""Messages as they were said, the latest below: from whom to whom, when, what, and who has read it."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from console.language import say
from ui.moments import brief, epoch
from ui.texts import paragraph, shown
from ui.theme import theme

Facts = dict[str, Any]
Index = QModelIndex | QPersistentModelIndex
EDGE, GAP = 12, 3
WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
TALL = 10_000
FACTS, LINES = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
LOOKS = (("small", "text2"), ("base", "text"), ("small", "text3"))  # head, words, foot


class MessageList(QListWidget):
    """``chosen`` carries the message that Enter or a double click is for."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(Said(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda item: self.chosen.emit(item.data(FACTS)))

    def show_messages(self, messages: list[Facts], new: set[int], now: float) -> None:
        """Show ``messages``, the latest first as they are read; those in ``new`` are marked."""
        kept = self.currentItem().data(FACTS)["id"] if self.currentItem() else None
        self.clear()
        for one in reversed(messages):
            lines = (head(one, now), _words(one), _foot(one, now))
            item = QListWidgetItem(self)
            item.setData(FACTS, one)
            item.setData(LINES, (*lines, one["id"] in new))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, say("case.dot").join(filter(None, lines)))
            item.setToolTip(_readers(one, now))
            if one["id"] == kept:
                self.setCurrentItem(item)
        if kept is None:
            self.scrollToBottom()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # other widths break lines elsewhere


class Said(QStyledItemDelegate):
    """Draws a message in three parts below each other."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._width()
        heights = [self._height(text, font, width) for text, (font, _role) in self._parts(index)]
        return QSize(width, sum(heights) + GAP * (len(heights) - 1) + 2 * EDGE - 8)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("selected"))
        if index.data(LINES)[3]:
            painter.fillRect(box.x(), box.y() + 4, 3, box.height() - 8, theme.color("accent"))
        painter.setPen(theme.color("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        y, width = box.y() + EDGE - 4, self._width() - 2 * EDGE
        for text, (font, role) in self._parts(index):
            height = self._height(text, font, self._width())
            painter.setFont(theme.font(font))
            painter.setPen(theme.color(role))
            painter.drawText(QRect(box.x() + EDGE, y, width, height), WRAPPED, text)
            y += height + GAP
        painter.restore()

    def _parts(self, index: Index) -> list[tuple[str, tuple[str, str]]]:
        lines = index.data(LINES)[:3]
        return [(text, look) for text, look in zip(lines, LOOKS, strict=True) if text]

    def _width(self) -> int:
        owner = self.parent()
        return owner.viewport().width() if isinstance(owner, QListWidget) else 0

    def _height(self, text: str, font: str, width: int) -> int:
        metrics = QFontMetrics(theme.font(font))
        return metrics.boundingRect(QRect(0, 0, width - 2 * EDGE, TALL), WRAPPED, text).height()


def head(one: Facts, now: float) -> str:
    """Return from whom to whom a message went, and when."""
    to = say("together.everybody") if one["all"] else shown(one["to"] or "")
    facts = {"from": shown(one["from"]), "to": to, "at": brief(epoch(one["at"]) or 0.0, now)}
    if one["mine"]:
        return say("seats.message.sent", **facts)
    return say("seats.message.to_all" if one["all"] else "seats.message.received", **facts)


def _words(one: Facts) -> str:
    text = paragraph(one["text"] or "")
    if one["kind"] == "transfer":
        return say("together.transferred", note=text or say("seats.no_note"))
    return text


def _foot(one: Facts, now: float) -> str:
    about = (
        say("seats.message.about", number=one["number"], title=shown(one["title"])) if one["number"] else ""
    )
    return say("case.dot").join(filter(None, (about, _receipt(one, now))))


def _receipt(one: Facts, now: float) -> str:
    """Return who has read one's own message; of another's nothing is to be said."""
    if not one["mine"]:
        return ""
    read = [reader for reader in one["readers"] or [] if reader["at"]]
    if one["all"]:
        return say("seats.message.read_by", count=len(read), of=len(one["readers"] or []))
    if not read:
        return say("seats.message.unread")
    return say("seats.message.read", at=brief(epoch(read[0]["at"]) or 0.0, now))


def _readers(one: Facts, now: float) -> str:
    lines = []
    for reader in one["readers"] or []:
        at = epoch(reader["at"])
        told = say("seats.message.unread") if at is None else say("seats.message.read", at=brief(at, now))
        lines.append(f"{shown(reader['name'])} {told}")
    return "\n".join(lines)
