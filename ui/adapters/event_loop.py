"""qasync: asyncio on Qt's own loop, so that a coroutine and a click never wait for each other."""

import asyncio

import qasync  # type: ignore[import-untyped]
from PySide6.QtWidgets import QApplication


def new_loop(application: QApplication) -> asyncio.AbstractEventLoop:
    """Return an event loop that runs inside Qt's; close it after use."""
    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(application)
    return loop
