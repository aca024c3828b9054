"""The same county on every machine, another from another seed."""

import subprocess
import sys

import shapely

from console.demo.county import County, build
from models.vocabulary import GridKind
from tests.unit.county.facts import digest, of_kind

ELSEWHERE = """
from console.demo.county import build
from tests.unit.county.facts import digest
print(digest(build()))
"""


class TestDeterminism:
    def test_another_process_builds_the_same_county(self, county: County) -> None:
        run = subprocess.run([sys.executable, "-c", ELSEWHERE], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == digest(county)

    def test_another_seed_gives_another_county_that_tiles_as_well(self, county: County) -> None:
        other = build(2)
        assert digest(other) != digest(county)
        assert shapely.coverage_is_valid([grid.polygon for grid in of_kind(other, GridKind.COMPREHENSIVE)])
