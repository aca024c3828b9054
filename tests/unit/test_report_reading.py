"""What is read from the words of a report before any database is asked: title, place, point, reasons."""

import timeit

import pytest
import shapely

from console.desk.reads import Place
from console.geography import atlas
from console.intake import spot, told
from console.intake.whereabouts import Whereabouts
from ui.reporting.caller import grouped
from ui.reporting.reasons import like_words
from ui.suggestion import unit_words

LONG, PARTS = 40_000, 64  # characters, and parts that are read instead
HANJIA, TOWN, COUNTY = "130123201001", "130123201", "130123"
PLACES = {
    code: Place(code, name, "", level, parent, centre, "")
    for code, name, level, parent, centre in (
        (COUNTY, "正定县", "county", "", True),
        (TOWN, "南楼乡", "township", COUNTY, True),
        (HANJIA, "韩家庄村民委员会", "community", TOWN, False),
        ("130125100001", "韩家庄村民委员会", "community", "130125100", False),
        ("130125100", "龙州镇", "township", "130125", True),
    )
}
BOX = shapely.to_wkb(shapely.box(114.54, 38.10, 114.56, 38.12))
GRID = f"{HANJIA}001"
WHERE = Whereabouts(PLACES, atlas.surveyed([GRID], ["韩家庄村第一网格"], [HANJIA], [BOX]))


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("喂你好，我是王建国，电话13812342751，村东头井盖丢了，水深半米", "村东头井盖丢了"),
        ("我要反映楼上漏水。天天漏", "楼上漏水"),
        ("韩家庄村东头，井盖丢了，很危险", "韩家庄村东头，井盖丢了"),
        ("喂，学校门口", "学校门口"),
        ("你好", "你好"),
        ("", ""),
        ("长" * 90, "长" * 40),
        ("manhole cover missing in front of the school", "manhole cover missing in front of the"),
    ],
)
def test_the_title_is_the_first_clause_that_tells_a_matter(said: str, title: str) -> None:
    assert told.title(said) == title


@pytest.mark.parametrize(
    ("said", "phone", "name", "everybody"),
    [
        (
            "喂你好，我是王建国，电话13812342751，井盖丢了",
            "13812342751",
            "王建国",
            "喂你好，我是王**，电话138****2751，井盖丢了",
        ),
        ("井盖丢了 138-1234 2751 打给我", "13812342751", "", "井盖丢了 138****2751 打给我"),
        ("我姓王电话0311-88021234漏水", "0311-88021234", "王", "我姓王**电话031****1234漏水"),
        ("我叫欧阳娜娜 +86 13812342751", "13812342751", "欧阳娜娜", "我叫欧** 138****2751"),
        ("我是王家庄，我是高中生，我是王家庄的", "", "", "我是王家庄，我是高中生，我是王家庄的"),
        ("网格130123201001002 身份证130123198001012751 2026-11-22 10:30", "", "", None),
        ("先打13812342751，商户13900001111", "13812342751", "", "先打138****2751，商户13900001111"),
    ],
)
def test_who_calls_is_read_and_kept_apart_from_what_everybody_reads(
    said: str, phone: str, name: str, everybody: str | None
) -> None:
    assert (told.phone(said), told.name(said)) == (phone, name)
    assert told.for_everybody(said, phone, name) == (said if everybody is None else everybody)


@pytest.mark.parametrize(
    ("line", "address", "point", "datum"),
    [
        ("韩家庄村东头 3, 4 号", "韩家庄村东头 3, 4 号", None, ""),
        ("114.55, 38.11", "", (114.55, 38.11), "unknown"),
        ("38.11，114.55 GPS", "", (114.55, 38.11), "WGS-84"),
        ("村委会东 经度：114.5532 纬度：38.1123（百度）", "村委会东", (114.5532, 38.1123), "BD-09"),
    ],
)
def test_a_line_holds_an_address_a_point_or_both(
    line: str, address: str, point: tuple[float, float] | None, datum: str
) -> None:
    found = spot.read(line)
    assert found == (address, point, datum, line.startswith("38"))
    if point is not None:
        assert spot.read(spot.kept(address, point, datum)) == (address, point, datum, False)


def test_a_point_that_is_written_down_is_read_again() -> None:
    line = spot.written("村东头", 114.55, 38.11)
    assert spot.read(line).args() == {
        "place": "村东头",
        "point": [114.55, 38.11],
        "raw_point": [114.55, 38.11],
        "datum": "WGS-84",
    }


def test_a_place_is_read_as_village_grid_and_centre() -> None:
    read = WHERE.read("南楼乡韩家庄村东头")
    assert (read.organisation, read.grid, read.centre) == (HANJIA, "", TOWN)
    assert read.args() == {"place": "南楼乡韩家庄村东头", "at_organisation": HANJIA}
    assert WHERE.read("南楼乡韩家庄村第一网格").grid == GRID
    assert WHERE.read(f"{GRID} 东头").args() == {
        "place": f"{GRID} 东头",
        "at_organisation": HANJIA,
        "at_grid": GRID,
    }
    assert WHERE.name(WHERE.read(GRID).grid) == "南楼乡韩家庄村第一网格"
    assert WHERE.name(WHERE.read(TOWN).organisation) == "南楼乡"
    assert WHERE.read("韩家庄村东头").candidates == (HANJIA, "130125100001")


@pytest.mark.parametrize(
    "said",
    [
        "我要反映南楼乡韩家庄村东头井盖丢了",
        "喂，你好！建议南楼乡韩家庄村装路灯",
        "井盖丢了，我们南楼乡韩家庄村的",
        "南楼乡韩家庄村井盖丢了",
    ],
)
def test_a_place_is_heard_behind_what_callers_say_before_it(said: str) -> None:
    assert WHERE.read(told.placed(said)).organisation == HANJIA


def test_a_point_finds_its_grid_only_where_its_datum_is_known() -> None:
    assert WHERE.read("村东 114.55, 38.11 WGS-84").grid == GRID
    assert not {"at_organisation", "at_grid"} & WHERE.read(f"{GRID} 114.55, 38.11 WGS-84").args().keys()
    assert WHERE.read("南楼乡韩家庄村 114.55, 38.11").args()["at_organisation"] == HANJIA
    assert WHERE.read("114.90, 38.90 WGS-84").grid == ""


@pytest.mark.parametrize(
    "piece",
    [" ", "1", "1.11 ", "我是王", "138 ", "0311-", "(" * 3 + "\t", "韩家庄村", "\N{RIGHT-TO-LEFT OVERRIDE}"],
)
def test_no_text_takes_long_to_read(piece: str) -> None:
    """A long text takes about as much work as its parts; looking back over it takes 64 times as much.

    The least of several turns, which both take side by side: a busy machine slows both down alike.
    """
    whole = piece * (LONG // len(piece))
    part = whole[: LONG // PARTS]
    turns = [(seconds(whole, 1), seconds(part, PARTS)) for _ in range(7)]
    least, least_of_parts = (min(found) for found in zip(*turns, strict=True))
    assert least < PARTS / 4 * least_of_parts


def seconds(said: str, times: int) -> float:
    """Return how long it takes to read ``said`` so many times."""

    def read() -> None:
        WHERE.read(said)
        told.title(said)
        told.placed(said)
        told.for_everybody(said, told.phone(said), told.name(said))

    return timeit.timeit(read, number=times)


def test_a_mobile_number_is_grouped() -> None:
    assert [grouped(digits) for digits in ("138", "13812", "13812342751")] == [
        "138",
        "138 12",
        "138 1234 2751",
    ]


def test_why_a_case_looks_the_same_is_said_in_words() -> None:
    reasons = [
        {"reason": "distance", "metres": 38},
        {"reason": "time", "minutes": 125},
        {"reason": "phone"},
        {"reason": "text", "alike": 0.82},
        {"reason": "class", "same": "group"},
        {"reason": "not known here"},
    ]
    words = like_words({"reasons": reasons, "reports": 3})
    assert words == "38 米 · 2 小时前 · 同一电话 · 文字相似 82% · 同大类 · 3 人反映"
    others = [{"reason": "same_place", "same": "place"}, {"reason": "time", "minutes": 3000}]
    assert like_words({"reasons": others}) == "同一地点 · 2 天前"
    assert like_words({"reasons": [{"reason": "same_place", "same": "community"}]}) == "同一村（社区）"


def test_why_a_unit_is_suggested_is_said_in_words() -> None:
    reasons = [
        {"reason": "responsibility", "class": "街面秩序/游商"},
        {"reason": "grid", "grid": "第一网格", "worker": "王某"},
        {"reason": "load", "open": 2},
        {"reason": "duty", "on": True, "until": "2026-11-22T18:00:00+08:00"},
        {"reason": "distance", "metres": 420.4},
        {"reason": "returned"},
    ]
    assert unit_words({"reasons": reasons}, 1795318200.0).split(" · ") == [
        "权责清单：街面秩序/游商",
        "第一网格（网格员 王某）",
        "手上 2 件",
        "在岗至 18:00",
        "距现场 420 米",
        "曾退回此件",
    ]
    english = {"街面秩序/游商": "Street vendors"}
    assert unit_words({"reasons": reasons[:1]}, 0.0, lambda code: english[code]) == "权责清单：Street vendors"
    off = [{"reason": "grid", "grid": "第一网格"}, {"reason": "duty", "on": False}]
    assert unit_words({"reasons": off}, 0.0) == "第一网格 · 不在岗"
