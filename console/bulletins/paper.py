"""Sheets of A4 to write and draw on, in millimetres from the upper left corner, made into a PDF.

The one place that knows the PDF library. Colours are those of the light theme; the typeface is the bundled
Noto Sans, of which only the characters that occur go into the file.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib import import_module
from importlib.resources import as_file, files
from typing import Any, Final

import resources
from console.errors import OutOfReach

WIDTH, HEIGHT = 210.0, 297.0
EDGE: Final = 18.0
ROOM: Final = WIDTH - 2 * EDGE
BUNDLE: Final = ("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc")
SIMPLIFIED: Final = 2  # which typeface of the collection: that of mainland China
STAND_IN: Final = "〓"  # for a character that the typeface has not
NOT_FIRST: Final = frozenset(" ，。、；：！？）》〕”’%…,.;:!?)]}")  # never begins a line
POINT: Final = 0.3528  # millimetres


def colour(role: str) -> str:
    """Return a colour of the light theme, as #RRGGBB; "category2" is the third of a list."""
    light = resources.table("themes.toml")["color"]["light"]
    name = role.rstrip("0123456789")
    found = light[role] if role in light else light[name][int(role[len(name) :])]
    return str(found)


class Paper:
    """Pages, one after the other; ``footer`` stands at the foot of each, with {page} and {pages} in it."""

    def __init__(self, title: str, author: str, made: datetime, footer: str) -> None:
        try:
            self._library = import_module("fpdf")
        except ModuleNotFoundError as error:
            raise OutOfReach("package_missing", package="fpdf2") from error
        self._pdf: Any = self._library.FPDF(unit="mm", format="A4")
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_margin(0)
        self._pdf.c_margin = 0
        self._pdf.set_creation_date(made)
        self._pdf.set_title(title)
        self._pdf.set_author(author)
        self._pdf.alias_nb_pages("{pages}")
        self._footer = footer
        self._load()

    def _load(self) -> None:
        try:
            source = files(BUNDLE[0]) / BUNDLE[1]
        except ModuleNotFoundError as error:
            raise OutOfReach("font_missing") from error
        with as_file(source) as path:
            self._pdf.add_font("noto", fname=path, collection_font_number=SIMPLIFIED)
        self._known = self._pdf.fonts["noto"].cmap

    @property
    def bytes(self) -> bytes:
        """Return the whole document."""
        return bytes(self._pdf.output())

    def new_page(self) -> None:
        """Begin a page."""
        self._pdf.add_page()
        self.line((EDGE, HEIGHT - 15), (WIDTH - EDGE, HEIGHT - 15), "line")
        foot = self._footer.replace("{page}", str(self._pdf.page))
        self.text((EDGE, HEIGHT - 14), foot, 8, "text3", width=ROOM)

    def text(
        self,
        at: tuple[float, float],
        text: str,
        size: float,
        role: str = "text",
        *,
        width: float = ROOM,
        align: str = "L",
        strong: bool = False,
    ) -> None:
        """Write one line of ``size`` points into a box at its upper left corner; what does not fit is cut."""
        self._pdf.set_font("noto", size=size)
        self._pdf.set_text_color(colour(role))
        self._pdf.set_xy(*at)
        tall = size * POINT * 1.5
        mode = "FILL_STROKE" if strong else "FILL"
        with self._pdf.local_context(text_mode=mode, line_width=size * 0.008, draw_color=colour(role)):
            self._pdf.cell(width, tall, self._fitted(self.known(text), width), align=align)

    def known(self, text: str) -> str:
        """Return ``text`` with a stand-in for every character that the typeface has not."""
        return "".join(c if ord(c) in self._known else STAND_IN for c in text)

    def _fitted(self, text: str, width: float) -> str:
        if self._pdf.get_string_width(text) <= width:
            return text
        while text and self._pdf.get_string_width(text + "…") > width:
            text = text[:-1]
        return text + "…"

    def width(self, text: str, size: float) -> float:
        """Return how wide a line is."""
        self._pdf.set_font("noto", size=size)
        return float(self._pdf.get_string_width(self.known(text)))

    def wrapped(self, text: str, size: float, width: float) -> Iterator[str]:
        """Yield the lines of a paragraph: broken at any Chinese character, at spaces of other scripts."""
        self._pdf.set_font("noto", size=size)
        line = ""
        for piece in _pieces(self.known(text)):
            if line and self._pdf.get_string_width(line + piece.rstrip()) > width:
                yield line.rstrip()
                line = ""
            while self._pdf.get_string_width(piece) > width and len(piece) > 1:  # a word as long as a line
                most = max(int(len(piece) * width / self._pdf.get_string_width(piece)), 1)
                yield piece[:most]
                piece = piece[most:]  # noqa: PLW2901  what is left of it
            line += piece
        yield line.rstrip()

    def line(
        self, start: tuple[float, float], end: tuple[float, float], role: str, wide: float = 0.2
    ) -> None:
        """Draw a straight line."""
        self._pdf.set_draw_color(colour(role))
        self._pdf.set_line_width(wide)
        self._pdf.line(*start, *end)

    def path(self, points: Sequence[tuple[float, float]], role: str, wide: float = 0.5) -> None:
        """Draw straight lines from point to point; a single point as a dot."""
        if len(points) == 1:
            self.dot(points[0], role, wide)
            return
        self._pdf.set_draw_color(colour(role))
        self._pdf.set_line_width(wide)
        self._pdf.polyline(list(points))

    def dot(self, at: tuple[float, float], role: str, radius: float) -> None:
        """Fill a small circle."""
        self._pdf.set_fill_color(colour(role))
        self._pdf.circle(at[0], at[1], radius, style="F")

    def box(
        self, at: tuple[float, float], size: tuple[float, float], role: str, *, round_by: float = 0
    ) -> None:
        """Fill a rectangle."""
        self._pdf.set_fill_color(colour(role))
        rounded = {"round_corners": True, "corner_radius": round_by} if round_by else {}
        self._pdf.rect(*at, *size, style="F", **rounded)


def _pieces(text: str) -> Iterator[str]:
    """Yield what may not be broken: words with their space, a character with what must not begin a line."""
    piece = ""
    for char in text:
        goes_on = char.isascii() and bool(piece) and piece[-1].isascii() and piece[-1] != " "
        if piece and not (goes_on or char in NOT_FIRST):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece
