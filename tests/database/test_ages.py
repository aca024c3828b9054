"""Program and database of different ages: who signs in is told which is older, who works that they differ."""

from pathlib import Path

import pytest

from console.errors import Refused
from models.revision import HEAD
from tests.database.consoles import console_at
from tests.database_fixtures import Database


@pytest.mark.parametrize(("found", "code"), [("0009", "database_older"), ("9999", "console_older")])
async def test_nobody_signs_in_to_a_database_of_another_age(
    database: Database, tmp_path: Path, found: str, code: str
) -> None:
    await database.owner.execute("UPDATE gridseat.alembic_version SET version_num = $1", found)
    with pytest.raises(Refused) as refused:
        async with console_at(database, tmp_path):
            pass
    assert (refused.value.code, refused.value.facts) == (code, {"found": found, "known": HEAD})


async def test_what_the_database_has_not_is_told_as_another_version(
    database: Database, tmp_path: Path
) -> None:
    async with console_at(database, tmp_path) as (console, _told):
        await database.owner.execute("ALTER TABLE gridseat.grid RENAME COLUMN outline TO drawn")
        with pytest.raises(Refused) as refused:
            await console.reads.grids()
    assert refused.value.code == "versions_differ"
    assert "outline" in str(refused.value.facts["missing"])
