"""A figure of the top bar that is a button: a word and how many."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from console.language import say
from ui.language import language
from ui.theme import theme

PADDING, GAP = 9, 7


class Counter(QAbstractButton):
    """Text ``key`` and a figure in the colour ``role`` (grey while it is nothing)."""

    def __init__(self, key: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._role = key, role
        self._figure: int | None = None
        self._brief = False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)
        language.follow(self, self._retranslate)

    @property
    def figure(self) -> int | None:
        """Return what is shown; None while nothing is known."""
        return self._figure

    def set_figure(self, figure: int | None) -> None:
        """Show ``figure``; None shows a dash."""
        if figure != self._figure:
            self._figure = figure
            self._retranslate()

    def set_brief(self, *, brief: bool) -> None:
        """Take less room."""
        self._brief = brief
        self.updateGeometry()

    @override
    def nextCheckState(self) -> None:
        """Leave the mark to whoever filters."""

    @override
    def sizeHint(self) -> QSize:
        wide = "88" if self._figure is None or self._figure < 100 else self._shown()  # noqa: PLR2004
        width = self._label_width() + GAP + QFontMetrics(theme.font("counter")).horizontalAdvance(wide)
        return QSize(width + (PADDING if self._brief else 2 * PADDING), 34)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_frame(painter)
            edge = PADDING // 2 if self._brief else PADDING
            box = self.rect().adjusted(edge, 0, -edge, 0)
            painter.setFont(theme.font("base"))
            painter.setPen(theme.color("text2"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), say(self._key))
            painter.setFont(theme.font("counter"))
            painter.setPen(theme.color(self._role if self._figure else "text3"))
            figure = QRect(box.left() + self._label_width() + GAP, 0, box.width(), box.height() - 2)
            painter.drawText(figure, int(Qt.AlignmentFlag.AlignVCenter), self._shown())
        finally:
            painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        marked = self.isChecked() or self.underMouse() or self.hasFocus()
        painter.setPen(theme.color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("selected" if self.isChecked() else "hover"))
        if marked:
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)

    def _label_width(self) -> int:
        return QFontMetrics(theme.font("base")).horizontalAdvance(say(self._key))

    def _shown(self) -> str:
        return "—" if self._figure is None else str(self._figure)

    def _retranslate(self) -> None:
        self.setAccessibleName(f"{say(self._key)} {self._shown()}")
        self.setToolTip(say("window.counter_hint", name=say(self._key)))
        self.updateGeometry()
        self.update()
