"""What plays with the queue: a clock in hand, rows that stream in, a pointer, and eyes that read."""

from random import Random

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from console.feed.board import Board
from console.feed.board_row import Row
from ui.queue.panel import QueuePanel

NOW = 1_800_000_000.0
ROW = 30


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


def row(number: int, **values: object) -> Row:
    due = NOW + 600 * number
    plain = Row(
        number=number,
        version=1,
        status="handling",
        title=f"路灯不亮{number}",
        received=NOW - 60,
        due=due,
        warn_at=due - 60,
        township="南楼乡",
        unit="城管局",
    )
    return plain._replace(**values)  # type: ignore[arg-type]


def board_of(panel: QueuePanel) -> Board:
    return panel.view.board


def settle() -> None:
    QCoreApplication.processEvents()


def point(qtbot: QtBot, panel: QueuePanel, y: int) -> None:
    QTest.mouseMove(panel.list.viewport(), QPoint(200, y - 1))
    QTest.mouseMove(panel.list.viewport(), QPoint(200, y))
    qtbot.waitUntil(lambda: panel.list.hovered is not None)


def leave(panel: QueuePanel) -> None:
    QApplication.sendEvent(panel.list.viewport(), QEvent(QEvent.Type.Leave))


def under(panel: QueuePanel, y: int) -> int | None:
    line = panel.list.place.line_at(y)
    return None if line is None else panel.list.number_on(line)


def said(panel: QueuePanel) -> list[str]:
    settle()
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def button(panel: QueuePanel, text: str) -> QPushButton:
    settle()
    return next(one for one in panel.findChildren(QPushButton) if text in one.text() and one.isVisible())


def commit(text: str, target: QueuePanel) -> None:
    """Type as an input method does; key clicks cannot carry Chinese."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target.search, event)


def stream(board: Board, dice: Random, next_number: int) -> int:
    """Change some rows, take one away, add one or two: anything may move anywhere."""
    held = [number for number in range(1, next_number) if number in board]
    changed = [
        row(number, version=dice.randint(2, 10**6), due=NOW + dice.randint(-500, 40_000))
        for number in dice.sample(held, min(4, len(held)))
    ]
    new = [
        row(next_number + step, due=NOW + dice.randint(-900, 40_000)) for step in range(dice.randint(1, 2))
    ]
    board.apply([*changed, *new], dice.sample(held, 1))
    return next_number + len(new)
