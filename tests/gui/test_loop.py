"""The loop: tasks are kept, failures are told, and leaving closes everything in its order."""

import asyncio
import logging
import os
import signal

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from console.errors import Refused
from ui.loop import Life, answer
from ui.tasks import tasks


def live(application: QApplication, life: Life, script: list[str], window: QWidget | None = None) -> None:
    async def wait_for_ever() -> None:
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            script.append("task ended")

    async def begin() -> None:
        tasks.start(wait_for_ever(), "waiting")
        await asyncio.sleep(0)
        script.append("begun")
        if window is not None:
            window.close()
            script.append("still there" if window.isVisible() else "gone too early")

    async def end() -> None:
        script.append("closed")

    assert application is QApplication.instance()
    life.run(begin, end)


def test_closing_the_window_ends_tasks_then_the_pool_then_leaves(dressed: QApplication) -> None:
    script: list[str] = []
    window, life = QWidget(), Life(dressed)
    life.leave_with(window)
    window.show()
    live(dressed, life, script, window)
    assert script == ["begun", "still there", "task ended", "closed"]
    assert not window.isVisible()


def test_a_termination_signal_leaves_in_order_too(dressed: QApplication) -> None:
    script: list[str] = []
    life = Life(dressed)

    async def begin() -> None:
        script.append("begun")
        os.kill(os.getpid(), signal.SIGTERM)

    async def end() -> None:
        script.append("closed")

    life.run(begin, end)
    assert script == ["begun", "closed"]


def test_a_failed_start_still_closes_what_was_opened(dressed: QApplication) -> None:
    closed: list[bool] = []

    async def begin() -> None:
        raise LookupError("no database")

    async def end() -> None:
        closed.append(True)

    with pytest.raises(LookupError):
        Life(dressed).run(begin, end)
    assert closed == [True]


def test_the_failure_of_a_task_is_told(dressed: QApplication, caplog: pytest.LogCaptureFixture) -> None:
    told: list[tuple[str, str]] = []
    life = Life(dressed)

    def hear(name: str, error: Exception) -> None:
        told.append((name, str(error)))
        life.leave()

    async def fail() -> None:
        raise RuntimeError("broken")

    async def begin() -> None:
        tasks.start(fail(), "loading the board")

    async def end() -> None: ...

    tasks.failed.connect(hear)
    with caplog.at_level(logging.CRITICAL, "ui.tasks"):
        life.run(begin, end)
    tasks.failed.disconnect(hear)
    assert told == [("loading the board", "broken")]


@pytest.mark.parametrize(
    ("error", "traced"), [(Refused("not_found", number=7), False), (RuntimeError("broken"), True)]
)
def test_what_a_user_was_told_in_words_leaves_no_traceback(
    dressed: QApplication, caplog: pytest.LogCaptureFixture, error: Exception, traced: bool
) -> None:
    life = Life(dressed)

    async def fail() -> None:
        raise error

    async def begin() -> None:
        tasks.start(fail(), "opening a case")

    async def end() -> None: ...

    def leave(_name: str, _error: Exception) -> None:
        life.leave()

    tasks.failed.connect(leave)
    with caplog.at_level(logging.INFO, "ui.tasks"):
        life.run(begin, end)
    tasks.failed.disconnect(leave)
    (record,) = caplog.records
    assert "opening a case" in record.getMessage()
    assert str(error) in caplog.text
    assert bool(record.exc_info) is traced


def test_a_dialog_is_awaited_while_the_loop_goes_on(dressed: QApplication) -> None:
    results: list[int] = []
    life, dialog = Life(dressed), QDialog()

    async def begin() -> None:
        asyncio.get_running_loop().call_soon(dialog.accept)
        results.append(await answer(dialog))
        life.leave()

    async def end() -> None: ...

    life.run(begin, end)
    assert results == [QDialog.DialogCode.Accepted.value]


def test_leaving_closes_a_dialog_that_nobody_answered(dressed: QApplication) -> None:
    life, dialog = Life(dressed), QDialog()

    async def begin() -> None:
        tasks.start(answer(dialog), "asking")
        asyncio.get_running_loop().call_soon(life.leave)

    async def end() -> None: ...

    life.run(begin, end)
    assert not dialog.isVisible()
