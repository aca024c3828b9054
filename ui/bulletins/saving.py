"""Where a bulletin is saved."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

UNFIT: Final = str.maketrans(dict.fromkeys('\\/:*?"<>|', " "))  # in a file's name


def ask_where(parent: QWidget, name: str, kind: str, save: Callable[[Path], None]) -> None:
    """Ask where to save ``name`` as a file of ``kind`` ("pdf"), and ``save`` it there."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, parent.windowTitle(), folder, f"{kind.upper()} (*.{kind})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(kind)
    dialog.selectFile(f"{name.translate(UNFIT)}.{kind}")
    dialog.fileSelected.connect(lambda path: save(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
