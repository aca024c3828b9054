"""The replay shows a past moment in queue, map and case, marked everywhere, and leaves now as it is."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from console.connection import Connection
from console.demo.past import moved
from console.desk.desk import Desk
from console.geography.projection import point_to_plane
from tests.database_fixtures import Database, report
from tests.gui.desktop import Desktop, desktop, until, words
from ui.language import language
from ui.map.legend import Words
from ui.moments import local
from ui.replay.page import ReplayPage
from ui.replay.player import PACES

POINT = {"point": [114.55, 38.11], "datum": "WGS-84"}
STORY: tuple[tuple[int, str, dict[str, Any]], ...] = (  # minutes ago, action, its options
    (180, "report", {"title": "井盖丢失", "channel": "phone", "class": "公用设施/井盖缺失", **POINT}),
    (120, "accept", {}),
    (90, "dispatch", {"unit": "城管局"}),
)

EAST = (114.56, 114.58)  # where the grid of POINT ends, and ended until 100 minutes ago
REDRAW = """
WITH was AS (
    UPDATE gridseat.grid SET outline = $1, version = 2, drawn_at = desk.now() - interval '100 minutes'
    WHERE code = '130123201001001' RETURNING *
)
INSERT INTO gridseat.grid_version
SELECT id, 1, '旧网格', kind, organisation_id, $2, NULL, drawn_at FROM was
"""


class Replay:
    """The page of a window, and hands for it."""

    def __init__(self, desk: Desktop, numbers: list[int], now: datetime, owner: Connection) -> None:
        self.desk, self.numbers, self.now, self.owner = desk, numbers, now, owner
        assert desk.window.pages is not None
        page = desk.window.pages.page("replay")
        assert isinstance(page, ReplayPage)
        self.page: ReplayPage = page

    def press(self, keys: str) -> None:
        self.page.queue.list.setFocus()
        QTest.keySequence(self.desk.window, keys)

    def board(self) -> dict[int, str]:
        board = self.page.player.past.board
        rows = [board.row_at(int(slot)) for slot in board.all_slots()]
        return {row.number: row.status for row in rows}

    async def shows(self, board: dict[int, str]) -> None:
        await until(lambda: not self.page.player.busy and self.board() == board)

    def go(self, minutes: float) -> None:
        """Type the moment so many minutes ago, and enter it."""
        self.press("Ctrl+J")
        assert self.page.controls.entry.hasFocus()
        at = local((self.now - timedelta(minutes=minutes)).timestamp())
        self.page.controls.entry.setText(f"{at:%Y-%m-%d %H:%M:%S}")
        self.page.controls.entry.returnPressed.emit()

    def said(self) -> str:
        return " ".join(words(self.page))


@pytest.fixture
async def replay(database: Database, tmp_path: Path) -> AsyncIterator[Replay]:
    """Open the replay by its key, on a case of three hours ago and another of half an hour ago."""
    now = await database.owner.fetchval("SELECT desk.now()")
    async with moved(database.owner) as past:
        number = None
        for minutes, action, args in STORY:
            number = await past.act("duty", now - timedelta(minutes=minutes), action, number, **args)
        assert number is not None
        other = await past.act("duty", now - timedelta(minutes=30), "report", **STORY[0][2])
    await database.owner.execute(REDRAW, *(shapely.to_wkb(shapely.box(114.54, 38.1, x, 38.12)) for x in EAST))
    async with desktop(database, tmp_path) as desk:
        await until(lambda: len(desk.console.board) == 2)
        await desk.furnished()
        await desk.press("Shift+F11")
        found = Replay(desk, [number, other], now, database.owner)
        await until(lambda: found.page.isVisible() and found.page.at)
        await found.shows({number: "dispatched"})
        yield found


async def test_a_moment_is_shown_in_every_part_and_now_goes_on(replay: Replay, duty: Desk) -> None:
    number, other = replay.numbers
    page = replay.page
    marks = [part.mark.text() for part in page.parts.values()]
    at = f"{local(page.at):%Y-%m-%d %H:%M}"
    assert marks == [f"回放 {at} · 非实时"] * 3
    assert page.controls.mark.text() == marks[0]

    assert "旧网格" not in page.map.atlas.names
    replay.go(150)
    await replay.shows({number: "reported"})
    await until(lambda: "旧网格" in page.map.atlas.names)
    said = [row.text for row in page.map.scene.legend.rows if isinstance(row, Words)]
    assert {"网格为当时的版本，此后已调整", "按当时在办着色；热力、指标见实时图"} <= {*said}
    page.queue.select(number)
    await until(page.case.instants)
    await until(lambda: "此后还有 2 步" in replay.said())
    assert [step.told.title for step in page.case.story.steps] == ["上报"]
    assert page.map.selected == number
    assert page.map.place_of(number)
    assert page.map.place_of(other) is None

    replay.press("Ctrl+B")
    assert "此后" not in replay.said()
    replay.press("Ctrl+B")
    replay.press(".")
    await replay.shows({number: "accepted"})
    assert page.controls.state.text.endswith(f"值班 受理立案 {number}")
    replay.press(",")
    await replay.shows({number: "reported"})
    replay.press("Ctrl+Right")
    await replay.shows({number: "accepted"})
    await until(lambda: len(page.case.story.steps) == 2)
    await a_reading_is_called_off(replay)
    await now_goes_on_beside(replay, duty)
    await a_case_of_today_tells_the_grid_that_it_had(replay)


async def a_case_of_today_tells_the_grid_that_it_had(replay: Replay) -> None:
    """Leave for now: on the card in words, on the map as a dashed border; a case recorded since has none."""
    desk, (number, other) = replay.desk, replay.numbers
    replay.press("Esc")
    await until(desk.page.isVisible)
    border = desk.page.former.border
    await desk.open(number)
    await until(lambda: border.shape is not None)
    assert border.shape is not None
    assert shapely.bounds(border.shape)[2] == pytest.approx(point_to_plane(EAST[1], 38.1)[0])
    assert "登记时为第 1 版“旧网格”" in " ".join(desk.case.body.facts.words())
    desk.page.map.grab()
    await desk.open(other)
    await until(lambda: border.shape is None)
    await until(lambda: "登记时为" not in " ".join(desk.case.body.facts.words()))


async def a_reading_is_called_off(replay: Replay) -> None:
    """Let the database keep somebody waiting who presses Esc: the moment stays, and the next is read."""
    page, owner, before = replay.page, replay.owner, replay.page.at
    async with owner.transaction():
        await owner.execute("LOCK TABLE gridseat.incident IN ACCESS EXCLUSIVE MODE")
        replay.press("Ctrl+PgUp")
        await until(lambda: page.player.busy and "Esc 停止" in page.controls.state.text)
        replay.press("Esc")
        assert page.isVisible()
        assert not page.player.busy
        assert "已停止读取" in replay.desk.notice
        assert page.at == before
    replay.press("Ctrl+PgUp")
    await replay.shows({})
    replay.press("Ctrl+PgDown")
    await replay.shows({replay.numbers[0]: "accepted"})


async def now_goes_on_beside(replay: Replay, duty: Desk) -> None:
    """Leave the past as it is while something happens now, until it is played to its end."""
    page, desk, (number, other) = replay.page, replay.desk, replay.numbers
    third = await report(duty)
    await until(lambda: third in desk.console.board)
    assert replay.board() == {number: "accepted"}
    for _ in PACES:
        replay.press("]")
    assert page.player.pace == PACES[-1]
    replay.press("Space")
    assert page.player.playing
    await until(lambda: "已放到现在" in desk.notice and not page.player.busy)
    assert {number, other} <= replay.board().keys()
    assert not page.player.playing


async def test_nothing_is_done_in_the_past_and_what_is_no_moment_is_told(replay: Replay) -> None:
    page, desk = replay.page, replay.desk
    actions = desk.page.actions_
    replay.press("D")
    assert desk.notice == "正在回放，不能“派遣”；按 Esc 回到现在再办理"
    assert actions.usable == set()
    assert set(actions.withheld) == set(actions.all.values())
    replay.press("Ctrl+J")
    QTest.keyClicks(page.controls.entry, "12")
    QTest.keySequence(desk.window, "Esc")
    assert page.isVisible()
    assert page.controls.entry.text() == f"{local(page.at):%Y-%m-%d %H:%M}"
    page.controls.entry.setText("gestern")
    page.controls.entry.returnPressed.emit()
    assert "看不懂“gestern”" in desk.notice
    page.controls.entry.setText("2090-01-01")
    page.controls.entry.returnPressed.emit()
    assert "还没有到" in desk.notice
    await until(lambda: not page.player.busy and page.now() - page.at < 60)
    replay.press("Ctrl+PgUp")
    await replay.shows({})
    replay.press(",")
    await until(lambda: "七天内没有" in desk.notice)
    language.use("en")
    assert "not live" in " ".join(label.text() for label in page.findChildren(QLabel))
    replay.press("Esc")
    await until(desk.page.isVisible)
    assert not page.isVisible()
    assert "report" in actions.usable
