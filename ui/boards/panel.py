"""A titled box for one chart."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.language import say
from ui.growth import growth
from ui.theme import theme

HEAD, ICON = 30, 16  # pixels of a title's line with controls in it, and of an icon


class Panel(QFrame):
    """A titled box with one chart in it, or a sentence why there is none; ``more`` asks to save it."""

    exportRequested = Signal()  # noqa: N815  as Qt names signals

    def __init__(self, chart: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.chart = chart
        self._controls: list[QWidget] = []
        self._title, self._note, self._none = (QLabel(self) for _ in range(3))
        for label, role in ((self._title, "title"), (self._note, "small"), (self._none, "second")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._note)
        self._head = head
        self.more = QToolButton(self)
        self.more.setProperty("role", "tiny")
        self.more.clicked.connect(self.exportRequested)
        self.more.hide()
        head.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(chart, 1)
        column.addWidget(self._none, 1)
        theme.changed.connect(self._measure)

    def add(self, control: QWidget) -> None:
        """Put ``control`` at the end of the title's line."""
        self._controls.append(control)
        self._head.insertWidget(self._head.count() - 1, control)

    def open(self) -> None:
        """Offer ``more``; the title's line is as tall as with any control: titles stand side by side."""
        self.more.show()
        self._measure()

    def _measure(self) -> None:
        self.more.setIcon(theme.icon("more"))
        self.more.setIconSize(QSize(ICON, ICON) * growth(self))
        head = HEAD * growth(self) if not self.more.isHidden() else 0
        self._title.setMinimumHeight(round(head))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    @property
    def stops(self) -> list[QWidget]:
        """Return what takes the keys, in the order in which one reads."""
        return [*self._controls, self.chart.focusProxy() or self.chart, self.more]

    @property
    def title(self) -> str:
        """Return what the chart is called."""
        return self._title.text()

    def say(self, title: str, note: str = "", none: str = "") -> bool:
        """Write the title; ``none`` takes the chart's place. Tell whether it reads otherwise than before."""
        before = self._title.text(), self._note.text(), self._none.text()
        self._title.setText(title)
        self.chart.setAccessibleName(title)
        self.more.setAccessibleName(say("boards.export.of_chart", name=title))
        self.more.setToolTip(self.more.accessibleName())
        self._note.setText(note)
        self._none.setText(none)
        self._none.setVisible(bool(none))
        self.chart.setVisible(not none)
        return before != (title, note, none)
