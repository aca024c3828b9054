"""The files of a case: named, saved to disk at a click."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from console.errors import BadInput
from console.language import say
from ui.layouts import put_away
from ui.queue.flow import FlowLayout
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import label, shown
from ui.theme import theme


class Files(QWidget):
    """A button for each attached file."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._files: list[dict[str, Any]] = []
        self._title = label(role="third", parent=self)
        self._holder = QWidget(self)
        self._flow = FlowLayout(self._holder)
        self._buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self._holder)

    def show_files(self, files: list[dict[str, Any]]) -> None:
        """Offer ``files`` (desk.incident's)."""
        self.setVisible(bool(files))
        self._title.setText(say("case.files"))
        if files == self._files:
            return
        self._files = files
        put_away(self._flow, self._buttons)
        self._buttons = [self._button(file) for file in files]

    def _button(self, file: dict[str, Any]) -> QPushButton:
        size = max(1, round(file["size"] / 1024))
        text = say("case.file", name=shown(file["name"]), size=size)
        button = QPushButton(theme.icon("link"), text.replace("&", "&&"), self._holder)
        button.setProperty("role", "chip")
        button.clicked.connect(partial(self._save, file["id"], file["name"]))
        self._flow.addWidget(button)
        button.show()
        return button

    def _save(self, file_id: int, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        dialog = QFileDialog(self, say("case.files"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(Path(name).name)
        dialog.fileSelected.connect(
            lambda path: tasks.start(self._write(file_id, Path(path)), "saving a file")
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _write(self, file_id: int, path: Path) -> None:
        _name, _type, content = await self._seat.console.reads.attachment(file_id)
        await asyncio.to_thread(_write, path, content)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadInput("file_unwritable", file=path, detail=error.strerror) from error
