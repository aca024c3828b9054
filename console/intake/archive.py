"""The parts of a shapefile: those beside it in its folder, or packed in one zip. Zips are read with a cap."""

import io
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Final

from console.causes import cause
from console.errors import BadInput
from console.intake.hygiene import excerpt
from console.intake.shapefiles import PARTS
from console.language import say

_LOCKED: Final = 1  # the flag of a member that wants a password
_WORKBOOK: Final = "[Content_Types].xml"
MOST_BYTES: Final = 512 * 2**20  # unpacked, of all parts together


def beside(path: Path) -> dict[str, bytes]:
    """Return the parts that stand beside ``path`` under the same name, whatever their case."""
    wanted = path.stem.casefold()
    try:
        found = [one for one in path.parent.iterdir() if one.stem.casefold() == wanted]
        kept = {one.suffix.lower(): one for one in found if one.suffix.lower() in PARTS}
        if sum(one.stat().st_size for one in kept.values()) > MOST_BYTES:
            raise BadInput("file_too_large", file=excerpt(path.name, 120), limit=f"{MOST_BYTES >> 20} MB")
        return {suffix: one.read_bytes() for suffix, one in kept.items()}
    except OSError as error:
        raise BadInput("file_unreadable", file=excerpt(path.name, 120), detail=cause(error)) from error


def shapefile(data: bytes, file: str, layer: str | None) -> dict[str, bytes] | None:
    """Return the parts of the shapefile in a zip, None for a workbook, which is a zip too.

    Nothing is written anywhere: what a member is called cannot lead out of the zip.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            layers: dict[PurePosixPath, dict[str, zipfile.ZipInfo]] = {}
            for member in packed.infolist():
                path = PurePosixPath(_name(member))
                if path.suffix.lower() in PARTS and "__MACOSX" not in path.parts:
                    layers.setdefault(path.with_suffix(""), {})[path.suffix.lower()] = member
            shapes = {path: parts for path, parts in layers.items() if ".shp" in parts}
            if not shapes:
                _refuse_other(packed, file)
                return None
            parts = shapes[_chosen(list(shapes), layer, file)]
            if any(member.flag_bits & _LOCKED for member in parts.values()):
                raise BadInput("zip_locked", file=file)
            if sum(member.file_size for member in parts.values()) > MOST_BYTES:
                raise BadInput("file_too_large", file=file, limit=f"{MOST_BYTES >> 20} MB")
            return {suffix: packed.read(member) for suffix, member in parts.items()}
    except zipfile.BadZipFile:
        return None  # the reader of workbooks says what is wrong with it
    except (OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadInput("file_not_read", file=file, detail=excerpt(str(error), 120)) from error


def _refuse_other(packed: zipfile.ZipFile, file: str) -> None:
    """Say what is in a zip that holds neither a shapefile nor a workbook."""
    names = [_name(member) for member in packed.infolist() if not member.is_dir()]
    if _WORKBOOK not in names:
        shown = say("intake.comma").join(excerpt(name) for name in names[:8]) or "—"
        raise BadInput("zip_no_shapefile", file=file, names=shown)


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name: Windows packs Chinese names in GBK and says nothing about it."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _chosen(paths: list[PurePosixPath], layer: str | None, file: str) -> PurePosixPath:
    often = Counter(path.name for path in paths)
    named = {path.name if often[path.name] == 1 else str(path): path for path in paths}
    if layer is None and len(paths) == 1:
        return paths[0]
    if layer not in named:
        names = list(named)[:20]
        shown = say("intake.comma").join(map(excerpt, names))
        code = "layer_needed" if layer is None else "layer_unknown"
        raise BadInput(code, file=file, layers=shown, names=names)
    return named[layer]
