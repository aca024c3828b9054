"""From the command to a shown window, against a bare PySide6 window in a process of its own: the limit."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 7
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.show(); app.processEvents(); print("shown", flush=True)
"""
SHELL = """
from PySide6.QtCore import QSettings
from console.settings import Settings
from ui.main import application
from ui.window import Window
app = application(Settings())
window = Window(QSettings()); window.show(); app.processEvents(); print("shown", flush=True)
"""


def run() -> list[dict[str, object]]:
    """Alternate both and compare the medians; Qt paints offscreen."""
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(shown(SHELL))
        peer.append(shown(BARE))
    mine, bare = statistics.median(ours), statistics.median(peer)
    return [
        {"case": "window shown vs bare window", "ours": mine, "peer": bare, "ratio": bare / mine, "unit": "s"}
    ]


def shown(program: str) -> float:
    """Return seconds from starting Python to the window on the screen."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        timeout=60,
    )
    return time.perf_counter() - start
