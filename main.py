"""The entrance: what the command line does itself, and what opens the screen."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from console.cli import entrance
from console.errors import Refused


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    return entrance.run(sys.argv[1:] if argv is None else argv, _open_window)


def _open_window(arguments: argparse.Namespace) -> int:
    """Show the window that ``arguments.window`` names; only now is Qt loaded."""
    try:
        loop = import_module("ui.loop")
    except ImportError as error:
        raise Refused("screen_missing", reason=str(error)) from error
    show = getattr(loop, "show", None)
    if show is None:
        raise Refused("window_missing", window=arguments.window)
    return int(show(arguments))


if __name__ == "__main__":
    sys.exit(main())
