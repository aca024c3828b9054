"""The catalogue and the limits of the stages, as the field knows them."""

import json
from typing import Any

import pytest

from console import catalogue
from console.amounts import parse_limit
from console.connection import Connection

# Class, its types with their limits and, after a slash, the priority. Typed here once more, by hand.
FIELD = {
    "矛盾纠纷": "5d/3 婚姻家庭 邻里 征地拆迁 劳资 物业 土地权属 医患 宅基地 经济往来 赔偿 房屋买卖",
    "治安隐患": "2d/2 盗窃 诈骗 赌博 物防技防 线索 0.5u/1 涉爆涉枪线索",
    "公共安全": "1d/2 消防隐患 安全生产 食品卫生 燃气 危房 保供 2u/2 占用消防通道 焚烧 0.5u/1 火情 燃气泄漏",
    "市容环境": "4h/3 暴露垃圾 5d/3 积存渣土 2h/3 道路不洁 15d/3 私搭乱建 2u/3 露天烧烤 3d/3 油烟",
    "街面秩序": "2u/3 游商 店外经营 占道经营 2h/3 非机动车 1d/3 小广告 2d/3 违规牌匾",
    "施工管理": "2u/3 扰民 1d/3 占道 无证掘路 2h/3 扬尘 2d/3 废弃料 3d/3 围挡",
    "突发事件": "1u/1 管线破裂 2u/1 路面塌陷 积水 4u/1 积雪 2u/1 线缆脱落 高空坠物 1u/1 交通事故",
    "生态环境": "2d/2 污水乱排 河道污染 2d/3 水域不洁 1d/2 采砂 2u/3 噪音 1d/3 违规饲养",
    "公用设施": "2u/2 井盖缺失 4h/2 井盖破损 2d/3 路灯 5d/3 道路破损 3d/3 护栏 1d/2 下水",
    "诉求咨询": "1d/3 举报 投诉 建议 咨询 寻物 2u/3 信息核实 1u/1 寻人",
    "民生服务": "3d/3 社保 就业 医疗 住房 证件 教育 代办 独居老人",
}


def field_rows() -> dict[str, tuple[int, str, int]]:
    """Return code → (seconds, clock, priority) of every type of ``FIELD``."""
    rows = {}
    for group, words in FIELD.items():
        limit, priority = parse_limit("1d"), 0
        for word in words.split():
            if "/" in word:
                limit, priority = parse_limit(word.split("/")[0]), int(word.split("/")[1])
            else:
                rows[f"{group}/{word}"] = (limit.seconds, str(limit.clock), priority)
    return rows


async def test_the_catalogue_has_every_class_with_its_limit(admin: Connection) -> None:
    rows = await admin.fetch(
        "SELECT code, amount, clock, priority FROM gridseat.catalogue_class WHERE active"
    )
    assert {row["code"]: (row["amount"], row["clock"], row["priority"]) for row in rows} == field_rows()
    assert len(rows) == 79


async def test_a_crowd_shortens_disputes_alone(admin: Connection) -> None:
    rows = await admin.fetch(
        "SELECT DISTINCT group_name, urgent_amount FROM gridseat.catalogue_class WHERE urgent_amount > 0"
    )
    assert [tuple(row.values()) for row in rows] == [("矛盾纠纷", 7200)]


def test_every_class_is_said_in_english_and_found_by_words() -> None:
    rows = catalogue.classes()
    assert all(row["group_en"].isascii() and row["name_en"].isascii() and row["name_en"] for row in rows)
    assert all(len(row["keywords"]) >= 3 for row in rows)
    names = [f"{row['group_en']}/{row['name_en']}" for row in rows]
    assert len(set(names)) == len(names)
    aliases = [alias for row in rows for alias in row["aliases"]]
    assert len(set(aliases) | {row["name"] for row in rows}) == len(aliases) + len(rows)


@pytest.mark.parametrize(
    ("name", "typed"), [("积水", "js jsh"), ("游商", "ys ysh"), ("护栏", "hl"), ("安全生产", "aqsc aqshch")]
)
def test_a_class_is_found_by_its_initials(name: str, typed: str) -> None:
    assert catalogue.initials(name) == typed


async def take(admin: Connection, rows: list[dict[str, Any]]) -> dict[str, int]:
    answer = await admin.fetchval("SELECT gridseat.set_catalogue($1::text::jsonb)::text", json.dumps(rows))
    return dict(json.loads(answer))


async def test_taking_the_catalogue_again_changes_what_is_new_alone(admin: Connection) -> None:
    rows = catalogue.classes()
    assert await take(admin, rows) == {"added": 0, "changed": 0, "unchanged": 79}
    slower = {**rows[0], "amount": rows[0]["amount"] * 2}
    own = {**rows[1], "name": "水事", "name_en": "Water rights"}
    assert await take(admin, [slower, own, rows[2]]) == {"added": 1, "changed": 1, "unchanged": 1}
    await catalogue.seed(admin)
    amount = await admin.fetchval(
        "SELECT amount FROM gridseat.catalogue_class WHERE code = $1", rows[0]["code"]
    )
    assert amount == slower["amount"], "seeding again must keep what the county has set"


async def test_priority_1_cannot_run_on_the_working_clock(admin: Connection) -> None:
    with pytest.raises(Exception, match="catalogue_class_check"):
        await take(admin, [{**catalogue.classes()[0], "name": "急事", "priority": 1}])


async def test_the_stages_have_the_limits_of_the_field(admin: Connection) -> None:
    rows = await admin.fetch("SELECT * FROM gridseat.stage_limit")
    found = {row["stage"]: tuple(row.values())[1:] for row in rows}
    quarter, half, hour = 15 * 60, 30 * 60, 60 * 60
    assert found == {
        "accept": ("staffed", quarter, quarter),
        "dispatch": ("staffed", quarter, quarter),
        "acknowledge": ("class", 2 * hour, half),
        "verify": ("urgent", 4 * hour, 4 * hour),
        "close": ("urgent", 8 * hour, 24 * hour),
    }


async def test_time_gives_cards_as_the_field_does(admin: Connection) -> None:
    rows = await admin.fetch(
        "SELECT stage, colour, limits, working_days, to_parent FROM gridseat.urging_rule ORDER BY id"
    )
    early = [
        (stage, *card)
        for stage in ("accept", "dispatch", "acknowledge")
        for card in [("yellow", 0, 1, False), ("red", 0, 2, True)]
    ]
    assert [tuple(row.values()) for row in rows] == [
        (None, "yellow", 0, 0, False),
        (None, "red", 1, 0, True),
        *early,
        ("handling", "yellow", 0, 5, False),
        ("handling", "red", 0, 10, True),
    ]


async def test_stages_are_taken_whole(admin: Connection) -> None:
    limits, urging = catalogue.stages()
    await admin.execute(
        "SELECT gridseat.set_stages($1::text::jsonb, $2::text::jsonb)",
        json.dumps(limits),
        json.dumps(urging[:1]),
    )
    assert await admin.fetchval("SELECT count(*) FROM gridseat.stage_limit") == 5
    assert await admin.fetchval("SELECT count(*) FROM gridseat.urging_rule") == 1
