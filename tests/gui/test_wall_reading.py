"""The wall asks until it is answered: failures, late answers, turned pages and clocks that jump."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from console.errors import OutOfReach
from console.feed.board import Board
from tests.gui.board_documents import document
from tests.gui.desktop import until
from tests.gui.test_wall import NOW, TURN, beats, words
from ui.wall.pages import OVERVIEW
from ui.wall.reading import STALE
from ui.wall.view import WallView


class Database:
    """Answers what is asked of it, once ``gate`` is open; ``faults`` are raised when the day is asked for."""

    def __init__(self) -> None:
        self.faults: list[Exception] = []
        self.asked: list[tuple[str, int]] = []
        self.now = NOW
        self.gate = asyncio.Event()
        self.gate.set()

    async def timeline(self, _number: int, /) -> list[dict[str, Any]]:
        return []

    async def board(self, board: str, _organisation: str | None, days: int, /) -> dict[str, Any]:
        self.asked.append((board, days))
        await self.gate.wait()
        if self.faults and days == 1:
            raise self.faults.pop(0)
        return document(board, days)


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def wall(database: Database, qtbot: QtBot) -> WallView:
    found = WallView(Board(), lambda: database.now, database)
    qtbot.addWidget(found)
    found.resize(960, 540)
    found.show()
    found._timer.stop()  # time passes by hand
    found._steps.stop()
    return found


def today(wall: WallView) -> str:
    return wall.content.overview.figures[0].value.text()


async def passing(wall: WallView, true: Callable[[], object], seconds: int) -> None:
    """Let at most ``seconds`` pass on the wall until ``true()`` is."""
    for _ in range(seconds):
        if true():
            return
        beats(wall, 1)
        await until(lambda: not wall.reading._busy)
        wall.sheet.draw()
    assert true(), words(wall)


async def test_a_read_that_fails_is_told_and_tried_again_even_after_the_page_has_turned(
    wall: WallView, database: Database
) -> None:
    away = "数据库暂时连不上，恢复后自动更新"
    database.faults = [OutOfReach("database_lost", reason="ECONNREFUSED")] * 5  # until the page has turned
    await passing(wall, lambda: away in words(wall), 3)
    await passing(wall, lambda: not database.faults, 2 * TURN)
    assert wall.page != OVERVIEW
    await passing(wall, lambda: today(wall) == "1,064", 10)
    wall.show_page(OVERVIEW)
    assert away not in words(wall)


async def test_a_fault_of_the_program_is_logged_told_and_tried_again_within_seconds(
    wall: WallView, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    database.faults = [RuntimeError("cached plan must not change result type")]
    with caplog.at_level(logging.CRITICAL, "ui.tasks"):
        await passing(wall, lambda: "统计没有读到" in words(wall), 3)
    await passing(wall, lambda: today(wall) == "1,064", 10)


async def test_an_answer_that_comes_after_the_page_has_turned_is_shown(
    wall: WallView, database: Database
) -> None:
    database.gate.clear()
    beats(wall, TURN + 1)
    assert wall.page != OVERVIEW
    database.gate.set()
    await until(lambda: not wall.reading._busy)
    await passing(wall, lambda: today(wall) == "1,064", 3)


async def test_a_clock_that_is_set_back_keeps_nobody_waiting(wall: WallView, database: Database) -> None:
    wall.pin(OVERVIEW)
    await passing(wall, lambda: not wall.reading._unanswered, 20)
    database.now -= 3600
    asked = len(database.asked)
    await passing(wall, lambda: len(database.asked) > asked, STALE + 1)
