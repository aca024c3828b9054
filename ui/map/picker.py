"""A cross over the map to point with: arrows move the map below it, Enter takes the place under it."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.geography.projection import plane_to_point
from console.language import say
from ui.map.canvas import Canvas
from ui.theme import theme

ARM, GAP = 18, 5  # pixels
PLATE = 34  # pixels high, where it is said what to do


class Picker(QWidget):
    """Hidden until it is started; ``picked`` carries longitude and latitude (WGS-84), ``left`` nothing."""

    picked = Signal(float, float)
    left = Signal()

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        canvas.installEventFilter(self)
        canvas.clicked.connect(self._take)
        self.hide()

    def start(self) -> None:
        """Show the cross, and give the map the keys."""
        self.setGeometry(self._canvas.rect())
        self.setAccessibleName(say("report.map_tip"))
        self.show()
        self.raise_()
        self._canvas.setFocus()

    def stop(self) -> None:
        """Take the cross away."""
        self.hide()

    @property
    def picking(self) -> bool:
        """Tell whether a place is being chosen."""
        return not self.isHidden()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        elif self.picking and isinstance(event, QKeyEvent):
            return self._decide(event)
        return super().eventFilter(watched, event)

    def _decide(self, event: QKeyEvent) -> bool:
        """Take Enter and Esc before anything else hears them."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.stop()
            self.left.emit()
        elif event.type() == QEvent.Type.KeyPress:
            self._take(QPointF(self.width() / 2, self.height() / 2))
        return True

    def _take(self, at: QPointF) -> None:
        if self.picking:
            self.stop()
            self.picked.emit(*plane_to_point(*self._canvas.camera.view.to_plane(at.x(), at.y())))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._draw(painter)
        finally:
            painter.end()

    def _draw(self, painter: QPainter) -> None:
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in (("window", 5), ("accent", 2)):  # a rim, for any ground below
            painter.setPen(QPen(theme.color(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                way = QPointF(x, y)
                painter.drawLine(middle + way * GAP, middle + way * (GAP + ARM))
        plate = self.rect().adjusted(0, 0, 0, PLATE - self.height())
        painter.fillRect(plate, theme.color("selected"))
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font("base"))
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), say("report.map_tip"))
