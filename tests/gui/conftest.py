"""Every GUI test runs without a screen, dressed, in Chinese and dark; what a test switches is put back."""

import os
from collections.abc import Callable, Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from console.settings import Settings
from tests.waiting import SECONDS
from ui.language import language
from ui.preferences import preferences
from ui.theme import theme


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    theme.start(qapp)
    language.start(qapp)
    return qapp


class PatientBot(QtBot):
    """A bot that waits as long as everybody here, not five seconds."""

    @override
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = int(SECONDS * 1000)) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(dressed: QApplication, request: pytest.FixtureRequest) -> QtBot:
    assert dressed is QApplication.instance()
    return PatientBot(request)


class Outside(QObject):
    """What this machine would be asked to dial or to open."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    @Slot(QUrl)
    def ask(self, url: QUrl) -> None:
        self.asked.append(url.toString())


@pytest.fixture(autouse=True)
def outside(dressed: QApplication) -> Iterator[Outside]:
    """Let no test start another program; tell what would have been."""
    assert dressed is QApplication.instance()
    found = Outside()
    for scheme in ("tel", "file"):
        QDesktopServices.setUrlHandler(scheme, found, "ask")  # type: ignore[arg-type]  # the stub is wrong
    yield found
    for scheme in ("tel", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture(autouse=True)
def defaults(dressed: QApplication) -> Iterator[None]:
    assert dressed is QApplication.instance()
    yield
    preferences.start(Settings.model_construct())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # or every later theme dresses it
