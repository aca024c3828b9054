"""A megabyte of text stops no window: where it is shown it is cut, where it is pasted it is bounded."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from console.desk.desk import Desk
from tests.database_fixtures import Database, report
from tests.gui.desktop import Desktop, desktop, until

MEGABYTE = 1_000_000
TEXTS = ("积" * MEGABYTE, "积水很深\n" * (MEGABYTE // 5), "x" * MEGABYTE)
TYPED = (QLineEdit, QPlainTextEdit)
FROZEN = 1.0  # seconds of work in which nothing else is done; a fifth of it on a quiet machine


def worked(act: Callable[[], object]) -> float:
    """Return the seconds of work that ``act`` and what follows from it at once take, whoever else is busy."""
    begun = time.thread_time()
    act()
    for _ in range(5):
        QCoreApplication.processEvents()
    return time.thread_time() - begun


@asynccontextmanager
async def longest(took: dict[str, float], what: str) -> AsyncIterator[None]:
    """Note the longest work at one stretch in the block. Waiting for a busy database freezes nothing."""
    took[what] = 0.0

    async def look() -> None:
        while True:
            begun = time.thread_time()
            await asyncio.sleep(0)
            took[what] = max(took[what], time.thread_time() - begun)

    looking = asyncio.get_running_loop().create_task(look())
    yield
    looking.cancel()


def pasted(field: QWidget, text: str) -> float:
    focus = field.focusProxy() or field
    assert isinstance(focus, TYPED)
    QGuiApplication.clipboard().setText(text)
    took = worked(focus.paste)
    focus.clear()
    return took


@pytest.mark.usefixtures("own_garbage")
async def test_a_megabyte_freezes_nothing(database: Database, duty: Desk, tmp_path: Path) -> None:
    number = await report(duty, text="积水")
    took: dict[str, float] = {}
    for text in TEXTS:
        await database.owner.execute("UPDATE gridseat.personal SET text = $1 WHERE number = $2", text, number)
        async with desktop(database, tmp_path) as desk:
            async with longest(took, "the case"):
                await desk.open(number)
            took["the window"] = worked(desk.window.grab)
            took |= {name: pasted(field, text) for name, field in (await fields(desk)).items()}
            assert {where: found for where, found in took.items() if found > FROZEN} == {}


async def fields(desk: Desktop) -> dict[str, QWidget]:
    """Return where a text may be pasted."""
    await desk.press("Ctrl+N")
    form = await until(lambda: desk.page.reporting.form)
    typed = {name: one for name, one in form.fields.items() if isinstance(one.focusProxy(), TYPED)}
    beside = {"a note": desk.case.composer.edit, "command bar": desk.page.bar.line}
    return {**typed, **beside, "search": desk.page.queue.search}
