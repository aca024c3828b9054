"""What nobody foresaw: written down for those who mend it, one sentence for those who work."""

import os
import tempfile
import time
import traceback
from pathlib import Path
from typing import Final

from console.errors import Problem

EXIT_CODE: Final = 70
NAME: Final = "gridseat-errors.log"


class Internal(Problem):
    """A fault of the product itself; the details stand in a log file."""

    exit_code = EXIT_CODE


def recorded(error: BaseException, folder: Path | None) -> Internal:
    """Append the traceback to the log in ``folder`` (the temporary one where that fails)."""
    text = f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')}\n{''.join(traceback.format_exception(error))}\n"
    for place in (folder, Path(tempfile.gettempdir())):
        if place is not None and (path := _append(place, text)):
            return Internal("internal", kind=type(error).__name__, log=str(path))
    return Internal("internal", kind=type(error).__name__, log="—")


def _append(folder: Path, text: str) -> Path | None:
    path = folder / NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(path, flags, 0o600), "a", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError:
        return None
    return path
