"""What a window stands on is not searched for garbage; what has gone is freed all the same."""

import asyncio
import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.database_fixtures import Database
from tests.gui.desktop import Desktop, desktop, until
from ui.soon import soon

SEARCHED = 0.2  # of all that stands, at most
TURNS = 3  # of the loop, in which what waits is done


def stood_on(desk: Desktop) -> list[weakref.ref[object]]:
    """Return what a seat is made of: its signals, its pages, its console with the board."""
    return [weakref.ref(one) for one in (desk.session.seat, desk.window.pages, desk.console.board)]


async def test_what_stands_is_not_searched_and_a_seat_that_was_left_is_freed(
    database: Database, tmp_path: Path
) -> None:
    await database.add("seat", "seat", "130123")
    async with desktop(database, tmp_path) as desk:
        for login in ("seat", "duty"):
            left = stood_on(desk)
            changing = asyncio.ensure_future(desk.session.sign_in(login))
            await until(changing.done)
            await changing
            assert [one() for one in left] == [None] * len(left)
            assert len(gc.get_objects()) < SEARCHED * gc.get_freeze_count()


@pytest.mark.parametrize("lives", [True, False])
def test_what_is_to_be_done_soon_goes_with_its_owner(qtbot: QtBot, *, lives: bool) -> None:
    """PySide keeps what QTimer.singleShot was given for good where the owner goes first."""
    owner, done = QObject(), list[int]()

    def act() -> None:
        done.append(1)

    kept = weakref.ref(act)
    soon(owner, act)
    if not lives:
        owner.deleteLater()
    del act
    qtbot.waitUntil(lambda: bool(done) or not isValid(owner))
    for _ in range(TURNS):
        QCoreApplication.processEvents()
    gc.collect()
    assert (len(done), kept()) == (lives, None)
