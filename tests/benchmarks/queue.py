"""The queue at 100,000 open incidents and 14 columns, against QSortFilterProxyModel in the same run.

Milliseconds are medians from the call until the screen is painted. The peer has the same rows and columns;
where it needs seconds it is measured once. Memory is the growth of the resident set in a process of its own.
"""

import gc
import os
from collections.abc import Callable
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from console.feed.board import Board
from console.feed.board_filter import Filter
from console.feed.board_row import Row
from console.feed.board_view import Sort
from tests.benchmarks.queue_rows import COUNT, NOW, batches, each_row, moved, row, rows

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from tests.benchmarks.queue_peer import Peer
from ui.queue.columns import Chosen
from ui.queue.panel import QueuePanel, State
from ui.theme import theme

SIZE = (1000, 900)
ROUNDS, FRAMES, PORTION = 25, 200, 5000
PER_SECOND, SECONDS, BATCHES_PER_SECOND = 50, 60, 10
LONGEST_FRAME = 100.0  # milliseconds
SORTS = ("number", "status", "due", "received", "unit", "title", "place")
SHOWN = (  # the columns of the peer
    "number",
    "title",
    "address",
    "status",
    "unit",
    "due",
    "class",
    "priority",
    "channel",
    "township",
    "community",
    "holder",
    "received",
    "reminders",
)
PEER_SORTS = ("title", "due")  # half a minute each
FILTERS = {
    "status": Filter(within={"status": frozenset({"handling"})}),
    "text, two characters": Filter(text="积水"),
    "text, initials": Filter(text="jsyz"),
    "text, two words": Filter(text="路灯 安平"),
}
PEER_FILTERS = {
    "status": ("status", "handling"),
    "text, two characters": ("", "积水"),
    "text, initials": ("", "jsyz"),
    "text, two words": ("", "路灯"),  # it knows one text only
}


def run() -> list[dict[str, object]]:
    """Measure every case, ours and the peer's."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.start(application)
    incidents = rows()
    panel = filled(incidents)
    peer = Peer(incidents, SIZE)
    shown(peer.view)
    return [
        *filtering(panel, peer),
        *sorting(panel, peer),
        scrolling(panel, peer),
        *updating(panel, peer, incidents),
        streaming(panel, incidents),
        memory(),
    ]


def filled(incidents: list[Row]) -> QueuePanel:
    """Return the queue as it stands in the window, with ``incidents``."""
    board = Board()
    panel = QueuePanel(board, lambda: NOW)
    panel.arrange.arrangement.choose(Chosen().with_names(SHOWN))
    board.apply(incidents)
    panel.set_state(State.LIVE)
    panel.resize(*SIZE)
    panel.show()
    shown(panel)
    return panel


def shown(widget: QWidget) -> None:
    """Let Qt do all it has put off; paint all of ``widget``."""
    widget.update()
    QApplication.processEvents()


def filtering(panel: QueuePanel, peer: Peer) -> list[dict[str, object]]:
    """Filter by a status, by words and by initials; the peer, not sorted yet, has the easier task."""
    found = []
    show = panel.view.show
    for name, wanted in FILTERS.items():
        ours = timed(partial(show, wanted), panel, 7, partial(show, Filter()))
        theirs = timed(partial(peer.filter, *PEER_FILTERS[name]), peer.view, 1)
        peer.filter("", "")
        found.append(result(f"filter by {name}", ours, theirs))
    show(Filter())
    return found


def sorting(panel: QueuePanel, peer: Peer) -> list[dict[str, object]]:
    """Sort by several columns, texts among them; both end sorted by due."""
    order_by = panel.view.order_by
    ours = {name: timed(partial(order_by, Sort(name)), panel, 7) for name in SORTS}
    theirs = {name: timed(partial(peer.sort, name), peer.view, 1) for name in PEER_SORTS}
    order_by(Sort())
    return [result(f"sort by {name}", taken, theirs.get(name, theirs["due"])) for name, taken in ours.items()]


def scrolling(panel: QueuePanel, peer: Peer) -> dict[str, object]:
    """Scroll by a wheel's three rows, a frame each."""
    ours = timed(partial(turn, panel.list, 90), panel.list.viewport(), FRAMES)
    theirs = timed(partial(turn, peer.view, 3), peer.view.viewport(), FRAMES)
    return result("scroll frame", ours, theirs)


def turn(scrolled: QAbstractScrollArea, step: int) -> None:
    """Turn the wheel; a table view counts in rows."""
    bar = scrolled.verticalScrollBar()
    bar.setValue(bar.value() + step)


def updating(panel: QueuePanel, peer: Peer, incidents: list[Row]) -> list[dict[str, object]]:
    """Merge batches of a thousand changed incidents; the peer sorts anew, or moves row by row."""
    board, changes, batch = panel.view.board, batches(incidents), list[Row]()

    def read() -> None:
        batch[:] = next(changes)

    def merge() -> None:
        board.apply(batch)

    def resort() -> None:
        peer.table.take(batch, each=False)
        peer.proxy.invalidate()

    def follow() -> None:
        peer.table.take(batch, each=True)

    ours = timed(merge, panel.list.viewport(), ROUNDS, read)
    resorted = timed(resort, peer.view.viewport(), 1, read)
    peer.proxy.setDynamicSortFilter(True)
    followed = timed(follow, peer.view.viewport(), 1, read)
    panel.arrange.arrangement.group_by("township")
    grouped = timed(merge, panel.list.viewport(), ROUNDS, read)
    panel.arrange.arrangement.group_by("")
    return [
        result("update 1,000 vs proxy resort", ours, resorted),
        result("update 1,000 vs proxy following each row", ours, followed),
        result("update 1,000 grouped by township vs proxy resort", grouped, resorted),
    ]


def streaming(panel: QueuePanel, incidents: list[Row]) -> dict[str, object]:
    """Take fifty facts a second for a minute, in batches as the feed brings them; the longest frame."""
    board, dice, number = panel.view.board, Random(50), COUNT
    taken = []
    gc.freeze()  # what this run and the peer hold is not a console's to look through
    for _batch in range(SECONDS * BATCHES_PER_SECOND):
        changed = [moved(dice, old, number) for old in dice.sample(incidents, 3)]
        number += 1
        facts = [*changed, row(dice, number)], [dice.randint(1, COUNT)]
        start = perf_counter()
        board.apply(*facts)
        shown(panel.list.viewport())
        taken.append((perf_counter() - start) * 1000)
    return result(f"stream {PER_SECOND}/s, longest frame", max(taken), LONGEST_FRAME)


def memory() -> dict[str, object]:
    """Compare what a process grows by."""
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        ours, theirs = (pool.apply(grown, (kind,)) for kind in ("ours", "peer"))
    return result("memory of 100,000 rows", ours, theirs, "MB")


def grown(kind: str) -> float:
    """Return by how many MB the resident set grows with the queue or the peer."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.start(application)
    kept: list[object] = [filled([]), Peer([], SIZE)]
    before = resident()
    if kind == "ours":
        kept.append(panel := filled([]))
        incidents = each_row()
        while portion := list(islice(incidents, PORTION)):
            panel.view.board.apply(portion)
        shown(panel)
    else:
        peer = Peer(each_row(), SIZE)
        shown(peer.view)
        kept.append(peer)
    return (resident() - before) / 2**20


def resident() -> int:
    """Return the resident set in bytes."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def timed(
    work: Callable[[], object], widget: QWidget, rounds: int, before: Callable[[], object] = lambda: None
) -> float:
    """Return the median of milliseconds that ``work`` takes until ``widget`` is painted."""
    taken = []
    for _ in range(rounds):
        before()
        shown(widget)
        start = perf_counter()
        work()
        shown(widget)
        taken.append((perf_counter() - start) * 1000)
    return median(taken)


def result(case: str, ours: float, peer: float, unit: str = "ms") -> dict[str, object]:
    """Return one line of the answer."""
    return {
        "case": case,
        "ours": round(ours, 3),
        "peer": round(peer, 3),
        "ratio": round(peer / ours, 2),
        "unit": unit,
    }
