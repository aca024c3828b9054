"""From the command to a shown window, against a bare PySide6 window in a process of its own: the limit.

Ours is ``main.py console`` whole, on an embedded database that is there but does not run. Shown first is the
window that signs in; then the queue with its cases, for which nothing bare compares.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 7
ROOT = Path(__file__).parents[2]
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.show(); app.processEvents(); print("shown", flush=True)
"""
OURS = """
import os, sys
import main
from ui.main import application  # the screen is loaded by the same road
from ui.window import Window
from ui.session import Session

shown, seated = Window.showEvent, Session._furnish

def tell_shown(self, event):
    shown(self, event)
    print("shown", flush=True)

async def tell_seated(self, seat):
    print("seated", flush=True)
    await seated(self, seat)
    self._window.close()

Window.showEvent, Session._furnish = tell_shown, tell_seated
sys.exit(main.main(sys.argv[1:]))
"""


def run() -> list[dict[str, object]]:
    """Alternate both and compare the medians; Qt paints offscreen."""
    bare: list[float] = []
    ours: list[list[float]] = []
    with tempfile.TemporaryDirectory(prefix="gridseat-start-") as folder:
        told = ["--database", f"embedded:{folder}/database"]
        subprocess.run(
            [sys.executable, "main.py", *told, "database", "create"],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        for _ in range(ROUNDS):
            ours.append(lines_of(OURS, *told, "console"))
            bare += lines_of(BARE)
    peer = statistics.median(bare)
    return [
        case("window shown vs bare window", statistics.median(one[0] for one in ours), peer),
        case(
            "signed in, its server started, vs bare window", statistics.median(one[1] for one in ours), peer
        ),
    ]


def lines_of(program: str, *arguments: str) -> list[float]:
    """Return the seconds from starting Python to each line that ``program`` prints."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        spent = [time.perf_counter() - start for _ in process.stdout]
    assert process.returncode == 0
    return spent


def case(name: str, ours: float, peer: float) -> dict[str, object]:
    """Return one result, in seconds."""
    return {"case": name, "ours": ours, "peer": peer, "ratio": peer / ours, "unit": "s"}
