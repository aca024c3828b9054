"""The files of a case as tiles: photos small, the rest by their kind. Enter opens, Ctrl+S saves."""

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from console.language import say
from ui.case.file_tile import PICTURE, FileTile
from ui.case.opening import Kept, open_by_system, safe_name, write
from ui.case.thumbs import FORMATS, Thumbs
from ui.layouts import put_away
from ui.queue.flow import FlowLayout
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import label


class Files(QWidget):
    """A tile for each attached file; a photo is read when its tile is first seen."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._files: list[dict[str, Any]] = []
        self._thumbs, self._kept = Thumbs(), Kept()
        self._title = label(role="third", parent=self)
        self._holder = QWidget(self)
        self._flow = FlowLayout(self._holder, gap=8)
        self.tiles: list[FileTile] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self._holder)

    def show_files(self, files: list[dict[str, Any]]) -> None:
        """Offer ``files`` (desk.incident's)."""
        self.setVisible(bool(files))
        self._title.setText(say("case.files", count=len(files)))
        if files == self._files:
            return
        self._files = files
        put_away(self._flow, self.tiles)
        self.tiles = [self._tile(file) for file in files]

    def forget(self) -> None:
        """Build everything anew next time: the language is another."""
        self._files = []

    def _tile(self, file: Mapping[str, Any]) -> FileTile:
        tile = FileTile(file, self._holder)
        tile.clicked.connect(partial(self._open, tile))
        tile.saving.connect(partial(self._save, tile))
        tile.walked.connect(partial(self._walk, tile))
        tile.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tile.customContextMenuRequested.connect(partial(self._offer, tile))
        if file["type"] in FORMATS:
            tile.seen.connect(partial(self._look, tile))
        self._flow.addWidget(tile)
        tile.show()
        return tile

    def _look(self, tile: FileTile) -> None:
        kept = self._thumbs.kept(tile.file_id)
        if kept is not None:
            tile.show_picture(kept)
        else:
            tasks.start(self._decode(tile), "reading a photo")

    async def _decode(self, tile: FileTile) -> None:
        ratio = tile.devicePixelRatioF()
        size = QSize(round(PICTURE.width() * ratio), round(PICTURE.height() * ratio))
        _name, media_type, content = await self._seat.console.reads.attachment(tile.file_id)
        picture = await self._thumbs.decode(tile.file_id, media_type, content, size)
        if tile in self.tiles:  # another case may have been opened meanwhile
            tile.show_picture(picture)

    def _walk(self, tile: FileTile, step: int) -> None:
        place = self.tiles.index(tile) + step
        if 0 <= place < len(self.tiles):
            self.tiles[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _offer(self, tile: FileTile, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(say("case.file_open")).triggered.connect(lambda _on: self._open(tile))
        menu.addAction(say("case.file_save")).triggered.connect(lambda _on: self._save(tile))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(tile.mapToGlobal(at))

    def _open(self, tile: FileTile, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signature
        tasks.start(self._show(tile.file_id), "opening a file")

    async def _show(self, file_id: int) -> None:
        name, media_type, content = await self._seat.console.reads.attachment(file_id)
        open_by_system(await asyncio.to_thread(self._kept.write, file_id, name, media_type, content))

    def _save(self, tile: FileTile) -> None:
        dialog = QFileDialog(self, say("case.file_save"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(safe_name(tile.name, tile.media_type))
        dialog.fileSelected.connect(
            lambda path: tasks.start(self._write(tile.file_id, Path(path)), "saving a file")
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _write(self, file_id: int, path: Path) -> None:
        _name, _type, content = await self._seat.console.reads.attachment(file_id)
        await asyncio.to_thread(write, path, content)
