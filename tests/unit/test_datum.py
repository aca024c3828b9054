"""A point means nothing without its datum; converted and back it is the same point."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from console.errors import BadInput
from console.geography.datum import DATUMS, from_wgs84, to_wgs84

METRES_A_DEGREE = 111_320.0
IN_CHINA = st.tuples(st.floats(73.6, 134.8), st.floats(3.5, 53.5))


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    east = (one[0] - other[0]) * np.cos(np.radians(one[1]))
    return float(np.hypot(east, one[1] - other[1]) * METRES_A_DEGREE)


# Published pairs, longitude first, with the metres in which they agree; what each source is:
# - eviltransform: its own test vectors, github.com/googollee/eviltransform (go/transform_test.go);
# - AMap: the answer of its coordinate conversion, lbs.amap.com/api/webservice/guide/api/convert;
# - Baidu: the example of its manual, lbsyun.baidu.com/index.php?title=webapi/guide/changeposition;
# - Aliyun: help.aliyun.com/zh/address-purification (TransferCoord), which turns GCJ-02 back by the usual
#   one-step inverse, true to one or two metres, and says that CGCS2000 is WGS-84.
PUBLISHED = (
    (
        "eviltransform Shanghai",
        "GCJ-02",
        (121.5272106, 31.1774276),
        (121.531541859215, 31.17530398364597),
        0.001,
    ),
    (
        "eviltransform Shenzhen",
        "GCJ-02",
        (113.912316, 22.543847),
        (113.9171764808363, 22.540796131694766),
        0.001,
    ),
    (
        "eviltransform Beijing",
        "GCJ-02",
        (116.377817, 39.911954),
        (116.38404722455657, 39.91334545536069),
        0.001,
    ),
    ("AMap", "GCJ-02", (116.481499, 39.990475), (116.487585177952, 39.991754014757), 0.1),
    ("Baidu", "GCJ-02", (114.21892734521, 29.575429778924), (114.22430528428819, 29.57284912109375), 1.0),
    ("Baidu", "BD-09", (114.21892734521, 29.575429778924), (114.2307519546763, 29.57908428837437), 1.0),
    ("Aliyun", "GCJ-02", (120.021519, 30.281543), (120.026268, 30.279164), 2.0),
    ("Aliyun", "BD-09", (120.021519, 30.281543), (120.032768, 30.285238), 2.0),
    ("Aliyun", "CGCS2000", (120.021519, 30.281543), (120.021519, 30.281543), 0.001),
)


@pytest.mark.parametrize(("source", "datum", "wgs84", "told", "agree"), PUBLISHED)
def test_the_conversions_agree_with_published_points(
    source: str, datum: str, wgs84: tuple[float, float], told: tuple[float, float], agree: float
) -> None:
    assert metres(from_wgs84(*wgs84, datum), told) < agree, source
    assert metres(to_wgs84(*told, datum), wgs84) < agree, source


@given(point=IN_CHINA, datum=st.sampled_from(DATUMS))
def test_a_round_trip_returns_the_same_point(point: tuple[float, float], datum: str) -> None:
    assert metres(to_wgs84(*from_wgs84(*point, datum), datum), point) < 0.001
    assert metres(from_wgs84(*to_wgs84(*point, datum), datum), point) < 0.001


@given(point=IN_CHINA)
def test_gcj02_is_off_by_hundreds_of_metres_and_bd09_by_more(point: tuple[float, float]) -> None:
    assert 10 < metres(from_wgs84(*point, "GCJ-02"), point) < 1500
    assert from_wgs84(*point, "CGCS2000") == point


@pytest.mark.parametrize("place", [(139.767, 35.681), (-104.99, 39.739), (153.025, -27.47)])
def test_outside_china_gcj02_is_wgs84(place: tuple[float, float]) -> None:
    assert from_wgs84(*place, "GCJ-02") == place
    assert to_wgs84(*place, "GCJ-02") == place


def test_arrays_give_what_single_points_give() -> None:
    lon, lat = np.array([114.5, 116.4, 151.2]), np.array([38.1, 39.9, -33.9])
    for datum in DATUMS:
        many = np.column_stack(to_wgs84(lon, lat, datum))
        single = [to_wgs84(float(x), float(y), datum) for x, y in zip(lon, lat, strict=True)]
        assert np.abs(many - np.array(single)).max() < 1e-12


def test_a_report_lands_in_its_grid_only_with_its_datum() -> None:
    west, east = shapely.box(114.560, 38.14, 114.565, 38.15), shapely.box(114.565, 38.14, 114.570, 38.15)
    there = (114.5640, 38.1450)
    told_by_phone = from_wgs84(*there, "GCJ-02")
    assert west.contains(shapely.Point(to_wgs84(*told_by_phone, "GCJ-02")))
    assert east.contains(shapely.Point(told_by_phone))


@pytest.mark.parametrize("spelling", ["gcj02", "GCJ 02", "Gcj-02"])
def test_spelling_does_not_matter(spelling: str) -> None:
    assert from_wgs84(114.5, 38.1, spelling) == from_wgs84(114.5, 38.1, "GCJ-02")


@pytest.mark.parametrize("datum", ["", "unknown", "Beijing54", "未知"])
def test_an_unknown_datum_is_refused(datum: str) -> None:
    with pytest.raises(BadInput) as refused:
        to_wgs84(114.5, 38.1, datum)
    assert refused.value.code == "datum_unknown"
    assert "GCJ-02" in refused.value.sentence
