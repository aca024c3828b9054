"""What unit tests share: the sample county, built once."""

import pytest

from console.demo.county import County, build


@pytest.fixture(scope="session")
def county() -> County:
    return build()
