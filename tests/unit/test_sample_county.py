"""The sample county: real divisions, invented grids and people, the same on every machine."""

import csv
import hashlib
import json
import re
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely import Polygon
from shapely.geometry import shape

from console.demo import territory
from console.demo.county import County, build, write_files
from console.demo.dice import Dice
from console.demo.overlays import numeral
from console.demo.partition import KILOMETRES, united
from console.demo.people import roster
from console.demo.rows import Grid
from models.vocabulary import GridKind, Level, Position, StaffKind

BUDGET_SECONDS = 10


@pytest.fixture(scope="module")
def county() -> County:
    return build()


def of_kind(county: County, kind: GridKind) -> list[Grid]:
    return [grid for grid in county.grids if grid.kind is kind]


def parts_of(county: County) -> dict[str, list[Polygon]]:
    parts: dict[str, list[Polygon]] = {}
    for grid in of_kind(county, GridKind.COMPREHENSIVE):
        parts.setdefault(grid.organisation_code, []).append(grid.polygon)
    return parts


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


class TestPeople:
    def test_every_grid_has_its_worker_and_every_community_its_head(self, county: County) -> None:
        workers = Counter(row.grid_code for row in county.staff if row.grid_code)
        assert set(workers) == set(county.grid)
        heads = [row.organisation_code for row in county.staff if row.kind is StaffKind.HEAD]
        assert sorted(heads) == [row.code for row in county.at(Level.COMMUNITY)]
        assert {row.kind for row in county.staff} == set(StaffKind)
        assert 1500 <= len(county.staff) <= 1700

    def test_nobody_can_be_taken_for_somebody_real(self, county: County) -> None:
        assert all(re.fullmatch(r"DEMO-\d{4}", row.code) for row in county.staff)
        assert all(re.fullmatch(r"199-0000-\d{4}", row.phone) for row in county.staff)
        for some in ([row.code for row in county.staff], [row.phone for row in county.staff]):
            assert len(set(some)) == len(some)

    def test_twenty_seats_and_the_desks(self, county: County) -> None:
        seats = [row for row in county.operators if Position.SEAT in row.positions]
        where = Counter(county.organisation[row.organisation_code].level for row in seats)
        assert where == {Level.COUNTY: 8, Level.TOWNSHIP: 12}
        units = {row.organisation_code for row in county.operators if Position.UNIT in row.positions}
        assert units >= {row.code for row in county.at(Level.DEPARTMENT)}
        single = Counter(position for row in county.operators for position in row.positions)
        assert (single[Position.WALL], single[Position.WORKER], single[Position.ADMIN]) == (1, 1, 1)

    def test_every_centre_has_a_supervisor(self, county: County) -> None:
        led = {row.organisation_code for row in county.operators if Position.SUPERVISOR in row.positions}
        assert led == {row.code for row in county.centres}

    def test_logins_are_unique_and_grid_workers_are_staff(self, county: County) -> None:
        logins = [row.login for row in county.operators]
        assert len(set(logins)) == len(logins)
        walkers = [row for row in county.operators if row.grid_code]
        employed = {(row.name, row.grid_code) for row in county.staff}
        assert len(walkers) == 10
        assert len({row.organisation_code for row in walkers}) == 10
        assert walkers[0].grid_code == "130123201204002"
        assert {(row.name, row.grid_code) for row in walkers} <= employed


class TestRoster:
    DAYS = tuple(date(2026, 2, 27) + timedelta(days=n) for n in range(6))

    def test_every_centre_is_staffed_or_covered_at_every_minute(self, county: County) -> None:
        shifts = roster(county.operators, self.DAYS)
        for centre in county.centres:
            spans = sorted((s.starts, s.ends) for s in shifts if s.organisation_code == centre.code)
            edge = spans[0][0]
            for starts, ends in spans:
                assert starts <= edge, f"nobody for {centre.name} at {edge}"
                edge = max(edge, ends)
            assert edge - spans[0][0] >= timedelta(days=len(self.DAYS))

    def test_townships_sleep_and_the_county_covers_them(self, county: County) -> None:
        covers = [
            s for s in roster(county.operators, self.DAYS) if s.organisation_code != s.by_organisation_code
        ]
        assert {s.organisation_code for s in covers} == {row.code for row in county.at(Level.TOWNSHIP)}
        assert {(s.by_organisation_code, s.operator_login) for s in covers} == {("130123", None)}
        assert {(s.starts.hour, s.ends.hour) for s in covers} == {(20, 8)}

    def test_nobody_stands_two_turns_running(self, county: County) -> None:
        turns = sorted(
            (s.operator_login or "", s.starts, s.ends)
            for s in roster(county.operators, self.DAYS)
            if s.organisation_code == "130123"
        )
        for before, after in pairwise(turns):
            assert before[0] != after[0] or before[2] < after[1]


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
        dice = Dice(7, "test")
        for grid in county.grids:
            points = county.points[grid.code]
            assert len(points) >= 20
            assert shapely.contains_xy(grid.polygon, points[:, 0], points[:, 1]).all()
            assert shapely.contains_xy(grid.polygon, *county.random_point(dice, grid.code))


class TestDeterminism:
    def test_another_process_builds_the_same_county(self, county: County) -> None:
        code = "from tests.unit.test_sample_county import *; print(digest(build()))"
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == digest(county)

    def test_another_seed_gives_another_county_that_tiles_as_well_and_in_time(self, county: County) -> None:
        start = time.process_time()  # a busy machine is not the generator's fault
        other = build(2)
        assert time.process_time() - start < BUDGET_SECONDS
        assert digest(other) != digest(county)
        assert shapely.coverage_is_valid([grid.polygon for grid in of_kind(other, GridKind.COMPREHENSIVE)])


def digest(county: County) -> str:
    shapes = b"".join(grid.wkb for grid in county.grids)
    rows = [
        county.organisations,
        [(grid.code, grid.name, grid.kind) for grid in county.grids],
        county.staff,
        county.operators,
        county.places,
        {code: points.tolist() for code, points in county.points.items()},
    ]
    return hashlib.sha256(repr(rows).encode() + shapes).hexdigest()


class TestFiles:
    def test_they_hold_the_county_in_the_imports_formats(self, county: County, tmp_path: Path) -> None:
        files = write_files(county, tmp_path)
        with files["organisations"].open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        assert list(rows[0]) == ["code", "name", "level", "parent_code"]
        assert [row["code"] for row in rows] == [row.code for row in county.organisations]
        with files["staff"].open(encoding="utf-8", newline="") as handle:
            staff = list(csv.DictReader(handle))
        assert list(staff[0]) == ["code", "name", "kind", "grid_code", "organisation_code", "phone"]
        assert len(staff) == len(county.staff)

    def test_the_shapes_survive_the_file(self, county: County, tmp_path: Path) -> None:
        text = write_files(county, tmp_path)["grids"].read_text(encoding="utf-8")
        document = json.loads(text)
        assert document["note"] in {"演示数据", "Sample data"}
        for feature, grid in zip(document["features"], county.grids, strict=True):
            assert feature["properties"] == {
                "code": grid.code,
                "name": grid.name,
                "kind": grid.kind,
                "organisation_code": grid.organisation_code,
            }
            assert shape(feature["geometry"]).equals_exact(grid.polygon, 0)
