"""The atlases of this machine: downloaded when the database has other grids than the file knows."""

import asyncio
import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Final

from console import kept
from console.desk.reads import Reads
from console.geography import atlas, former
from console.geography.atlas import Atlas

KEPT: Final = 12  # files: several kinds, persons and databases of one machine


class Atlases:
    """What one person may see of the grids, by kind."""

    def __init__(self, reads: Reads, folder: Path) -> None:
        self._reads, self._folder = reads, folder
        self._held: dict[str, tuple[str, Atlas]] = {}

    async def of(self, kind: str) -> Atlas:
        """Return the grids of a kind: those of before if the database still has the same.

        Else from the file, and where that has others, too, from the database.
        """
        digest = await self._reads.grids_digest(kind)
        if not digest:
            return atlas.NOTHING
        held = self._held.get(kind)
        if held is None or held[0] != digest:
            held = self._held[kind] = digest, await self._read(kind, digest)
        return held[1]

    async def _read(self, kind: str, digest: str) -> Atlas:
        path = self._folder / f"{hashlib.sha256(f'{kind} {digest}'.encode()).hexdigest()[:32]}.npz"
        known = await asyncio.to_thread(atlas.load, path, digest)
        return known or await self._surveyed(kind, path, digest)

    async def then(self, today: Atlas, kind: str, at: float) -> Atlas:
        """Return the grids of a kind as they stood at ``at``, epoch seconds, ``today`` being those of now."""
        others = await self._reads.around.grids_then(kind, at)
        return await asyncio.to_thread(former.changed, today, others) if others else today

    async def _surveyed(self, kind: str, path: Path, digest: str) -> Atlas:
        grids = await self._reads.grids(kind)
        found = await asyncio.to_thread(
            atlas.surveyed,
            [grid.code for grid in grids],
            [grid.name for grid in grids],
            [grid.organisation for grid in grids],
            [grid.outline for grid in grids],
        )
        with suppress(OSError):  # a full disk costs the next start some seconds, no more
            await asyncio.to_thread(_keep, found, path, digest)
        return found


def _keep(found: Atlas, path: Path, digest: str) -> None:
    atlas.save(found, kept.folder(path.parent) / path.name, digest)
    files = sorted(path.parent.glob("*.npz"), key=lambda file: file.stat().st_mtime)
    for old in files[:-KEPT]:
        old.unlink(missing_ok=True)
