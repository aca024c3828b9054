"""The running limit of a case: which stage, when it is due, how much is left, ticking."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.grade import Grade, grade_of
from console.language import say
from console.spoken import outcome_label, status_label
from ui.casefile import CaseFile
from ui.language import language
from ui.moments import brief, countdown, epoch
from ui.queue.cells import DUE_ROLES
from ui.queue.grade_mark import draw_mark
from ui.theme import theme

HEIGHT, LINE = 62, 3
Align = Qt.AlignmentFlag


@dataclass(frozen=True, slots=True)
class Due:
    """What the card says at one instant; ``left`` is "" where no limit runs; ``used`` from 0 to 1."""

    title: str
    detail: str
    left: str = ""
    grade: Grade = Grade.NONE
    used: float = 0.0


def due_of(file: CaseFile, now: float) -> Due:
    """Return how the case stands against its limit at ``now``."""
    case = file.incident
    if case["status"] == "suspended" and (until := epoch(case["resume_at"])):
        return Due(status_label("suspended"), say("case.due.suspended", at=brief(until, now)))
    if case["due_stage"] is None:
        ended = epoch(case["closed"] or case["changed"])
        at = brief(ended, now) if ended else ""
        told = say("case.due.ended", outcome=outcome_label(case["outcome"]), at=at) if case["outcome"] else at
        return Due(status_label(case["status"]), told)
    stage = say(f"case.stage.{case['due_stage']}")
    due = epoch(case["due"])
    if due is None:
        return Due(stage, say("case.due.calendar"))
    grade = grade_of(due, case["warn_at"], now)
    detail = say("case.dot").join(
        (say("case.due.at", at=brief(due, now)), say(f"case.due.{grade.name.lower()}"))
    )
    return Due(stage, detail, countdown(due, now), grade, file.used(now))


class DueCard(QWidget):
    """Shows a Due; told anew each second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due = Due("", "")
        self.setFixedHeight(HEIGHT)
        theme.changed.connect(self.update)
        language.changed.connect(self.update)

    @property
    def due(self) -> Due:
        """Return what is shown."""
        return self._due

    def show_due(self, due: Due) -> None:
        """Show ``due``."""
        if due != self._due:
            self._due = due
            facts = {"stage": due.title, "at": due.detail, "left": due.left}
            self.setAccessibleName(
                say("case.due.spoken", grade=say(f"case.due.{due.grade.name.lower()}"), **facts)
            )
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("line"))
            painter.setBrush(theme.color("raised"))
            painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - LINE - 3), 6, 6)
            right = self._paint_left(painter)
            self._paint_words(painter, right)
            self._paint_line(painter)
        finally:
            painter.end()

    def _paint_left(self, painter: QPainter) -> int:
        """Draw the countdown; return where it begins."""
        if not self._due.left:
            return self.width() - 12
        font = theme.font("figure")
        font.setPixelSize(24)
        width = QFontMetrics(font).horizontalAdvance(self._due.left)
        left = self.width() - 14 - width
        painter.setFont(font)
        painter.setPen(theme.color(DUE_ROLES[self._due.grade]))
        painter.drawText(
            QRect(left, 0, width + 2, self.height() - LINE - 2), int(Align.AlignVCenter), self._due.left
        )
        draw_mark(painter, QPointF(left - 14, (self.height() - LINE - 2) / 2), self._due.grade)
        return left - 28

    def _paint_words(self, painter: QPainter, right: int) -> None:
        for text, font, role, y in (
            (self._due.title, theme.font("small"), "text2", 9),
            (self._due.detail, theme.font("base"), "text", 30),
        ):
            painter.setFont(font)
            painter.setPen(theme.color(role))
            box = QRect(12, y, right - 12, 20)
            fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, int(Align.AlignVCenter), fitting)

    def _paint_line(self, painter: QPainter) -> None:
        y = self.height() - LINE
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line"))
        painter.drawRect(QRectF(0, y, self.width(), LINE))
        if self._due.left:
            painter.setBrush(
                theme.color(DUE_ROLES[self._due.grade] if self._due.grade > Grade.FINE else "fine")
            )
            painter.drawRect(QRectF(0, y, self.width() * self._due.used, LINE))
