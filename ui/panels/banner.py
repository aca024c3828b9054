"""A strip over the page while the database is away or the data is old."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from console.language import say
from ui.data_age import Health, span
from ui.texts import label
from ui.theme import theme


class Banner(QFrame):
    """Hidden while all is well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._text = label(wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 14, 7)
        row.addWidget(self._text)
        self._health = Health.LOADING
        theme.changed.connect(self._dress)
        self.hide()

    @property
    def text(self) -> str:
        """Return what is said, "" while nothing is."""
        return "" if self.isHidden() else self._text.text()

    def show_health(self, health: Health, age: float, at: str) -> None:
        """Say that the data of ``at`` is ``age`` seconds old; nothing while it is live."""
        if health in {Health.LOST, Health.STALE}:
            self._text.setText(say(f"window.banner.{health.name.lower()}", **_facts(health, age, at)))
        if health is not self._health:
            self._health = health
            self._dress()
        self.setVisible(health in {Health.LOST, Health.STALE})

    def _dress(self) -> None:
        edge, ground = theme.color(self._health.value).name(), theme.color("raised").name()
        frame = f"border: 1px solid {edge}; border-left: 4px solid {edge}; border-radius: 6px;"
        self.setStyleSheet(f"QFrame#banner {{ background: {ground}; {frame} }}")


def _facts(health: Health, age: float, at: str) -> dict[str, str]:
    return {"span": span(age)} | ({"at": at} if health is Health.LOST else {})
