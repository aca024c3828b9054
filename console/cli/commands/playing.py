"""`demo`: set the sample county up with progress, then show the window or play without one."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from console.cli import output
from console.cli.answer import Answer
from console.cli.interrupts import interrupts
from console.demo import play as demo
from console.language import say
from console.settings import Settings


def play(arguments: argparse.Namespace, settings: Settings, screen: Callable[[], Callable[..., int]]) -> int:
    """Run the demonstration; ``screen`` gives what opens the window."""
    settings = demo.settings_for(
        settings, named=settings.database != Settings.model_fields["database"].default
    )
    if arguments.headless is not None:
        counts = interrupts.carry(_headless(settings, arguments.headless, arguments.pace))
        output.give(Answer(counts), as_json=arguments.json)
        return 0
    show = screen()
    ready = interrupts.carry(demo.begin(settings, _progress, arguments.pace))
    _progress(say("demo.ready", python=_python(), database=settings.database, number=ready.guided.number))
    try:
        return show(
            ready.settings, open_on=ready.guided.number, beside=lambda _console, told: ready.beside(told)
        )
    finally:
        interrupts.carry(ready.end())


async def _headless(settings: Settings, seconds: float, pace: float) -> dict[str, Any]:
    ready = await demo.begin(settings, _progress, pace)
    try:
        return await ready.headless(seconds, _history())
    finally:
        await ready.end()


def _history() -> Callable[[int, int], None]:
    """Return what tells of the history by tenths, and of its end."""
    tenths = 0

    def told(done: int, total: int) -> None:
        nonlocal tenths
        if 10 * done // total > tenths:
            tenths = 10 * done // total
            key = "demo.filled" if done == total else "demo.history"
            _progress(say(key, done=done, total=total))

    return told


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _python() -> str:
    """Return the interpreter that has the packages, as one would type it here."""
    here = Path(sys.executable)
    return str(here.relative_to(Path.cwd())) if here.is_relative_to(Path.cwd()) else str(here)
