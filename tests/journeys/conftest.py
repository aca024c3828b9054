"""What the journeys by command line share."""

from collections.abc import Iterator

import pytest

from tests.journeys.command_line import Line, folder_for_a_database, opened


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """Give the command line over a database of the file's own."""
    with folder_for_a_database(tmp_path_factory.mktemp("line")) as folder, opened(folder) as found:
        yield found
