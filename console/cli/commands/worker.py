"""`worker`: writes down what time alone changes, without a screen."""

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from typing import Any, Final

from console.cli.answer import Answer
from console.cli.session import Session
from console.cli.table import plain
from console.cli.usage import Parser, Subparsers
from console.connection import Connection
from console.desk.desk import Desk
from console.errors import OutOfReach
from console.language import say

SECONDS: Final = 5.0
SWEEP: Final = "SELECT desk.sweep()::text"


def add(subparsers: "Subparsers[Parser]") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("worker", help=say("cli.worker.help"))
    parser.add_argument("--once", action="store_true", help=say("cli.worker.once"))
    parser.set_defaults(run=run)


async def run(given: argparse.Namespace, session: Session) -> Answer:
    """Return {"claims", "resumed", "cards", "known"} of one sweep, or of all until SIGTERM."""
    if given.once:
        return Answer(json.loads(await session.fetchval(SWEEP)))
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):  # Windows has no signals to heed
        loop.add_signal_handler(signal.SIGTERM, ended.set)
    async with session.desk() as desk:
        return Answer(await _sweep_until(ended, desk))


async def _sweep_until(ended: asyncio.Event, desk: Desk) -> dict[str, Any]:
    sums: dict[str, int] = {}
    while not ended.is_set():
        try:
            done = json.loads(await desk.call(_sweep))
        except OutOfReach as lost:  # said, and tried again: a worker outlives the database
            print(lost.sentence, file=sys.stderr, flush=True)
            done = {}
        sums = {key: sums.get(key, 0) + count for key, count in done.items()} or sums
        if any(done.values()):
            print(plain(done), file=sys.stderr, flush=True)
        await rest(ended, SECONDS)
    return sums


async def rest(ended: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until ``ended``; wait_for of Python 3.11 may swallow a cancellation, this does not."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await ended.wait()


async def _sweep(raw: Connection) -> str:
    return str(await raw.fetchval(SWEEP))
