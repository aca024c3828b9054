"""A workbook of XLSX, its sheets and what goes into their cells.

Every text is written as a text, marked so that a worksheet never takes one for a formula, whatever it begins
with; numbers are numbers. The same words give the same bytes: nothing of the clock goes in but what is given.
"""

import io
import math
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from typing import Any, Final

from console.bulletins.bulletin import plain
from console.errors import OutOfReach
from console.indicators.indicator import Kind
from console.language import say
from console.spoken import width

FORMATS: Final = {Kind.COUNT: "#,##0", Kind.RATE: "0.0%", Kind.RATIO: "#,##0.00", Kind.SPAN: "[h]:mm"}
POINTS: Final = "0.0"
HOURS, DAYS = "hh:mm", "mm-dd"  # how instants are written
A4: Final = 9  # as the format numbers it
FONT: Final = "Microsoft YaHei"
COLOURS: Final = ("#125BC4", "#D55E00")
WIDTHS: Final = {  # of columns, in characters: texts and numbers have room, and a page of A4 has room for all
    "figures": (24, 14, 14, 12, 12, 14, 36, 60),
    "charts": (32, 16, 16, 4),
    "ranking": (8, 26, 18, 14, 12, 12, 4),
    "scores": (8, 26, 10, 10, 10, 16, 16, 16, 16, 16),
    "cover": (100,),
}
NUMBERS: Final = {  # columns of them
    "figures": {2, 3, 4, 5},
    "charts": {1, 2},
    "ranking": {0, 3, 4, 5},
    "scores": {0, 2, 4, 5, 6, 7, 8, 9},
}
INDENT: Final = 5  # letters that margins, and words that do not break, may take of a column
INDENTED: Final = {"align": "left", "indent": 1}
WRAPPED: Final = {"wrapped": 1.0, "title": 1.7}  # styles that wrap: how many times the usual letter is theirs
LINE: Final = 17  # points
TALLEST: Final = 409  # points that a line may have
LONGEST: Final = 4000  # characters of a cell
SCALE: Final = 60  # per cent at which the numbers of a chart and the chart beside them have room on a page


class Sheet:
    """A page of cells, by line and column from 0."""

    def __init__(self, raw: Any, kind: str, styles: dict[str, Any], book: Any) -> None:  # noqa: ANN401  the library has no types
        self.raw, self._kind, self._styles, self._book = raw, kind, styles, book
        self._tall: dict[int, float] = {}

    def say(self, line: int, column: int, text: str, style: str = "text") -> None:
        """Write a text: as "text", "wrapped", "title", "head" or, to the right, as "above" and "dash"."""
        told = plain(text, LONGEST)
        self.raw.write_string(line, column, told, self._styles[style])
        if times := WRAPPED.get(style):
            lines = math.ceil(width(told) * times / (WIDTHS[self._kind][column] - INDENT))
            self._room(line, lines * times)

    def _room(self, line: int, tall: float) -> None:
        """Make a line so many usual ones tall: not every program does when it opens a workbook."""
        if tall > self._tall.get(line, 1):
            self._tall[line] = tall
            self.raw.set_row(line, min(LINE * tall, TALLEST))

    def count(self, line: int, column: int, value: float | None, form: str, none: str = "") -> None:
        """Write a number; where there is none, ``none`` or a dash."""
        if value is None:
            self.say(line, column, none or say("boards.none"), "dash")
        else:
            self.raw.write_number(line, column, value, self._styles[form])

    def instant(self, line: int, column: int, at: datetime, form: str) -> None:
        """Write a moment of the local time."""
        self.raw.write_datetime(line, column, at.replace(tzinfo=None), self._styles[form])

    def heading(self, names: Sequence[str], line: int = 0) -> None:
        """Write heads, those of columns of numbers to the right as these stand."""
        for column, name in enumerate(names):
            self.say(line, column, name, "above" if column in NUMBERS[self._kind] else "head")

    def chart(self, kind: str, title: str, size: tuple[int, int]) -> Any:  # noqa: ANN401
        """Return a chart that stands nowhere yet."""
        chart = self._book.add_chart({"type": kind})
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_size(dict(zip(("width", "height"), size, strict=True)))
        return chart

    def add(
        self,
        chart: Any,  # noqa: ANN401
        lines: tuple[int, int],
        column: int,
        *,
        names: int = 0,
        dots: bool = False,
    ) -> None:
        """Show in ``chart`` a column from below the first line to the last, its marks called by ``names``.

        ``dots``: one at each value, so that one between two gaps is seen.
        """
        colour, name, (first, last) = COLOURS[(column - 1) % len(COLOURS)], self.raw.get_name(), lines
        paint = {"color": colour}
        marker = {"marker": {"type": "circle", "size": 4, "fill": paint, "border": paint}} if dots else {}
        chart.add_series(
            {
                "name": [name, first, column],
                "categories": [name, first + 1, names, last, names],
                "values": [name, first + 1, column, last, column],
                "line": {**paint, "width": 2},
                "fill": paint,
                **marker,
            }
        )

    def tear(self, lines: Sequence[int]) -> None:
        """Begin a page at each of these; where pages are fitted to their width, no program heeds it."""
        self.raw.set_print_scale(SCALE)
        self.raw.set_h_pagebreaks(lines)


class Book:
    """A workbook in memory; ``facts`` are its properties, ``foot`` stands below each page."""

    def __init__(self, facts: dict[str, object], foot: str) -> None:
        try:
            library = import_module("xlsxwriter")
        except ModuleNotFoundError as error:
            raise OutOfReach("package_missing", package="xlsxwriter") from error
        self._out, self._foot = io.BytesIO(), foot
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._raw = library.Workbook(self._out, options)
        self._raw.set_properties(facts)
        self._styles = self._drawn()

    def _drawn(self) -> dict[str, Any]:
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        texts: dict[str, dict[str, object]] = {
            "text": {"valign": "top", **INDENTED},
            "wrapped": {"text_wrap": True, "valign": "top", **INDENTED},
            "title": {"text_wrap": True, "bold": True, "font_size": 18, "font_color": "#C8392E"},
            "head": {**head, **INDENTED},
            "above": {**head, "align": "right"},
            "dash": {"valign": "top", "align": "right"},
        }
        numbers: dict[str, dict[str, object]] = {form: {} for form in (*FORMATS.values(), POINTS)}
        numbers |= dict.fromkeys((HOURS, DAYS), INDENTED)
        told = {name: {"quote_prefix": True, **facts} for name, facts in texts.items()}
        told |= {form: {"num_format": form, "valign": "top", **facts} for form, facts in numbers.items()}
        return {name: self._raw.add_format({"font_name": FONT, **facts}) for name, facts in told.items()}

    def sheet(self, kind: str, name: str, held: int = 0) -> Sheet:
        """Return a new sheet whose first row and ``held`` columns stay, as wide as a page when printed."""
        raw = self._raw.add_worksheet(_sheet_name(name))
        raw.set_paper(A4)
        raw.set_landscape()
        raw.fit_to_pages(1, 0)
        raw.set_default_row(LINE)
        raw.set_footer(f"&L{self._foot.replace('&', '&&')}&R&P / &N")
        for column, wide in enumerate(WIDTHS[kind]):
            raw.set_column(column, column, wide)
        if held:
            raw.freeze_panes(1, held)
            raw.repeat_rows(0)
        return Sheet(raw, kind, self._styles, self._raw)

    @property
    def bytes(self) -> bytes:
        """Return the whole workbook, to which nothing can be added any more."""
        self._raw.close()
        return self._out.getvalue()


def _sheet_name(text: str) -> str:
    """Return a name that a sheet may have: 31 characters, none of those that worksheets forbid."""
    return "".join(c for c in plain(text) if c not in "[]:*?/\\'")[:31] or "-"
