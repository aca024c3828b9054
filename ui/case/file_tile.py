"""One attached file: its picture or its kind, its name, its size."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from console.language import knows, say
from console.spoken import size
from ui.keyboard import ENTER
from ui.texts import shown
from ui.theme import theme

PICTURE = QSize(112, 74)
EDGE, LINE = 4, 17
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class FileTile(QAbstractButton):
    """``seen`` comes once, when the tile is first painted: not before is a photo worth reading."""

    seen = Signal()
    saving = Signal()
    walked = Signal(int)  # one tile on or back

    def __init__(self, file: Mapping[str, Any], parent: QWidget) -> None:
        """Show ``file`` (of desk.incident's files)."""
        super().__init__(parent)
        self.file_id, self.name, self.media_type = int(file["id"]), str(file["name"]), str(file["type"])
        self._size = size(int(file["size"]))
        self._picture: QImage | None = None
        self._seen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell()

    @property
    def picture(self) -> QImage | None:
        """Return what is shown of a photo; None before it is decoded, null where it cannot be."""
        return self._picture

    def show_picture(self, picture: QImage) -> None:
        """Show ``picture``; a null one says that the photo is broken."""
        self._picture = picture
        self._tell()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(PICTURE.width() + 2 * EDGE, PICTURE.height() + 2 * LINE + 3 * EDGE)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.Save):
            self.saving.emit()
        elif event.key() in ENTER:
            self.click()
        elif step is not None:
            self.walked.emit(step)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._seen:
            self._seen = True
            self.seen.emit()
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("accent" if self.hasFocus() else "line"))
            painter.setBrush(theme.color("hover" if self.underMouse() else "raised"))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            self._paint_picture(painter, QRect(EDGE, EDGE, PICTURE.width(), PICTURE.height()))
            self._paint_words(painter)
        finally:
            painter.end()

    def _paint_picture(self, painter: QPainter, room: QRect) -> None:
        if self._picture is not None and not self._picture.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            fitting = self._picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            fitting = fitting.boundedTo(self._picture.size())
            place = QRect(0, 0, fitting.width(), fitting.height())
            place.moveCenter(room.center())
            painter.drawImage(place, self._picture)
            return
        theme.icon(ICONS.get(self._kind, "file"), "text3").paint(painter, room.adjusted(0, 12, 0, -30))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        words = say("case.file_kind.broken") if self._broken else kind_label(self.media_type)
        painter.drawText(room.adjusted(0, 44, 0, 0), int(Qt.AlignmentFlag.AlignHCenter), words)

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(theme.font("small"))
        metrics = QFontMetrics(painter.font())
        top = PICTURE.height() + 2 * EDGE
        for line, (text, role) in enumerate(((shown(self.name), "text"), (self._size, "text3"))):
            box = QRect(EDGE + 2, top + line * LINE, PICTURE.width() - 4, LINE)
            fitting = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
            painter.setPen(theme.color(role))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), fitting)

    @property
    def _kind(self) -> str:
        return self.media_type.partition("/")[0]

    @property
    def _broken(self) -> bool:
        return self._picture is not None and self._picture.isNull()

    def _tell(self) -> None:
        words = [shown(self.name), kind_label(self.media_type), self._size]
        words += [say("case.file_kind.broken")] if self._broken else []
        self.setAccessibleName(say("case.dot").join(words))
        self.setToolTip("\n".join((say("case.dot").join(words), say("case.file_hint"))))


ICONS = {"image": "photo", "audio": "sound"}


def kind_label(media_type: str) -> str:
    """Return what a file is, in the spoken language."""
    key = f"case.file_kind.{media_type.partition('/')[0]}"
    return say(key) if knows(key) else say("case.file_kind.other")
