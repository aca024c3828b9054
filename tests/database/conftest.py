"""Fixtures that only tests of the database use."""

from tests.database.cast import people
from tests.database.sample_county import county, sample, sample_template

__all__ = ["county", "people", "sample", "sample_template"]
