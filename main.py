"""The entrance: what the command line does itself, and what opens the screen."""

import signal

if __name__ == "__main__":  # while there is nothing to clear away, Ctrl-C just ends the program
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from console.cli import entrance
from console.cli.commands import windows
from console.errors import Refused
from console.language import say

SCREENS = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    return entrance.run(sys.argv[1:] if argv is None else argv, _open_window)


def _open_window(arguments: argparse.Namespace) -> int:
    """Show the window that ``arguments.window`` names; only now is Qt loaded."""
    from console.cli.session import settings_of  # noqa: PLC0415  heavy, and other commands load their own

    settings = settings_of(arguments)
    if arguments.window == "demo":
        from console.cli.commands import playing  # noqa: PLC0415  heavy too: the sample county

        return playing.play(arguments, settings, _screen)
    return _screen()(settings, wall=windows.plan(arguments) if arguments.window == "wall" else None)


def _screen() -> Callable[..., int]:
    """Return what opens the window; Refused("screen_missing") where there is none or Qt cannot be loaded."""
    if sys.platform == "linux" and not any(map(os.environ.get, SCREENS)):
        raise Refused("screen_missing", reason=say("doctor.display.advice"))  # Qt would abort
    try:
        from ui.main import run  # noqa: PLC0415  the screen is loaded for those who want it
    except ImportError as error:
        raise Refused("screen_missing", reason=str(error)) from error
    return run


if __name__ == "__main__":
    sys.exit(main())
