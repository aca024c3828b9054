"""Every GUI test runs without a screen, dressed, in Chinese and dark; what a test switches is put back."""

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from console.language import current
from ui.language import language
from ui.theme import theme


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    theme.start(qapp)
    return qapp


@pytest.fixture(autouse=True)
def defaults(dressed: QApplication) -> Iterator[None]:
    assert dressed is QApplication.instance()
    yield
    if theme.name != "dark":  # dressing every window anew takes its time
        theme.use("dark")
    if current() != "zh":
        language.use("zh")
