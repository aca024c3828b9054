"""Paper: plain texts and tables on A4 pages, black on white, to a printer where there is one, else as a PDF.

Nothing here is markup: every text is inserted as it is, so that what somebody typed prints as they typed it.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QStandardPaths, Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from console.causes import cause
from console.kept import private
from console.language import say
from ui.loop import answer
from ui.notices.notices import Notices
from ui.texts import paragraph
from ui.typeset import Band, font, line, pages, row

MARGIN = 15.0  # millimetres
FOOT = 26.0  # points below the text, for the page's number
DPI = 300  # of a PDF
POINTS = 72.0  # to an inch; everything is laid out in points
GREY = Qt.GlobalColor.darkGray


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, paragraphs, and a table; ``widths`` are the columns' shares, equal where there are none."""

    title: str = ""
    paragraphs: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document: its title, what stands small below it, its sections, and the foot of every page."""

    title: str
    lead: Sequence[str] = ()
    sections: Sequence[Section] = ()
    foot: str = ""


def save_pdf(sheet: Sheet, path: Path) -> int:
    """Write ``sheet`` to ``path`` as PDF; return how many pages it has. OSError where that cannot be."""
    with open(path, "wb", opener=private):  # Qt says only that it failed, not why
        pass
    writer = QPdfWriter(str(path))
    writer.setTitle(sheet.title)
    writer.setCreator(say("window.product"))
    writer.setResolution(DPI)
    _a4(writer)
    return paint(sheet, writer)


def paint(sheet: Sheet, device: QPagedPaintDevice) -> int:
    """Paint ``sheet`` page by page on ``device``, whose paper is set; return how many pages it has."""
    area = device.pageLayout().paintRect(QPageLayout.Unit.Point).size()
    found = pages(bands(sheet, area.width()), area.height() - FOOT)
    painter = QPainter(device)
    try:
        scale = device.logicalDpiX() / POINTS
        painter.scale(scale, scale)
        for number, page in enumerate(found, start=1):
            if number > 1:
                device.newPage()
            for y, band in page:
                band.draw(painter, y)
            told = say("printing.page", page=number, pages=len(found))
            _paint_foot(painter, QRectF(0, 0, area.width(), area.height()), sheet.foot, told)
    finally:
        painter.end()
    return len(found)


async def deliver(sheet: Sheet, name: str, parent: QWidget, notices: Notices) -> None:
    """Print ``sheet`` where a printer is known, else save it as PDF under a name that is asked for.

    ``name`` is proposed; ``notices`` tell what became of it, nothing if it was called off.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo  # noqa: PLC0415  few print

    if QPrinterInfo.availablePrinterNames():
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(sheet.title)
        _a4(printer)
        dialog = QPrintDialog(printer, parent)
        if await answer(dialog) == QDialog.DialogCode.Accepted.value:
            notices.say(say("printing.printed", pages=paint(sheet, printer), printer=printer.printerName()))
        return
    path = await _ask_path(name, parent)
    if path is not None:
        try:
            pages = await asyncio.to_thread(save_pdf, sheet, path)  # a long story takes seconds
        except OSError as error:
            notices.fail(say("printing.failed", file=path.name, reason=cause(error)))
        else:
            notices.say(say("printing.saved", pages=pages, file=str(path)))


async def _ask_path(name: str, parent: QWidget) -> Path | None:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, say("printing.save_as"), folder, say("printing.filter"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(f"{name}.pdf")
    try:
        accepted = await answer(dialog) == QDialog.DialogCode.Accepted.value
        return Path(dialog.selectedFiles()[0]) if accepted else None
    finally:
        dialog.deleteLater()


def _a4(device: QPagedPaintDevice) -> None:
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter)


def bands(sheet: Sheet, width: float) -> Iterator[Band]:
    """Yield what ``sheet`` says from top to bottom, set ``width`` points wide."""
    yield line(paragraph(sheet.title), width, "title", bold=True, keeps=True)
    for words in sheet.lead:
        yield line(paragraph(words), width, "small", colour=GREY, above=3.0)
    for section in sheet.sections:
        if section.title:
            yield line(paragraph(section.title), width, "section", bold=True, above=14.0, keeps=True)
        for words in section.paragraphs:
            yield line(paragraph(words), width, "text", above=4.0 if section.title else 16.0)
        yield from _table(section, width)


def _table(section: Section, width: float) -> Iterator[Band]:
    if not section.rows:
        return
    shares = section.widths or [1] * max(len(section.head), *(len(one) for one in section.rows))
    if section.head:
        yield row(section.head, shares, width, above=5.0, bold=True, keeps=True, head=True)
    for place, words in enumerate(section.rows):
        above = 0.0 if place or section.head else 5.0
        yield row([paragraph(one) for one in words], shares, width, above=above)


def _paint_foot(painter: QPainter, page: QRectF, foot: str, number: str) -> None:
    strip = QRectF(0, page.height() - FOOT / 2, page.width(), FOOT / 2)
    painter.setFont(font("small"))
    painter.setPen(GREY)
    painter.drawText(strip, Qt.AlignmentFlag.AlignLeft, paragraph(foot))
    painter.drawText(strip, Qt.AlignmentFlag.AlignRight, number)
