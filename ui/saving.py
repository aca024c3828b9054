"""Where a file is saved that the window makes."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

UNFIT: Final = str.maketrans(dict.fromkeys('\\/:*?"<>|', " "))  # in a file's name


def ask_where(
    parent: QWidget, title: str, name: str, files: str, suffix: str, save: Callable[[Path], None]
) -> None:
    """Ask where to save ``name`` as one of ``files`` ("PDF (*.pdf)"), and ``save`` it there."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, folder, files)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(f"{name.translate(UNFIT)}.{suffix}")
    dialog.fileSelected.connect(lambda path: save(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
