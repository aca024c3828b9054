"""Addresses and points of the sample county: one spot each, inside their grid."""

import shapely

from console.demo.county import County
from models.vocabulary import GridKind
from tests.unit.county.facts import of_kind


class TestPlaces:
    def test_four_in_every_comprehensive_grid_and_inside_it(self, county: County) -> None:
        assert set(county.places_of) == {grid.code for grid in of_kind(county, GridKind.COMPREHENSIVE)}
        for code, some in county.places_of.items():
            assert len(some) == 4
            area = county.grid[code].polygon
            assert shapely.contains_xy(area, [p.longitude for p in some], [p.latitude for p in some]).all()

    def test_an_address_means_one_spot(self, county: County) -> None:
        full = [county.full_address(place) for place in county.places]
        assert len(set(full)) == len(full)
        assert not any("村村东" in address or "村村西" in address for address in full)

    def test_kept_points_lie_inside_their_grid(self, county: County) -> None:
        for grid in county.grids:
            points = county.points[grid.code]
            assert len(points) >= 20
            assert shapely.contains_xy(grid.polygon, points[:, 0], points[:, 1]).all()
