"""A bulletin as an XLSX workbook, with charts that stay charts.

Every text is written as a text, marked so that a worksheet never takes one for a formula, whatever it begins
with; numbers are numbers. The same bulletin gives the same bytes: nothing of the clock goes in but its own.
"""

import io
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

from console.bulletins import sentences, words
from console.bulletins.bulletin import Bulletin, plain
from console.errors import OutOfReach
from console.indicators.figures import BoardFigures, Series
from console.indicators.indicator import Kind, board_name, indicators
from console.indicators.places import placed
from console.indicators.standing import Standing
from console.language import say
from console.spoken import CHINA

FORMATS: Final = {Kind.COUNT: "#,##0", Kind.RATE: "0.0%", Kind.RATIO: "#,##0.00", Kind.SPAN: "[h]:mm"}
DAY: Final = 86400
A4: Final = 9  # as the format numbers it
FONT: Final = "Microsoft YaHei"
COLOURS: Final = ("#125BC4", "#D55E00")
FIGURES: Final = ("name", "unit", "value", "hits", "of_all", "before", "change", "formula")
CHARTED: Final = 31  # marks of a chart; all of them are in the cells
HOURS, DAYS = "hh:mm", "mm-dd"  # how instants are written
NAME: Final = 60  # characters of a name at the foot of a page
CHARTS_AT: Final = 4  # the column where charts begin
WIDTHS: Final = {  # of columns, in characters: texts and numbers have room, and a page of A4 has room for all
    "figures": (24, 14, 14, 12, 12, 14, 32, 60),
    "charts": (32, 16, 16, 4),
    "ranking": (8, 26, 18, 14, 12, 12, 4),
    "scores": (8, 26, 10, 10, 10, 16, 16, 16, 16, 16),
    "cover": (100,),
}
RANKS: Final = ("place", "organisation", "code", "value", "hits", "of_all")


def workbook(bulletin: Bulletin) -> bytes:
    """Return the workbook: a cover, of each board its figures, charts and ranking, the scores."""
    try:
        library = import_module("xlsxwriter")
    except ModuleNotFoundError as error:
        raise OutOfReach("package_missing", package="xlsxwriter") from error
    out = io.BytesIO()
    book = library.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": words.title(bulletin),
            "subject": words.number(bulletin),
            "author": bulletin.organisation,
            "comments": bulletin.digest,
            "created": bulletin.issued_at.replace(tzinfo=None),
        }
    )
    _Sheets(book).write(bulletin)
    book.close()
    return out.getvalue()


class _Sheets:
    """Writes sheets into a book."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401  the library has no types
        self._book = book
        self._text = self._style()
        self._head = self._style(bold=True, bottom=1, text_wrap=True, valign="top")
        self._title = self._style(text_wrap=True, bold=True, font_size=18, font_color="#C8392E")
        self._wrapped = self._style(text_wrap=True, valign="top")
        self._dash = self._style(align="right")
        self._foot = ""
        self._numbers = {
            form: book.add_format({"font_name": FONT, "num_format": form})
            for form in (*FORMATS.values(), "0.0", HOURS, DAYS)
        }

    def _style(self, **facts: object) -> Any:  # noqa: ANN401
        return self._book.add_format({"font_name": FONT, "quote_prefix": True, **facts})

    def write(self, bulletin: Bulletin) -> None:
        self._foot = " ".join([words.number(bulletin), bulletin.organisation[:NAME], words.period(bulletin)])
        self._cover(bulletin)
        for key, board in bulletin.boards.items():
            self._figures(bulletin, key)
            self._charts(board)
            self._ranking(board)
        for peers in bulletin.scores:
            if peers.units:
                self._scores(peers)

    def _sheet(self, kind: str, name: str, held: int = 0) -> Any:  # noqa: ANN401
        """Return a new sheet whose first row and ``held`` columns stay, as wide as a page when printed."""
        sheet = self._book.add_worksheet(_sheet_name(name))
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self._foot.replace('&', '&&')}&R&P / &N")
        for column, wide in enumerate(WIDTHS[kind]):
            sheet.set_column(column, column, wide)
        if held:
            sheet.freeze_panes(1, held)
            sheet.repeat_rows(0)
        return sheet

    def _cover(self, bulletin: Bulletin) -> None:
        sheet = self._sheet("cover", say("bulletins.part.summary"))
        sheet.hide_gridlines(2)
        self._say(sheet, 0, 0, words.title(bulletin), self._title)
        lines = [
            words.number(bulletin),
            words.period(bulletin),
            words.issued(bulletin),
            say("bulletins.as_of"),
        ]
        lines += ["", *sentences.summary(bulletin)]
        if bulletin.comment:
            lines += ["", say("bulletins.part.comment"), *words.comment(bulletin)]
        lines += ["", say("bulletins.digest", digest=bulletin.digest)]
        for line, text in enumerate(lines, 1):
            self._say(sheet, line, 0, text, self._wrapped)

    def _say(self, sheet: Any, line: int, column: int, text: str, style: Any = None) -> None:  # noqa: ANN401
        sheet.write_string(line, column, plain(text, 4000), style or self._text)

    def _count(self, sheet: Any, line: int, column: int, value: float | None, form: str) -> None:  # noqa: ANN401
        if value is None:
            self._say(sheet, line, column, say("boards.none"), self._dash)
        else:
            sheet.write_number(line, column, value, self._numbers[form])

    def _heading(self, sheet: Any, names: Sequence[str]) -> None:  # noqa: ANN401
        for column, name in enumerate(names):
            self._say(sheet, 0, column, name, self._head)

    def _figures(self, bulletin: Bulletin, key: str) -> None:
        sheet = self._sheet("figures", board_name(key), held=1)
        self._heading(sheet, [say(f"bulletins.column.{name}") for name in FIGURES])
        for line, (indicator, figure) in enumerate(bulletin.board(key), 1):
            form, per = FORMATS[indicator.kind], DAY if indicator.kind is Kind.SPAN else 1
            self._say(sheet, line, 0, indicator.name)
            self._say(sheet, line, 1, indicator.unit)
            self._count(sheet, line, 2, _per(figure.value, per), form)
            self._count(sheet, line, 3, figure.numerator, FORMATS[Kind.COUNT])
            self._count(sheet, line, 4, figure.denominator, FORMATS[Kind.COUNT])
            self._count(sheet, line, 5, _per(figure.before, per), form)
            self._say(sheet, line, 6, words.changes(bulletin, indicator, figure)[0], self._wrapped)
            self._say(sheet, line, 7, indicator.formula, self._wrapped)

    def _charts(self, board: BoardFigures) -> None:
        """Write what the charts of a board show, each chart beside its numbers."""
        shown = [series for series in board.series if series.lines and series.kind != "week"]
        if not shown:
            return
        sheet = self._sheet("charts", say("bulletins.part.charts", board=board_name(board.board)))
        line = 0
        for series in shown:
            line = self._series(sheet, board, series, line) + 2

    def _series(self, sheet: Any, board: BoardFigures, series: Series, line: int) -> int:  # noqa: ANN401
        """Write a chart's numbers from ``line`` on and the chart; return the last line that it takes."""
        self._say(sheet, line, 0, words.series_name(series.key), self._head)
        marks = self._marks(sheet, board, series, line + 1)
        if not marks:
            self._say(sheet, line + 1, 0, say("boards.none"))
            return line + 1
        form = FORMATS[Kind.RATE if words.in_percent(series) else Kind.COUNT]
        chart = self._book.add_chart({"type": "line" if series.kind == "trend" else "column"})
        for column, one in enumerate(series.lines, 1):
            self._say(sheet, line, column, words.line_name(one.key), self._head)
            for row, value in enumerate(one.values[:marks], line + 1):
                if value is not None:  # a text would be drawn as none at all, a blank is a gap
                    self._count(sheet, row, column, value, form)
            self._add(chart, sheet.get_name(), line, line + min(marks, CHARTED), column)
        chart.set_title({"name": words.series_name(series.key), "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        chart.set_x_axis({"text_axis": True, "num_format": _steps(board)})
        chart.set_y_axis({"num_format": form, "min": 0})
        chart.set_size({"width": 640, "height": 300})
        sheet.insert_chart(line, CHARTS_AT, chart)
        return int(max(line + marks, line + 15))

    def _marks(self, sheet: Any, board: BoardFigures, series: Series, line: int) -> int:  # noqa: ANN401
        """Write what stands on a chart's axis, of a trend its instants; return how many there are."""
        if series.kind == "trend" and not series.marks:
            for row, at in enumerate(board.edges[:-1], line):
                when = at.astimezone(CHINA).replace(tzinfo=None)
                sheet.write_datetime(row, 0, when, self._numbers[_steps(board)])
            return len(board.edges) - 1
        labels = words.mark_labels(board, series)
        for row, label in enumerate(labels, line):
            self._say(sheet, row, 0, label)
        return len(labels)

    def _add(self, chart: Any, name: str, line: int, last: int, column: int, names: int = 0) -> None:  # noqa: ANN401
        colour = COLOURS[(column - 1) % len(COLOURS)]
        chart.add_series(
            {
                "name": [name, line, column],
                "categories": [name, line + 1, names, last, names],
                "values": [name, line + 1, column, last, column],
                "line": {"color": colour, "width": 2},
                "fill": {"color": colour},
            }
        )

    def _ranking(self, board: BoardFigures) -> None:
        indicator = indicators().get(board.ranking.figure)
        if indicator is None or not board.ranking.rows:
            return
        titled = say("boards.ranked_by", figure=indicator.name)
        sheet = self._sheet("ranking", f"{board_name(board.board)} {titled}", held=2)
        self._heading(sheet, [say(f"bulletins.column.{name}") for name in RANKS])
        for line, (place, row) in enumerate(placed(board), 1):
            self._count(sheet, line, 0, place, FORMATS[Kind.COUNT])
            self._say(sheet, line, 1, row.name)
            self._say(sheet, line, 2, row.code)
            self._count(sheet, line, 3, row.value, FORMATS[indicator.kind])
            self._count(sheet, line, 4, row.numerator, FORMATS[Kind.COUNT])
            self._count(sheet, line, 5, row.denominator, FORMATS[Kind.COUNT])
        rows = min(len(board.ranking.rows), CHARTED)
        chart = self._book.add_chart({"type": "bar"})
        self._add(chart, sheet.get_name(), 0, rows, 3, 1)
        chart.set_title({"name": titled, "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_x_axis({"num_format": FORMATS[indicator.kind], "min": 0})
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 560, "height": max(240, 24 * rows)})
        sheet.insert_chart(0, len(WIDTHS["ranking"]), chart)

    def _scores(self, peers: Standing) -> None:
        sheet = self._sheet("scores", words.group(peers), held=2)
        head = [say(f"scores.{name}") for name in ("place", "unit", "score", "grade", "due")]
        self._heading(sheet, [*head, *map(words.part_name, peers.units[0].parts)])
        for line, row in enumerate(peers.units, 1):
            self._count(sheet, line, 0, row.place, FORMATS[Kind.COUNT])
            self._say(sheet, line, 1, row.name)
            self._count(sheet, line, 2, row.score, "0.0")
            self._say(sheet, line, 3, row.grade or say("boards.none"))
            self._count(sheet, line, 4, row.cases, FORMATS[Kind.COUNT])
            for column, part in enumerate(row.parts, 5):
                self._count(sheet, line, column, part.value, FORMATS[Kind.RATE])


def _steps(board: BoardFigures) -> str:
    """Return how the steps of a board's trends are written."""
    return HOURS if board.step == "hour" else DAYS


def _per(value: float | None, per: int) -> float | None:
    return None if value is None else value / per


def _sheet_name(text: str) -> str:
    """Return a name that a sheet may have: 31 characters, none of those that worksheets forbid."""
    return "".join(c for c in plain(text) if c not in "[]:*?/\\'")[:31] or "-"
