"""What stands in the sample county: every kind, each in the grid that it names, the same every time."""

import shapely

from console.demo.county import County
from console.demo.facilities import furnish
from console.demo.rounds import OUT, workers
from console.intake.persons import phone
from console.resource_kinds import kinds


class TestFacilities:
    def test_every_kind_but_people_stands_in_its_grid(self, county: County) -> None:
        found = furnish(county)
        assert {one.kind for one in found} == {*kinds()} - {"mediator"}
        assert len({one.code for one in found}) == len(found)
        for one in found:
            grid = county.grid[one.grid_code]
            assert shapely.intersects_xy(grid.polygon, *one.point)
            places = {grid.organisation_code, county.organisation[grid.organisation_code].parent_code}
            assert one.organisation_code in places
            assert phone(one.phone or "") == (one.phone or ""), "what is exported can be imported"

    def test_another_time_gives_the_same(self, county: County) -> None:
        assert furnish(county) == furnish(county)
        assert len(workers(county)) == OUT
