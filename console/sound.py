"""What this machine can sound with; finding out for good takes a tone."""

import importlib.util
import platform
import shutil
from pathlib import Path
from typing import Final

PLAYERS: Final = (("paplay",), ("pw-play",), ("aplay", "-q"))  # programs that play a file


def player() -> tuple[str, ...] | None:
    """Return the program that plays a file here and its options, None where there is none."""
    return next((words for words in PLAYERS if shutil.which(words[0])), None)


def has_multimedia() -> bool:
    """Tell whether Qt's own sound is installed, without importing anything of Qt."""
    spec = importlib.util.find_spec("PySide6")
    beside = Path(str(spec.origin)).parent.glob("QtMultimedia.*") if spec is not None else ()
    return any(path.suffix in (".so", ".pyd") for path in beside)  # not the stubs, which come without it


def means() -> str | None:
    """Return what would sound here, by name; None where nothing can."""
    if has_multimedia():
        return "QtMultimedia"
    if platform.system() == "Windows":
        return "winsound"
    found = player()
    return found[0] if found else None
