"""The sample county's land: real divisions, and invented grids that tile them."""

from collections import Counter

import numpy as np
import pytest
import shapely
from shapely import Polygon

from console.demo import territory
from console.demo.county import County
from console.demo.overlays import numeral
from console.demo.partition import KILOMETRES, united
from models.vocabulary import GridKind, Level
from tests.unit.county.facts import of_kind, parts_of


class TestOrganisations:
    def test_the_real_tree_with_departments_beside_it(self, county: County) -> None:
        levels = Counter(row.level for row in county.organisations)
        assert (levels[Level.TOWNSHIP], levels[Level.COMMUNITY], levels[Level.DEPARTMENT]) == (10, 187, 26)

    def test_parents_come_first(self, county: County) -> None:
        seen: set[str | None] = {None}
        for row in county.organisations:
            assert row.parent_code in seen
            seen.add(row.code)

    def test_names_as_people_say_them(self, county: County) -> None:
        say = {row.name: row.short_name for row in county.organisations}
        assert say["韩家庄村民委员会"] == "韩家庄村"
        assert say["曹村村民委员会"] == "曹村"
        assert say["恒东社区居民委员会"] == "恒东社区"
        assert say["城市管理综合行政执法局"] == "城管局"
        assert say["南楼乡"] == "南楼乡"

    def test_a_department_is_meant_by_one_name_only(self, county: County) -> None:
        names = [name for row in county.at(Level.DEPARTMENT) for name in {row.name, *row.aliases}]
        assert len(names) == len(set(names))


class TestGrids:
    def test_counts(self, county: County) -> None:
        counts = Counter(grid.kind for grid in county.grids)
        assert counts == {
            GridKind.COMPREHENSIVE: 1200,
            GridKind.DEDICATED: 40,
            GridKind.POLICE: 20,
            GridKind.MEDIATION: 15,
        }

    def test_comprehensive_grids_tile_the_outline(self, county: County) -> None:
        polygons = [grid.polygon for grid in of_kind(county, GridKind.COMPREHENSIVE)]
        outline = territory.outline()
        assert shapely.coverage_is_valid(polygons)
        assert county.outline.is_valid
        assert not county.outline.interiors
        assert county.outline.symmetric_difference(outline).area < 1e-5 * outline.area

    def test_every_community_and_township_hangs_together(self, county: County) -> None:
        parts = parts_of(county)
        assert {len(some) for some in parts.values()} <= set(range(4, 11))
        whole = {code: shapely.coverage_union_all(some) for code, some in parts.items()}
        towns = [
            shapely.coverage_union_all(
                [whole[r.code] for r in county.at(Level.COMMUNITY) if r.parent_code == t.code]
            )
            for t in county.at(Level.TOWNSHIP)
        ]
        assert all(isinstance(area, Polygon) for area in [*whole.values(), *towns])

    def test_no_slivers(self, county: County) -> None:
        polygons = [grid.polygon for grid in of_kind(county, GridKind.COMPREHENSIVE)]
        ground = shapely.transform(polygons, lambda points: points * KILOMETRES)
        roundness = 4 * np.pi * shapely.area(ground) / shapely.length(ground) ** 2
        assert shapely.area(ground).min() > 0.02
        assert shapely.area(ground).max() < 2
        assert roundness.min() > 0.15

    def test_corners_lie_on_the_lattice(self, county: County) -> None:
        corners = shapely.get_coordinates([grid.polygon for grid in county.grids])
        assert np.array_equal(corners, np.round(corners, 6))

    def test_codes_and_names_follow_the_rule(self, county: County) -> None:
        assert len(county.grid) == len({grid.name for grid in county.grids} | set(county.grid)) - len(
            county.grid
        )
        for grid in county.grids:
            assert grid.organisation_code in county.organisation
            assert grid.code.startswith(grid.organisation_code)
            assert len(grid.code) == 15
        assert county.grid["130123201204002"].name == "韩家庄村第二网格"

    def test_people_live_closer_together_in_town(self, county: County) -> None:
        area = {row.short_name: united(parts_of(county)[row.code]).area for row in county.at(Level.COMMUNITY)}
        assert area["恒山社区"] < area["韩家庄村"] / 4

    def test_villages_face_the_way_they_are_named(self, county: County) -> None:
        middle = {
            row.short_name: united(parts_of(county)[row.code]).centroid
            for row in county.at(Level.COMMUNITY)
            if row.parent_code != "130123100"  # where village and community may bear one name
        }
        assert middle["西咬村"].x < middle["中咬村"].x < middle["东咬村"].x
        assert middle["南圣板社区"].y < middle["中圣板社区"].y < middle["北圣板社区"].y
        assert middle["后塔底村"].y > middle["前塔底村"].y

    def test_hanjiazhuang_lies_where_the_map_has_it(self, county: County) -> None:
        area = united(parts_of(county)["130123201204"])
        assert area.contains(shapely.Point(114.494, 38.318))

    def test_police_and_mediation_grids_are_whole_communities(self, county: County) -> None:
        parts = [united(some) for some in parts_of(county).values()]
        for kind in (GridKind.POLICE, GridKind.MEDIATION):
            districts = [grid.polygon for grid in of_kind(county, kind)]
            assert shapely.coverage_is_valid(districts)
            assert shapely.area(districts).sum() == pytest.approx(shapely.area(parts).sum())

    def test_dedicated_grids_lie_within_their_community(self, county: County) -> None:
        for grid in of_kind(county, GridKind.DEDICATED):
            home = united(parts_of(county)[grid.organisation_code])
            assert home.buffer(2e-6).contains(grid.polygon)

    @pytest.mark.parametrize(
        ("number", "word"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")]
    )
    def test_numerals(self, number: int, word: str) -> None:
        assert numeral(number) == word
