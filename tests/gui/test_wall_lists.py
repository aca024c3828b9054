"""What the wall's lists say: a case's way, a screenful at a time, and what is still on its way."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from console.feed.board import Board
from console.feed.board_row import Row
from console.indicators import figures
from console.indicators.indicator import indicators
from tests.gui.board_documents import document
from ui.boards.body import BoardBody
from ui.wall.figures import WallFigure
from ui.wall.overview import OverviewPage
from ui.wall.path import STAGES, Way, WayStrip, reached, traced
from ui.wall.public import PublicCases, queue_line
from ui.wall.rows import SCREEN_SECONDS, Column, Line, Rows, screen, widths


def test_what_is_not_read_yet_is_said_to_be_on_its_way(qtbot: QtBot) -> None:
    overview = OverviewPage(PublicCases(Board()), lambda: 0.0)
    qtbot.addWidget(overview)
    assert overview.way.words()[1] == "正在统计…", "whether there is one is not known yet"
    overview.show_way(None)
    assert overview.way.words()[1] == "目前没有可以追踪的事件"
    body = BoardBody("incidents")
    qtbot.addWidget(body)
    body.retranslate()
    assert body.ranking._none.text() == "正在统计…"


@pytest.mark.parametrize(
    ("hits", "cases", "told"), [(0, 1, "0/1"), (3, 4, "3/4"), (4, 5, "80.0 %"), (0, 0, "—")]
)
def test_a_share_of_few_cases_is_told_by_its_numbers(qtbot: QtBot, hits: int, cases: int, told: str) -> None:
    shown = WallFigure(indicators()["on_time"])
    qtbot.addWidget(shown)
    answer = document("incidents", 1)
    share = hits / cases if cases else None
    for one in answer["figures"]:
        if one["key"] == "on_time":
            one |= {"numerator": hits, "denominator": cases, "value": share}
    shown.show_board(figures.parse(answer))
    assert shown.value.text() == told


def test_fewer_lines_are_drawn_larger_until_the_wall_is_full(qtbot: QtBot) -> None:
    rows = Rows((Column(1.0),), 10, row=30, grows=True)
    qtbot.addWidget(rows)
    rows.resize(400, 460)
    for count, growth in ((14, 1.0), (11, 1.28), (3, 1.5)):
        rows.show_lines("", [Line(("甲",))] * count, "")
        assert rows._growth == pytest.approx(growth, abs=0.05)


def test_a_case_without_a_limit_bears_no_mark_of_being_in_time() -> None:
    case = Row(1001, 1, "accepted", "", 0.0)
    assert [queue_line(one, 100.0).grade for one in (case, case._replace(due=101.0))] == ["", "fine"]


def test_the_screens_of_a_list_are_about_as_long() -> None:
    for count, room, lengths in ((30, 14, [10, 10, 10]), (29, 14, [9, 10, 10]), (5, 14, [5]), (0, 14, [0])):
        parts = [screen(count, room, turn * SCREEN_SECONDS)[0] for turn in range(len(lengths))]
        assert [part.stop - part.start for part in parts] == lengths
        assert [*range(count)] == [line for part in parts for line in range(count)[part]]


def step(start: str | None, end: str | None, at: float) -> dict[str, Any]:
    return {"from_status": start, "to_status": end, "at": at}


def test_a_case_is_followed_through_its_stages_and_back() -> None:
    story = [
        step(None, "reported", 1),
        step("reported", "accepted", 2),
        step("accepted", "accepted", 3),  # a note moves nothing
        step("accepted", "dispatched", 4),
        step("dispatched", "handling", 5),
        step("handling", "suspended", 6),
        step("suspended", "handling", 7),
        step("handling", "handled", 8),
    ]
    there = {"reported": 1, "accepted": 2, "dispatched": 4, "handling": 7, "handled": 8}
    assert reached(story) == there
    rework = [*story, step("handled", "dispatched", 9)]
    assert reached(rework) == {"reported": 1, "accepted": 2, "dispatched": 9}
    assert set(there) < set(STAGES)


def test_a_case_settled_at_once_was_reported_and_needed_no_steps_between(qtbot: QtBot) -> None:
    story = [step(None, "handled", 60), step("handled", "verified", 120)]
    assert reached(story) == {"reported": 60, "handled": 60, "verified": 120}
    strip = WayStrip()
    qtbot.addWidget(strip)
    strip.show_way(Way(1001, "路灯", "恒山社区", "", reached(story)), 180)
    assert strip.words()[2:-1] == ["08:01", "无需", "无需", "无需", "08:01", "08:02"]


def test_the_case_that_came_farthest_is_followed_another_each_round() -> None:
    rows = [Row(n, 1, status, "", n) for n, status in enumerate(("reported", "verified", "handling"), 1)]
    assert [found.number for turn in range(4) if (found := traced(rows, turn))] == [2, 3, 1, 2]
    assert traced([], 0) is None


@pytest.mark.parametrize(
    ("wants", "room", "told"),
    [
        ([40, 60, 60], 240, [40, 100, 100]),  # by their shares
        ([40, 120, 60], 240, [40, 120, 80]),  # what one lacks the other has
        ([40, 120, 120], 240, [40, 100, 100]),  # not enough for both
    ],
)
def test_a_column_is_as_wide_as_its_words_while_there_is_room(
    wants: list[float], room: float, told: list[float]
) -> None:
    assert widths([0, 1, 1], wants, room) == told
