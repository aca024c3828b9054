"""Where a written place lies, by the names of a small tree that has the traps of the real one."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.intake.places import Organisation, Places

TREE = [
    Organisation(*line.split(","))
    for line in """13,河北省,province,
1301,石家庄市,city,13
130104,桥西区,county,1301
130104001,汇通街道,township,130104
130104001001,汇文社区居民委员会,community,130104001
130123,正定县,county,1301
130123100,正定镇,township,130123
130123100001,东关社区居民委员会,community,130123100
130123201,南楼乡,township,130123
130123201204,韩家庄村民委员会,community,130123201
130123201205,刘赵村居民委员会,community,130123201
130123102,新安镇,township,130123
130123102201,李家庄村民委员会,community,130123102
130123102202,路西村村民委员会,community,130123102
130131,平山县,county,1301
130131101,温塘镇,township,130131
130131101201,李家庄村民委员会,community,130131101
130131101202,韩家庄村委会,community,130131101
130131102,西柏坡镇,township,130131
130131102201,李家庄村民委员会,community,130131102
130123900,正定县城管局,department,130123
130126200402,石家庄学院（新校区）社区,community,130131102""".splitlines()
]
PLACES = Places(TREE)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("正定县南楼乡韩家庄村", "130123201204"),
        ("河北省石家庄市正定县南楼乡韩家庄村民委员会门前", "130123201204"),
        ("石家庄市 正定县，南楼乡、韩家庄村 3 号", "130123201204"),
        ("南楼乡韩家庄村委会", "130123201204"),
        ("正定南楼韩家庄", "130123201204"),
        ("南楼乡韩家庄12号", "130123201204"),
        ("位于正定县韩家庄村", "130123201204"),
        ("韩家庄村（正定县南楼乡）", "130123201204"),
        ("门口打架，南楼乡韩家庄村", "130123201204"),
        ("平山县温塘镇韩家庄村", "130131101202"),
        ("桥西区汇文社区52号院", "130104001001"),
        ("汇通街道办事处汇文社区居委会", "130104001001"),
        ("汇通办事处", "130104001"),
        ("正定镇东关社区", "130123100001"),
        ("新安镇路西村", "130123102202"),
        ("刘赵村", "130123201205"),
        ("正定县", "130123"),
        ("正定县东关大街", "130123"),
        ("石家庄学院（新校区）社区", "130126200402"),
    ],
)
def test_a_place_is_the_deepest_that_it_names(place: str, code: str) -> None:
    assert PLACES.find(place).code == code


@pytest.mark.parametrize(
    "place",
    [
        "",
        "  ",
        "宣化区庙街社区52号院",
        "石门县新关镇李家庄村东",
        "石门县新关镇，刘赵村",
        "官路西村",
        "邢台市桥西区",
        "正定",
        "下花园发电厂",
    ],
)
def test_a_place_elsewhere_is_nowhere_here(place: str) -> None:
    found = PLACES.find(place)
    assert found.code is None
    assert found.candidates == ()


def test_the_same_name_in_several_places_is_not_guessed() -> None:
    found = PLACES.find("李家庄村")
    assert found.code is None
    assert found.candidates == ("130123102201", "130131101201", "130131102201")
    assert PLACES.find("平山县李家庄村").candidates == ("130131101201", "130131102201")
    assert PLACES.find("平山县西柏坡镇李家庄村").code == "130131102201"
    assert PLACES.find("李家庄村，新安镇").code == "130123102201"


def test_names_above_our_own_root_may_be_strange() -> None:
    county = Places(one for one in TREE if one.code.startswith("130123"))
    assert county.find("河北省石家庄市正定县南楼乡韩家庄村").code == "130123201204"
    assert county.find("石家庄市南楼乡").code is None


def test_departments_are_no_places() -> None:
    assert PLACES.find("正定县城管局").code == "130123"


@settings(max_examples=100)
@given(
    st.lists(st.sampled_from([one.name for one in TREE] + list("正定县村，(韩 3在")), max_size=12).map(
        "".join
    )
)
def test_any_mixture_of_names_has_an_answer(place: str) -> None:
    found = PLACES.find(place)
    assert (found.code is not None) == (len(found.candidates) == 1)


REAL = Path(__file__).parents[3] / "shared/data/shijiazhuang_divisions.csv"


@pytest.mark.skipif(not REAL.exists(), reason="the real tree lies beside the clone, not in it")
def test_every_community_of_a_real_city_is_found_by_its_full_name() -> None:
    with REAL.open(encoding="utf-8", newline="") as file:
        tree = {row["code"]: Organisation(**row) for row in csv.DictReader(file)}
    places = Places(tree.values())
    for one in tree.values():
        if one.level == "community":
            township = tree[one.parent_code]
            county = tree[township.parent_code]
            assert places.find(county.name + township.name + one.name).code == one.code
    assert len(places.find("李家庄村").candidates) > 8
