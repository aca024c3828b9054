"""The grids come from the file while the database has the same, and from the database when it has not."""

from dataclasses import replace
from pathlib import Path

import shapely

from console.desk.atlases import KEPT, Atlases
from console.desk.desk import Desk
from console.desk.reads import Reads
from console.geography import atlas
from console.geography.atlas import Atlas
from tests.database_fixtures import Database

SQUARE = shapely.to_wkb(shapely.box(114.54, 38.10, 114.56, 38.12))


async def test_the_file_is_used_until_grids_or_file_are_others(database: Database, tmp_path: Path) -> None:
    reads = Reads(Desk(database.door("duty")))
    folder = tmp_path / "maps"

    async def known(kind: str = "comprehensive") -> Atlas:
        """Ask as the next start does."""
        return await Atlases(reads, folder).of(kind)

    await database.owner.execute("UPDATE gridseat.grid SET outline = $1", SQUARE)
    first = await known()
    assert [len(first), first.unreadable] == [3, []]
    assert sorted(first.at(114.55, 38.11)) == [0, 1, 2]

    (file,) = folder.iterdir()
    digest = await reads.grids_digest()
    atlas.save(replace(first, names=["out of the file"] * 3), file, digest)
    assert (await known()).names == ["out of the file"] * 3

    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert (await known()).names == first.names
    assert atlas.load(file, digest) is not None

    await database.owner.execute("UPDATE gridseat.grid SET name = '改名' WHERE code = $1", first.codes[0])
    assert (await known()).names[0] == "改名"
    assert len(await known("police")) == 0
    atlases = Atlases(reads, folder)
    assert await atlases.of("comprehensive") is await atlases.of("comprehensive"), "nothing is made anew"
    await reads.close()


async def test_old_files_go_and_a_folder_that_cannot_be_written_stops_nobody(
    database: Database, tmp_path: Path
) -> None:
    reads = Reads(Desk(database.door("duty")))
    for name in range(KEPT + 2):
        await database.owner.execute("UPDATE gridseat.grid SET name = $1", str(name))
        await Atlases(reads, tmp_path / "maps").of("comprehensive")
    assert len(list((tmp_path / "maps").iterdir())) == KEPT
    (tmp_path / "file").touch()
    assert len(await Atlases(reads, tmp_path / "file").of("comprehensive")) == 3
    await reads.close()
