"""Attached files on this machine: kept in a private folder while the window lives, opened by the system."""

import re
from pathlib import Path

from PySide6.QtCore import QDir, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices

from console.causes import cause
from console.errors import BadInput
from console.kept import private

# How a name ends follows from what the file is, not from what it says: nothing becomes a program.
ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/heic": "heic",
    "application/pdf": "pdf",
    "audio/wav": "wav", "audio/ogg": "ogg", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/amr": "amr",
    "video/mp4": "mp4",
}  # fmt: skip
UNFIT = re.compile(r"[^\w .()（）【】，、+-]")  # separators, quotes, wildcards, unseen characters
RESERVED = frozenset({"CON", "PRN", "AUX", "NUL"})
LONGEST = 60


class Kept:
    """The folder of one window, readable by its owner alone; it goes with the object that holds it."""

    def __init__(self) -> None:
        self._folder: QTemporaryDir | None = None

    def write(self, file_id: int, name: str, media_type: str, content: bytes) -> Path:
        """Write a file under a harmless name; BadInput where the disk will not take it."""
        if self._folder is None:
            self._folder = QTemporaryDir(f"{QDir.tempPath()}/gridseat-")
        folder = Path(self._folder.path()) / str(file_id)
        folder.mkdir(exist_ok=True)
        path = folder / safe_name(name, media_type)
        write(path, content)
        return path


def safe_name(name: str, media_type: str) -> str:
    """Return ``name`` as any system takes it, ending in what the file is."""
    last = re.split(r"[/\\]", name)[-1]
    stem = UNFIT.sub("_", last.rpartition(".")[0] or last).strip(" .")[:LONGEST].strip(" .")
    if not stem or stem.upper() in RESERVED:
        stem = f"file_{stem}".rstrip("_")
    return f"{stem}.{ENDINGS.get(media_type, 'bin')}"


def write(path: Path, content: bytes) -> None:
    """Write ``content``; BadInput("file_unwritable") where that fails."""
    try:
        with open(path, "wb", opener=private) as file:
            file.write(content)
    except OSError as error:
        raise BadInput("file_unwritable", file=path, detail=cause(error)) from error


def open_by_system(path: Path) -> None:
    """Let the system's own program show or play ``path``; BadInput where it has none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise BadInput("no_program", file=path.name)
