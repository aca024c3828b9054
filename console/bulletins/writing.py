"""A bulletin into a file, whose ending says which kind."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from console.bulletins import pages, sheets
from console.bulletins.bulletin import Bulletin
from console.errors import BadInput
from console.intake.hygiene import excerpt
from console.intake.saving import check_place, save

KINDS: Final[dict[str, Callable[[Bulletin], bytes]]] = {".pdf": pages.document, ".xlsx": sheets.workbook}


def written(path: Path) -> Callable[[Bulletin], None]:
    """Return what writes a bulletin to ``path``.

    BadInput for an ending that is neither .pdf nor .xlsx, or where nothing can be written: asked before
    anything is issued.
    """
    make = KINDS.get(path.suffix.lower())
    if make is None:
        raise BadInput("bad_bulletin_file", file=excerpt(path.name, 120))
    check_place(path)
    return lambda bulletin: save(path, make(bulletin))
