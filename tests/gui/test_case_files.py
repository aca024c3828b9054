"""Attached files as tiles: photos small and harmless, the rest opened by the system, all by key."""

import asyncio
import struct
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QIODevice, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.conftest import Outside
from tests.gui.desktop import desktop, tap, until
from ui.case.file_tile import PICTURE
from ui.case.opening import safe_name
from ui.case.thumbs import decoded
from ui.tasks import tasks

DAMAGED = "(?i)jpeg|png|image|marker"  # what the decoders write to the log
ROOM = QSize(224, 148)


def photo(kind: str, width: int = 400, height: int = 300) -> bytes:
    """Return a red picture."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#C03020"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def bomb(side: int) -> bytes:
    """Return a small PNG that claims to be ``side`` pixels wide and high."""
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b""))
    made = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def kept(path: Path) -> tuple[bytes, int]:
    """Return what was written to ``path``, and who may look into its folder."""
    return path.read_bytes(), path.parent.parent.stat().st_mode & 0o777


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_decoded_no_larger_than_its_tile(kind: str) -> None:
    made = decoded(f"image/{kind.lower()}", photo(kind), ROOM)
    assert (made.width(), made.height()) == (197, 148)
    assert QColor(made.pixel(10, 10)).red() > 150


@pytest.mark.qt_log_ignore("allocation limit|Rejecting image")
@pytest.mark.parametrize("side", [12_000, 30_000])
def test_what_would_fill_the_memory_is_no_picture(side: int) -> None:
    assert decoded("image/png", bomb(side), ROOM).isNull()


@pytest.mark.qt_log_ignore(DAMAGED)
def test_only_photos_are_decoded_and_only_as_what_they_are() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    assert decoded("image/svg+xml", drawing, ROOM).isNull()
    assert decoded("image/jpeg", drawing, ROOM).isNull()
    assert decoded("image/png", photo("JPEG"), ROOM).isNull()
    assert decoded("image/jpeg", b"\xff\xd8\xff and no more", ROOM).isNull()


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("现场.jpg", "image/jpeg", "现场.jpg"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("C:\\temp\\run.bat", "audio/amr", "run.amr"),
        ("CON.jpg", "image/jpeg", "file_CON.jpg"),
        ("a<b>|\u202egpj.exe", "image/jpeg", "a_b___gpj.jpg"),
        ("..", "application/pdf", "file.pdf"),
        ("长" * 300 + ".wav", "audio/wav", "长" * 60 + ".wav"),
    ],
)
def test_a_name_can_neither_leave_the_folder_nor_become_a_program(name: str, kind: str, safe: str) -> None:
    assert safe_name(name, kind) == safe


@pytest.mark.qt_log_ignore(DAMAGED)
async def test_files_are_seen_opened_and_saved_by_key(
    database: Database, duty: Desk, tmp_path: Path, outside: Outside
) -> None:
    number = await report(duty)
    sent = {"现场.webp": photo("WEBP"), "坏.jpg": b"\xff\xd8\xff broken", "通话.amr": b"#!AMR\n sound"}
    for name, content in sent.items():
        await act(duty, "attach", number, file=name, content=content)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        files = desk.case.files
        good, broken, sound = files.tiles
        desk.case.body.area.ensureWidgetVisible(good)
        await until(lambda: broken.picture is not None)
        assert good.picture is not None
        assert 0 < good.picture.width() <= PICTURE.width() * 2
        assert "无法显示" in broken.accessibleName()
        assert sound.picture is None, "a recording is not read before it is wanted"
        good.setFocus()
        tap(Qt.Key.Key_Right)
        tap(Qt.Key.Key_Right)
        assert sound.hasFocus()
        tap(Qt.Key.Key_Return)
        await until(lambda: outside.asked)
        opened = Path(QUrl(outside.asked[0]).toLocalFile())
        assert opened.name == "通话.amr"
        assert kept(opened) == (sent["通话.amr"], 0o700)
        tap(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        dialog = await until(lambda: files.findChild(QFileDialog))
        dialog.fileSelected.emit(str(tmp_path / "存.amr"))
        await until((tmp_path / "存.amr").exists)
        dialog.reject()
        assert (tmp_path / "存.amr").stat().st_mode & 0o777 == 0o600


async def test_a_photo_that_comes_after_its_case_was_left_troubles_nobody(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty)
    await act(duty, "attach", number, file="现场.webp", content=photo("WEBP"))
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        files = desk.case.files
        reading = tasks.start(files._decode(files.tiles[0]), "reading a photo")
        await asyncio.sleep(0)
        files.show_files([])
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        await until(reading.done)
        assert reading.exception() is None
