"""The trees of all files are kept while the shape of the house is asked about, and no longer."""

import gc
from collections.abc import Iterator

import pytest

from tests.architecture import house


@pytest.fixture(scope="package", autouse=True)
def trees() -> Iterator[None]:
    """Look for no garbage among the nodes of trees, which are in no circle, and let them go in the end."""
    gc.disable()
    yield
    house.tree.cache_clear()
    gc.enable()
