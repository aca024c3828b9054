"""The sample county as files, in the imports' formats."""

import csv
import json
from pathlib import Path

from shapely.geometry import shape

from console.demo.county import County, write_files


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
