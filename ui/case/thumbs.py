"""Small pictures of photos, decoded beside the screen: neither a hundred megapixels nor a bomb stops it."""

import asyncio

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

FORMATS = {"image/jpeg": b"jpeg", "image/png": b"png", "image/webp": b"webp"}  # and no other decoder
MOST_MEGABYTES = 192  # one picture may take so much while it is decoded
MOST_SIDE = 20_000  # pixels; what claims more is no photo
KEPT = 64  # pictures of the last cases


class Thumbs:
    """Pictures by file, decoded one at a time and kept: a file never changes."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._kept: dict[int, QImage] = {}

    def kept(self, file_id: int) -> QImage | None:
        """Return the picture of a file that was decoded before; a null image where it could not be."""
        return self._kept.get(file_id)

    async def decode(self, file_id: int, media_type: str, content: bytes, size: QSize) -> QImage:
        """Return the picture within ``size``, null where ``content`` is none; keep it."""
        async with self._turn:
            found = await asyncio.to_thread(decoded, media_type, content, size)
        self._kept[file_id] = found
        for old in list(self._kept)[:-KEPT]:
            del self._kept[old]
        return found


def decoded(media_type: str, content: bytes, size: QSize) -> QImage:
    """Return ``content`` as a picture within ``size``, the right way up; null where it is none."""
    kind = FORMATS.get(media_type)
    if kind is None:
        return QImage()
    QImageReader.setAllocationLimit(MOST_MEGABYTES)  # of this process, set to the same each time
    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    whole = reader.size()
    if not whole.isValid() or max(whole.width(), whole.height()) > MOST_SIDE:
        return QImage()
    if whole.width() > size.width() or whole.height() > size.height():
        reader.setScaledSize(whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    return reader.read()
