"""What every test shares. Qt runs without a screen and with a Chinese typeface, on any machine."""

import os
import signal
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

# A shell in the background lets all that it starts ignore Ctrl-C, which tests of it must hear.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Before anything imports Qt, which warns of a locale without UTF-8.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if os.environ.get("LC_ALL") in {"C", "POSIX"}:
    os.environ["LC_ALL"] = "C.UTF-8"
if sys.platform == "linux" and not Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")).is_dir():
    _runtime = Path(tempfile.gettempdir()) / f"gridseat-tests-{os.getuid()}"
    _runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(_runtime)

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ui import fonts

# Machines are shared: what is slow there is not wrong.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
if not os.access(Path.cwd(), os.W_OK):  # a tree that is only read
    set_hypothesis_home_dir(Path(tempfile.gettempdir()) / f"gridseat-examples-{os.getuid()}")

# What carries actions and facts is covered without these; tracing would cost them a third of their time.
UNTRACED = {"gui", "journeys", "architecture"}
COVERED = ("console.desk", "console.feed")


# What takes longest is begun first, or one worker would be at it long after the other.
LONG = {
    "test_claims",
    "test_counters",
    "test_demo_command",
    "test_every_action",
    "test_faults",
    "test_feed_property",
    "test_interrupts",
    "test_machine",
    "test_rules",
    "test_stage",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Trace no line while tests run that need none of the coverage; put the long ones first."""
    for item in items:
        if not traced(item.path):
            item.add_marker(pytest.mark.no_cover)
    items.sort(key=lambda item: item.path.stem not in LONG)


@cache
def traced(path: Path) -> bool:
    """Tell whether a file of tests counts for the coverage: one that names what is covered."""
    here = Path(__file__).parent
    kind = path.relative_to(here).parts[0] if path.is_relative_to(here) else ""
    return kind not in UNTRACED and any(name in path.read_text("utf-8") for name in COVERED)


pytest_plugins = ["tests.database_fixtures"]


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Return the application of the GUI tests, with a typeface that has Chinese."""
    family = fonts.install()
    assert family, "no Chinese typeface: make setup"
    qapp.setFont(QFont(family))
    return qapp
