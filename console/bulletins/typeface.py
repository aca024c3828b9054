"""The typeface of bulletins, the bundled Noto Sans: how wide its characters are, and how a PDF gets it."""

from functools import cache
from importlib import import_module
from importlib.resources import as_file, files
from typing import Any, Final

from console.errors import OutOfReach

NAME: Final = "noto"
BUNDLE: Final = ("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc")
SIMPLIFIED: Final = 2  # which typeface of the collection: that of mainland China
POINT: Final = 25.4 / 72  # millimetres


def new_pdf() -> Any:  # noqa: ANN401  the library's own type, which may be missing
    """Return an empty document of A4 that has the typeface."""
    try:
        library = import_module("fpdf")
    except ModuleNotFoundError as error:
        raise OutOfReach("package_missing", package="fpdf2") from error
    try:
        source = files(BUNDLE[0]) / BUNDLE[1]
    except ModuleNotFoundError as error:
        raise OutOfReach("font_missing") from error
    pdf = library.FPDF(unit="mm", format="A4")
    with as_file(source) as path:
        pdf.add_font(NAME, fname=path, collection_font_number=SIMPLIFIED)
    return pdf


@cache
def widths() -> dict[int, int]:
    """Return how wide each character is that the typeface has, in thousandths of the size of the type."""
    font = new_pdf().fonts[NAME]
    found = {code: int(font.cw[code]) for code in font.cmap}
    font.close()
    return found
