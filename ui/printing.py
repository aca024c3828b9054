"""Paper: plain texts and tables on A4 pages, black on white, to a printer where there is one, else as a PDF.

Nothing here is markup: every text is inserted as it is, so that what somebody typed prints as they typed it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, QStandardPaths, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from console.desk.kept import private
from console.language import say
from ui.loop import answer
from ui.notices.notices import Notices
from ui.texts import paragraph
from ui.theme import theme

MARGIN = 15.0  # millimetres
FOOT = 26.0  # points below the text, for the page's number
DPI = 300  # of a PDF
POINTS = 72.0  # to an inch; everything is laid out in points
SIZES = {"title": 16.0, "section": 12.0, "text": 9.5, "small": 8.0}
GREY, LINE, HEAD = Qt.GlobalColor.darkGray, Qt.GlobalColor.lightGray, Qt.GlobalColor.black
PAPER_FACE = QFont.Weight.Normal, QFont.Weight.DemiBold


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
    document = _document(sheet, QSizeF(area.width(), area.height() - FOOT))
    painter = QPainter(device)
    try:
        scale = device.logicalDpiX() / POINTS
        painter.scale(scale, scale)
        for page in range(document.pageCount()):
            if page:
                device.newPage()
            _paint_page(painter, document, page, sheet.foot)
    finally:
        painter.end()
    return document.pageCount()


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
            pages = save_pdf(sheet, path)
        except OSError as error:
            notices.fail(say("printing.failed", file=path.name, reason=error.strerror or str(error)))
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


def _document(sheet: Sheet, size: QSizeF) -> QTextDocument:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(_font("text"))
    document.setPageSize(size)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    _line(cursor, sheet.title, "title", bold=True)
    for words in sheet.lead:
        _line(cursor, words, "small", colour=GREY)
    for section in sheet.sections:
        _section(cursor, section)
    cursor.endEditBlock()
    return document


def _section(cursor: QTextCursor, section: Section) -> None:
    if section.title:
        _line(cursor, section.title, "section", bold=True, above=12)
    for words in section.paragraphs:
        _line(cursor, words, "text", above=3)
    if section.rows:
        _table(cursor, section)


def _line(
    cursor: QTextCursor,
    words: str,
    size: str,
    *,
    bold: bool = False,
    colour: Qt.GlobalColor = HEAD,
    above: float = 0,
) -> None:
    block = QTextBlockFormat()
    block.setTopMargin(above)
    block.setBottomMargin(3)
    shape = _shape(size, bold=bold, colour=colour)
    if cursor.position():
        cursor.insertBlock(block, shape)
    else:
        cursor.setBlockFormat(block)
    cursor.insertText(paragraph(words), shape)


def _table(cursor: QTextCursor, section: Section) -> None:
    columns = max(len(section.head), *(len(row) for row in section.rows))
    form = QTextTableFormat()
    form.setBorder(1)
    form.setBorderBrush(LINE)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderCollapse(True)
    form.setCellPadding(3)
    form.setTopMargin(4)
    form.setHeaderRowCount(1 if section.head else 0)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    shares = section.widths or [1] * columns
    percent = [100 * share / sum(shares) for share in shares]
    form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, one) for one in percent])
    lines = [*([section.head] if section.head else []), *section.rows]
    table = cursor.insertTable(len(lines), columns, form)
    for row, line in enumerate(lines):
        bold = bool(section.head) and not row
        for column, words in enumerate(line):
            table.cellAt(row, column).firstCursorPosition().insertText(
                paragraph(words), _shape("text", bold=bold)
            )
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _shape(size: str, *, bold: bool = False, colour: Qt.GlobalColor = HEAD) -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setFont(_font(size, bold=bold))
    shape.setForeground(colour)
    return shape


def _font(size: str, *, bold: bool = False) -> QFont:
    font = theme.font("base")
    font.setPixelSize(round(SIZES[size]))  # laid out in points: one unit of the page is one point
    font.setWeight(PAPER_FACE[bold])
    return font


def _paint_page(painter: QPainter, document: QTextDocument, page: int, foot: str) -> None:
    size = document.pageSize()
    painter.save()
    painter.translate(0, -page * size.height())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, page * size.height(), size.width(), size.height())
    context.palette.setColor(QPalette.ColorRole.Text, HEAD)  # the screen may be dark
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()
    line = QRectF(0, size.height() + FOOT / 2, size.width(), FOOT / 2)
    painter.setFont(_font("small"))
    painter.setPen(GREY)
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft, paragraph(foot))
    number = say("printing.page", page=page + 1, pages=document.pageCount())
    painter.drawText(line, Qt.AlignmentFlag.AlignRight, number)
