"""Every GUI test runs without a screen, dressed, in Chinese and dark; what a test switches is put back."""

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from console.settings import Settings
from ui.preferences import preferences
from ui.theme import theme


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    theme.start(qapp)
    return qapp


@pytest.fixture(autouse=True)
def defaults(dressed: QApplication) -> Iterator[None]:
    assert dressed is QApplication.instance()
    yield
    preferences.start(Settings.model_construct())
