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
        output.give(Answer(interrupts.carry(_headless(settings, arguments.headless))), as_json=arguments.json)
        return 0
    show = screen()
    ready = interrupts.carry(demo.begin(settings, _progress))
    _progress(say("demo.ready", python=_python(), database=settings.database, number=ready.guided.number))
    try:
        return show(ready.settings, open_on=ready.guided.number, beside=lambda _console: ready.beside())
    finally:
        interrupts.carry(ready.end())


async def _headless(settings: Settings, seconds: float) -> dict[str, Any]:
    ready = await demo.begin(settings, _progress)
    try:
        return await ready.headless(seconds)
    finally:
        await ready.end()


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _python() -> str:
    """Return the interpreter that has the packages, as one would type it here."""
    here = Path(sys.executable)
    return str(here.relative_to(Path.cwd())) if here.is_relative_to(Path.cwd()) else str(here)
