"""A chart or a whole board as a picture or as data: menus, the question where to, the file."""

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from console.errors import BadInput
from console.indicators import words
from console.indicators.figures import BoardFigures
from console.indicators.indicator import board_name
from console.intake.csv_file import Cell, write_csv
from console.intake.hygiene import excerpt
from console.language import say
from ui.boards import table
from ui.boards.panel import Panel
from ui.boards.sheet import BoardSheet
from ui.growth import growth
from ui.saving import UNFIT, ask_where
from ui.tasks import tasks
from ui.theme import theme

SUFFIXES: Final = {"picture": "png", "data": "csv"}
MARGIN, HEAD = 16, 44  # pixels round a picture, and of its title


class Export(QWidget):
    """Saves what ``sheet`` shows; ``told`` says what came of it, ``failed`` why nothing did."""

    told = Signal(str)
    failed = Signal(str)

    def __init__(self, sheet: BoardSheet, board: Callable[[], BoardFigures | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet, self._board = sheet, board
        self.hide()
        for panel in sheet.panels:
            panel.exportRequested.connect(lambda one=panel: self.offer(one))

    def save_focused(self, kind: str) -> None:
        """Save the chart that has the keys, else the whole page."""
        self.ask(kind, next((one for one in self._sheet.panels if one.isAncestorOf(self._focused())), None))

    def _focused(self) -> QWidget:
        return self.window().focusWidget() or self

    def offer(self, panel: Panel | None) -> None:
        """Ask whether to save a picture or the data of ``panel``; None: of the page."""
        menu = QMenu(self.parentWidget())
        menu.aboutToHide.connect(menu.deleteLater)
        for kind, key in (("picture", "Ctrl+S"), ("data", "Ctrl+Shift+S")):
            action = menu.addAction(f"{say(f'boards.export.{kind}')}\t{key}")
            action.triggered.connect(lambda _on=False, one=kind: self.ask(one, panel))
        menu.popup(self._corner(panel))

    def _corner(self, panel: Panel | None) -> QPoint:
        button = panel.more if panel else self._focused()
        return button.mapToGlobal(QPoint(0, button.height()))

    def ask(self, kind: str, panel: Panel | None) -> None:
        """Ask where to save a "picture" or the "data" of ``panel``, None: of the page."""
        board = self._board()
        if board is None:
            return
        title, files = say(f"boards.export.{kind}"), say(f"boards.export.{kind}_files")
        save = partial(self.save, kind, panel)
        ask_where(self.window(), title, self.name(board, panel), files, SUFFIXES[kind], save)

    def name(self, board: BoardFigures, panel: Panel | None) -> str:
        """Return what the file is called at first."""
        part = panel.title if panel else ""
        said = (board.organisation, board_name(board.board), part, words.period_text(board))
        return excerpt(" ".join(filter(None, said)).translate(UNFIT), 120)

    def save(self, kind: str, panel: Panel | None, path: Path) -> None:
        """Save a "picture" or the "data" of ``panel`` to ``path``."""
        board = self._board()
        if board is not None and kind == "data":
            tasks.start(self._write(path, list(self.rows(board, panel))), "saving a board's data")
        elif board is not None:
            self._told(path, self.picture(board, panel).save(str(path), "PNG"))

    def _told(self, path: Path, saved: bool) -> None:  # noqa: FBT001  whether it is
        if saved:
            self.told.emit(say("boards.export.saved", file=str(path)))
        else:
            file, detail = excerpt(path.name, 120), say("boards.export.unwritten")
            self.failed.emit(BadInput("file_unwritable", file=file, detail=detail).sentence)

    async def _write(self, path: Path, rows: Iterable[list[Cell]]) -> None:
        try:
            await asyncio.to_thread(write_csv, path, rows)
        except BadInput as problem:
            self.failed.emit(problem.sentence)
        else:
            self._told(path, saved=True)

    def rows(self, board: BoardFigures, panel: Panel | None) -> Iterable[list[Cell]]:
        """Return the table of ``panel``, with whose and of when it is; None: every table."""
        drawn = self._sheet.areas.drawn
        by_area = table.area_rows(drawn) if drawn else ()
        if panel is None:
            return [*table.whole(board), [], *by_area]
        if panel is self._sheet.areas:
            return [*table.head_rows(board), [], *by_area]
        shown = next((key for key, one in self._sheet.charts.items() if one is panel), None)
        series = next((one for one in board.series if one.key == shown), None)
        told = table.series_rows(board, series) if series else table.ranking_rows(board)
        return [*table.head_rows(board), [], *told]

    def picture(self, board: BoardFigures, panel: Panel | None) -> QPixmap:
        """Return ``panel``, None: the whole page, under a line that says whose and of when it is."""
        controls: list[QWidget] = [one.more for one in self._sheet.panels]
        controls += [self._sheet.rank_by, self._sheet.areas.area]
        seen = [one for one in controls if one.isVisibleTo(self._sheet)]
        for control in seen:
            control.hide()  # there is nothing to press on a picture
        shot = (panel or self._sheet).grab()
        for control in seen:
            control.show()
        return _framed(shot, board, growth(self._sheet))


def _framed(shot: QPixmap, board: BoardFigures, larger: float) -> QPixmap:
    """Return ``shot`` under its title, whose letters are ``larger`` than usual as those of the page are."""
    shot.setDevicePixelRatio(shot.devicePixelRatio() * larger)  # so that all below counts usual pixels
    ratio = shot.devicePixelRatio()
    size = shot.deviceIndependentSize().toSize()
    made = QPixmap(round((size.width() + 2 * MARGIN) * ratio), round((size.height() + HEAD + MARGIN) * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(theme.color("window"))
    painter = QPainter(made)
    try:
        title = say("boards.title", organisation=board.organisation, board=board_name(board.board))
        told = say("boards.updated", at=words.as_of_text(board))
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font("case"))
        painter.drawText(MARGIN, 28, title)
        after = MARGIN + painter.fontMetrics().horizontalAdvance(title) + MARGIN
        painter.setPen(theme.color("text2"))
        painter.setFont(theme.font("small"))
        painter.drawText(after, 28, f"{words.period_text(board)}   {told}")
        painter.drawPixmap(MARGIN, HEAD, shot)
    finally:
        painter.end()
    return made
