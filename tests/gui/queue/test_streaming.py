"""A minute of fifty facts a second: nothing moves under the hand, and every count equals a fresh read."""

from collections.abc import Callable
from random import Random
from time import perf_counter

import pytest
from pytestqt.qtbot import QtBot

from console.feed.board_outline import Outline
from console.feed.board_view import BoardView
from console.grade import Grade
from tests.gui.queue.stage import NOW, Clock, board_of, point, row, settle, under
from ui.queue.panel import QueuePanel

FACTS, PER_BATCH = 3000, 25
TOWNSHIPS = ("南楼乡", "正定镇", "新安镇")


@pytest.mark.parametrize("group", ["", "township"])
def test_fifty_facts_a_second_for_a_minute(
    qtbot: QtBot, panel: QueuePanel, clock: Clock, group: str, record_property: Callable[[str, object], None]
) -> None:
    dice, number, longest = Random(3), 1000, 0.0
    board_of(panel).apply([row(n, township=dice.choice(TOWNSHIPS)) for n in range(100, 700)])
    panel.arrange.arrangement.group_by(group)
    panel.select(109)
    panel.list.go_to_top()
    point(qtbot, panel, 200)
    held, at = under(panel, 200), panel.list.place.y(panel.list.place.line_at(200) or 0)
    for batch in range(FACTS // PER_BATCH):
        clock.now = NOW + batch * PER_BATCH / 50
        start = perf_counter()
        number = facts(panel, dice, number)
        settle()
        longest = max(longest, perf_counter() - start)
        line = panel.list.place.line_at(200)
        assert line is not None
        assert (under(panel, 200), panel.list.place.y(line), panel.selected) == (held, at, 109)
    record_property("longest frame in ms", round(1000 * longest, 1))
    panel.tick()
    equal_a_fresh_read(panel, clock, group)


def facts(panel: QueuePanel, dice: Random, number: int) -> int:
    """Let 19 incidents change, three arrive and three leave; the selected one may change, not leave."""
    board = board_of(panel)
    here = board.numbers[board.all_slots()].tolist()
    changed = [
        row(one, version=number, due=NOW + dice.randint(-900, 90_000), township=dice.choice(TOWNSHIPS))
        for one in dice.sample(here, 19)
    ]
    new = [row(number + n, due=NOW + dice.randint(-900, 90_000), township="正定镇") for n in range(3)]
    gone = [one for one in dice.sample(here, 3) if one != 109]
    board.apply([*changed, *new], gone)
    return number + 3


def equal_a_fresh_read(panel: QueuePanel, clock: Clock, group: str) -> None:
    """Compare list, label, chips and headings with a view and counts made anew."""
    board = board_of(panel)
    fresh = BoardView(board, clock)
    outline = Outline(fresh)
    outline.group_by(group)
    assert panel.list.lines.order.tolist() == outline.order.tolist()
    counts = board.counts(clock.now)
    rows = [board.row_at(slot) for slot in board.all_slots().tolist()]
    assert len(panel.view) == len(rows) == counts.total
    assert f"{len(rows)} 件" in panel._count.text()
    overdue = sum(one.due <= clock.now for one in rows)
    assert counts.by_grade[Grade.OVERDUE] == overdue
    headings = [number for number in map(outline.number_at, range(len(outline))) if number < 0]
    said = [panel.list.lines.group(heading, clock.now) for heading in headings]
    assert sum(one.count for one in said) == (len(rows) if group else 0)
    assert sum(one.overdue for one in said) == (overdue if group else 0)
    fresh.close()
