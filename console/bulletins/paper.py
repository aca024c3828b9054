"""Sheets of A4 to write and draw on, in millimetres from the upper left corner, made into a PDF.

Colours are those of the light theme; of the typeface only the characters that occur go into the file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import resources
from console.bulletins.marks import Box, Dot, Mark, Path, Words
from console.bulletins.typeface import NAME, POINT, new_pdf, widths

WIDTH, HEIGHT = 210.0, 297.0
EDGE: Final = 18.0
ROOM: Final = WIDTH - 2 * EDGE
FOOT: Final = HEIGHT - 20
STAND_IN: Final = "〓"  # for a character that the typeface has not
NOT_FIRST: Final = frozenset(" \u00a0，。、；：！？）》〕”’%…,.;:!?)]}/")  # never begins a line
NOT_LAST: Final = frozenset("\u00a0（《〔“‘")  # never ends one
WHOLE: Final = frozenset(("转好", "转差"))  # verdicts that no line tears


def colour(role: str) -> str:
    """Return a colour of the light theme, as #RRGGBB; "category2" is the third of a list."""
    light = resources.table("themes.toml")["color"]["light"]
    name = role.rstrip("0123456789")
    found = light[role] if role in light else light[name][int(role[len(name) :])]
    return str(found)


class Paper:
    """Pages, one after the other; ``footer`` stands at the foot of each, with {page} and {pages} in it."""

    def __init__(self, title: str, author: str, made: datetime, footer: str) -> None:
        self._title, self._author, self._made, self._footer = title, author, made, footer
        self._pages: list[list[Mark]] = []
        self._widths = widths()

    @property
    def pages(self) -> list[list[Mark]]:
        """Return what stands on each page."""
        return [[*marks, *self._foot(page)] for page, marks in enumerate(self._pages, 1)]

    def _foot(self, page: int) -> list[Mark]:
        text = self._footer.replace("{pages}", str(len(self._pages))).replace("{page}", str(page))
        line = Path(((EDGE, HEIGHT - 15), (WIDTH - EDGE, HEIGHT - 15)), "line", 0.2)
        return [line, self._words((EDGE, HEIGHT - 14), text, 8, "text3")]

    @property
    def bytes(self) -> bytes:
        """Return the whole document."""
        pdf = new_pdf()
        pdf.set_auto_page_break(auto=False)
        pdf.set_margin(0)
        pdf.c_margin = 0
        pdf.set_creation_date(self._made)
        pdf.set_title(self._title)
        pdf.set_author(self._author)
        for marks in self.pages:
            pdf.add_page()
            for mark in marks:
                self._draw(pdf, mark)
        return bytes(pdf.output())

    def _draw(self, pdf: Any, mark: Mark) -> None:  # noqa: ANN401  the library's own
        hue = colour(mark.role)
        match mark:
            case Words():
                pdf.set_font(NAME, size=mark.size)
                pdf.set_text_color(hue)
                pdf.set_xy(*mark.at)
                mode = "FILL_STROKE" if mark.strong else "FILL"
                with pdf.local_context(text_mode=mode, line_width=mark.size * 0.008, draw_color=hue):
                    pdf.cell(mark.width, mark.tall, mark.text, align=mark.align)
            case Path():
                pdf.set_draw_color(hue)
                pdf.set_line_width(mark.wide)
                pdf.set_dash_pattern(dash=mark.wide, gap=2 * mark.wide) if mark.dotted else None
                pdf.polyline(list(mark.points))
                pdf.set_dash_pattern() if mark.dotted else None
            case Dot():
                pdf.set_fill_color(hue)
                pdf.circle(*mark.at, mark.radius, style="F")
            case Box():
                pdf.set_fill_color(hue)
                rounded = {"round_corners": True, "corner_radius": mark.round_by} if mark.round_by else {}
                pdf.rect(*mark.at, *mark.size, style="F", **rounded)

    def new_page(self) -> None:
        """Begin a page."""
        self._pages.append([])

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
        mark = self._words(at, text, size, role, width=width)
        self._pages[-1].append(replace(mark, align=align, strong=strong))

    def _words(
        self, at: tuple[float, float], text: str, size: float, role: str, *, width: float = ROOM
    ) -> Words:
        fitted = self._fitted(self.known(text), width, size)
        return Words(at, width, size * POINT * 1.5, fitted, size, role, align="L", strong=False)

    def known(self, text: str) -> str:
        """Return ``text`` with a stand-in for every character that the typeface has not."""
        return "".join(c if ord(c) in self._widths else STAND_IN for c in text)

    def _fitted(self, text: str, width: float, size: float) -> str:
        if self.width(text, size) <= width:
            return text
        while text and self.width(text + "…", size) > width:
            text = text[:-1]
        return text + "…"

    def width(self, text: str, size: float) -> float:
        """Return how wide a line is."""
        return sum(self._widths[ord(c)] for c in self.known(text)) * size * POINT / 1000

    def fitting(self, ways: Sequence[str], size: float, width: float) -> str:
        """Return the first of several ways to say a thing that has room, else the last."""
        return next((one for one in ways if self.width(one, size) <= width), ways[-1])

    def wrapped(self, text: str, size: float, width: float) -> Iterator[str]:
        """Yield the lines of a paragraph: broken at any Chinese character, at spaces of other scripts."""
        line = ""
        for piece in _pieces(self.known(text)):
            if line and self.width(line + piece.rstrip(), size) > width:
                yield line.rstrip()
                line = ""
            while self.width(piece, size) > width and len(piece) > 1:  # a word as long as a line
                most = max(int(len(piece) * width / self.width(piece, size)), 1)
                yield piece[:most]
                piece = piece[most:]  # noqa: PLW2901  what is left of it
            line += piece
        yield line.rstrip()

    def line(
        self, start: tuple[float, float], end: tuple[float, float], role: str, wide: float = 0.2
    ) -> None:
        """Draw a straight line."""
        self._pages[-1].append(Path((start, end), role, wide))

    def path(
        self, points: Sequence[tuple[float, float]], role: str, wide: float = 0.5, *, dotted: bool = False
    ) -> None:
        """Draw straight lines from point to point; a single point as a dot, of none nothing."""
        if points:
            line = Path(tuple(points), role, wide, dotted=dotted)
            self._pages[-1].append(Dot(points[0], wide, role) if len(points) == 1 else line)

    def dot(self, at: tuple[float, float], role: str, radius: float) -> None:
        """Fill a small circle."""
        self._pages[-1].append(Dot(at, radius, role))

    def box(
        self, at: tuple[float, float], size: tuple[float, float], role: str, *, round_by: float = 0
    ) -> None:
        """Fill a rectangle."""
        self._pages[-1].append(Box(at, size, role, round_by))


def _pieces(text: str) -> Iterator[str]:
    """Yield what may not be broken: words with their space, a character with what must not begin a line."""
    piece = ""
    for char in text:
        goes_on = char.isascii() and bool(piece) and piece[-1].isascii() and piece[-1] != " "
        held = char in NOT_FIRST or piece[-1:] in NOT_LAST or piece[-1:] + char in WHOLE
        if piece and not (goes_on or held):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece
