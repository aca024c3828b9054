"""The same county on every machine, another from another seed."""

import subprocess
import sys
import time

import pytest
import shapely

from console.demo.county import County, build
from models.vocabulary import GridKind
from tests.unit.county.facts import digest, of_kind

BUDGET_SECONDS = 10
ELSEWHERE = """
from console.demo.county import build
from tests.unit.county.facts import digest
print(digest(build()))
"""


class TestDeterminism:
    def test_another_process_builds_the_same_county(self, county: County) -> None:
        run = subprocess.run([sys.executable, "-c", ELSEWHERE], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == digest(county)

    @pytest.mark.usefixtures("own_garbage")
    def test_another_seed_gives_another_county_that_tiles_as_well_and_in_time(self, county: County) -> None:
        start = time.process_time()  # a busy machine is not the generator's fault
        other = build(2)
        assert time.process_time() - start < BUDGET_SECONDS
        assert digest(other) != digest(county)
        assert shapely.coverage_is_valid([grid.polygon for grid in of_kind(other, GridKind.COMPREHENSIVE)])
