"""What tests of the workflow share: the people of the small county."""

from collections.abc import AsyncIterator

import pytest

from tests.database.cast import MONDAY, Cast
from tests.database_fixtures import Database


@pytest.fixture
async def people(database: Database) -> AsyncIterator[Cast]:
    """Give the county's people, on a Monday morning on which time stands still."""
    await database.freeze(MONDAY)
    cast = Cast(database)
    yield cast
    await cast.leave()
